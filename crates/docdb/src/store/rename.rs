//! Giving a collection another name: its content is written again under the new one.

use bson::Bson;

use super::undo::Undo;
use super::{Namespace, Store};
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;

impl Store {
    /// Gives a collection another name.
    ///
    /// # Errors
    /// When it does not exist, or the other name is taken and `drop_target` is false.
    pub fn rename(&mut self, from: &Namespace, to: &Namespace, drop_target: bool) -> Result<()> {
        to.check()?;
        let Some(source) = self.collections.get(from).cloned() else {
            return Err(DocDbError::new(
                Code::NamespaceNotFound,
                format!("Source collection {from} does not exist"),
            ));
        };
        if self.collections.contains_key(to) {
            if !drop_target {
                return Err(DocDbError::new(Code::NamespaceExists, "target namespace exists"));
            }
            self.drop_collection(to)?;
        }
        self.ensure(to)?;
        self.set_options(to, source.options().clone())?;
        for (spec, _) in source.indexes().filter(|(spec, _)| spec.name != "_id_") {
            self.create_index(to, spec.clone())?;
        }
        for document in source.documents() {
            let document = document.to_owned();
            let id = document.get("_id").ok().flatten().map_or(Ok(Bson::Null), Bson::try_from)?;
            self.ensure(to)?.restore(None, document.clone());
            let entry = Entry::Put {
                namespace: to.clone(),
                document,
            };
            self.commit(&entry, Undo::Delete { namespace: to.clone(), id })?;
        }
        self.drop_collection(from)?;
        Ok(())
    }
}
