//! Databases and collections: every change goes through here, is journalled, and can be undone until it is stored.

mod check;
mod read;
mod rename;
mod transaction;
mod undo;
mod write;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use bson::{Bson, Document, RawDocumentBuf};

use crate::collection::Collection;
use crate::error::{Code, DocDbError, Result};
use crate::index::IndexSpec;
use crate::journal::{self, Entry, Kind};
pub use read::{Distinct, Find, Found};
use undo::Undo;
pub(crate) use write::upsert_base;
pub use write::{DeleteSpec, Deleted, Inserted, UpdateSpec, Updated};

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

    /// Changes the time to live or the visibility of an index.
    ///
    /// # Errors
    /// When there is no such index.
    pub fn change_index(
        &mut self,
        namespace: &Namespace,
        name: &str,
        expire_after_seconds: Option<i64>,
        hidden: Option<bool>,
    ) -> Result<()> {
        let changed = self.collection_mut(namespace).and_then(|collection| {
            collection.change_index(name, |spec| {
                spec.expire_after_seconds = expire_after_seconds.or(spec.expire_after_seconds);
                spec.hidden = hidden.unwrap_or(spec.hidden);
            })
        });
        let Some((before, spec)) = changed else {
            return Err(DocDbError::new(
                Code::IndexNotFound,
                format!("cannot find index {name} for ns {namespace}"),
            ));
        };
        self.commit(
            Entry::CreateIndex {
                namespace: namespace.clone(),
                spec,
            },
            Undo::AddIndex {
                namespace: namespace.clone(),
                spec: before,
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

    /// Builds an index; the same one again is no change.
    ///
    /// # Errors
    /// When another index has the name, or the documents break its uniqueness.
    pub fn create_index(&mut self, namespace: &Namespace, spec: IndexSpec) -> Result<()> {
        let collection = self.ensure(namespace)?;
        if let Some((known, _)) = collection.indexes().find(|(known, _)| {
            known.name == spec.name
                || (known.keys == spec.keys
                    && known.kinds == spec.kinds
                    && known.collation == spec.collation
                    && known.partial == spec.partial)
        }) {
            if *known == spec || known.name == "_id_" {
                return Ok(());
            }
            if known.name != spec.name {
                return Err(DocDbError::new(
                    Code::IndexOptionsConflict,
                    format!("Index already exists with a different name: {}", known.name),
                ));
            }
            if known.keys != spec.keys
                || known.unique != spec.unique
                || known.sparse != spec.sparse
                || known.partial != spec.partial
                || known.collation != spec.collation
            {
                return Err(DocDbError::new(
                    Code::IndexKeySpecsConflict,
                    format!(
                        "An existing index has the same name as the requested index. When index names are not specified, they are auto \
                         generated and can cause conflicts. Please refer to our documentation. Requested index: {}, existing index: {}",
                        crate::shell_document(&spec.to_document()),
                        crate::shell_document(&known.to_document())
                    ),
                ));
            }
            return Err(DocDbError::new(
                Code::IndexOptionsConflict,
                format!(
                    "An equivalent index already exists with the same name but different options. Requested index: {}, existing index: {}",
                    crate::shell_document(&spec.to_document()),
                    crate::shell_document(&known.to_document())
                ),
            ));
        }
        collection.add_index(namespace, spec.clone())?;
        let undo = Undo::RemoveIndex {
            namespace: namespace.clone(),
            name: spec.name.clone(),
        };
        self.commit(
            Entry::CreateIndex {
                namespace: namespace.clone(),
                spec,
            },
            undo,
        )
    }

    /// Drops an index.
    ///
    /// # Errors
    /// When there is none of this name, or it is the one on `_id`.
    pub fn drop_index(&mut self, namespace: &Namespace, name: &str) -> Result<()> {
        if name == "_id_" {
            return Err(DocDbError::new(Code::InvalidOptions, "cannot drop _id index"));
        }
        let Some(collection) = self.collection_mut(namespace) else {
            return Err(DocDbError::new(Code::NamespaceNotFound, format!("ns not found {namespace}")));
        };
        let Some(spec) = collection.remove_index(name) else {
            return Err(DocDbError::new(Code::IndexNotFound, format!("index not found with name [{name}]")));
        };
        let entry = Entry::DropIndex {
            namespace: namespace.clone(),
            name: name.into(),
        };
        self.commit(
            entry,
            Undo::AddIndex {
                namespace: namespace.clone(),
                spec,
            },
        )
    }

    /// The whole store as records: a snapshot of everything up to the last change.
    ///
    /// # Errors
    /// When a document cannot be written as BSON.
    pub fn snapshot(&self) -> Result<Vec<Vec<u8>>> {
        let mut entries = Vec::new();
        for (namespace, collection) in &self.collections {
            entries.push(Entry::CreateCollection {
                namespace: namespace.clone(),
            });
            if !collection.options().is_empty() {
                entries.push(Entry::SetOptions {
                    namespace: namespace.clone(),
                    options: collection.options().clone(),
                });
            }
            for (spec, _) in collection.indexes().filter(|(spec, _)| spec.name != "_id_") {
                entries.push(Entry::CreateIndex {
                    namespace: namespace.clone(),
                    spec: spec.clone(),
                });
            }
            for document in collection.documents() {
                entries.push(Entry::Put {
                    namespace: namespace.clone(),
                    document: document.to_owned(),
                });
            }
        }
        let start = Entry::Snapshot {
            parts: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        };
        let mut records = vec![journal::encode(Kind::SnapshotStart, self.sequence, 0, &start)?];
        for (part, entry) in (1..).zip(&entries) {
            records.push(journal::encode(Kind::SnapshotPart, self.sequence, part, entry)?);
        }
        Ok(records)
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
