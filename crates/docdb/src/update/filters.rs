//! `$`, `$[]` and `$[name]` in update paths (MongoDB manual: "Array Update Operators").

use bson::{Bson, Document};

use super::place;
use crate::error::{DocDbError, Result};
use crate::filter::Filter;
use crate::scope::Scope;
use crate::shell::{shell_document, shell_value};

/// `arrayFilters`: name → filter over `{ name: element }`.
#[derive(Debug, Default)]
pub(super) struct ArrayFilters(Vec<(String, Filter)>);

impl ArrayFilters {
    pub(super) fn parse(filters: &[Document], scope: &Scope) -> Result<Self> {
        let mut parsed: Vec<(String, Filter)> = Vec::new();
        for filter in filters {
            let mut names = Vec::new();
            collect_names(filter, &mut names);
            let Some(name) = names.first().cloned() else {
                return Err(DocDbError::parse(
                    "Cannot use an expression without a top-level field name in arrayFilters",
                ));
            };
            if let Some(other) = names.iter().find(|other| **other != name) {
                return Err(DocDbError::parse(format!(
                    "Error parsing array filter :: caused by :: Expected a single top-level field name, found '{name}' and '{other}'"
                )));
            }
            if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                return Err(DocDbError::bad_value(format!(
                    "Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '{name}'"
                )));
            }
            if parsed.iter().any(|(known, _)| *known == name) {
                return Err(DocDbError::parse(format!(
                    "Found multiple array filters with the same top-level field name {name}"
                )));
            }
            parsed.push((name, Filter::parse_in(filter, scope)?));
        }
        Ok(ArrayFilters(parsed))
    }

    /// Every name in the paths needs a filter, and every filter is used.
    pub(super) fn check<'p>(&self, paths: impl Iterator<Item = &'p str>, update: &Document) -> Result<()> {
        let mut used = Vec::new();
        for path in paths {
            for name in path.split('.').filter_map(name_of).filter(|name| !name.is_empty()) {
                if !self.0.iter().any(|(known, _)| known == name) {
                    return Err(DocDbError::bad_value(format!(
                        "No array filter found for identifier '{name}' in path '{path}'"
                    )));
                }
                used.push(name.to_owned());
            }
        }
        match self.0.iter().find(|(name, _)| !used.contains(name)) {
            Some((name, _)) => Err(DocDbError::parse(format!(
                "The array filter for identifier '{name}' was not used in the update {}",
                shell_document(update)
            ))),
            None => Ok(()),
        }
    }

    /// The paths without placeholders that the path stands for in this document.
    pub(super) fn expand(&self, document: &mut Document, path: &str, position: &dyn Fn(&str) -> Option<usize>) -> Result<Vec<String>> {
        let mut paths = vec![String::new()];
        for step in path.split('.') {
            let mut longer = Vec::new();
            for prefix in paths {
                if step == "$" {
                    let Some(position) = position(&prefix) else {
                        return Err(DocDbError::bad_value(
                            "The positional operator did not find the match needed from the query.",
                        ));
                    };
                    longer.push(join(&prefix, &position.to_string()));
                } else if let Some(name) = name_of(step) {
                    longer.extend(self.elements(document, &prefix, name)?);
                } else {
                    longer.push(join(&prefix, step));
                }
            }
            paths = longer;
        }
        Ok(paths)
    }

    fn elements(&self, document: &mut Document, prefix: &str, name: &str) -> Result<Vec<String>> {
        let items = match place::find(document, prefix) {
            Some(Bson::Array(items)) => items,
            Some(other) => {
                return Err(DocDbError::bad_value(format!(
                    "Cannot apply array updates to non-array element {}: {}",
                    prefix.rsplit('.').next().unwrap_or(prefix),
                    shell_value(other)
                )));
            }
            None => {
                return Err(DocDbError::bad_value(format!(
                    "The path '{prefix}' must exist in the document in order to apply array updates."
                )));
            }
        };
        let filter = self.0.iter().find(|(known, _)| known == name).map(|(_, filter)| filter);
        let mut found = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let fits = match filter {
                Some(filter) => filter.matches_document(&bson::doc! { name: item.clone() })?,
                None => true,
            };
            if fits {
                found.push(join(prefix, &place.to_string()));
            }
        }
        Ok(found)
    }
}

/// `$[name]` → `name`; `$[]` → the empty name.
fn name_of(step: &str) -> Option<&str> {
    step.strip_prefix("$[")?.strip_suffix(']')
}

fn join(prefix: &str, step: &str) -> String {
    if prefix.is_empty() {
        step.to_owned()
    } else {
        format!("{prefix}.{step}")
    }
}

fn collect_names(filter: &Document, names: &mut Vec<String>) {
    for (name, value) in filter {
        match value {
            Bson::Array(parts) if name.starts_with('$') => {
                parts
                    .iter()
                    .filter_map(Bson::as_document)
                    .for_each(|part| collect_names(part, names));
            }
            _ if name.starts_with('$') => {}
            _ => names.push(name.split('.').next().unwrap_or(name).to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    #[test]
    fn stands_for_elements() {
        let filters = ArrayFilters::parse(&[doc! { "i.n": { "$gt": 1 } }], &Scope::default()).unwrap();
        let mut document = doc! { "a": [{ "n": 1 }, { "n": 2 }, { "n": 3 }] };
        let expand = |document: &mut Document, path: &str| filters.expand(document, path, &|_| Some(1)).unwrap();
        assert_eq!(expand(&mut document, "a.$[i].n"), ["a.1.n", "a.2.n"]);
        assert_eq!(expand(&mut document, "a.$[]"), ["a.0", "a.1", "a.2"]);
        assert_eq!(expand(&mut document, "a.$.n"), ["a.1.n"]);
        assert!(filters.check(["a.$[x]"].into_iter(), &doc! {}).is_err());
    }
}
