//! The stretches of an index that a filter can be answered from (MongoDB manual: "explain", indexBounds).

use bson::{RawBson, RawBsonRef};

use super::Condition;
use super::predicate::{Comparison, Predicate};
use crate::collation::Collation;
use crate::compare::type_rank;
use crate::key;

/// A place between keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    bytes: Vec<u8>,
    /// After the key of these bytes, not before it.
    after: bool,
}

/// The keys from one cut to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Cut,
    pub(crate) high: Cut,
    /// All that it holds is one key.
    pub(crate) is_point: bool,
    /// As explanations write it: `[5, 5]`.
    pub(crate) shown: String,
}

impl Cut {
    fn before(bytes: Vec<u8>) -> Self {
        Cut { bytes, after: false }
    }

    fn after(bytes: Vec<u8>) -> Self {
        Cut { bytes, after: true }
    }

    /// The cut in an index that ascends or descends.
    pub(crate) fn directed(&self, ascending: bool) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        if ascending {
            if self.after {
                bytes.push(255);
            }
        } else {
            key::invert(&mut bytes);
            if !self.after {
                // Past all keys that begin with these bytes, whatever follows.
                while bytes.last() == Some(&255) {
                    bytes.pop();
                }
                if let Some(last) = bytes.last_mut() {
                    *last += 1;
                }
            }
        }
        bytes
    }
}

impl Interval {
    fn point(value: &RawBson, collation: Option<Collation>, explains: bool) -> Self {
        let bytes = key::of(value.as_raw_bson_ref(), collation);
        let shown = |value: String| format!("[{value}, {value}]");
        Interval {
            low: Cut::before(bytes.clone()),
            high: Cut::after(bytes),
            is_point: true,
            shown: show(value, explains).map_or_else(String::new, shown),
        }
    }

    /// What both hold, if anything.
    pub(crate) fn intersect(&self, other: &Interval) -> Option<Interval> {
        let low = (&self.low).max(&other.low).clone();
        let high = (&self.high).min(&other.high).clone();
        if low.directed(true) >= high.directed(true) {
            return None;
        }
        let shown = if self.is_point {
            self.shown.clone()
        } else if other.is_point {
            other.shown.clone()
        } else {
            let left = if low == self.low { &self.shown } else { &other.shown };
            let right = if high == self.high { &self.shown } else { &other.shown };
            let (start, _) = left.split_once(", ").unwrap_or((left, ""));
            let (_, end) = right.split_once(", ").unwrap_or(("", right));
            format!("{start}, {end}")
        };
        Some(Interval {
            low,
            high,
            is_point: self.is_point || other.is_point,
            shown,
        })
    }
}

/// A value as explanations write it, when one is asked for.
fn show(value: &RawBson, explains: bool) -> Option<String> {
    if !explains {
        return None;
    }
    Some(bson::Bson::try_from(value.clone()).map_or_else(|_| "?".into(), |value| crate::shell_value(&value)))
}

/// What one part of a filter demands of a field: any of these intervals.
pub(crate) struct Demand<'f> {
    pub(crate) path: &'f str,
    pub(crate) intervals: Vec<Interval>,
}

impl Condition {
    /// What every matching document has to fulfil, as intervals of an index with this collation.
    pub(crate) fn demands(&self, collation: Option<Collation>, explains: bool) -> Vec<Demand<'_>> {
        let mut found = Vec::new();
        self.collect(collation, explains, &mut found);
        found
    }

    fn collect<'f>(&'f self, collation: Option<Collation>, explains: bool, found: &mut Vec<Demand<'f>>) {
        match self {
            Condition::All(parts) => parts.iter().for_each(|part| part.collect(collation, explains, found)),
            Condition::Field { name, predicate, .. } => {
                if let Some(intervals) = predicate.intervals(collation, explains) {
                    let mut intervals = intervals;
                    if intervals.len() > 1 {
                        intervals = key::in_order(intervals, |interval| interval.low.directed(true));
                        intervals.dedup();
                    }
                    found.push(Demand { path: name, intervals });
                }
            }
            _ => {}
        }
    }
}

/// More values than this are not looked up one by one.
const MAX_POINTS: usize = 1_000;

