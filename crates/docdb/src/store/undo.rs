//! Taking back what could not be stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use bson::{Bson, Document, RawDocumentBuf};

use super::{Namespace, Store};
use crate::collection::Collection;
use crate::index::{IndexSpec, Slot};

/// A host that never confirms may not fill the memory: older changes than these many can no longer be undone.
const MAX_UNDO: usize = 20_000;

/// How to take one change back.
#[derive(Debug)]
pub(super) enum Undo {
    Put {
        namespace: Namespace,
        slot: Slot,
        document: RawDocumentBuf,
    },
    Delete {
        namespace: Namespace,
        id: Bson,
    },
    Drop {
        namespace: Namespace,
    },
    Restore {
        namespace: Namespace,
        collection: Arc<Collection>,
    },
    RenameBack {
        namespace: Namespace,
        to: Namespace,
        /// What had the name before.
        replaced: Option<Arc<Collection>>,
    },
    RemoveIndex {
        namespace: Namespace,
        name: String,
    },
    AddIndex {
        namespace: Namespace,
        spec: IndexSpec,
    },
    SetOptions {
        namespace: Namespace,
        options: Document,
    },
    Everything(BTreeMap<Namespace, Arc<Collection>>),
}

impl Undo {
    /// The document that was there before; of an index, what it was made of.
    pub(super) fn before(&self) -> Option<RawDocumentBuf> {
        match self {
            Undo::Put { document, .. } => Some(document.clone()),
            Undo::AddIndex { spec, .. } => RawDocumentBuf::try_from(&spec.to_document()).ok(),
            _ => None,
        }
    }
}

impl Store {
    pub(super) fn remember(&mut self, undo: Undo) {
        if self.undo.len() >= MAX_UNDO {
            self.undo.drain(..MAX_UNDO / 2);
        }
        self.undo.push((self.sequence, undo));
    }

    /// Says that all records up to this sequence number are stored.
    pub fn confirm(&mut self, sequence: u64) {
        self.undo.retain(|(number, _)| *number > sequence);
        self.snapshot_taken = false;
    }

    /// Takes back every change after this sequence number, the last one first, because its record could not be
    /// stored. The numbers are used again, so that the journal has no gap.
    pub fn discard(&mut self, after: u64) {
        while self.undo.last().is_some_and(|(number, _)| *number > after) {
            if let Some((_, undo)) = self.undo.pop() {
                self.take_back(undo);
            }
        }
        // Each change has one record; those before it, such as of what the TTL indexes deleted, are still to be taken.
        let surplus = usize::try_from(self.sequence.saturating_sub(after)).unwrap_or(usize::MAX);
        self.records.truncate(self.records.len().saturating_sub(surplus));
        while self.events.back().is_some_and(|event| event.sequence > after) {
            self.events.pop_back();
        }
        self.sequence = self.sequence.min(after);
        // A snapshot that could not be stored is still due; a change alone is not worth one, which would be longer.
        self.snapshot_due |= std::mem::take(&mut self.snapshot_taken);
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::SetOptions { namespace, options } => {
                if let Some(collection) = self.collection_mut(&namespace) {
                    collection.set_options(options);
                }
            }
            Undo::Everything(collections) => self.collections = collections,
            Undo::Put { namespace, slot, document } => {
                Arc::make_mut(self.collections.entry(namespace).or_default()).restore(Some(slot), document);
            }
            Undo::Delete { namespace, id } => {
                if let Some(collection) = self.collection_mut(&namespace)
                    && let Some(slot) = collection.slot_of(&id)
                {
                    collection.remove(slot);
                }
            }
            Undo::Drop { namespace } => {
                self.collections.remove(&namespace);
            }
            Undo::Restore { namespace, collection } => {
                self.collections.insert(namespace, collection);
            }
            Undo::RenameBack { namespace, to, replaced } => {
                if let Some(collection) = self.collections.remove(&to) {
                    self.collections.insert(namespace, collection);
                }
                self.collections.extend(replaced.map(|collection| (to, collection)));
            }
            Undo::RemoveIndex { namespace, name } => {
                if let Some(collection) = self.collection_mut(&namespace) {
                    collection.remove_index(&name);
                }
            }
            Undo::AddIndex { namespace, spec } => {
                if let Some(collection) = self.collection_mut(&namespace) {
                    collection.remove_index(&spec.name);
                    // It stood on these documents before, so that it stands on them again.
                    let _ = collection.add_index(&namespace, spec);
                }
            }
        }
    }
}
