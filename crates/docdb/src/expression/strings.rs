//! String operators (MongoDB manual: "String Expression Operators").

use bson::{RawArrayBuf, RawBson, RawBsonRef, RawDocumentBuf};

use super::value::{count, fail, lossy};
use super::{Arguments, Value};
use crate::error::Result;
use crate::filter::Pattern;

pub(super) fn concat(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut text = String::new();
    for value in &arguments.values {
        if value.is_nullish() {
            return Ok(Value::NULL);
        }
        match value.text() {
            Some(part) => text.push_str(part),
            None => return fail(16702, format!("$concat only supports strings, not {}", value.type_name())),
        }
    }
    Ok(text.into())
}

fn coerced(value: &Value<'_>, name: &str) -> Result<String> {
    if value.is_nullish() {
        return Ok(String::new());
    }
    match lossy(value) {
        Some(text) => Ok(text.into_owned()),
        None => fail(
            16007,
            format!("can't convert from BSON type {} to String in {name}", value.type_name()),
        ),
    }
}

pub(super) fn lower(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(coerced(arguments.at(0), "$toLower")?.to_lowercase().into())
}

pub(super) fn upper(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(coerced(arguments.at(0), "$toUpper")?.to_uppercase().into())
}

fn trimmed<'d>(arguments: &Arguments<'_>, name: &str, start: bool, end: bool) -> Result<Value<'d>> {
    let (input, letters) = (arguments.at(0), arguments.at(1));
    if input.is_nullish() || (arguments.values.len() > 1 && matches!(letters.get(), Some(RawBsonRef::Null))) {
        return Ok(Value::NULL);
    }
    let Some(text) = input.text() else {
        return fail(
            50699,
            format!(
                "{name} requires its input to be a string, got {} (of type {}) instead.",
                input.shown(),
                input.type_name()
            ),
        );
    };
    let chosen = letters.text();
    let goes = |letter: char| chosen.map_or(letter.is_whitespace() || letter == '\0', |chosen| chosen.contains(letter));
    let mut kept = text;
    if start {
        kept = kept.trim_start_matches(goes);
    }
    if end {
        kept = kept.trim_end_matches(goes);
    }
    Ok(kept.to_owned().into())
}

