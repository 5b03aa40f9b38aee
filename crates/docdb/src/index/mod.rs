//! Indexes: ordered keys that point at documents (MongoDB manual: "Indexes").

mod keys;
mod range;
mod spec;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use bson::{Bson, Document, RawDocument};

use crate::filter::Filter;
use crate::filter::text::{TextFields, fields_of};
use crate::path::Path;
pub(crate) use keys::Keys;
pub(crate) use range::Ranges;
pub use spec::IndexSpec;

/// The document's place in the collection.
pub(crate) type Slot = u64;

/// Bytes of the slot at the end of each entry.
const SLOT: usize = 8;

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) spec: IndexSpec,
    paths: Vec<Path>,
    text: Option<TextFields>,
    partial: Option<Filter>,
    /// The key, then the slot with its highest byte first.
    entries: BTreeSet<Box<[u8]>>,
    /// Some document has an array at one of the paths.
    pub(crate) multikey: bool,
    uses: AtomicU64,
}

impl Clone for Index {
    fn clone(&self) -> Self {
        let mut copy = Index::new(self.spec.clone());
        copy.entries.clone_from(&self.entries);
        copy.multikey = self.multikey;
        copy.uses = AtomicU64::new(self.uses());
        copy
    }
}

impl Index {
    pub(crate) fn new(spec: IndexSpec) -> Self {
        let paths = spec.keys.iter().map(|(path, _)| Path::new(path)).collect();
        let text = if spec.is_text() {
            fields_of(&spec.text_paths(), spec.extra.get_document("weights").unwrap_or(&Document::new()))
        } else {
            None
        };
        // `from_document` has parsed it once, so that it is right.
        let partial = spec.partial.as_ref().and_then(|filter| Filter::parse(filter).ok());
        Index {
            spec,
            paths,
            text,
            partial,
            entries: BTreeSet::new(),
            multikey: false,
            uses: AtomicU64::new(0),
        }
    }

    /// How many queries it answered.
    pub(crate) fn uses(&self) -> u64 {
        self.uses.load(Ordering::Relaxed)
    }

    /// Counts one more query.
    pub(crate) fn used(&self) {
        self.uses.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn text_fields(&self) -> Option<&TextFields> {
        self.text.as_ref()
    }

    /// Bytes of all keys.
    pub(crate) fn size(&self) -> usize {
        self.entries.iter().map(|entry| entry.len()).sum()
    }

    pub(crate) fn add(&mut self, slot: Slot, keys: Keys) {
        self.multikey |= keys.multikey;
        for mut key in keys.keys {
            key.extend(slot.to_be_bytes());
            self.entries.insert(key.into_boxed_slice());
        }
    }

    pub(crate) fn remove(&mut self, slot: Slot, keys: Keys) {
        for mut key in keys.keys {
            key.extend(slot.to_be_bytes());
            self.entries.remove(key.as_slice());
        }
    }

    /// The key that another document has already, when the index is unique. `slot` may keep its own keys.
    pub(crate) fn conflict(&self, slot: Option<Slot>, document: &RawDocument, keys: &Keys) -> Option<Document> {
        if !self.spec.unique {
            return None;
        }
        let taken = keys.keys.iter().position(|key| {
            self.entries
                .range::<[u8], _>((std::ops::Bound::Included(key.as_slice()), std::ops::Bound::Unbounded))
                .take_while(|entry| entry.starts_with(key))
                .any(|entry| Some(slot_of(entry)) != slot)
        });
        taken.map(|place| self.shown_key(document, place))
    }

    /// The fields and values of one of the document's keys.
    fn shown_key(&self, document: &RawDocument, place: usize) -> Document {
        let mut values = self.values_of(document).unwrap_or_default();
        let row = if place < values.len() {
            values.swap_remove(place)
        } else {
            Vec::new()
        };
        self.spec
            .keys
            .iter()
            .map(|(path, _)| path.clone())
            .zip(row.into_iter().chain(std::iter::repeat(Bson::Null)))
            .collect()
    }
}

fn slot_of(entry: &[u8]) -> Slot {
    let mut slot = [0; SLOT];
    slot.copy_from_slice(&entry[entry.len() - SLOT..]);
    Slot::from_be_bytes(slot)
}
