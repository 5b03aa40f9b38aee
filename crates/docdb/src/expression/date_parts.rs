//! `$dateFromParts` (MongoDB manual: "$dateFromParts").

use std::ops::RangeInclusive;

use bson::RawBsonRef;

use super::calendar::{self, DAY};
use super::dates::shift;
use super::value::fail;
use super::{Arguments, Value};
use crate::error::Result;

/// Years of `$dateFromParts`, and what its other parts may carry over.
const YEARS: RangeInclusive<i64> = 1..=9999;
const CARRIES: RangeInclusive<i64> = -32_768..=32_767;
/// Seconds and milliseconds may be many more.
const LONG: RangeInclusive<i64> = -9_007_199_254_740_992..=9_007_199_254_740_992;
/// The arguments of `$dateFromParts` in their order.
const PARTS: [(&str, i64, RangeInclusive<i64>); 11] = [
    ("year", 1970, YEARS),
    ("month", 1, CARRIES),
    ("day", 1, CARRIES),
    ("hour", 0, CARRIES),
    ("minute", 0, CARRIES),
    ("second", 0, LONG),
    ("millisecond", 0, LONG),
    ("timezone", 0, CARRIES),
    ("isoWeekYear", 1970, YEARS),
    ("isoWeek", 1, CARRIES),
    ("isoDayOfWeek", 1, CARRIES),
];

/// A part's number; `None` when it is null (MongoDB manual: "$dateFromParts").
fn part(arguments: &Arguments<'_>, place: usize) -> Result<Option<i64>> {
    let (name, otherwise, range) = &PARTS[place];
    let value = arguments.at(place);
    match (value.get(), value.whole()) {
        (None, _) => Ok(Some(*otherwise)),
        (Some(RawBsonRef::Null | RawBsonRef::Undefined), _) => Ok(None),
        (_, Some(number)) if range.contains(&number) => Ok(Some(number)),
        (_, Some(number)) => fail(
            if *range == YEARS { 40523 } else { 31034 },
            format!(
                "'{name}' must evaluate to an integer in the range {} to {}, found {number}",
                range.start(),
                range.end()
            ),
        ),
        (_, None) => fail(
            40515,
            format!(
                "'{name}' must evaluate to an integer, found {} with value {}",
                value.type_name(),
                value.shown()
            ),
        ),
    }
}

pub(super) fn from_parts(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let by_week = arguments.at(8).get().is_some();
    if !by_week && arguments.at(0).get().is_none() {
        return fail(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
    }
    let places = if by_week { [8, 9, 10, 3, 4, 5, 6] } else { [0, 1, 2, 3, 4, 5, 6] };
    let mut numbers = [0; 7];
    for (number, place) in numbers.iter_mut().zip(places) {
        let Some(given) = part(&arguments, place)? else {
            return Ok(Value::NULL);
        };
        *number = given;
    }
    let [year, second_part, third_part, hour, minute, second, millisecond] = numbers;
    let days = if by_week {
        let january4 = calendar::days_of(year, 1, 4);
        let monday = january4 - (january4 + 3).rem_euclid(7);
        monday + (second_part - 1) * 7 + third_part - 1
    } else {
        calendar::days_of(year, second_part, 1) + third_part - 1
    };
    let ms = (days * DAY + hour * 3_600_000 + minute * 60_000).saturating_add(second.saturating_mul(1000).saturating_add(millisecond));
    Ok(shift(arguments.at(7), ms)?.map_or(Value::NULL, |offset| bson::DateTime::from_millis(ms.saturating_sub(offset)).into()))
}
