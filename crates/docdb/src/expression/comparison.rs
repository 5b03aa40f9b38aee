//! Comparison and boolean operators (MongoDB manual: "Comparison Expression Operators").

use std::cmp::Ordering;

use super::{Arguments, Value};
use crate::compare::compare_by;
use crate::error::Result;
use bson::RawBsonRef;

/// A missing value is smaller than null.
fn compare(arguments: &Arguments<'_>) -> Ordering {
    match (arguments.at(0).get(), arguments.at(1).get()) {
        (None, None) => Ordering::Equal,
        (None, Some(RawBsonRef::MinKey)) => Ordering::Greater,
        (Some(RawBsonRef::MinKey), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(left), Some(right)) => compare_by(left, right, arguments.collation),
    }
}

pub(super) fn order(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok((compare(&arguments) as i32).into())
}

pub(super) fn equal(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_eq().into())
}

pub(super) fn not_equal(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_ne().into())
}

pub(super) fn greater(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_gt().into())
}

pub(super) fn greater_or_equal(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_ge().into())
}

pub(super) fn less(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_lt().into())
}

pub(super) fn less_or_equal(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(compare(&arguments).is_le().into())
}

pub(super) fn not(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok((!arguments.at(0).is_true()).into())
}
