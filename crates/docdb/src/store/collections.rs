//! Making, describing and dropping collections.

use bson::Document;

use super::undo::Undo;
use super::{Namespace, Store};
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;

impl Store {
    /// Makes a collection.
    ///
    /// # Errors
    /// When it exists already, or its name is not valid.
    pub fn create_collection(&mut self, namespace: &Namespace) -> Result<()> {
        if self.collections.contains_key(namespace) {
            return Err(DocDbError::new(
                Code::NamespaceExists,
                format!("Collection {namespace} already exists."),
            ));
        }
        self.ensure(namespace)?;
        Ok(())
    }

    /// Says what a collection is like: `validator`, `capped`, `viewOn`, ….
    ///
    /// # Errors
    /// When it does not exist.
    pub fn set_options(&mut self, namespace: &Namespace, options: Document) -> Result<()> {
        let Some(collection) = self.collection_mut(namespace) else {
            return Err(DocDbError::new(Code::NamespaceNotFound, format!("ns does not exist: {namespace}")));
        };
        let before = collection.options().clone();
        collection.set_options(options.clone());
        self.commit(
            Entry::SetOptions {
                namespace: namespace.clone(),
                options,
            },
            Undo::SetOptions {
                namespace: namespace.clone(),
                options: before,
            },
        )
    }

    /// Drops a collection; returns whether it was there.
    pub fn drop_collection(&mut self, namespace: &Namespace) -> Result<bool> {
        let Some(collection) = self.collections.remove(namespace) else {
            return Ok(false);
        };
        let entry = Entry::DropCollection {
            namespace: namespace.clone(),
        };
        self.commit(
            entry,
            Undo::Restore {
                namespace: namespace.clone(),
                collection,
            },
        )?;
        Ok(true)
    }

    /// Drops all collections of a database.
    pub fn drop_database(&mut self, database: &str) -> Result<()> {
        let names: Vec<Namespace> = self
            .collections
            .keys()
            .filter(|namespace| *namespace.database == *database)
            .cloned()
            .collect();
        names.iter().try_for_each(|namespace| self.drop_collection(namespace).map(drop))
    }
}
