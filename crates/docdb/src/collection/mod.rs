//! One collection: its documents in the order of insertion, and its indexes.

mod planner;

use std::collections::BTreeMap;

use bson::{Bson, Document, RawDocument, RawDocumentBuf, oid::ObjectId};

use crate::error::{Code, DocDbError, DuplicateKey, Result};
use crate::filter::Filter;
use crate::index::{Index, IndexSpec, Keys, Slot};
use crate::key;
use crate::number::truncated;
use crate::plan::Plan;
use crate::sort::Sort;
use crate::store::Namespace;
use planner::Access;

/// A document may not be larger (MongoDB manual: "MongoDB Limits and Thresholds").
pub(crate) const MAX_DOCUMENT_BYTES: usize = 16 * 1024 * 1024;
/// Levels of documents and arrays in each other.
const MAX_DEPTH: usize = 180;

/// What the store may not have of its own: the time, chance, and new ids.
pub trait Ambient {
    /// Milliseconds since the epoch.
    fn now_ms(&mut self) -> i64;
    fn object_id(&mut self) -> ObjectId;
}

/// Documents and indexes. Changes go through [`crate::Store`], which writes the journal.
#[derive(Debug, Clone)]
pub struct Collection {
    documents: BTreeMap<Slot, RawDocumentBuf>,
    next_slot: Slot,
    /// Bytes of all documents.
    bytes: usize,
    /// The first is the one on `_id`.
    indexes: Vec<Index>,
    /// `validator`, `capped`, `viewOn`, … as they were given.
    options: Document,
}

impl Default for Collection {
    fn default() -> Self {
        Collection {
            documents: BTreeMap::new(),
            next_slot: 0,
            bytes: 0,
            indexes: vec![Index::new(IndexSpec::id())],
            options: Document::new(),
        }
    }
}

/// An index that the user asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Hint {
    Name(String),
    Pattern(Document),
    Natural { backward: bool },
}

/// A document and its place.
pub(crate) type Row<'c> = (Slot, &'c RawDocumentBuf);

/// What is looked for.
pub(crate) struct Query<'q> {
    pub(crate) filter: &'q Filter,
    pub(crate) sort: &'q Sort,
    /// How many documents are wanted; `None` for all.
    pub(crate) enough: Option<usize>,
    pub(crate) hint: Option<Hint>,
    /// The plan tells bounds and rejected plans.
    pub(crate) explains: bool,
}

