//! Sorting of documents by one or more paths (MongoDB manual: "cursor.sort()").

use std::cmp::Ordering;

use bson::{Bson, Document, RawBsonRef, RawDocument};

use crate::collation::Collation;
use crate::compare::{Number, compare_by};
use crate::error::{DocDbError, Result};
use crate::filter::text::TextQuery;
use crate::key;
use crate::path::Path;
use crate::scope::Scope;
use crate::shell::shell_document;

/// A parsed sort order such as `{ price: -1, title: 1 }`.
#[derive(Debug)]
pub struct Sort {
    keys: Vec<Key>,
    collation: Option<Collation>,
    backward: bool,
}

#[derive(Debug)]
struct Key {
    name: String,
    path: Path,
    direction: Direction,
    /// `{ $meta: "textScore" }`, not a field.
    is_score: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
}

impl Sort {
    /// Parses a sort order.
    ///
    /// # Errors
    /// When a direction is neither 1 nor -1.
    pub fn parse(sort: &Document) -> Result<Self> {
        Sort::parse_in(sort, &Scope::default())
    }

    /// Parses a sort order with the command's collation.
    ///
    /// # Errors
    /// As [`Sort::parse`].
    pub fn parse_in(sort: &Document, scope: &Scope) -> Result<Self> {
        let mut keys = Vec::new();
        for (name, direction) in sort {
            if name.split('.').any(str::is_empty) {
                return Err(DocDbError::new(
                    crate::error::Code::Location(15998),
                    "FieldPath field names may not be empty strings.",
                ));
            }
            let is_score = matches!(direction, Bson::Document(meta) if meta.contains_key("$meta"));
            keys.push(Key {
                name: name.clone(),
                path: Path::new(name),
                direction: if is_score {
                    Direction::Descending
                } else {
                    parse_direction(name, direction)?
                },
                is_score,
            });
        }
        // `$natural` is the order in which documents are kept.
        keys.retain(|key| key.name != "$natural");
        Ok(Sort {
            keys,
            collation: scope.collation,
            backward: matches!(sort.get("$natural"), Some(direction) if parse_direction("$natural", direction).is_ok_and(|direction| direction == Direction::Descending)),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Tells whether documents are wanted from the last to the first.
    pub(crate) fn is_backward(&self) -> bool {
        self.backward
    }

    pub(crate) fn collation(&self) -> Option<Collation> {
        self.collation
    }

    /// Path and whether it ascends; empty when an index cannot have this order.
    pub(crate) fn fields(&self) -> Vec<(&str, bool)> {
        if self.keys.iter().any(|key| key.is_score) {
            return Vec::new();
        }
        self.keys
            .iter()
            .map(|key| (key.name.as_str(), key.direction == Direction::Ascending))
            .collect()
    }

    /// Sorts in place; equal documents keep their order.
    pub(crate) fn sort<T>(&self, rows: &mut Vec<T>, document: impl Fn(&T) -> &RawDocument) {
        self.sort_some(rows, usize::MAX, None, document);
    }

    /// Sorts in place and keeps the first `wanted`.
    pub(crate) fn sort_some<T>(&self, rows: &mut Vec<T>, wanted: usize, text: Option<&TextQuery>, document: impl Fn(&T) -> &RawDocument) {
        let mut keyed: Vec<(Vec<u8>, usize)> = Vec::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            keyed.push((self.key_of(document(row), text), position));
        }
        if wanted < keyed.len() {
            if wanted > 0 {
                keyed.select_nth_unstable(wanted - 1);
            }
            keyed.truncate(wanted);
        }
        keyed.sort_unstable();
        let mut taken: Vec<Option<T>> = rows.drain(..).map(Some).collect();
        rows.extend(keyed.into_iter().filter_map(|(_, position)| taken[position].take()));
    }

    /// Bytes in the order of the documents.
    pub(crate) fn key_of(&self, document: &RawDocument, text: Option<&TextQuery>) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 * self.keys.len());
        for Key {
            path, direction, is_score, ..
        } in &self.keys
        {
            let value = if *is_score {
                RawBsonRef::Double(text.map_or(0.0, |text| text.score(document)))
            } else {
                sort_value(document, path, *direction, self.collation)
            };
            key::write_directed(&mut bytes, Some(value), self.collation, *direction == Direction::Ascending);
        }
        bytes
    }
}

