//! Updates: operators and replacements (MongoDB manual: "Update Operators").

mod apply;
mod arrays;
mod fields;
mod filters;
mod numbers;
mod parse;
mod place;

use std::collections::BTreeMap;

use bson::{Bson, Document};

use crate::error::{Code, DocDbError, Result};
use crate::scope::Scope;
use crate::shell::shell_value;
use filters::ArrayFilters;
use parse::Action;

/// A parsed update.
#[derive(Debug)]
pub struct Update {
    kind: Kind,
    filters: ArrayFilters,
}

#[derive(Debug)]
enum Kind {
    Replace(Document),
    /// Path → what to do there. Ordered, because MongoDB applies paths in the order of their names.
    Modify(BTreeMap<String, Action>),
    Pipeline(crate::aggregate::Pipeline),
}

/// What an update is told about the document it changes.
pub struct Occasion<'o> {
    /// The document is new: an upsert found none.
    pub inserting: bool,
    /// Milliseconds since the epoch, for `$currentDate`.
    pub now_ms: i64,
    /// The array element that the filter found, for the positional `$`.
    pub position: &'o dyn Fn(&str) -> Option<usize>,
}

impl Occasion<'_> {
    /// No filter found the document.
    pub fn at(now_ms: i64, inserting: bool) -> Occasion<'static> {
        Occasion {
            inserting,
            now_ms,
            position: &|_| None,
        }
    }
}

impl Update {
    /// Parses an update document: operators, or a whole new document.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator is unknown, misused, or two touch the same path.
    pub fn parse(update: &Document) -> Result<Self> {
        Update::parse_in(update, &[], &Scope::default())
    }

    /// Parses an update document with its `arrayFilters`.
    ///
    /// # Errors
    /// As [`Update::parse`], and when an array filter is missing or not used.
    pub fn parse_in(update: &Document, array_filters: &[Document], scope: &Scope) -> Result<Self> {
        let is_modifier = update.keys().next().is_some_and(|key| key.starts_with('$'));
        let filters = ArrayFilters::parse(array_filters, scope)?;
        let kind = if is_modifier {
            let actions = parse::parse_modifiers(update, scope)?;
            filters.check(actions.keys().map(String::as_str), update)?;
            Kind::Modify(actions)
        } else if let Some(operator) = update.keys().find(|key| key.starts_with('$')) {
            return Err(DocDbError::new(
                Code::DollarPrefixedFieldName,
                format!(
                    "The dollar ($) prefixed field '{operator}' in '{operator}' is not allowed in the context of an \
                     update's replacement document. Consider using an aggregation pipeline with $replaceWith."
                ),
            ));
        } else {
            if !array_filters.is_empty() {
                return Err(DocDbError::parse("arrayFilters may not be specified for replacement-style updates"));
            }
            Kind::Replace(update.clone())
        };
        Ok(Update { kind, filters })
    }

    /// Parses an update by aggregation stages.
    ///
    /// # Errors
    /// When a stage is wrong, or not allowed in an update.
    pub fn parse_pipeline(stages: &[Document], array_filters: &[Document], scope: &Scope) -> Result<Self> {
        if !array_filters.is_empty() {
            return Err(DocDbError::parse("arrayFilters may not be specified for pipeline-syle updates"));
        }
        Ok(Update {
            kind: Kind::Pipeline(crate::aggregate::Pipeline::for_update(stages, scope)?),
            filters: ArrayFilters::default(),
        })
    }

    /// Tells whether the update puts a whole new document.
    pub fn is_replacement(&self) -> bool {
        matches!(self.kind, Kind::Replace(_))
    }

    /// Changes the document in place.
    ///
    /// # Errors
    /// When the document does not allow the change; it may then be half changed and has to be thrown away.
    pub fn apply(&self, document: &mut Document, occasion: &Occasion<'_>) -> Result<()> {
        let id = document.get("_id").cloned();
        match &self.kind {
            Kind::Replace(replacement) => replace(document, replacement, id.as_ref())?,
            Kind::Modify(actions) => {
                for (path, action) in actions {
                    if matches!(action, Action::SetOnInsert(_)) && !occasion.inserting {
                        continue;
                    }
                    if !path.contains('$') {
                        action.apply(document, path, occasion.now_ms)?;
                        continue;
                    }
                    for concrete in self.filters.expand(document, path, occasion.position)? {
                        action.apply(document, &concrete, occasion.now_ms)?;
                    }
                }
                same_id(document, id)?;
            }
            Kind::Pipeline(pipeline) => {
                *document = pipeline.transform(document)?;
                if let (Some(id), false) = (&id, document.contains_key("_id")) {
                    let rest = std::mem::take(document);
                    document.insert("_id", id.clone());
                    document.extend(rest);
                }
                same_id(document, id)?;
            }
        }
        Ok(())
    }
}

fn same_id(document: &Document, id: Option<Bson>) -> Result<()> {
    match id {
        Some(id) if document.get("_id") != Some(&id) => Err(DocDbError::new(
            Code::ImmutableField,
            "Performing an update on the path '_id' would modify the immutable field '_id'",
        )),
        _ => Ok(()),
    }
}

/// Puts a value at a dotted path; what is in its way stays as it is.
pub(crate) fn put(document: &mut Document, path: &str, value: Bson) {
    let _ = place::put(document, path, value);
}

fn replace(document: &mut Document, replacement: &Document, id: Option<&Bson>) -> Result<()> {
    let mut next = Document::new();
    if let Some(id) = id {
        if let Some(other) = replacement.get("_id").filter(|other| *other != id) {
            return Err(DocDbError::new(
                Code::ImmutableField,
                format!(
                    "After applying the update, the (immutable) field '_id' was found to have been altered to _id: {}",
                    shell_value(other)
                ),
            ));
        }
        next.insert("_id", id.clone());
    } else if let Some(given) = replacement.get("_id") {
        next.insert("_id", given.clone());
    }
    next.extend(
        replacement
            .iter()
            .filter(|(name, _)| *name != "_id")
            .map(|(name, value)| (name.clone(), value.clone())),
    );
    *document = next;
    Ok(())
}

#[cfg(test)]
mod tests;