/// Documents that fit, in the order of the sort.
pub(crate) struct Selection<'c> {
    pub(crate) rows: Vec<Row<'c>>,
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
        self.bytes
    }

    /// Bytes of each index.
    pub fn index_sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.indexes.iter().map(|index| (index.spec.name.as_str(), index.size()))
    }

    pub fn documents(&self) -> impl Iterator<Item = &RawDocument> {
        self.documents.values().map(|document| &**document)
    }

    /// Each index and how many queries it answered; the one on `_id` first.
    pub fn indexes(&self) -> impl Iterator<Item = (&IndexSpec, u64)> {
        self.indexes.iter().map(|index| (&index.spec, index.uses()))
    }

    /// `validator`, `capped`, `viewOn`, … as they were given.
    pub fn options(&self) -> &Document {
        &self.options
    }

    pub(crate) fn set_options(&mut self, options: Document) {
        self.options = options;
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<&RawDocumentBuf> {
        self.documents.get(&slot)
    }

    pub(crate) fn slot_of(&self, id: &Bson) -> Option<Slot> {
        let raw = bson::RawBson::try_from(id.clone()).ok()?;
        let key = key::of(raw.as_raw_bson_ref(), self.indexes.first()?.spec.collation);
        self.indexes.first()?.slots_of(&key).next()
    }

    pub(crate) fn find_index(&self, hint: &Hint) -> Option<&Index> {
        self.indexes.iter().find(|index| match hint {
            Hint::Name(name) => index.spec.name == *name,
            Hint::Pattern(pattern) => same_pattern(&index.spec, pattern),
            Hint::Natural { .. } => false,
        })
    }

    /// Finds the documents that fit and sorts them.
    ///
    /// # Errors
    /// When the hint names no index, `$text` has none, or an expression fails.
    pub(crate) fn select<'c>(&'c self, query: &Query<'_>) -> Result<Selection<'c>> {
        let (access, mut plan) = self.access(query)?;
        let sorted = matches!(access, Access::Index { sorted: true, .. });
        let wanted = query.sort.enough(sorted, query.enough);
        let wanted = if query.filter.near().is_some() { usize::MAX } else { wanted };
        let mut rows = Vec::new();
        let mut examined = 0;
        let all = query.filter.is_empty();
        let mut consider = |(slot, document): Row<'c>| {
            examined += 1;
            if all || query.filter.matches(document) {
                rows.push((slot, document));
            }
            rows.len() < wanted
        };
        match access {
            _ if wanted == 0 => {}
            Access::Scan { backward: false } => {
                let _ = self.documents.iter().all(|(slot, document)| consider((*slot, document)));
            }
            Access::Scan { backward: true } => {
                let _ = self.documents.iter().rev().all(|(slot, document)| consider((*slot, document)));
            }
            Access::Slots(found, keys) => {
                plan.keys_examined = keys;
                let _ = found
                    .iter()
                    .all(|slot| self.get(*slot).is_none_or(|document| consider((*slot, document))));
            }
            Access::Index {
                index, ranges, backward, ..
            } => {
                let mut seen = std::collections::BTreeSet::new();
                for slot in index.walk(&ranges, backward) {
                    plan.keys_examined += 1;
                    if index.multikey && !seen.insert(slot) {
                        continue;
                    }
                    if self.get(slot).is_some_and(|document| !consider((slot, document))) {
                        break;
                    }
                }
            }
        }
        plan.documents_examined = examined;
        query.filter.check()?;
        if let (true, Some((path, near))) = (query.sort.is_empty(), query.filter.near()) {
            nearest_first(&mut rows, path, near);
            rows.truncate(query.enough.unwrap_or(usize::MAX));
        }
        if !query.sort.is_empty() && !sorted {
            plan.sorted = true;
            query.sort.sort_some(
                &mut rows,
                query.enough.unwrap_or(usize::MAX),
                query.filter.text(),
                |(_, document)| document,
            );
        }
        plan.returned = rows.len() as u64;
        Ok(Selection { rows, plan })
    }

    /// Adds a document at the end.
    pub(crate) fn insert(&mut self, namespace: &Namespace, document: RawDocumentBuf) -> Result<Slot> {
        let keys = self.check(namespace, None, &document)?;
        let slot = self.next_slot;
        self.put(slot, document, keys);
        Ok(slot)
    }

    /// Puts another document in the place of one; returns what was there.
    pub(crate) fn replace(&mut self, namespace: &Namespace, slot: Slot, document: RawDocumentBuf) -> Result<Option<RawDocumentBuf>> {
        let keys = self.check(namespace, Some(slot), &document)?;
        let Some(known) = self.documents.get_mut(&slot) else {
            self.put(slot, document, keys);
            return Ok(None);
        };
        let before = std::mem::replace(known, document);
        self.bytes += known.as_bytes().len();
        self.bytes -= before.as_bytes().len();
        for (index, keys) in self.indexes.iter_mut().zip(keys) {
            match index.keys_of(&before) {
                Ok(old) if old == keys => continue,
                Ok(old) => index.remove(slot, old),
                // It was never in this index.
                Err(_) => {}
            }
            index.add(slot, keys);
        }
        Ok(Some(before))
    }

    /// Takes a document out.
    pub(crate) fn remove(&mut self, slot: Slot) -> Option<RawDocumentBuf> {
        let document = self.documents.remove(&slot)?;
        self.bytes -= document.as_bytes().len();
        for index in &mut self.indexes {
            if let Ok(keys) = index.keys_of(&document) {
                index.remove(slot, keys);
            }
        }
        Some(document)
    }

    /// Puts a document at its old place, or at the end. Asks no unique index: it was allowed once.
    pub(crate) fn restore(&mut self, slot: Option<Slot>, document: RawDocumentBuf) {
        let slot = slot.unwrap_or(self.next_slot);
        self.remove(slot);
        // What cannot be indexed was refused once; a recovered document that cannot be is found by scans only.
        let keys = self
            .indexes
            .iter()
            .map(|index| index.keys_of(&document).unwrap_or_default())
            .collect();
        self.put(slot, document, keys);
    }

    fn put(&mut self, slot: Slot, document: RawDocumentBuf, keys: Vec<Keys>) {
        self.next_slot = self.next_slot.max(slot + 1);
        self.bytes += document.as_bytes().len();
        for (index, keys) in self.indexes.iter_mut().zip(keys) {
            index.add(slot, keys);
        }
        self.documents.insert(slot, document);
    }

    /// The document's keys in each index, if it may be there.
    fn check(&self, namespace: &Namespace, slot: Option<Slot>, document: &RawDocument) -> Result<Vec<Keys>> {
        let size = document.as_bytes().len();
        if size > MAX_DOCUMENT_BYTES {
            return Err(DocDbError::new(
                Code::BSONObjectTooLarge,
                format!("object to insert too large. size in bytes: {size}, max size: {MAX_DOCUMENT_BYTES}"),
            ));
        }
        // Deep nesting takes bytes: short documents need not be walked.
        if size > MAX_DEPTH * 8 && is_deeper(document, MAX_DEPTH) {
            return Err(DocDbError::new(
                Code::Overflow,
                format!("cannot insert document because it exceeds {MAX_DEPTH} levels of nesting"),
            ));
        }
        let mut all = Vec::with_capacity(self.indexes.len());
        for index in &self.indexes {
            let keys = index.keys_of(document)?;
            if let Some(key) = index.conflict(slot, document, &keys) {
                return Err(duplicate(namespace, &index.spec, key));
            }
            all.push(keys);
        }
        Ok(all)
    }

    /// The oldest documents that are too many for a capped collection.
    pub(crate) fn surplus(&self) -> Vec<Slot> {
        let number = |name: &str| {
            self.options
                .get(name)
                .and_then(truncated)
                .and_then(|number| usize::try_from(number).ok())
        };
        if self.options.get("capped") != Some(&Bson::Boolean(true)) {
            return Vec::new();
        }
        let (most_bytes, most) = (
            number("size").unwrap_or(usize::MAX),
            number("max").filter(|max| *max > 0).unwrap_or(usize::MAX),
        );
        let (mut bytes, mut count) = (self.bytes, self.documents.len());
        let mut surplus = Vec::new();
        for (slot, document) in &self.documents {
            if (bytes <= most_bytes && count <= most) || count <= 1 {
                break;
            }
            bytes -= document.as_bytes().len();
            count -= 1;
            surplus.push(*slot);
        }
        surplus
    }

    /// Builds an index over what is there.
    pub(crate) fn add_index(&mut self, namespace: &Namespace, spec: IndexSpec) -> Result<()> {
        let mut index = Index::new(spec);
        for (slot, document) in &self.documents {
            let keys = index.keys_of(document)?;
            if let Some(key) = index.conflict(Some(*slot), document, &keys) {
                return Err(duplicate(namespace, &index.spec, key));
            }
            index.add(*slot, keys);
        }
        self.indexes.push(index);
        Ok(())
    }

    pub(crate) fn remove_index(&mut self, name: &str) -> Option<IndexSpec> {
        let position = self.indexes.iter().position(|index| index.spec.name == name)?;
        Some(self.indexes.remove(position).spec)
    }

    /// Changes the options of an index that do not touch its keys; returns it as it was and as it is.
    pub(crate) fn change_index(&mut self, name: &str, change: impl FnOnce(&mut IndexSpec)) -> Option<(IndexSpec, IndexSpec)> {
        let index = self.indexes.iter_mut().find(|index| index.spec.name == name)?;
        let before = index.spec.clone();
        change(&mut index.spec);
        Some((before, index.spec.clone()))
    }

    /// The places of documents whose time has come, by the TTL indexes.
    pub(crate) fn expired(&self, now_ms: i64) -> Vec<Slot> {
        let mut slots = Vec::new();
        for index in &self.indexes {
            let (Some(seconds), Some((path, _))) = (index.spec.expire_after_seconds, index.spec.keys.first()) else {
                continue;
            };
            let limit = bson::DateTime::from_millis(now_ms.saturating_sub(seconds.saturating_mul(1000)));
            let mut name = Document::new();
            name.insert(path, bson::doc! { "$lte": limit });
            let Ok(filter) = Filter::parse(&name) else { continue };
            let ranges = index.ranges(filter.root(), false);
            slots.extend(
                index
                    .walk(&ranges, false)
                    .filter(|slot| self.get(*slot).is_some_and(|document| filter.matches(document))),
            );
        }
        if let (Ok(series), Some(Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_))) =
            (self.options.get_document("timeseries"), self.options.get("expireAfterSeconds"))
            && let Ok(field) = series.get_str("timeField")
        {
            let seconds = self
                .options
                .get("expireAfterSeconds")
                .and_then(truncated)
                .unwrap_or(i64::MAX / 1000);
            let limit = now_ms.saturating_sub(seconds.saturating_mul(1000));
            let over = |document: &RawDocument| document.get_datetime(field).is_ok_and(|at| at.timestamp_millis() <= limit);
            slots.extend(self.documents.iter().filter(|(_, document)| over(document)).map(|(slot, _)| *slot));
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}

