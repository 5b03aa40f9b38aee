//! A copy of the store for a transaction, and taking over what happened in it (MongoDB manual: "Transactions").

use bson::{Bson, RawDocumentBuf};

use super::undo::Undo;
use super::{Event, Namespace, Store};
use crate::error::Result;
use crate::journal::Entry;

impl Store {
    /// A store with the same content that changes on its own, and keeps all its events.
    pub(crate) fn fork(&self) -> Store {
        Store {
            collections: self.collections.clone(),
            sequence: self.sequence,
            kept_events: usize::MAX,
            ..Store::default()
        }
    }

    /// Does what happened in a transaction once more, in this store.
    ///
    /// # Errors
    /// When a key is taken meanwhile.
    pub(crate) fn adopt(&mut self, event: &Event) -> Result<()> {
        match &event.entry {
            Entry::CreateCollection { namespace } => self.ensure(namespace).map(drop),
            Entry::CreateIndex { namespace, spec } => self.create_index(namespace, spec.clone()),
            Entry::DropIndex { namespace, name } => self.drop_index(namespace, name),
            Entry::DropCollection { namespace } => self.drop_collection(namespace).map(drop),
            Entry::Rename { namespace, to, replaces } => self.rename(namespace, to, *replaces),
            Entry::SetOptions { namespace, options } => self.set_options(namespace, options.clone()),
            Entry::Delete { namespace, id } => {
                let slot = self.collection(namespace).and_then(|collection| collection.slot_of(id));
                slot.map_or(Ok(()), |slot| self.delete_slot(namespace, slot).map(drop))
            }
            Entry::Put { namespace, document } => self.put(namespace, document.clone(), event.is_replacement),
            Entry::Snapshot { .. } => Ok(()),
        }
    }

    /// Puts a document with its `_id` in the place of the one that has it, or at the end.
    fn put(&mut self, namespace: &Namespace, document: RawDocumentBuf, is_replacement: bool) -> Result<()> {
        let id = document.get("_id")?.map_or(Ok(Bson::Null), Bson::try_from)?;
        let entry = Entry::Put {
            namespace: namespace.clone(),
            document: document.clone(),
        };
        let collection = self.ensure(namespace)?;
        let undo = match collection.slot_of(&id) {
            Some(slot) => {
                let before = collection.replace(namespace, slot, document)?.unwrap_or_default();
                Undo::Put {
                    namespace: namespace.clone(),
                    slot,
                    document: before,
                }
            }
            None => {
                collection.insert(namespace, document)?;
                Undo::Delete {
                    namespace: namespace.clone(),
                    id,
                }
            }
        };
        self.replacing = is_replacement;
        self.commit(entry, undo)
    }
}
