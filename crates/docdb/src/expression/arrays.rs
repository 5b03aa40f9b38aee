//! Array operators (MongoDB manual: "Array Expression Operators").

use bson::{Bson, Document, RawArrayBuf, RawBson, RawBsonRef, RawDocumentBuf};

use super::value::{array, count, fail, name};
use super::{Arguments, Value};
use crate::compare::{compare_by, equal};
use crate::error::Result;
use crate::sort::Sort;

pub(super) fn size(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        Some(RawBsonRef::Array(items)) => Ok(count(items.into_iter().count() as i64).into()),
        _ => fail(
            17124,
            format!(
                "The argument to $size must be an array, but was of type: {}",
                arguments.at(0).type_name()
            ),
        ),
    }
}

pub(super) fn element_at(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let Some(RawBsonRef::Array(items)) = arguments.at(0).get() else {
        return fail(
            28689,
            format!(
                "$arrayElemAt's first argument must be an array, but is {}",
                arguments.at(0).type_name()
            ),
        );
    };
    let Some(place) = arguments.at(1).whole() else {
        return fail(
            28690,
            format!(
                "$arrayElemAt's second argument must be a numeric value, but is {}",
                arguments.at(1).type_name()
            ),
        );
    };
    let place = if place < 0 {
        items.into_iter().count() as i64 + place
    } else {
        place
    };
    match usize::try_from(place) {
        Ok(place) => Ok(arguments.take(0).pick(place)),
        Err(_) => Ok(Value::Missing),
    }
}

fn end<'d>(mut arguments: Arguments<'d>, name: &str, last: bool) -> Result<Value<'d>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(Value::NULL),
        Some(RawBsonRef::Array(items)) => {
            let place = if last { items.into_iter().count().checked_sub(1) } else { Some(0) };
            Ok(place.map_or(Value::Missing, |place| arguments.take(0).pick(place)))
        }
        Some(_) => fail(
            28689,
            format!("{name}'s argument must be an array, but is {}", arguments.at(0).type_name()),
        ),
    }
}

pub(super) fn first(arguments: Arguments<'_>) -> Result<Value<'_>> {
    end(arguments, "$first", false)
}

pub(super) fn last(arguments: Arguments<'_>) -> Result<Value<'_>> {
    end(arguments, "$last", true)
}

/// `{ n: 3, input: [ … ] }`.
fn some<'v>(arguments: &'v Arguments<'_>, name: &str) -> Result<(usize, Vec<RawBsonRef<'v>>)> {
    let wanted = match arguments.at(0).whole() {
        Some(wanted) if wanted > 0 => wanted as usize,
        _ => {
            return fail(
                5787908,
                format!("'n' must be greater than 0, found {} for {name}", arguments.at(0).shown()),
            );
        }
    };
    match arguments.at(1).items() {
        Some(items) => Ok((wanted, items)),
        None => fail(5788200, format!("Input must be an array for {name}")),
    }
}

pub(super) fn first_n(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let (wanted, items) = some(&arguments, "$firstN")?;
    Ok(array(items.into_iter().take(wanted)))
}

pub(super) fn last_n(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let (wanted, items) = some(&arguments, "$lastN")?;
    let skipped = items.len().saturating_sub(wanted);
    Ok(array(items.into_iter().skip(skipped)))
}

fn extremes<'d>(arguments: &Arguments<'_>, name: &str, ascending: bool) -> Result<Value<'d>> {
    let (wanted, mut items) = some(arguments, name)?;
    items.retain(|item| !matches!(item, RawBsonRef::Null | RawBsonRef::Undefined));
    items.sort_by(|a, b| {
        let order = compare_by(*a, *b, arguments.collation);
        if ascending { order } else { order.reverse() }
    });
    Ok(array(items.into_iter().take(wanted)))
}

