//! Sorting of documents by one or more paths (MongoDB manual: "cursor.sort()").

use std::cmp::Ordering;

use bson::{Bson, Document, RawBsonRef, RawDocument};

use crate::compare::{Number, compare};
use crate::error::{DocDbError, Result};
use crate::path::Path;
use crate::shell::shell_document;

/// A parsed sort order such as `{ price: -1, title: 1 }`.
#[derive(Debug)]
pub struct Sort {
    keys: Vec<(Path, Direction)>,
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
        let mut keys = Vec::new();
        for (name, direction) in sort {
            if name.split('.').any(str::is_empty) {
                return Err(DocDbError::bad_value("FieldPath field names may not be empty strings."));
            }
            keys.push((Path::new(name), parse_direction(name, direction)?));
        }
        Ok(Sort { keys })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Sorts in place; equal documents keep their order.
    pub(crate) fn sort<T>(&self, rows: &mut Vec<T>, document: impl Fn(&T) -> &RawDocument) {
        let mut keyed: Vec<(Vec<RawBsonRef>, usize)> = rows
            .iter()
            .enumerate()
            .map(|(position, row)| (self.key(document(row)), position))
            .collect();
        keyed.sort_by(|(left, _), (right, _)| self.compare_keys(left, right));
        let order: Vec<usize> = keyed.into_iter().map(|(_, position)| position).collect();
        let mut taken: Vec<Option<T>> = rows.drain(..).map(Some).collect();
        rows.extend(order.into_iter().filter_map(|position| taken[position].take()));
    }

    fn key<'d>(&self, document: &'d RawDocument) -> Vec<RawBsonRef<'d>> {
        self.keys
            .iter()
            .map(|(path, direction)| sort_value(document, path, *direction))
            .collect()
    }

    fn compare_keys(&self, left: &[RawBsonRef], right: &[RawBsonRef]) -> Ordering {
        for ((_, direction), (a, b)) in self.keys.iter().zip(left.iter().zip(right)) {
            let order = compare(*a, *b);
            if order.is_ne() {
                return if *direction == Direction::Ascending {
                    order
                } else {
                    order.reverse()
                };
            }
        }
        Ordering::Equal
    }
}

/// Of an array, the smallest element counts when ascending and the largest when descending.
fn sort_value<'d>(document: &'d RawDocument, path: &Path, direction: Direction) -> RawBsonRef<'d> {
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
