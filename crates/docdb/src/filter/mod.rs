//! Query filters: parsed once, matched against raw bytes (MongoDB manual: "Query Predicates").

mod element;
mod parse;
mod predicate;
mod regex;

use bson::{Document, RawBson, RawDocument, RawDocumentBuf};

use crate::error::Result;
use crate::path::Path;
pub(crate) use parse::{is_operator_document, parse_value_predicates};
pub(crate) use predicate::{Predicate, matches_value};

/// A parsed filter such as `{ age: { $gt: 30 }, $or: [ … ] }`.
#[derive(Debug)]
pub struct Filter {
    root: Condition,
}

#[derive(Debug)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    None(Vec<Condition>),
    Field {
        name: String,
        path: Path,
        predicate: Predicate,
    },
    /// `$alwaysTrue`, `$alwaysFalse`.
    Constant(bool),
}

impl Filter {
    /// Parses a filter.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator is unknown or its operand is wrong.
    pub fn parse(filter: &Document) -> Result<Self> {
        Ok(Filter {
            root: parse::parse_conditions(filter)?,
        })
    }

    /// Tells whether the document fits.
    pub fn matches(&self, document: &RawDocument) -> bool {
        self.root.matches(document)
    }

    /// Tells whether a decoded document fits.
    ///
    /// # Errors
    /// When the document cannot be written as BSON.
    pub fn matches_document(&self, document: &Document) -> Result<bool> {
        Ok(self.matches(&RawDocumentBuf::try_from(document)?))
    }

    /// The values that the filter demands of single fields, for the choice of an index: field and one of its possible
    /// values each. Only what every matching document has to fulfil is listed.
    pub(crate) fn equalities(&self) -> Vec<(&str, Vec<&RawBson>)> {
        let mut found = Vec::new();
        self.root.collect_equalities(&mut found);
        found
    }
}

impl Condition {
    fn matches(&self, document: &RawDocument) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.matches(document)),
            Condition::Any(parts) => parts.iter().any(|part| part.matches(document)),
            Condition::None(parts) => !parts.iter().any(|part| part.matches(document)),
            Condition::Field { path, predicate, .. } => predicate.matches_at(document, path),
            Condition::Constant(truth) => *truth,
        }
    }

    fn collect_equalities<'f>(&'f self, found: &mut Vec<(&'f str, Vec<&'f RawBson>)>) {
        match self {
            Condition::All(parts) => parts.iter().for_each(|part| part.collect_equalities(found)),
            Condition::Field { name, predicate, .. } => {
                if let Some(values) = predicate.indexable_values() {
                    found.push((name, values));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
