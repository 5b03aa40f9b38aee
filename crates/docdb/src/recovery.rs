//! Booting from journal records, with whatever happened to them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bson::Document;

use crate::index::IndexSpec;
use crate::journal::{self, Entry, Kind, Record};
use crate::store::{Namespace, Store};

/// What a start from the journal came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recovery {
    /// Records that were used.
    pub applied: usize,
    /// Records that a snapshot made obsolete, or that were there twice.
    pub skipped: usize,
    pub damage: Vec<Damage>,
}

/// Something that was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// A record cannot be read.
    Unreadable {
        /// Its place among the given records, from 0.
        position: usize,
        reason: String,
    },
    /// Records that should be there are not.
    Missing { after: u64, count: u64 },
    /// A snapshot that was being written when the page ended; the records before it were used instead.
    UnfinishedSnapshot { sequence: u64 },
    /// The only snapshot lacks parts; what is left of it was used.
    PartialSnapshot { sequence: u64 },
    /// A record that says something impossible.
    Refused { sequence: u64, reason: String },
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::Unreadable { position, reason } => {
                write!(formatter, "record {} could not be read ({reason}) and was left out", position + 1)
            }
            Damage::Missing { after, count } => {
                write!(formatter, "{count} change(s) after number {after} are missing")
            }
            Damage::UnfinishedSnapshot { sequence } => {
                write!(
                    formatter,
                    "snapshot {sequence} was not finished; the changes before it were used instead"
                )
            }
            Damage::PartialSnapshot { sequence } => {
                write!(formatter, "snapshot {sequence} lacks some of its documents; the others were used")
            }
            Damage::Refused { sequence, reason } => write!(formatter, "change {sequence} was left out: {reason}"),
        }
    }
}

impl Store {
    /// Builds a store from journal records in any order. Never fails: what is damaged is left out and reported.
    pub fn recover<'r>(records: impl IntoIterator<Item = &'r [u8]>) -> (Store, Recovery) {
        let mut recovery = Recovery::default();
        let mut changes: BTreeMap<u64, Entry> = BTreeMap::new();
        let mut snapshots: BTreeMap<u64, BTreeMap<u32, Entry>> = BTreeMap::new();
        for (position, bytes) in records.into_iter().enumerate() {
            let known = match journal::decode(bytes) {
                Ok(Record {
                    kind: Kind::Change,
                    sequence,
                    entry,
                    ..
                }) => changes.insert(sequence, entry),
                Ok(Record { sequence, part, entry, .. }) => snapshots.entry(sequence).or_default().insert(part, entry),
                Err(error) => {
                    recovery.damage.push(Damage::Unreadable {
                        position,
                        reason: error.to_string(),
                    });
                    None
                }
            };
            recovery.skipped += usize::from(known.is_some());
        }
        let unreadable = recovery.damage.len() as u64;
        let mut store = Store::default();
        store.sequence = changes.keys().chain(snapshots.keys()).max().copied().unwrap_or(0);
        let base = store.recover_snapshot(snapshots, &changes, &mut recovery);
        let mut missing = 0;
        let mut expected = base + 1;
        for (sequence, entry) in &changes {
            if *sequence <= base {
                recovery.skipped += 1;
                continue;
            }
            if *sequence > expected {
                missing += sequence - expected;
                recovery.damage.push(Damage::Missing {
                    after: expected - 1,
                    count: sequence - expected,
                });
            }
            expected = sequence + 1;
            store.replay_reporting(*sequence, entry, &mut recovery);
        }
        if missing <= unreadable {
            // The unreadable records are the missing ones; they are reported once.
            recovery.damage.retain(|damage| !matches!(damage, Damage::Missing { .. }));
        }
        if !recovery.damage.is_empty() {
            // The next change writes everything, so that what was lost is not missed again at every start.
            store.start_unsaved();
        }
        (store, recovery)
    }

    /// Loads the newest snapshot that is whole and returns its sequence. One that is not is used only when there is
    /// nothing else.
    fn recover_snapshot(
        &mut self,
        snapshots: BTreeMap<u64, BTreeMap<u32, Entry>>,
        changes: &BTreeMap<u64, Entry>,
        recovery: &mut Recovery,
    ) -> u64 {
        let oldest = snapshots.keys().next().copied();
        for (sequence, parts) in snapshots.into_iter().rev() {
            let whole = match parts.get(&0) {
                Some(Entry::Snapshot { parts: count }) => parts.len() as u64 == u64::from(*count) + 1,
                _ => false,
            };
            let is_last_resort = oldest == Some(sequence) && !changes.contains_key(&1);
            if !whole && !is_last_resort {
                recovery.skipped += parts.len();
                recovery.damage.push(Damage::UnfinishedSnapshot { sequence });
                continue;
            }
            if !whole {
                recovery.damage.push(Damage::PartialSnapshot { sequence });
            }
            for entry in parts.values() {
                self.replay_reporting(sequence, entry, recovery);
            }
            return sequence;
        }
        0
    }

    fn replay_reporting(&mut self, sequence: u64, entry: &Entry, recovery: &mut Recovery) {
        match self.replay(entry) {
            Ok(()) => recovery.applied += 1,
            Err(error) => recovery.damage.push(Damage::Refused {
                sequence,
                reason: error.to_string(),
            }),
        }
    }

    fn replay(&mut self, entry: &Entry) -> crate::Result<()> {
        match entry {
            Entry::Snapshot { .. } => self.collections.clear(),
            Entry::CreateCollection { namespace } => {
                self.collections.entry(namespace.clone()).or_default();
            }
            Entry::DropCollection { namespace } => {
                self.collections.remove(namespace);
            }
            Entry::Rename { namespace, to, .. } => {
                if let Some(collection) = self.collections.remove(namespace) {
                    self.collections.insert(to.clone(), collection);
                }
            }
            Entry::SetOptions { namespace, options } => {
                self.collections.entry(namespace.clone()).or_default();
                if let Some(collection) = self.collection_mut(namespace) {
                    collection.set_options(options.clone());
                }
            }
            Entry::Put { namespace, document } => {
                let collection = Arc::make_mut(self.collections.entry(namespace.clone()).or_default());
                let id = Document::try_from(document.as_ref())?.remove("_id").unwrap_or(bson::Bson::Null);
                let slot = collection.slot_of(&id);
                collection.restore(slot, document.clone());
            }
            Entry::Delete { namespace, id } => {
                if let Some(collection) = self.collection_mut(namespace)
                    && let Some(slot) = collection.slot_of(id)
                {
                    collection.remove(slot);
                }
            }
            Entry::CreateIndex { namespace, spec } => self.replay_index(namespace, spec)?,
            Entry::DropIndex { namespace, name } => {
                if let Some(collection) = self.collection_mut(namespace) {
                    collection.remove_index(name);
                }
            }
        }
        Ok(())
    }

    fn replay_index(&mut self, namespace: &Namespace, spec: &IndexSpec) -> crate::Result<()> {
        let collection = Arc::make_mut(self.collections.entry(namespace.clone()).or_default());
        collection.remove_index(&spec.name);
        collection.add_index(namespace, spec.clone())
    }
}
