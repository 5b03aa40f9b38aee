//! Tests on the values of one field.

use bson::{RawBson, RawBsonRef, RawDocument};

use super::Condition;
use super::element::TypeSet;
use super::regex::Pattern;
use crate::compare::{Number, compare, equal, type_rank};
use crate::path::Path;

#[derive(Debug)]
pub(crate) enum Predicate {
    Compare(Comparison, RawBson),
    In(Vec<RawBson>, Vec<Pattern>),
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
    fn holds(&self, value: Option<RawBsonRef>) -> bool {
        match self {
            Predicate::Compare(comparison, operand) => comparison.holds(value, operand.as_raw_bson_ref()),
            Predicate::In(values, patterns) => {
                values.iter().any(|wanted| Comparison::Equal.holds(value, wanted.as_raw_bson_ref()))
                    || patterns.iter().any(|pattern| value.is_some_and(|value| pattern.matches(value)))
            }
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

    /// The values of which the field must have one, when an index on it can find them all.
    pub(super) fn indexable_values(&self) -> Option<Vec<&RawBson>> {
        let values: Vec<&RawBson> = match self {
            Predicate::Compare(Comparison::Equal, value) => vec![value],
            Predicate::In(values, patterns) if patterns.is_empty() => values.iter().collect(),
            _ => return None,
        };
        // Null also finds missing fields, and arrays are indexed by their elements.
        let plain = |value: &&RawBson| {
            !matches!(
                value,
                RawBson::Null | RawBson::Undefined | RawBson::Array(_) | RawBson::MinKey | RawBson::MaxKey
            )
        };
        values.iter().all(plain).then_some(values)
    }
}

impl Comparison {
    fn holds(self, value: Option<RawBsonRef>, operand: RawBsonRef) -> bool {
        let value = match (value, operand) {
            // A missing field counts as null, for $eq, $gte and $lte.
            (None | Some(RawBsonRef::Undefined), RawBsonRef::Null) => return self.accepts_equal(),
            (None, _) => return false,
            (Some(value), _) => value,
        };
        if self == Comparison::Equal {
            return equal(value, operand);
        }
        let crosses_types = matches!(operand, RawBsonRef::MinKey | RawBsonRef::MaxKey);
        if !crosses_types && type_rank(value) != type_rank(operand) {
            return false;
        }
        if is_nan(value) != is_nan(operand) {
            return false;
        }
        let order = compare(value, operand);
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
    fn matches(&self, item: RawBsonRef) -> bool {
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