fn nearest_first(rows: &mut [Row<'_>], path: &crate::path::Path, near: &crate::filter::Near) {
    rows.sort_by_cached_key(|(_, document)| {
        let mut nearest = f64::INFINITY;
        path.any_expanded(document, &mut |value| {
            nearest = value.map_or(nearest, |value| nearest.min(near.distance(value)));
            false
        });
        key::of(bson::RawBsonRef::Double(nearest), None)
    });
}

pub(crate) fn same_pattern(spec: &IndexSpec, pattern: &Document) -> bool {
    let known = spec.pattern();
    known.len() == pattern.len()
        && known.iter().zip(pattern).all(|((name, direction), (other, wanted))| {
            let number = |value: &Bson| match value {
                Bson::Int32(number) => Some(f64::from(*number)),
                Bson::Int64(number) => Some(*number as f64),
                Bson::Double(number) => Some(*number),
                _ => None,
            };
            name == other && (direction == wanted || (number(direction).is_some() && number(direction) == number(wanted)))
        })
}

fn is_deeper(document: &RawDocument, levels: usize) -> bool {
    use bson::RawBsonRef as V;
    levels == 0
        || document.iter().flatten().any(|(_, value)| match value {
            V::Document(inner) => is_deeper(inner, levels - 1),
            V::Array(items) => RawDocument::from_bytes(items.as_bytes()).is_ok_and(|inner| is_deeper(inner, levels - 1)),
            _ => false,
        })
}

fn duplicate(namespace: &Namespace, spec: &IndexSpec, key: Document) -> DocDbError {
    DocDbError::DuplicateKey(Box::new(DuplicateKey {
        namespace: namespace.to_string(),
        index: spec.name.clone(),
        pattern: spec.pattern(),
        key,
    }))
}
