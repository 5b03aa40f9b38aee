//! The collation of a store that compares strings by their bytes only: there is no value of it.

use std::cmp::Ordering;

use bson::Document;

use crate::error::{Code, DocDbError, Result};

/// How strings compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collation {}

impl Collation {
    /// `None` for the simple collation, which compares bytes.
    ///
    /// # Errors
    /// When another one is asked for.
    pub fn parse(spec: &Document) -> Result<Option<Self>> {
        if spec.is_empty() || spec.get_str("locale").is_ok_and(|locale| locale == "simple") {
            return Ok(None);
        }
        Err(DocDbError::new(
            Code::InvalidOptions,
            "this store compares strings by their bytes only; leave the collation out",
        ))
    }

    /// The collation with all its settings.
    pub fn to_document(self) -> Document {
        match self {}
    }

    pub(crate) fn compare(self, _: &str, _: &str) -> Ordering {
        match self {}
    }

    pub(crate) fn sort_key(self, _: &str) -> Vec<u8> {
        match self {}
    }
}
