//! Set operators (MongoDB manual: "Set Expression Operators"); results are in the order of their values.

use std::collections::BTreeMap;

use bson::RawBsonRef;

use super::value::{array, fail};
use super::{Arguments, Value};
use crate::error::Result;
use crate::key;

type Set<'v> = BTreeMap<Vec<u8>, RawBsonRef<'v>>;

fn set<'v>(arguments: &'v Arguments<'_>, place: usize, operator: &str, code: i32) -> Result<Set<'v>> {
    match arguments.at(place).items() {
        Some(items) => Ok(items.into_iter().map(|item| (key::of(item, arguments.collation), item)).collect()),
        None => fail(
            code,
            format!(
                "{} of {operator} must be arrays. Argument {} is of type: {}",
                if operator == "$setUnion" || operator == "$setIntersection" {
                    "All operands"
                } else {
                    "both operands"
                },
                place + 1,
                arguments.at(place).type_name()
            ),
        ),
    }
}

pub(super) fn difference(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    set(&arguments, 0, "$setDifference", 17048)?;
    let without = set(&arguments, 1, "$setDifference", 17049)?;
    let mut seen = Set::new();
    let kept = arguments.at(0).items().unwrap_or_default().into_iter().filter(|item| {
        let key = key::of(*item, arguments.collation);
        !without.contains_key(&key) && seen.insert(key, *item).is_none()
    });
    Ok(array(kept.collect::<Vec<_>>()))
}

pub(super) fn equals(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let first = set(&arguments, 0, "$setEquals", 17044)?;
    for place in 1..arguments.values.len() {
        if !set(&arguments, place, "$setEquals", 17044)?.keys().eq(first.keys()) {
            return Ok(false.into());
        }
    }
    Ok(true.into())
}

pub(super) fn intersection(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let mut common: Option<Set<'_>> = None;
    for place in 0..arguments.values.len() {
        let next = set(&arguments, place, "$setIntersection", 17047)?;
        common = Some(match common {
            None => next,
            Some(mut known) => {
                known.retain(|key, _| next.contains_key(key));
                known
            }
        });
    }
    Ok(array(common.unwrap_or_default().into_values()))
}

pub(super) fn union(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let mut all = Set::new();
    for place in 0..arguments.values.len() {
        all.extend(set(&arguments, place, "$setUnion", 17043)?);
    }
    Ok(array(all.into_values()))
}

pub(super) fn is_subset(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let inner = set(&arguments, 0, "$setIsSubset", 17046)?;
    let outer = set(&arguments, 1, "$setIsSubset", 17042)?;
    Ok(inner.keys().all(|key| outer.contains_key(key)).into())
}

pub(super) fn all_true(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).items() {
        Some(items) => Ok(items.into_iter().all(|item| Value::Borrowed(item).is_true()).into()),
        None => fail(
            17040,
            format!(
                "$allElementsTrue's argument must be an array, but is {}",
                arguments.at(0).type_name()
            ),
        ),
    }
}

pub(super) fn any_true(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).items() {
        Some(items) => Ok(items.into_iter().any(|item| Value::Borrowed(item).is_true()).into()),
        None => fail(
            17041,
            format!(
                "$anyElementTrue's argument must be an array, but is {}",
                arguments.at(0).type_name()
            ),
        ),
    }
}
