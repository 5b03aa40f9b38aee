//! Indexes: ordered keys that point at documents (MongoDB manual: "Indexes").

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use bson::{Bson, Document, RawBson, RawBsonRef, RawDocument};

use crate::compare::compare;
use crate::error::{Code, DocDbError, Result};
use crate::path::Path;

/// What an index is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexSpec {
    /// `email_1`, `author_1_year_-1`.
    pub name: String,
    /// Path and direction, 1 or -1.
    pub keys: Vec<(String, i32)>,
    pub unique: bool,
    /// Leaves out documents that have none of the fields.
    pub sparse: bool,
}

/// More combinations than this are not looked up one by one; the collection is scanned instead.
const MAX_LOOKUPS: usize = 1_000;

/// The document's place in the collection.
pub(crate) type Slot = u64;

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) spec: IndexSpec,
    paths: Vec<Path>,
    entries: BTreeSet<(Key, Slot)>,
    /// How many queries it answered.
    pub(crate) uses: Cell<u64>,
}

/// One value per indexed field.
#[derive(Debug, Clone)]
struct Key(Vec<RawBson>);

impl IndexSpec {
    /// An index with MongoDB's own name for these keys.
    pub fn new(keys: &[(&str, i32)]) -> Self {
        let name = keys
            .iter()
            .map(|(path, direction)| format!("{path}_{direction}"))
            .collect::<Vec<_>>()
            .join("_");
        let keys = keys.iter().map(|(path, direction)| ((*path).to_owned(), *direction)).collect();
        IndexSpec {
            name,
            keys,
            unique: false,
            sparse: false,
        }
    }

    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    pub(crate) fn id() -> Self {
        IndexSpec {
            name: "_id_".into(),
            ..IndexSpec::new(&[("_id", 1)]).unique()
        }
    }

    /// `{ v: 2, key: { email: 1 }, name: "email_1", unique: true }`.
    pub fn to_document(&self) -> Document {
        let mut document = bson::doc! { "v": 2, "key": self.pattern(), "name": &self.name };
        if self.unique && self.name != "_id_" {
            document.insert("unique", true);
        }
        if self.sparse {
            document.insert("sparse", true);
        }
        document
    }

    /// Reads what [`IndexSpec::to_document`] writes and what `createIndexes` is given.
    ///
    /// # Errors
    /// When a key is not 1 or -1, or an option needs an index kind that this store does not have.
    pub fn from_document(document: &Document) -> Result<Self> {
        let Ok(pattern) = document.get_document("key") else {
            return Err(DocDbError::parse(
                "The 'key' field is a required property of an index specification",
            ));
        };
        if pattern.is_empty() {
            return Err(DocDbError::new(Code::CannotCreateIndex, "Index keys cannot be empty."));
        }
        let mut keys = Vec::new();
        for (path, direction) in pattern {
            let direction = match direction {
                Bson::Int32(number) => *number,
                Bson::Int64(number) => *number as i32,
                Bson::Double(number) => *number as i32,
                other => {
                    return Err(DocDbError::new(
                        Code::CannotCreateIndex,
                        format!("Unknown index plugin '{}'", other.as_str().unwrap_or("unknown")),
                    ));
                }
            };
            if direction == 0 {
                return Err(DocDbError::new(
                    Code::CannotCreateIndex,
                    "Values in the index key pattern cannot be 0.",
                ));
            }
            keys.push((path.as_str(), direction.signum()));
        }
        let mut spec = IndexSpec::new(&keys);
        for (option, value) in document {
            match (option.as_str(), value) {
                ("name", Bson::String(name)) => spec.name = name.clone(),
                ("unique", value) => spec.unique = value.as_bool().unwrap_or(false),
                ("sparse", value) => spec.sparse = value.as_bool().unwrap_or(false),
                ("key" | "v" | "background" | "ns", _) => {}
                _ => {
                    return Err(DocDbError::new(
                        Code::InvalidOptions,
                        format!("The index option '{option}' is not supported by this store"),
                    ));
                }
            }
        }
        Ok(spec)
    }

    pub(crate) fn pattern(&self) -> Document {
        self.keys
            .iter()
            .map(|(path, direction)| (path.clone(), Bson::Int32(*direction)))
            .collect()
    }
}

impl Index {
    pub(crate) fn new(spec: IndexSpec) -> Self {
        let paths = spec.keys.iter().map(|(path, _)| Path::new(path)).collect();
        Index {
            spec,
            paths,
            entries: BTreeSet::new(),
            uses: Cell::new(0),
        }
    }

    /// # Errors
    /// When two fields of a compound index are arrays in one document.
    pub(crate) fn add(&mut self, slot: Slot, document: &RawDocument) -> Result<()> {
        for key in self.keys_of(document)? {
            self.entries.insert((key, slot));
        }
        Ok(())
    }

