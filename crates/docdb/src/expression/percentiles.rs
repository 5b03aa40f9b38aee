//! `$median` and `$percentile` (MongoDB manual: "$percentile"): the smallest number that so many are not above.

use bson::{RawArrayBuf, RawBsonRef};

use super::value::fail;
use super::{Arguments, Value};
use crate::compare::Number;
use crate::error::Result;

/// The number at each of these places, from 0 to 1; `None` when there are no numbers.
pub(crate) fn at(mut numbers: Vec<f64>, places: &[f64]) -> Vec<Option<f64>> {
    numbers.sort_by(f64::total_cmp);
    let at = |place: &f64| {
        let rank = (place * numbers.len() as f64).ceil() as usize;
        numbers.get(rank.max(1) - 1).copied()
    };
    places.iter().map(at).collect()
}

/// The numbers as an array; null where there is none.
pub(crate) fn listed(numbers: Vec<Option<f64>>) -> Value<'static> {
    let mut all = RawArrayBuf::new();
    for number in numbers {
        match number {
            Some(number) => all.push(number),
            None => all.push(RawBsonRef::Null),
        }
    }
    all.into()
}

/// The numbers of the input, which may be one.
fn numbers(arguments: &Arguments<'_>) -> Vec<f64> {
    let float = |value| match Number::of(value)? {
        Number::Whole(whole) => Some(whole as f64),
        Number::Float(float) => Some(float),
    };
    match arguments.at(0).items() {
        Some(items) => items.into_iter().filter_map(float).collect(),
        None => arguments.at(0).get().and_then(float).into_iter().collect(),
    }
}

fn check_method(method: &Value<'_>) -> Result<()> {
    match method.text() {
        Some("approximate") => Ok(()),
        _ => fail(2, "Currently only 'approximate' can be used as percentile 'method'."),
    }
}

pub(super) fn median(arguments: Arguments<'_>) -> Result<Value<'_>> {
    check_method(arguments.at(1))?;
    let found = at(numbers(&arguments), &[0.5]);
    Ok(found.first().copied().flatten().map_or(Value::NULL, Value::from))
}

pub(super) fn percentile(arguments: Arguments<'_>) -> Result<Value<'_>> {
    check_method(arguments.at(2))?;
    let Some(given) = arguments.at(1).items() else {
        return fail(7750300, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
    };
    let mut places = Vec::with_capacity(given.len());
    for place in given {
        match Value::Borrowed(place).number() {
            Some(Number::Float(place)) if (0.0..=1.0).contains(&place) => places.push(place),
            Some(Number::Whole(place @ (0 | 1))) => places.push(place as f64),
            _ => {
                let shown = Value::Borrowed(place).shown();
                return fail(
                    7750303,
                    format!("The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found: {shown}"),
                );
            }
        }
    }
    Ok(listed(at(numbers(&arguments), &places)))
}
