//! Which array element a filter found, for the positional `$` (MongoDB manual: "$ (update)", "$ (projection)").

use bson::{RawBsonRef, RawDocument};

use super::predicate::{Predicate, matches_value};
use super::{Condition, Filter};
use crate::path::Path;

impl Filter {
    /// The place of the first element that fits, in the array at the path or on the way of it.
    pub(crate) fn position(&self, document: &RawDocument, array: &str) -> Option<usize> {
        let root = array.split('.').next().unwrap_or(array);
        self.root
            .position(document, &|name| {
                name == array || name.strip_prefix(array).is_some_and(|rest| rest.starts_with('.'))
            })
            .or_else(|| self.root.position(document, &|name| name.split('.').next() == Some(root)))
            .or_else(|| self.root.position(document, &|_| true))
    }
}

impl Condition {
    fn position(&self, document: &RawDocument, relevant: &dyn Fn(&str) -> bool) -> Option<usize> {
        match self {
            Condition::All(parts) => parts.iter().rev().find_map(|part| part.position(document, relevant)),
            Condition::Any(parts) => parts
                .iter()
                .filter(|part| part.matches(document))
                .find_map(|part| part.position(document, relevant)),
            Condition::Field { name, path, predicate } if relevant(name) => predicate.position(document, path),
            _ => None,
        }
    }
}

impl Predicate {
    fn position(&self, document: &RawDocument, path: &Path) -> Option<usize> {
        let mut value = RawBsonRef::Document(document);
        for (depth, step) in path.steps().iter().enumerate() {
            match value {
                RawBsonRef::Document(inner) => value = inner.get(step).ok().flatten()?,
                RawBsonRef::Array(items) => return self.place(items, Some(&path.from(depth))),
                _ => return None,
            }
        }
        match value {
            RawBsonRef::Array(items) => self.place(items, None),
            _ => None,
        }
    }

    fn place(&self, items: &bson::RawArray, rest: Option<&Path>) -> Option<usize> {
        items.into_iter().flatten().position(|item| match (rest, item) {
            (Some(rest), RawBsonRef::Document(inner)) => self.matches_at(inner, rest),
            (Some(_), _) => false,
            (None, item) => match self {
                Predicate::ElemMatch(element) => element.matches(item),
                Predicate::Not(_) => matches_value(std::slice::from_ref(self), item),
                _ => self.holds(Some(item)),
            },
        })
    }
}