/// Of an array, the smallest element counts when ascending and the largest when descending.
fn sort_value<'d>(document: &'d RawDocument, path: &Path, direction: Direction, collation: Option<Collation>) -> RawBsonRef<'d> {
    let compare = |left, right| -> Ordering { compare_by(left, right, collation) };
    let mut best: Option<RawBsonRef> = None;
    let mut consider = |value: RawBsonRef<'d>| {
        let wins = best.is_none_or(|current| match direction {
            Direction::Ascending => compare(value, current).is_lt(),
            Direction::Descending => compare(value, current).is_gt(),
        });
        if wins {
            best = Some(value);
        }
    };
    path.any(document, &mut |value| {
        match value {
            Some(RawBsonRef::Array(items)) if items.is_empty() => consider(RawBsonRef::Undefined),
            Some(RawBsonRef::Array(items)) => items.into_iter().flatten().for_each(&mut consider),
            other => consider(other.unwrap_or(RawBsonRef::Null)),
        }
        false
    });
    best.unwrap_or(RawBsonRef::Null)
}

fn parse_direction(name: &str, direction: &Bson) -> Result<Direction> {
    let number = match direction {
        Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) => {
            let raw = bson::RawBson::try_from(direction.clone())?;
            Number::of(raw.as_raw_bson_ref())
                .filter(|n| n.is_whole())
                .and_then(Number::truncated)
        }
        _ => {
            let mut shown = Document::new();
            shown.insert(name, direction.clone());
            return Err(DocDbError::bad_value(format!(
                "Illegal key in $sort specification: {}",
                shell_document(&shown)
            )));
        }
    };
    match number {
        Some(1) => Ok(Direction::Ascending),
        Some(-1) => Ok(Direction::Descending),
        _ => Err(DocDbError::bad_value(
            "$sort key ordering must be 1 (for ascending) or -1 (for descending)",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::{RawDocumentBuf, bson, doc};

    #[test]
    fn orders_documents() {
        #[track_caller]
        fn check(sort: Document, values: Vec<Bson>, expected: Vec<i32>) {
            let mut rows: Vec<RawDocumentBuf> = (0..)
                .zip(values)
                .map(|(n, value)| RawDocumentBuf::try_from(&doc! { "_id": n, "a": value }).unwrap())
                .collect();
            Sort::parse(&sort).unwrap().sort(&mut rows, |row| row);
            let ids: Vec<i32> = rows.iter().map(|row| row.get_i32("_id").unwrap()).collect();
            assert_eq!(ids, expected);
        }
        check(doc! { "a": 1 }, vec![bson!(3), bson!("x"), bson!(null), bson!(1)], vec![2, 3, 0, 1]);
        check(
            doc! { "a": -1 },
            vec![bson!(3), bson!("x"), bson!(null), bson!(1)],
            vec![1, 0, 3, 2],
        );
        check(doc! { "a": 1 }, vec![bson!([5, 1]), bson!(2), bson!([])], vec![2, 0, 1]);
        check(doc! { "a": -1 }, vec![bson!([5, 1]), bson!(2), bson!(9)], vec![2, 0, 1]);
        check(doc! { "b": 1, "_id": -1 }, vec![bson!(1), bson!(2)], vec![1, 0]);
        check(doc! { "b": 1 }, vec![bson!(1), bson!(2), bson!(3)], vec![0, 1, 2]);
    }

    #[test]
    fn refuses_other_directions() {
        assert_eq!(Sort::parse(&doc! { "a": 2 }).unwrap_err().code(), 2);
        let error = Sort::parse(&doc! { "a": "up" }).unwrap_err();
        assert_eq!(error.to_string(), "Illegal key in $sort specification: { a: \"up\" }");
    }
}
