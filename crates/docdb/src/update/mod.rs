//! Updates: operators and replacements (MongoDB manual: "Update Operators").

mod apply;
mod arrays;
mod numbers;
mod parse;
mod place;

use std::collections::BTreeMap;

use bson::{Bson, Document};

use crate::error::{Code, DocDbError, Result};
use crate::shell::shell_value;
use parse::Action;

/// A parsed update.
#[derive(Debug)]
pub struct Update {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Replace(Document),
    /// Path → what to do there. Ordered, because MongoDB applies paths in the order of their names.
    Modify(BTreeMap<String, Action>),
}

impl Update {
    /// Parses an update document: operators, or a whole new document.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator is unknown, misused, or two touch the same path.
    pub fn parse(update: &Document) -> Result<Self> {
        let is_modifier = update.keys().next().is_some_and(|key| key.starts_with('$'));
        let kind = if is_modifier {
            Kind::Modify(parse::parse_modifiers(update)?)
        } else if let Some(operator) = update.keys().find(|key| key.starts_with('$')) {
            return Err(DocDbError::new(
                Code::DollarPrefixedFieldName,
                format!(
                    "The dollar ($) prefixed field '{operator}' in '{operator}' is not allowed in the context of an \
                     update's replacement document. Consider using an aggregation pipeline with $replaceWith."
                ),
            ));
        } else {
            Kind::Replace(update.clone())
        };
        Ok(Update { kind })
    }

    /// Tells whether the update puts a whole new document.
    pub fn is_replacement(&self) -> bool {
        matches!(self.kind, Kind::Replace(_))
    }

    /// Changes the document in place. `inserting` is true for an upsert that found nothing; `now_ms` is for
    /// `$currentDate`, in milliseconds since the epoch.
    ///
    /// # Errors
    /// When the document does not allow the change; it may then be half changed and has to be thrown away.
    pub fn apply(&self, document: &mut Document, inserting: bool, now_ms: i64) -> Result<()> {
        let id = document.get("_id").cloned();
        match &self.kind {
            Kind::Replace(replacement) => replace(document, replacement, id.as_ref())?,
            Kind::Modify(actions) => {
                for (path, action) in actions {
                    if matches!(action, Action::SetOnInsert(_)) && !inserting {
                        continue;
                    }
                    action.apply(document, path, now_ms)?;
                }
                if let Some(id) = id
                    && document.get("_id") != Some(&id)
                {
                    return Err(DocDbError::new(
                        Code::ImmutableField,
                        "Performing an update on the path '_id' would modify the immutable field '_id'",
                    ));
                }
            }
        }
        Ok(())
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
