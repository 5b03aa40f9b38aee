//! One collection: its documents in the order of insertion, and its indexes.

use std::collections::{BTreeMap, HashMap};

use bson::{Bson, Document, RawDocument, RawDocumentBuf, oid::ObjectId};

use crate::error::{DocDbError, DuplicateKey, Result};
use crate::filter::Filter;
use crate::index::{Index, IndexSpec, Slot};
use crate::plan::{Plan, Stage};

/// A document may not be larger (MongoDB manual: "MongoDB Limits and Thresholds").
const MAX_DOCUMENT_BYTES: usize = 16 * 1024 * 1024;

/// What the store may not have of its own: the time, and new ids.
pub trait Ambient {
    /// Milliseconds since the epoch.
    fn now_ms(&mut self) -> i64;
    fn object_id(&mut self) -> ObjectId;
}

/// Documents and indexes. Changes go through [`crate::Store`], which writes the journal.
#[derive(Debug)]
pub struct Collection {
    documents: BTreeMap<Slot, RawDocumentBuf>,
    next_slot: Slot,
    /// The first is the one on `_id`.
    indexes: Vec<Index>,
}

impl Default for Collection {
    fn default() -> Self {
        Collection {
            documents: BTreeMap::new(),
            next_slot: 0,
            indexes: vec![Index::new(IndexSpec::id())],
        }
    }
}

/// Candidates of a query that are left after the filter.
pub(crate) struct Selection {
    pub(crate) slots: Vec<Slot>,
    pub(crate) plan: Plan,
}

impl Collection {
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Bytes of all documents.
    pub fn size(&self) -> usize {
        self.documents.values().map(|document| document.as_bytes().len()).sum()
    }

    pub fn documents(&self) -> impl Iterator<Item = &RawDocument> {
        self.documents.values().map(|document| &**document)
    }

    /// Each index and how many queries it answered; the one on `_id` first.
    pub fn indexes(&self) -> impl Iterator<Item = (&IndexSpec, u64)> {
        self.indexes.iter().map(|index| (&index.spec, index.uses.get()))
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<&RawDocumentBuf> {
        self.documents.get(&slot)
    }

    pub(crate) fn slot_of(&self, id: &Bson) -> Option<Slot> {
        let raw = bson::RawBson::try_from(id.clone()).ok()?;
        let found = self.indexes.first()?.lookup(&HashMap::from([("_id", vec![&raw])]))?;
        found.slots.into_iter().next()
    }

    /// Finds the documents that fit. `enough`: how many are wanted, in natural order; `None` for all.
    pub(crate) fn select(&self, filter: &Filter, enough: Option<usize>) -> Selection {
        let (stage, candidates) = self.candidates(filter);
        let mut plan = Plan::new(stage);
        let mut slots = Vec::new();
        let wanted = enough.unwrap_or(usize::MAX);
        let mut consider = |slot: Slot, document: &RawDocument| {
            plan.documents_examined += 1;
            if filter.matches(document) {
                slots.push(slot);
            }
            slots.len() < wanted
        };
        match candidates {
            _ if wanted == 0 => {}
            Some(found) => {
                for slot in found.slots {
                    if let Some(document) = self.documents.get(&slot)
                        && !consider(slot, document)
                    {
                        break;
                    }
                }
                plan.keys_examined = found.keys_examined;
            }
            None => {
                for (slot, document) in &self.documents {
                    if !consider(*slot, document) {
                        break;
                    }
                }
            }
        }
        plan.returned = slots.len() as u64;
        Selection { slots, plan }
    }

    fn candidates(&self, filter: &Filter) -> (Stage, Option<crate::index::Lookup>) {
        let mut equalities: HashMap<&str, Vec<&bson::RawBson>> = HashMap::new();
        for (path, values) in filter.equalities() {
            let fewer = equalities.get(path).is_none_or(|known| values.len() < known.len());
            if fewer {
                equalities.insert(path, values);
            }
        }
        if equalities.is_empty() {
            return (Stage::CollectionScan, None);
        }
        let best = self
            .indexes
            .iter()
            .filter_map(|index| index.lookup(&equalities).map(|found| (index, found)))
            .min_by_key(|(_, found)| found.keys_examined);
        match best {
            Some((index, found)) => {
                index.uses.set(index.uses.get() + 1);
                (Stage::IndexScan(index.spec.name.clone()), Some(found))
            }
            None => (Stage::CollectionScan, None),
        }
    }

    /// Adds a document at the end.
    pub(crate) fn insert(&mut self, namespace: &str, document: RawDocumentBuf) -> Result<Slot> {
        self.check(namespace, None, &document)?;
        Ok(self.append(document))
    }

    /// Puts another document in the place of one.
    pub(crate) fn replace(&mut self, namespace: &str, slot: Slot, document: RawDocumentBuf) -> Result<()> {
        self.check(namespace, Some(slot), &document)?;
        self.put_at(slot, document);
        Ok(())
    }

    /// Takes a document out.
    pub(crate) fn remove(&mut self, slot: Slot) -> Option<RawDocumentBuf> {
        let document = self.documents.remove(&slot)?;
        for index in &mut self.indexes {
            index.remove(slot, &document);
        }
        Some(document)
    }

    /// Puts a document at its old place, or at the end. Asks no unique index: it was allowed once.
    pub(crate) fn restore(&mut self, slot: Option<Slot>, document: RawDocumentBuf) {
        match slot {
            Some(slot) => self.put_at(slot, document),
            None => {
                self.append(document);
            }
        }
    }

    fn append(&mut self, document: RawDocumentBuf) -> Slot {
        let slot = self.next_slot;
        self.put_at(slot, document);
        slot
    }

    fn put_at(&mut self, slot: Slot, document: RawDocumentBuf) {
        self.remove(slot);
        self.next_slot = self.next_slot.max(slot + 1);
        for index in &mut self.indexes {
            // `check` has refused what cannot be indexed; a recovered document that cannot be is found by scans only.
            let _ = index.add(slot, &document);
        }
        self.documents.insert(slot, document);
    }

    fn check(&self, namespace: &str, slot: Option<Slot>, document: &RawDocument) -> Result<()> {
        let size = document.as_bytes().len();
        if size > MAX_DOCUMENT_BYTES {
            return Err(DocDbError::bad_value(format!(
                "object to insert too large. size in bytes: {size}, max size: {MAX_DOCUMENT_BYTES}"
            )));
        }
        for index in &self.indexes {
            if let Some(key) = index.conflict(slot, document)? {
                return Err(duplicate(namespace, &index.spec, key));
            }
        }
        Ok(())
    }

    /// Builds an index over what is there.
    pub(crate) fn add_index(&mut self, namespace: &str, spec: IndexSpec) -> Result<()> {
        let mut index = Index::new(spec);
        for (slot, document) in &self.documents {
            if let Some(key) = index.conflict(Some(*slot), document)? {
                return Err(duplicate(namespace, &index.spec, key));
            }
            index.add(*slot, document)?;
        }
        self.indexes.push(index);
        Ok(())
    }

    pub(crate) fn remove_index(&mut self, name: &str) -> Option<IndexSpec> {
        let position = self.indexes.iter().position(|index| index.spec.name == name)?;
        Some(self.indexes.remove(position).spec)
    }
}

fn duplicate(namespace: &str, spec: &IndexSpec, key: Document) -> DocDbError {
    DocDbError::DuplicateKey(Box::new(DuplicateKey {
        namespace: namespace.into(),
        index: spec.name.clone(),
        pattern: spec.pattern(),
        key,
    }))
}
