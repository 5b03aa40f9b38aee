//! Compares one value with one pattern and returns the first difference.

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::types::Type;
use super::{Difference, Mode};
use crate::place;

pub(crate) fn differ(pattern: &Value, got: Option<&Value>, mode: Mode, at: &str) -> Option<Difference> {
    let here = || Some(Difference::new(at, pattern, got));
    if let Some(kind) = pattern.as_str().and_then(Type::parse) {
        let empty = mode == Mode::Log && kind.name == "absent" && got.is_none_or(|got| got.as_array().is_some_and(Vec::is_empty));
        return if empty || kind.fits(got, is_text(mode)) { None } else { here() };
    }
    match mode {
        Mode::Log => log(pattern, got, at),
        Mode::OneOf | Mode::TextOneOf => {
            let single = if mode == Mode::OneOf { Mode::Data } else { Mode::Text };
            let patterns = pattern.as_array().map_or(std::slice::from_ref(pattern), Vec::as_slice);
            // A header that was sent several times fits when one of its values does.
            let values: Vec<Option<&Value>> = match got {
                Some(Value::Array(items)) if mode == Mode::TextOneOf => items.iter().map(Some).collect(),
                other => vec![other],
            };
            let found = patterns
                .iter()
                .any(|one| values.iter().any(|value| differ(one, *value, single, at).is_none()));
            if found { None } else { here() }
        }
        Mode::Data | Mode::Text | Mode::Entry => match pattern {
            Value::Object(map) => object(pattern, map, got, mode, at),
            Value::Array(patterns) => list(pattern, patterns, got, at),
            scalar => {
                if got.is_some_and(|got| same(scalar, got, mode)) {
                    None
                } else {
                    here()
                }
            }
        },
    }
}

fn is_text(mode: Mode) -> bool {
    matches!(mode, Mode::Text | Mode::TextOneOf | Mode::Entry)
}

fn same(pattern: &Value, got: &Value, mode: Mode) -> bool {
    match (pattern, got) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(_) | Value::Object(_) | Value::Null, _) => pattern == got,
        (_, Value::String(got)) if mode == Mode::Entry => got.contains(&crate::values::plain(pattern)),
        (_, Value::String(got)) if mode == Mode::Text => *got == crate::values::plain(pattern),
        _ => pattern == got,
    }
}

/// Data: exactly these, in order.
fn list(pattern: &Value, patterns: &[Value], got: Option<&Value>, at: &str) -> Option<Difference> {
    let Some(items) = got.and_then(Value::as_array) else {
        return Some(Difference::new(at, pattern, got));
    };
    for (index, (one, item)) in patterns.iter().zip(items).enumerate() {
        if let Some(found) = differ(one, Some(item), Mode::Data, &format!("{at}[{index}]")) {
            return Some(found);
        }
    }
    (patterns.len() != items.len()).then(|| Difference::new(at, pattern, got))
}

fn object(pattern: &Value, map: &Map<String, Value>, got: Option<&Value>, mode: Mode, at: &str) -> Option<Difference> {
    for (key, wanted) in map {
        if let Some(path) = super::path(key) {
            let found = got.and_then(|got| place::get(got, path));
            if let Some(found) = differ(wanted, found.as_ref(), Mode::Data, &join(at, path)) {
                return Some(found);
            }
        } else if key.starts_with('$') {
            if !operator(key, wanted, got, mode) {
                return Some(Difference::new(at, pattern, got));
            }
        } else {
            let Some(fields) = got.and_then(Value::as_object) else {
                return Some(Difference::new(at, pattern, got));
            };
            // What a layer changed and what it asked the database are logs too.
            let traced = mode == Mode::Entry || at.starts_with("trace");
            let inner = if traced && matches!(key.as_str(), "changes" | "work") {
                Mode::Log
            } else {
                Mode::Data
            };
            if let Some(found) = differ(wanted, fields.get(key), inner, &join(at, key)) {
                return Some(found);
            }
        }
    }
    (map.is_empty() && !got.is_some_and(Value::is_object)).then(|| Difference::new(at, pattern, got))
}

pub(super) fn join(at: &str, key: &str) -> String {
    if at.is_empty() || key.starts_with('[') {
        format!("{at}{key}")
    } else {
        format!("{at}.{key}")
    }
}

