//! Giving a collection another name (MongoDB manual: "renameCollection").

use super::undo::Undo;
use super::{Namespace, Store};
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;

impl Store {
    /// Gives a collection another name, as one change.
    ///
    /// # Errors
    /// When it does not exist, or the other name is taken and `drop_target` is false.
    pub fn rename(&mut self, from: &Namespace, to: &Namespace, drop_target: bool) -> Result<()> {
        to.check()?;
        if !self.collections.contains_key(from) {
            return Err(DocDbError::new(
                Code::NamespaceNotFound,
                format!("Source collection {from} does not exist"),
            ));
        }
        if self.collections.contains_key(to) && !drop_target {
            return Err(DocDbError::new(Code::NamespaceExists, "target namespace exists"));
        }
        let Some(collection) = self.collections.remove(from) else {
            return Ok(());
        };
        let replaced = self.collections.insert(to.clone(), collection);
        self.commit(
            Entry::Rename {
                namespace: from.clone(),
                to: to.clone(),
                replaces: replaced.is_some(),
            },
            Undo::RenameBack {
                namespace: from.clone(),
                to: to.clone(),
                replaced,
            },
        )
    }
}