    pub(crate) fn remove(&mut self, slot: Slot, document: &RawDocument) {
        for key in self.keys_of(document).unwrap_or_default() {
            self.entries.remove(&(key, slot));
        }
    }

    /// The key that another document has already, when the index is unique. `slot` may keep its own keys.
    pub(crate) fn conflict(&self, slot: Option<Slot>, document: &RawDocument) -> Result<Option<Document>> {
        let keys = self.keys_of(document)?;
        if !self.spec.unique {
            return Ok(None);
        }
        for key in keys {
            if self.scan(&key.0).any(|other| Some(other) != slot) {
                let names = self.spec.keys.iter().map(|(path, _)| path.clone());
                let values = key.0.into_iter().map(|value| match value {
                    // An empty array is kept as undefined; people are shown null, as a missing field.
                    RawBson::Undefined => Bson::Null,
                    value => Bson::try_from(value).unwrap_or(Bson::Null),
                });
                return Ok(Some(names.zip(values).collect()));
            }
        }
        Ok(None)
    }

    /// The documents that can fulfil the equalities, when the index covers at least the first of its fields.
    pub(crate) fn lookup(&self, equalities: &HashMap<&str, Vec<&RawBson>>) -> Option<Lookup> {
        let mut prefixes: Vec<Vec<RawBson>> = vec![Vec::new()];
        let mut covered = 0;
        for (path, _) in &self.spec.keys {
            let Some(values) = equalities.get(path.as_str()) else { break };
            if prefixes.len() * values.len() > MAX_LOOKUPS {
                break;
            }
            prefixes = prefixes
                .iter()
                .flat_map(|prefix| {
                    values.iter().map(move |value| {
                        let mut longer = prefix.clone();
                        longer.push((*value).clone());
                        longer
                    })
                })
                .collect();
            covered += 1;
        }
        if covered == 0 {
            return None;
        }
        let mut found = Lookup {
            slots: BTreeSet::new(),
            keys_examined: 0,
        };
        for prefix in &prefixes {
            for slot in self.scan(prefix) {
                found.keys_examined += 1;
                found.slots.insert(slot);
            }
        }
        Some(found)
    }

    fn scan<'i>(&'i self, prefix: &'i [RawBson]) -> impl Iterator<Item = Slot> + 'i {
        self.entries
            .range((Key(prefix.to_vec()), 0)..)
            .take_while(move |(key, _)| key.0.len() >= prefix.len() && Key::order(&key.0[..prefix.len()], prefix).is_eq())
            .map(|(_, slot)| *slot)
    }

    fn keys_of(&self, document: &RawDocument) -> Result<Vec<Key>> {
        let mut keys = vec![Key(Vec::new())];
        let mut array_path: Option<usize> = None;
        let mut any_present = false;
        for (position, path) in self.paths.iter().enumerate() {
            let mut values: Vec<RawBson> = Vec::new();
            let mut is_array = false;
            path.any(document, &mut |value| {
                any_present |= value.is_some();
                match value {
                    Some(RawBsonRef::Array(items)) => {
                        is_array = true;
                        values.extend(items.into_iter().flatten().map(RawBson::from));
                        if items.is_empty() {
                            values.push(RawBson::Undefined);
                        }
                    }
                    Some(value) => values.push(value.into()),
                    None => values.push(RawBson::Null),
                }
                false
            });
            is_array |= values.len() > 1;
            if values.is_empty() {
                values.push(RawBson::Null);
            }
            if is_array {
                if let Some(first) = array_path {
                    return Err(DocDbError::new(
                        Code::CannotIndexParallelArrays,
                        format!(
                            "cannot index parallel arrays [{}] [{}]",
                            self.spec.keys[position].0, self.spec.keys[first].0
                        ),
                    ));
                }
                array_path = Some(position);
            }
            keys = keys
                .iter()
                .flat_map(|key| {
                    values.iter().map(move |value| {
                        let mut longer = key.0.clone();
                        longer.push(value.clone());
                        Key(longer)
                    })
                })
                .collect();
        }
        if self.spec.sparse && !any_present {
            return Ok(Vec::new());
        }
        // A document may hold the same value twice in one array: that is no conflict with itself.
        keys.sort();
        keys.dedup();
        Ok(keys)
    }
}

/// What an index found.
pub(crate) struct Lookup {
    pub(crate) slots: BTreeSet<Slot>,
    pub(crate) keys_examined: u64,
}

impl Key {
    fn order(left: &[RawBson], right: &[RawBson]) -> Ordering {
        left.iter()
            .zip(right)
            .map(|(a, b)| compare(a.as_raw_bson_ref(), b.as_raw_bson_ref()))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| left.len().cmp(&right.len()))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        Key::order(&self.0, &other.0)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key {}
