//! Databases and collections: every change goes through here, is journalled, and can be undone until it is stored.

mod check;
mod collections;
mod delete;
mod indexes;
mod insert;
mod namespace;
mod read;
mod rename;
mod select;
mod snapshot;
mod transaction;
mod undo;
mod update;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use bson::{Bson, RawDocumentBuf};

use crate::collection::Collection;
use crate::error::{Code, DocDbError, Result};
use crate::journal::{self, Entry, Kind};
pub use delete::{DeleteSpec, Deleted};
pub use insert::Inserted;
pub use namespace::Namespace;
pub use read::{Distinct, Find, Found};
use undo::Undo;
pub(crate) use update::upsert_base;
pub use update::{UpdateSpec, Updated};

/// A document before and after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub namespace: Namespace,
    pub id: Bson,
    /// `None`: it was inserted.
    pub before: Option<RawDocumentBuf>,
    /// `None`: it was deleted.
    pub after: Option<RawDocumentBuf>,
}

/// All databases.
#[derive(Debug, Default)]
pub struct Store {
    pub(crate) collections: BTreeMap<Namespace, Arc<Collection>>,
    /// The sequence number of the last change.
    pub(crate) sequence: u64,
    records: Vec<Vec<u8>>,
    undo: Vec<(u64, Undo)>,
    /// The journal does not hold what is there; the next records are a snapshot.
    snapshot_due: bool,
    /// The records that were taken and are not confirmed yet hold such a snapshot.
    snapshot_taken: bool,
    /// What happened lately, for change streams and transactions.
    events: VecDeque<Event>,
    /// How many events are kept; none by default.
    kept_events: usize,
    /// The change that is being committed puts a whole new document.
    replacing: bool,
}

/// A committed change with what was there before.
#[derive(Debug, Clone)]
pub struct Event {
    pub sequence: u64,
    pub entry: Entry,
    /// The document as it was; of an index that was dropped or changed, what it was made of.
    pub before: Option<RawDocumentBuf>,
    /// The document was replaced as a whole.
    pub is_replacement: bool,
}

impl Store {
    /// The collections in the order of their names.
    pub fn collections(&self) -> impl Iterator<Item = (&Namespace, &Collection)> {
        self.collections.iter().map(|(namespace, collection)| (namespace, &**collection))
    }

    pub fn collection(&self, namespace: &Namespace) -> Option<&Collection> {
        self.collections.get(namespace).map(|collection| &**collection)
    }

    /// The collection for a change; one that a snapshot holds too is copied first.
    pub(crate) fn collection_mut(&mut self, namespace: &Namespace) -> Option<&mut Collection> {
        self.collections.get_mut(namespace).map(Arc::make_mut)
    }

    /// Keeps this many events for [`Store::events`].
    pub fn keep_events(&mut self, count: usize) {
        self.kept_events = count;
    }

    /// The events that are kept, oldest first.
    pub fn events(&self) -> &VecDeque<Event> {
        &self.events
    }

    /// Takes the journal records of all changes since the last call; instead of them a snapshot, when one is due. They
    /// have to be stored before a change is acknowledged; then call [`Store::confirm`], or [`Store::discard`] when
    /// they could not be stored.
    ///
    /// # Errors
    /// When a document cannot be written as BSON.
    pub fn take_records(&mut self) -> Result<Vec<Vec<u8>>> {
        if self.records.is_empty() {
            return Ok(Vec::new());
        }
        let records = std::mem::take(&mut self.records);
        if !self.snapshot_due {
            return Ok(records);
        }
        self.snapshot_due = false;
        self.snapshot_taken = true;
        self.snapshot()
    }

    /// Takes over the content of another store, as one change.
    ///
    /// # Errors
    /// When a record cannot be written.
    pub fn replace_with(&mut self, other: Store) -> Result<()> {
        let old = std::mem::replace(&mut self.collections, other.collections);
        self.snapshot_due = true;
        self.commit(Entry::Snapshot { parts: 0 }, Undo::Everything(old))
    }

    /// Marks what is there as not yet in the journal, such as seed data: the first change will write all of it.
    pub fn start_unsaved(&mut self) {
        self.records.clear();
        self.undo.clear();
        self.snapshot_due = true;
    }

    /// The sequence number of the last change.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The sequence number of the last change whose record was taken: what [`Store::discard`] goes back to when the next ones
    /// cannot be stored.
    pub fn taken(&self) -> u64 {
        self.sequence - self.records.len() as u64
    }

    fn ensure(&mut self, namespace: &Namespace) -> Result<&mut Collection> {
        if !self.collections.contains_key(namespace) {
            namespace.check()?;
            self.collections.insert(namespace.clone(), Arc::default());
            let entry = Entry::CreateCollection {
                namespace: namespace.clone(),
            };
            self.commit(
                entry,
                Undo::Drop {
                    namespace: namespace.clone(),
                },
            )?;
        }
        match self.collections.get_mut(namespace) {
            Some(collection) => Ok(Arc::make_mut(collection)),
            None => Err(DocDbError::new(Code::NamespaceNotFound, format!("ns not found {namespace}"))),
        }
    }

    fn commit(&mut self, entry: Entry, undo: Undo) -> Result<()> {
        self.sequence += 1;
        self.records.push(journal::encode(Kind::Change, self.sequence, 0, &entry)?);
        if self.kept_events > 0 {
            if self.events.len() >= self.kept_events {
                self.events.pop_front();
            }
            self.events.push_back(Event {
                sequence: self.sequence,
                entry,
                before: undo.before(),
                is_replacement: self.replacing,
            });
        }
        self.replacing = false;
        self.remember(undo);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