impl Predicate {
    fn intervals(&self, collation: Option<Collation>, explains: bool) -> Option<Vec<Interval>> {
        match self {
            Predicate::Compare(comparison, operand, own) => {
                if !is_plain(operand) || (depends_on_collation(operand) && *own != collation) {
                    return None;
                }
                Some(vec![interval(*comparison, operand, collation, explains)])
            }
            Predicate::In(set) => {
                let usable = set.patterns.is_empty()
                    && set.values.len() <= MAX_POINTS
                    && set
                        .values
                        .iter()
                        .all(|value| is_plain(value) && (!depends_on_collation(value) || set.collation == collation));
                usable.then(|| set.values.iter().map(|value| Interval::point(value, collation, explains)).collect())
            }
            Predicate::Regex(pattern) if collation.is_none() => pattern.prefix().map(|prefix| {
                let mut low = vec![key::tag(type_rank(RawBsonRef::String("")))];
                low.extend(prefix.as_bytes());
                let mut high = low.clone();
                high.push(255);
                let mut regular = vec![key::tag(type_rank(RawBsonRef::String("")))];
                regular[0] = REGEX_TAG;
                vec![
                    Interval {
                        low: Cut::before(low),
                        high: Cut::before(high),
                        is_point: false,
                        shown: format!("[\"{prefix}\", \"{}\")", next(prefix)),
                    },
                    Interval {
                        low: Cut::before(regular.clone()),
                        high: Cut::before(vec![REGEX_TAG + 1]),
                        is_point: false,
                        shown: format!("[/{}/, /{}/]", pattern.source(), pattern.source()),
                    },
                ]
            }),
            _ => None,
        }
    }
}

/// The tag of stored regular expressions, which a pattern also finds.
const REGEX_TAG: u8 = 12 * 8 + 8;

fn next(prefix: &str) -> String {
    let mut characters: Vec<char> = prefix.chars().collect();
    if let Some(last) = characters.last_mut() {
        *last = char::from_u32(*last as u32 + 1).unwrap_or(*last);
    }
    characters.into_iter().collect()
}

fn interval(comparison: Comparison, operand: &RawBson, collation: Option<Collation>, explains: bool) -> Interval {
    let bytes = key::of(operand.as_raw_bson_ref(), collation);
    let class = key::tag(type_rank(operand.as_raw_bson_ref()));
    let (start, end) = (Cut::before(vec![class]), Cut::before(vec![class + 1]));
    let (least, most) = extremes(operand);
    let (low, high) = match comparison {
        Comparison::Equal => return Interval::point(operand, collation, explains),
        Comparison::Greater => (Cut::after(bytes), end),
        Comparison::GreaterOrEqual => (Cut::before(bytes), end),
        Comparison::Less => (start, Cut::before(bytes)),
        Comparison::LessOrEqual => (start, Cut::after(bytes)),
    };
    let shown = |value: String| match comparison {
        Comparison::Greater => format!("({value}, {most}]"),
        Comparison::Less => format!("[{least}, {value})"),
        Comparison::LessOrEqual => format!("[{least}, {value}]"),
        Comparison::Equal | Comparison::GreaterOrEqual => format!("[{value}, {most}]"),
    };
    Interval {
        low,
        high,
        is_point: false,
        shown: show(operand, explains).map_or_else(String::new, shown),
    }
}

fn extremes(value: &RawBson) -> (&'static str, &'static str) {
    match value {
        RawBson::String(_) => ("\"\"", "{}"),
        RawBson::DateTime(_) => ("new Date(-9223372036854775808)", "new Date(9223372036854775807)"),
        RawBson::ObjectId(_) => ("ObjectId('000000000000000000000000')", "ObjectId('ffffffffffffffffffffffff')"),
        RawBson::Boolean(_) => ("false", "true"),
        RawBson::Document(_) => ("{}", "[]"),
        _ => ("-inf.0", "inf.0"),
    }
}

/// Null also finds missing fields, and arrays are indexed by their elements.
fn is_plain(value: &RawBson) -> bool {
    !matches!(
        value,
        RawBson::Null | RawBson::Undefined | RawBson::Array(_) | RawBson::MinKey | RawBson::MaxKey | RawBson::RegularExpression(_)
    )
}

fn depends_on_collation(value: &RawBson) -> bool {
    matches!(value, RawBson::String(_) | RawBson::Document(_))
}
