//! Tests on the values of one field (MongoDB manual: "Comparison Query Operators").

use std::collections::BTreeSet;

use bson::{RawBson, RawBsonRef, RawDocument};

use super::Condition;
use super::bits::Bits;
use super::element::TypeSet;
use super::regex::Pattern;
use crate::collation::Collation;
use crate::compare::{Number, compare_by, type_rank};
use crate::key;
use crate::path::Path;

#[derive(Debug)]
pub(crate) enum Predicate {
    Compare(Comparison, RawBson, Option<Collation>),
    In(ValueSet),
    Bits(Bits),
    Geometry(super::geometry::Geometry),
    Exists(bool),
    Type(TypeSet),
    Regex(Pattern),
    Size(usize),
    Mod {
        divisor: i64,
        remainder: i64,
    },
    ElemMatch(ElementMatch),
    /// True when not all of these hold.
    Not(Vec<Predicate>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Debug)]
pub(crate) enum ElementMatch {
    /// `{ $elemMatch: { $gt: 1 } }`.
    Value(Vec<Predicate>),
    /// `{ $elemMatch: { field: … } }`.
    Document(Box<Condition>),
}

impl Predicate {
    pub(super) fn matches_at(&self, document: &RawDocument, path: &Path) -> bool {
        match self {
            Predicate::Not(parts) => !parts.iter().all(|part| part.matches_at(document, path)),
            Predicate::Exists(wanted) => path.any(document, &mut |value| value.is_some()) == *wanted,
            Predicate::Size(_) | Predicate::ElemMatch(_) => path.any(document, &mut |value| self.holds(value)),
            _ => path.any_expanded(document, &mut |value| self.holds(value)),
        }
    }

    /// Tells whether one value (`None`: the field is missing), not taken apart, fulfils the test.
    pub(super) fn holds(&self, value: Option<RawBsonRef>) -> bool {
        match self {
            Predicate::Compare(comparison, operand, collation) => comparison.holds(value, operand.as_raw_bson_ref(), *collation),
            Predicate::In(set) => set.contains(value),
            Predicate::Geometry(geometry) => value.is_some_and(|value| geometry.holds(value)),
            Predicate::Bits(bits) => value.is_some_and(|value| bits.holds(value)),
            Predicate::Exists(wanted) => value.is_some() == *wanted,
            Predicate::Type(types) => value.is_some_and(|value| types.contains(value)),
            Predicate::Regex(pattern) => value.is_some_and(|value| pattern.matches(value)),
            Predicate::Size(size) => {
                matches!(value, Some(RawBsonRef::Array(array)) if array.into_iter().count() == *size)
            }
            Predicate::Mod { divisor, remainder } => value
                .and_then(Number::of)
                .and_then(Number::truncated)
                .is_some_and(|number| number.checked_rem(*divisor).unwrap_or(0) == *remainder),
            Predicate::ElemMatch(element) => match value {
                Some(RawBsonRef::Array(array)) => array.into_iter().flatten().any(|item| element.matches(item)),
                _ => false,
            },
            Predicate::Not(parts) => !parts.iter().all(|part| part.holds(value)),
        }
    }
}

/// The values of `$in`.
#[derive(Debug)]
pub(crate) struct ValueSet {
    pub(crate) values: Vec<RawBson>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) collation: Option<Collation>,
    /// Keys of the values, when there are many.
    keys: BTreeSet<Vec<u8>>,
}

/// Fewer values than these are compared one by one.
const MANY_VALUES: usize = 8;

impl ValueSet {
    pub(super) fn new(values: Vec<RawBson>, patterns: Vec<Pattern>, collation: Option<Collation>) -> Self {
        let keys = if values.len() < MANY_VALUES {
            BTreeSet::new()
        } else {
            values.iter().map(|value| key::of(value.as_raw_bson_ref(), collation)).collect()
        };
        ValueSet {
            values,
            patterns,
            collation,
            keys,
        }
    }

    fn contains(&self, value: Option<RawBsonRef>) -> bool {
        let known = if self.keys.is_empty() {
            self.values
                .iter()
                .any(|wanted| Comparison::Equal.holds(value, wanted.as_raw_bson_ref(), self.collation))
        } else {
            let mut key = Vec::with_capacity(16);
            key::write(&mut key, value, self.collation);
            self.keys.contains(&key)
        };
        known
            || self
                .patterns
                .iter()
                .any(|pattern| value.is_some_and(|value| pattern.matches(value)))
    }
}

impl Comparison {
    fn holds(self, value: Option<RawBsonRef>, operand: RawBsonRef, collation: Option<Collation>) -> bool {
        let value = match (value, operand) {
            // A missing field counts as null, for $eq, $gte and $lte.
            (None | Some(RawBsonRef::Undefined), RawBsonRef::Null) => return self.accepts_equal(),
            (None, _) => return false,
            (Some(value), _) => value,
        };
        if self == Comparison::Equal {
            return type_rank(value) == type_rank(operand) && compare_by(value, operand, collation).is_eq();
        }
        let crosses_types = matches!(operand, RawBsonRef::MinKey | RawBsonRef::MaxKey);
        if !crosses_types && type_rank(value) != type_rank(operand) {
            return false;
        }
        if is_nan(value) != is_nan(operand) {
            return false;
        }
        let order = compare_by(value, operand, collation);
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
            Comparison::Less => order.is_lt(),
            Comparison::LessOrEqual => order.is_le(),
        }
    }

    fn accepts_equal(self) -> bool {
        matches!(self, Comparison::Equal | Comparison::GreaterOrEqual | Comparison::LessOrEqual)
    }
}

impl ElementMatch {
    pub(super) fn matches(&self, item: RawBsonRef) -> bool {
        match self {
            ElementMatch::Value(predicates) => matches_value(predicates, item),
            ElementMatch::Document(condition) => match item {
                RawBsonRef::Document(document) => condition.matches(document),
                // The fields of an array are its positions.
                RawBsonRef::Array(array) => RawDocument::from_bytes(array.as_bytes()).is_ok_and(|positions| condition.matches(positions)),
                _ => false,
            },
        }
    }
}

/// Tells whether a single value fulfils all tests; an array also by one of its elements per test.
pub(crate) fn matches_value(predicates: &[Predicate], value: RawBsonRef) -> bool {
    predicates.iter().all(|predicate| match predicate {
        Predicate::Not(parts) => !matches_value(parts, value),
        Predicate::Exists(_) | Predicate::Size(_) | Predicate::ElemMatch(_) => predicate.holds(Some(value)),
        _ => {
            predicate.holds(Some(value))
                || matches!(value, RawBsonRef::Array(array)
                    if array.into_iter().flatten().any(|element| predicate.holds(Some(element))))
        }
    })
}

fn is_nan(value: RawBsonRef) -> bool {
    matches!(Number::of(value), Some(Number::Float(number)) if number.is_nan())
}