pub(super) fn trim(arguments: Arguments<'_>) -> Result<Value<'_>> {
    trimmed(&arguments, "$trim", true, true)
}

pub(super) fn trim_start(arguments: Arguments<'_>) -> Result<Value<'_>> {
    trimmed(&arguments, "$ltrim", true, false)
}

pub(super) fn trim_end(arguments: Arguments<'_>) -> Result<Value<'_>> {
    trimmed(&arguments, "$rtrim", false, true)
}

pub(super) fn split(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let (Some(text), Some(separator)) = (arguments.at(0).text(), arguments.at(1).text()) else {
        let (code, which, value) = if arguments.at(0).text().is_none() {
            (40085, "first", arguments.at(0))
        } else {
            (40086, "second", arguments.at(1))
        };
        return fail(
            code,
            format!(
                "$split requires an expression that evaluates to a string as a {which} argument, found: {}",
                value.type_name()
            ),
        );
    };
    if separator.is_empty() {
        return fail(40087, "$split requires a non-empty separator");
    }
    let mut parts = RawArrayBuf::new();
    text.split(separator).for_each(|part| parts.push(part));
    Ok(parts.into())
}

fn text_of<'v>(value: &'v Value<'_>, name: &str) -> Result<&'v str> {
    match value.text() {
        Some(text) => Ok(text),
        None => fail(34471, format!("{name} requires a string argument, found: {}", value.type_name())),
    }
}

pub(super) fn length_bytes(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let length = text_of(arguments.at(0), "$strLenBytes")?.len();
    Ok(count(length as i64).into())
}

pub(super) fn length(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let length = text_of(arguments.at(0), "$strLenCP")?.chars().count();
    Ok(count(length as i64).into())
}

pub(super) fn compare_without_case(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let left = coerced(arguments.at(0), "$strcasecmp")?.to_uppercase();
    let right = coerced(arguments.at(1), "$strcasecmp")?.to_uppercase();
    Ok((left.cmp(&right) as i32).into())
}

fn range(arguments: &Arguments<'_>, name: &str) -> Result<(usize, usize)> {
    let Some(start) = arguments.at(1).number().and_then(|number| number.truncated()) else {
        return fail(
            34450,
            format!(
                "{name}: starting index must be a numeric type (is BSON type {})",
                arguments.at(1).type_name()
            ),
        );
    };
    let Some(length) = arguments.at(2).number().and_then(|number| number.truncated()) else {
        return fail(
            34452,
            format!(
                "{name}: length must be a numeric type (is BSON type {})",
                arguments.at(2).type_name()
            ),
        );
    };
    let Ok(start) = usize::try_from(start) else {
        return fail(50752, format!("{name}: starting index must be non-negative (got: {start})"));
    };
    Ok((start, usize::try_from(length).unwrap_or(usize::MAX)))
}

pub(super) fn substring_bytes(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let text = coerced(arguments.at(0), "$substrBytes")?;
    let (start, length) = range(&arguments, "$substrBytes")?;
    let end = start.saturating_add(length).min(text.len());
    if start >= text.len() {
        return Ok("".into());
    }
    if !text.is_char_boundary(start) {
        return fail(28656, "$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.");
    }
    if !text.is_char_boundary(end) {
        return fail(
            28657,
            "$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.",
        );
    }
    Ok(text[start..end].into())
}

pub(super) fn substring(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let text = coerced(arguments.at(0), "$substrCP")?;
    let (start, length) = range(&arguments, "$substrCP")?;
    Ok(text.chars().skip(start).take(length).collect::<String>().into())
}

fn found<'d>(arguments: &Arguments<'_>, name: &str, by_bytes: bool) -> Result<Value<'d>> {
    if arguments.at(0).is_nullish() {
        return Ok(Value::NULL);
    }
    let Some(text) = arguments.at(0).text() else {
        return fail(
            40091,
            format!(
                "{name} requires a string as the first argument, found: {}",
                arguments.at(0).type_name()
            ),
        );
    };
    let Some(wanted) = arguments.at(1).text() else {
        return fail(
            40092,
            format!(
                "{name} requires a string as the second argument, found: {}",
                arguments.at(1).type_name()
            ),
        );
    };
    let bound = |place: usize| match (arguments.values.get(place), arguments.at(place).whole()) {
        (None, _) => Ok(None),
        (Some(_), Some(number)) if number >= 0 => Ok(Some(number as usize)),
        _ => fail(40097, format!("{name} requires a non-negative integral index")),
    };
    let (start, end) = (bound(2)?.unwrap_or(0), bound(3)?.unwrap_or(usize::MAX));
    let place = text
        .match_indices(wanted)
        .map(|(at, _)| if by_bytes { at } else { text[..at].chars().count() })
        .find(|at| *at >= start && *at < end.max(start));
    let place = if wanted.is_empty() && start <= text.len() {
        Some(start)
    } else {
        place
    };
    Ok(count(place.map_or(-1, |place| place as i64)).into())
}

pub(super) fn index_of_bytes(arguments: Arguments<'_>) -> Result<Value<'_>> {
    found(&arguments, "$indexOfBytes", true)
}

pub(super) fn index_of(arguments: Arguments<'_>) -> Result<Value<'_>> {
    found(&arguments, "$indexOfCP", false)
}

fn replaced<'d>(arguments: &Arguments<'_>, name: &str, most: usize) -> Result<Value<'d>> {
    for (value, which) in arguments.values.iter().zip(["input", "find", "replacement"]) {
        if !value.is_nullish() && value.text().is_none() {
            return fail(
                51746,
                format!("{name} requires that '{which}' be a string, found: {}", value.shown()),
            );
        }
    }
    match (arguments.at(0).text(), arguments.at(1).text(), arguments.at(2).text()) {
        (Some(input), Some(find), Some(replacement)) => Ok(input.replacen(find, replacement, most).into()),
        _ => Ok(Value::NULL),
    }
}

pub(super) fn replace_one(arguments: Arguments<'_>) -> Result<Value<'_>> {
    replaced(&arguments, "$replaceOne", 1)
}

pub(super) fn replace_all(arguments: Arguments<'_>) -> Result<Value<'_>> {
    replaced(&arguments, "$replaceAll", usize::MAX)
}

/// The input and the pattern; `None` when one of them is null.
fn search<'v>(arguments: &'v Arguments<'_>, name: &str) -> Result<Option<(&'v str, Pattern)>> {
    let options = match arguments.at(2).get() {
        None | Some(RawBsonRef::Null) => "",
        Some(RawBsonRef::String(options)) => options,
        Some(_) => return fail(51106, format!("{name} needs 'options' to be of type string")),
    };
    let pattern = match arguments.at(1).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => return Ok(None),
        Some(RawBsonRef::String(pattern)) => Pattern::new(pattern, options)?,
        Some(RawBsonRef::RegularExpression(regex)) => {
            let own = regex.options.as_str();
            if !own.is_empty() && !options.is_empty() {
                return fail(
                    51107,
                    format!("{name}: found regex option(s) specified in both 'regex' and 'option' fields"),
                );
            }
            Pattern::new(regex.pattern.as_str(), if own.is_empty() { options } else { own })?
        }
        Some(_) => return fail(51105, format!("{name} needs 'regex' to be of type string or regex")),
    };
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(None),
        Some(RawBsonRef::String(text) | RawBsonRef::Symbol(text)) => Ok(Some((text, pattern))),
        Some(_) => fail(51104, format!("{name} needs 'input' to be of type string")),
    }
}

pub(super) fn regex_match(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(search(&arguments, "$regexMatch")?
        .is_some_and(|(text, pattern)| pattern.regex().is_match(text))
        .into())
}

fn capture(text: &str, captures: &regex_lite::Captures<'_>) -> RawDocumentBuf {
    let mut found = RawDocumentBuf::new();
    if let Some(whole) = captures.get(0) {
        found.append(bson::raw::cstr!("match"), whole.as_str());
        found.append(bson::raw::cstr!("idx"), text[..whole.start()].chars().count() as i32);
    }
    let mut groups = RawArrayBuf::new();
    for group in captures.iter().skip(1) {
        match group {
            Some(group) => groups.push(group.as_str()),
            None => groups.push(RawBsonRef::Null),
        }
    }
    found.append(bson::raw::cstr!("captures"), groups);
    found
}

pub(super) fn regex_find(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let found = search(&arguments, "$regexFind")?.and_then(|(text, pattern)| {
        let captures = pattern.regex().captures(text)?;
        Some(capture(text, &captures))
    });
    Ok(found.map_or(Value::NULL, Value::from))
}

pub(super) fn regex_find_all(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut all = RawArrayBuf::new();
    if let Some((text, pattern)) = search(&arguments, "$regexFindAll")? {
        for captures in pattern.regex().captures_iter(text) {
            all.push(RawBson::Document(capture(text, &captures)));
        }
    }
    Ok(all.into())
}