pub(super) fn min_n(arguments: Arguments<'_>) -> Result<Value<'_>> {
    extremes(&arguments, "$minN", true)
}

pub(super) fn max_n(arguments: Arguments<'_>) -> Result<Value<'_>> {
    extremes(&arguments, "$maxN", false)
}

pub(super) fn concat(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut all = RawArrayBuf::new();
    for value in &arguments.values {
        if value.is_nullish() {
            return Ok(Value::NULL);
        }
        match value.items() {
            Some(items) => items.into_iter().for_each(|item| all.push(item)),
            None => return fail(28664, format!("$concatArrays only supports arrays, not {}", value.type_name())),
        }
    }
    Ok(all.into())
}

pub(super) fn contains(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(items) = arguments.at(1).items() else {
        return fail(
            40081,
            format!("$in requires an array as a second argument, found: {}", arguments.at(1).type_name()),
        );
    };
    let known = arguments
        .at(0)
        .get()
        .is_some_and(|value| items.iter().any(|item| compare_by(*item, value, arguments.collation).is_eq()));
    Ok(known.into())
}

pub(super) fn index_of(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.at(0).is_nullish() {
        return Ok(Value::NULL);
    }
    let Some(items) = arguments.at(0).items() else {
        return fail(
            40090,
            format!(
                "$indexOfArray requires an array as a first argument, found: {}",
                arguments.at(0).type_name()
            ),
        );
    };
    let bound = |place: usize, otherwise: usize| match (arguments.values.get(place), arguments.at(place).whole()) {
        (None, _) => Ok(otherwise),
        (Some(_), Some(number)) if number >= 0 => Ok(number as usize),
        _ => fail(40097, "$indexOfArray requires a nonnegative integral index"),
    };
    let (start, stop) = (bound(2, 0)?, bound(3, items.len())?);
    let wanted = arguments.at(1);
    let place = items
        .iter()
        .enumerate()
        .skip(start)
        .take_while(|(place, _)| *place < stop)
        .find(|(_, item)| wanted.get().is_some_and(|wanted| equal(wanted, **item)))
        .map_or(-1, |(place, _)| place as i64);
    Ok(count(place).into())
}

pub(super) fn is_array(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(matches!(arguments.at(0).get(), Some(RawBsonRef::Array(_))).into())
}

/// What the server counts for a list and for each value in it, and how much it allows (`internalQueryMaxRangeBytes`).
const LIST_BYTES: i64 = 24;
const VALUE_BYTES: i64 = 16;
const MOST_RANGE_BYTES: i64 = 100 * 1024 * 1024;

pub(super) fn range(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let number = |place: usize, which: &str| {
        let value = arguments.at(place);
        let Some(number) = value.whole() else {
            let type_name = value.type_name();
            return fail(
                34443,
                format!("$range requires a numeric {which} value, found value of type: {type_name}"),
            );
        };
        if i32::try_from(number).is_err() {
            let message = format!("$range requires a {which} value that can be represented as a 32-bit integer, found value: {number}");
            return fail(34444, message);
        }
        Ok(number)
    };
    let (start, stop) = (number(0, "starting")?, number(1, "ending")?);
    let step = if arguments.values.len() > 2 { number(2, "step")? } else { 1 };
    if step == 0 {
        return fail(34449, "$range requires a non-zero step value");
    }
    let steps = (stop - start) / step;
    let bytes = LIST_BYTES + if steps >= 0 { (steps + 1) * VALUE_BYTES } else { 0 };
    if bytes >= MOST_RANGE_BYTES {
        let message =
            format!("$range would use too much memory ({bytes} bytes) and cannot spill to disk. Memory limit: {MOST_RANGE_BYTES} bytes");
        return fail(146, message);
    }
    let mut all = RawArrayBuf::new();
    let mut current = start;
    while (step > 0 && current < stop) || (step < 0 && current > stop) {
        all.push(count(current));
        current += step;
    }
    Ok(all.into())
}

pub(super) fn reverse(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.at(0).is_nullish() {
        return Ok(Value::NULL);
    }
    match arguments.at(0).items() {
        Some(items) => Ok(array(items.into_iter().rev())),
        None => fail(
            34435,
            format!(
                "The argument to $reverseArray must be an array, but was of type: {}",
                arguments.at(0).type_name()
            ),
        ),
    }
}

pub(super) fn slice(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let Some(items) = arguments.at(0).items() else {
        return fail(
            28724,
            format!(
                "First argument to $slice must be an array, but is of type: {}",
                arguments.at(0).type_name()
            ),
        );
    };
    let number = |place: usize, which: &str, code: i32| match arguments.at(place).whole() {
        Some(number) => Ok(number),
        None => fail(
            code,
            format!(
                "{which} argument to $slice must be a numeric value, but is of type: {}",
                arguments.at(place).type_name()
            ),
        ),
    };
    let length = items.len() as i64;
    let second = number(1, "Second", 28725)?;
    let (start, wanted) = if arguments.values.len() > 2 {
        let wanted = number(2, "Third", 28727)?;
        if wanted <= 0 {
            return fail(28729, format!("Third argument to $slice must be positive, but is: {wanted}"));
        }
        let start = if second < 0 { (length + second).max(0) } else { second };
        (start, wanted)
    } else if second < 0 {
        ((length + second).max(0), length)
    } else {
        (0, second)
    };
    Ok(array(items.into_iter().skip(start as usize).take(wanted as usize)))
}

pub(super) fn sort(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.at(0).is_nullish() {
        return Ok(Value::NULL);
    }
    let empty = RawDocumentBuf::new();
    let Some(mut items) = arguments.at(0).items() else {
        return fail(
            2942504,
            format!(
                "The input argument to $sortArray must be an array, but was of type: {}",
                arguments.at(0).type_name()
            ),
        );
    };
    match arguments.at(1).get() {
        Some(RawBsonRef::Document(order)) => {
            let order = Sort::parse(&Document::try_from(order)?)?;
            order.sort(&mut items, |item| match item {
                RawBsonRef::Document(document) => document,
                _ => &empty,
            });
        }
        Some(_) => {
            let descending = arguments.at(1).whole() == Some(-1);
            items.sort_by(|a, b| {
                let order = compare_by(*a, *b, arguments.collation);
                if descending { order.reverse() } else { order }
            });
        }
        None => return fail(2942502, "$sortArray requires 'sortBy' to be specified"),
    }
    Ok(array(items))
}

pub(super) fn zip(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(inputs) = arguments.at(0).items() else {
        return fail(34461, "inputs must be an array of expressions, found something else");
    };
    let mut columns = Vec::new();
    for input in inputs {
        match input {
            RawBsonRef::Array(items) => columns.push(items.into_iter().flatten().collect::<Vec<_>>()),
            RawBsonRef::Null | RawBsonRef::Undefined => return Ok(Value::NULL),
            other => {
                return fail(
                    34468,
                    format!("$zip found a non-array expression in input: {}", Value::Borrowed(other).shown()),
                );
            }
        }
    }
    let longest = arguments.at(1).is_true();
    let lengths = columns.iter().map(Vec::len);
    let rows = if longest { lengths.max() } else { lengths.min() }.unwrap_or(0);
    let defaults = arguments.at(2).items().unwrap_or_default();
    let mut all = RawArrayBuf::new();
    for row in 0..rows {
        let fallback = |column: usize| defaults.get(column).copied().unwrap_or(RawBsonRef::Null);
        let items = columns
            .iter()
            .enumerate()
            .map(|(column, items)| items.get(row).copied().unwrap_or_else(|| fallback(column)));
        all.push(array(items).or_null());
    }
    Ok(all.into())
}

pub(super) fn to_object(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.at(0).is_nullish() {
        return Ok(Value::NULL);
    }
    let Some(items) = arguments.at(0).items() else {
        return fail(
            40386,
            format!("$arrayToObject requires an array input, found: {}", arguments.at(0).type_name()),
        );
    };
    let mut object = Document::new();
    for item in items {
        let (key, value) = match item {
            RawBsonRef::Array(pair) => (pair.get(0).ok().flatten(), pair.get(1).ok().flatten()),
            RawBsonRef::Document(pair) => (pair.get("k").ok().flatten(), pair.get("v").ok().flatten()),
            other => {
                return fail(
                    40398,
                    format!(
                        "Unrecognised input type format for $arrayToObject: {}",
                        super::value::type_name_of(other)
                    ),
                );
            }
        };
        match (key, value) {
            (Some(RawBsonRef::String(key)), Some(value)) => {
                object.insert(key, Bson::try_from(value)?);
            }
            (Some(RawBsonRef::String(_)), None) | (None, _) => {
                return fail(
                    40392,
                    "$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys",
                );
            }
            (Some(other), _) => {
                return fail(
                    40394,
                    format!(
                        "$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: {}",
                        super::value::type_name_of(other)
                    ),
                );
            }
        }
    }
    for key in object.keys() {
        name(key)?;
    }
    Ok(RawBson::Document(RawDocumentBuf::try_from(&object)?).into())
}
