//! Patterns and seen values in one plain sentence each.

use serde_json::Value;

use super::{Difference, Type};
use crate::values::plain;

/// Returns what was expected and what was seen at a difference, for people.
pub fn sentence(difference: &Difference, record: &Value) -> (String, String) {
    let Difference { place, expected, got } = difference;
    let word = place.split(['.', '[']).next().unwrap_or(place);
    match word {
        "start" => ("The program starts without an error.".into(), ended(record)),
        "refused" if *expected == Value::Bool(true) => (
            "The request is refused: no server listens there.".into(),
            "A server answered.".into(),
        ),
        "refused" => (
            "A server answers.".into(),
            "The request was refused: no server listens on that port.".into(),
        ),
        "hang" if *expected == Value::Bool(true) => ("No answer within 5 s.".into(), "The request was answered.".into()),
        "hang" => ("An answer within 5 s.".into(), "No answer came within 5 s.".into()),
        "exit" if expected.as_str() == Some("<absent>") => ("The program keeps running.".into(), ended(record)),
        "status" => (
            format!("Status {}.", one_of(expected)),
            found(got, "Status ", "There is no status: the request got no answer."),
        ),
        "listening" => (
            format!("The open ports: {}.", describe(expected)),
            match got.as_ref().and_then(Value::as_array) {
                Some(ports) if !ports.is_empty() => format!("Open: {}.", ports.iter().map(plain).collect::<Vec<_>>().join(", ")),
                _ => "No port is open.".into(),
            },
        ),
        "console" => (
            format!("The console {}.", log(expected)),
            match got.as_ref().and_then(Value::as_array) {
                Some(lines) if !lines.is_empty() => format!(
                    "It printed {}.",
                    lines.iter().map(|line| quote(&plain(line))).collect::<Vec<_>>().join(", ")
                ),
                _ => "It printed nothing.".into(),
            },
        ),
        "headers" if place.contains('.') => {
            let name = &place["headers.".len()..];
            (
                format!("Header {name}: {}.", one_of(expected)),
                found(got, &format!("Header {name}: "), &format!("There is no header {name}.")),
            )
        }
        "text" => (
            format!("The body is {}.", describe(expected)),
            found(got, "The body is ", "There is no body."),
        ),
        "answer" => (
            format!("The program gives {}.", describe(expected)),
            found(got, "You wrote ", "You wrote nothing."),
        ),
        _ => (
            format!("{place} is {}.", describe(expected)),
            found(got, &format!("{place} is "), &format!("There is no {place}.")),
        ),
    }
}

fn ended(record: &Value) -> String {
    let error = &record["error"];
    let at = match (error["file"].as_str(), error["line"].as_u64()) {
        (Some(file), Some(line)) => format!(" on line {line} of {file}"),
        _ => String::new(),
    };
    match (error["name"].as_str(), error["message"].as_str()) {
        (Some(name), Some(message)) => format!("It stopped{at}: {name}: {message}."),
        _ => format!("It ended with exit code {}.", record.get("exit").map_or("0".into(), plain)),
    }
}

fn found(got: &Option<Value>, lead: &str, nothing: &str) -> String {
    match got {
        Some(got) => format!("{lead}{}.", describe(got)),
        None => nothing.to_owned(),
    }
}

fn one_of(pattern: &Value) -> String {
    match pattern.as_array() {
        Some(items) => items.iter().map(describe).collect::<Vec<_>>().join(" or "),
        None => describe(pattern),
    }
}

fn log(pattern: &Value) -> String {
    match pattern {
        Value::Array(items) => format!(
            "prints {}, in this order",
            items.iter().map(describe).collect::<Vec<_>>().join(", then ")
        ),
        Value::Object(map) if map.contains_key("$lacks") => {
            format!("does not print {}", map.get("$lacks").map(one_of).unwrap_or_default())
        }
        Value::Object(map) if map.get("$count") == Some(&Value::from(0)) => "stays empty".into(),
        Value::Object(map) if map.contains_key("$count") => {
            format!("prints {} lines", map.get("$count").map(describe).unwrap_or_default())
        }
        single => format!("prints {}", describe(single)),
    }
}

/// A pattern, or a value, in words.
pub fn describe(pattern: &Value) -> String {
    match pattern {
        Value::String(text) => match Type::parse(text) {
            Some(kind) => type_words(&kind),
            None => quote(text),
        },
        Value::Object(map) if map.keys().any(|key| key.starts_with('$')) => map
            .iter()
            .map(|(key, wanted)| operator_words(key, wanted))
            .collect::<Vec<_>>()
            .join(" and "),
        Value::Object(map) if map.values().any(has_pattern) => {
            let fields: Vec<String> = map.iter().map(|(key, wanted)| format!("{key}: {}", describe(wanted))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => short(&other.to_string()),
    }
}

fn has_pattern(value: &Value) -> bool {
    match value {
        Value::String(text) => Type::parse(text).is_some(),
        Value::Array(items) => items.iter().any(has_pattern),
        Value::Object(map) => map.keys().any(|key| key.starts_with('$')) || map.values().any(has_pattern),
        _ => false,
    }
}

fn operator_words(name: &str, wanted: &Value) -> String {
    let list = |joint: &str| match wanted.as_array() {
        Some(items) => items.iter().map(describe).collect::<Vec<_>>().join(joint),
        None => describe(wanted),
    };
    match name {
        "$has" => format!("something with {}", list(" and ")),
        "$lacks" => format!("something without {}", list(" and ")),
        "$any" => list(" or "),
        "$not" => format!("not {}", describe(wanted)),
        "$match" => format!("a text that fits /{}/", plain(wanted)),
        "$each" => format!("a list of {}", describe(wanted)),
        "$count" => format!("{} entries", describe(wanted)),
        "$only" => format!("only {}", list(", ")),
        path => format!("{} = {}", super::path(path).unwrap_or(path), describe(wanted)),
    }
}

fn type_words(kind: &Type<'_>) -> String {
    let name = match kind.name {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        "date" => "a date",
        "any" => "any value",
        _ => return "absent".into(),
    };
    let unit = match kind.name {
        "string" => " characters",
        "array" | "object" => " entries",
        _ => "",
    };
    match (kind.low, kind.high) {
        (None, None) => name.into(),
        (Some(low), Some(high)) if low == high => format!("{name} of {low}{unit}"),
        (Some(low), Some(high)) => format!("{name} from {low} to {high}{unit}"),
        (Some(1.0), None) if !unit.is_empty() => format!("{name} that is not empty"),
        (Some(low), None) => format!("{name} of at least {low}{unit}"),
        (None, Some(high)) => format!("{name} of at most {high}{unit}"),
    }
}

fn quote(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", short(text))
}

fn short(text: &str) -> String {
    const LONGEST: usize = 240;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
