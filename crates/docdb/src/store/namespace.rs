//! The name of a collection, and which names are valid (MongoDB manual: "Naming Restrictions").

use std::fmt;
use std::sync::Arc;

use crate::error::{Code, DocDbError, Result};

/// A collection by its database and its name; each change of a document holds some copies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Namespace {
    pub database: Arc<str>,
    pub collection: Arc<str>,
}

impl Namespace {
    pub fn new(database: impl AsRef<str>, collection: impl AsRef<str>) -> Self {
        Namespace {
            database: database.as_ref().into(),
            collection: collection.as_ref().into(),
        }
    }

    pub(crate) fn check(&self) -> Result<()> {
        let refuse = |what: &str| {
            Err(DocDbError::new(
                Code::InvalidNamespace,
                format!("Invalid {what} specified '{self}'"),
            ))
        };
        if self.database.is_empty()
            || self.database.len() > 63
            || self
                .database
                .contains(['/', '\\', '.', ' ', '"', '$', '*', '<', '>', ':', '|', '?', '\0'])
        {
            return refuse("database name");
        }
        if self.collection.is_empty()
            || self.collection.contains(['$', '\0'])
            || self.collection.starts_with('.')
            || self.collection.ends_with('.')
        {
            return refuse("namespace");
        }
        Ok(())
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.database, self.collection)
    }
}