fn some_fit(pattern: &Value, got: Option<&Value>, mode: Mode) -> bool {
    differ(pattern, got, mode, "").is_none()
}

/// What `$has` and `$lacks` look for: each of a list, or the one.
fn wanted_list(wanted: &Value) -> &[Value] {
    wanted.as_array().map_or(std::slice::from_ref(wanted), Vec::as_slice)
}

fn holds(wanted: &Value, got: &Value, element: Mode) -> bool {
    match got {
        Value::String(_) => some_fit(wanted, Some(got), Mode::Entry),
        Value::Array(items) => items.iter().any(|item| some_fit(wanted, Some(item), element)),
        _ => false,
    }
}

fn operator(name: &str, wanted: &Value, got: Option<&Value>, mode: Mode) -> bool {
    let element = if mode == Mode::Log { Mode::Entry } else { Mode::Data };
    match name {
        "$has" => got.is_some_and(|got| wanted_list(wanted).iter().all(|one| holds(one, got, element))),
        "$lacks" => got.is_none_or(|got| !wanted_list(wanted).iter().any(|one| holds(one, got, element))),
        "$any" => wanted_list(wanted).iter().any(|one| some_fit(one, got, mode)),
        "$not" => !some_fit(wanted, got, mode),
        "$match" => got.and_then(Value::as_str).is_some_and(|text| {
            wanted
                .as_str()
                .and_then(|wanted| Regex::new(wanted).ok())
                .is_some_and(|regex| regex.is_match(text))
        }),
        "$each" => got
            .and_then(Value::as_array)
            .is_some_and(|items| items.iter().all(|item| some_fit(wanted, Some(item), element))),
        "$count" => {
            let count = got.and_then(|got| got.as_array().map(Vec::len).or_else(|| got.as_object().map(Map::len)));
            count.is_some_and(|count| some_fit(wanted, Some(&count.into()), Mode::Data))
        }
        "$only" => got.is_some_and(|got| only(wanted, got, element)),
        _ => false,
    }
}

/// Nothing besides: keys of an object, entries of a list.
fn only(wanted: &Value, got: &Value, element: Mode) -> bool {
    match (wanted, got) {
        (Value::Object(map), Value::Object(fields)) => {
            fields.keys().all(|key| map.contains_key(key)) && some_fit(wanted, Some(got), Mode::Data)
        }
        (Value::Array(keys), Value::Object(fields)) => fields.keys().all(|key| keys.iter().any(|one| one.as_str() == Some(key))),
        (Value::Array(patterns), Value::Array(items)) => {
            patterns.len() == items.len() && patterns.iter().zip(items).all(|(one, item)| some_fit(one, Some(item), element))
        }
        (_, Value::Array(items)) => items.iter().all(|item| some_fit(wanted, Some(item), element)),
        _ => false,
    }
}

/// A log: these in this order, others may stand between. A single pattern: some entry fits it.
fn log(pattern: &Value, got: Option<&Value>, at: &str) -> Option<Difference> {
    let empty = Value::Array(Vec::new());
    let got = got.unwrap_or(&empty);
    let Some(items) = got.as_array() else {
        return differ(pattern, Some(got), Mode::Data, at);
    };
    let some = |one: &Value| items.iter().any(|item| some_fit(one, Some(item), Mode::Entry));
    let fits = match pattern {
        Value::Array(patterns) => {
            let mut rest = items.iter();
            patterns.iter().all(|one| rest.any(|item| some_fit(one, Some(item), Mode::Entry)))
        }
        Value::Object(map) => {
            let (of_list, of_entry): (Map<_, _>, Map<_, _>) = map
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .partition(|(key, _)| key.starts_with('$') && key != "$match");
            of_list.iter().all(|(key, wanted)| match super::path(key) {
                Some(path) => some_fit(wanted, place::get(got, path).as_ref(), Mode::Data),
                None => operator(key, wanted, Some(got), Mode::Log),
            }) && (of_entry.is_empty() || some(&Value::Object(of_entry)))
        }
        single => some(single),
    };
    (!fits).then(|| Difference::new(at, pattern, Some(got)))
}
