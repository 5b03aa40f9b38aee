//! The text search of a store that has none: there is no value of it.

use bson::{Bson, Document, RawDocument};

use crate::error::{DocDbError, Result};

/// The fields of a text index, which keeps nothing here.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextFields;

/// A parsed `$text`.
#[derive(Debug)]
pub(crate) enum TextQuery {}

impl TextQuery {
    pub(crate) fn parse(_: &Bson) -> Result<Self> {
        Err(DocDbError::bad_value("$text is not part of this store"))
    }

    pub(crate) fn bind(&self, _: TextFields) {
        match *self {}
    }

    pub(crate) fn terms(&self) -> &[String] {
        match *self {}
    }

    pub(crate) fn matches(&self, _: &RawDocument) -> bool {
        match *self {}
    }

    pub(crate) fn score(&self, _: &RawDocument) -> f64 {
        match *self {}
    }
}

impl TextFields {
    pub(crate) fn texts(&self, _: &RawDocument) -> Vec<(String, f64)> {
        Vec::new()
    }
}

pub(crate) fn fields_of(_: &[String], _: &Document) -> Option<TextFields> {
    Some(TextFields)
}

pub(crate) fn words(_: &str) -> Vec<String> {
    Vec::new()
}
