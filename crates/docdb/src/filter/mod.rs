//! Query filters: parsed once, matched against raw bytes (MongoDB manual: "Query Predicates").

mod bits;
mod bounds;
mod element;
pub(crate) mod failures;
mod geometry;
mod parse;
mod position;
mod predicate;
mod regex;
mod schema;
mod schema_failures;
pub(crate) mod text;

use bson::{Document, RawDocument, RawDocumentBuf};

use std::sync::{Mutex, PoisonError};

use crate::error::DocDbError;
use crate::error::Result;
use crate::expression::Expression;
use crate::path::Path;
use crate::scope::Scope;
pub(crate) use bounds::{Demand, Interval};
use element::TypeSet;
pub(crate) use geometry::Near;
pub(crate) use parse::{is_logical, is_operator_document, parse_value_predicates};
pub(crate) use predicate::{Predicate, matches_value};
pub(crate) use regex::Pattern;
use text::TextQuery;

/// A parsed filter such as `{ age: { $gt: 30 }, $or: [ … ] }`.
#[derive(Debug)]
pub struct Filter {
    root: Condition,
    /// What the user wrote, for explanations.
    source: Document,
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
    Text(TextQuery),
    Expression(Box<Checked>),
    Schema(Box<schema::Schema>),
}

/// `$expr`, with the first failure of its evaluation.
#[derive(Debug)]
pub(crate) struct Checked {
    expression: Expression,
    failure: Mutex<Option<DocDbError>>,
}

impl Filter {
    /// Parses a filter.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator is unknown or its operand is wrong.
    pub fn parse(filter: &Document) -> Result<Self> {
        Filter::parse_in(filter, &Scope::default())
    }

    /// Parses a filter with the command's collation and variables.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn parse_in(filter: &Document, scope: &Scope) -> Result<Self> {
        Ok(Filter {
            root: parse::parse_conditions(filter, scope)?,
            source: filter.clone(),
        })
    }

    /// Tells whether the document fits. Ask [`Filter::check`] afterwards whether an expression failed.
    pub fn matches(&self, document: &RawDocument) -> bool {
        self.root.matches(document)
    }

    /// # Errors
    /// With the first failure of a `$expr` since the filter was parsed.
    pub fn check(&self) -> Result<()> {
        self.root.check()
    }

    /// Tells whether a decoded document fits.
    ///
    /// # Errors
    /// When the document cannot be written as BSON.
    pub fn matches_document(&self, document: &Document) -> Result<bool> {
        let fits = self.matches(&RawDocumentBuf::try_from(document)?);
        self.check()?;
        Ok(fits)
    }

    pub(crate) fn source(&self) -> &Document {
        &self.source
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    pub(crate) fn root(&self) -> &Condition {
        &self.root
    }

    /// The field of a `$near` and how far its values are.
    pub(crate) fn near(&self) -> Option<(&Path, &geometry::Near)> {
        self.root.near()
    }

    /// The `$text` of this filter, if it has one.
    pub(crate) fn text(&self) -> Option<&TextQuery> {
        self.root.text()
    }
}

impl Condition {
    pub(crate) fn matches(&self, document: &RawDocument) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.matches(document)),
            Condition::Any(parts) => parts.iter().any(|part| part.matches(document)),
            Condition::None(parts) => !parts.iter().any(|part| part.matches(document)),
            Condition::Field { path, predicate, .. } => predicate.matches_at(document, path),
            Condition::Constant(truth) => *truth,
            Condition::Text(query) => query.matches(document),
            Condition::Expression(checked) => checked.holds(document),
            Condition::Schema(schema) => schema.accepts(document),
        }
    }

    fn check(&self) -> Result<()> {
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => parts.iter().try_for_each(Condition::check),
            Condition::Expression(checked) => match checked.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
                Some(error) => Err(error),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn near(&self) -> Option<(&Path, &geometry::Near)> {
        match self {
            Condition::All(parts) => parts.iter().find_map(Condition::near),
            Condition::Field {
                path,
                predicate: Predicate::Geometry(geometry),
                ..
            } => Some((path, geometry.near()?)),
            _ => None,
        }
    }

    fn text(&self) -> Option<&TextQuery> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(Condition::text),
            Condition::Text(query) => Some(query),
            _ => None,
        }
    }
}

impl Checked {
    fn new(expression: Expression) -> Self {
        Checked {
            expression,
            failure: Mutex::new(None),
        }
    }

    fn holds(&self, document: &RawDocument) -> bool {
        match self.expression.evaluate(document) {
            Ok(value) => value.is_true(),
            Err(error) => {
                self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests;
