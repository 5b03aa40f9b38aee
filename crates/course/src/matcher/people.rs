//! Patterns and seen values in one plain sentence each.

use serde_json::Value;

use super::{Difference, Type, words};
use crate::i18n::{Message, Texts};
use crate::values::plain;

/// Returns what was expected and what was seen at a difference, for people.
pub fn sentence(difference: &Difference, record: &Value, texts: &Texts) -> (String, String) {
    let Difference { place, expected, got } = difference;
    let say = |message: &Message| texts.get(message).to_owned();
    let fill = |message: &Message, value: &str| texts.fill(message, &[("value", value)]);
    let found = |message: &Message, nothing: &Message| match got {
        Some(got) => fill(message, &describe(got, texts)),
        None => say(nothing),
    };
    let word = place.split(['.', '[']).next().unwrap_or(place);
    match word {
        "start" => (say(&words::STARTS), ended(record, texts)),
        "refused" if *expected == Value::Bool(true) => (say(&words::IS_REFUSED), say(&words::SERVER_ANSWERED)),
        "refused" => (say(&words::SERVER_ANSWERS), say(&words::WAS_REFUSED)),
        "hang" if *expected == Value::Bool(true) => (say(&words::NO_ANSWER), say(&words::WAS_ANSWERED)),
        "hang" => (say(&words::ANSWER), say(&words::NO_ANSWER_CAME)),
        "exit" if expected.as_str() == Some("<absent>") => (say(&words::RUNS_ON), ended(record, texts)),
        "status" => (
            fill(&words::STATUS, &one_of(expected, texts)),
            found(&words::STATUS, &words::NO_STATUS),
        ),
        "listening" => (
            fill(&words::PORTS, &describe(expected, texts)),
            match got.as_ref().and_then(Value::as_array) {
                Some(ports) if !ports.is_empty() => fill(&words::OPEN, &ports.iter().map(plain).collect::<Vec<_>>().join(", ")),
                _ => say(&words::NO_PORT),
            },
        ),
        "console" => (
            log(expected, texts),
            match got.as_ref().and_then(Value::as_array) {
                Some(lines) if !lines.is_empty() => {
                    let lines: Vec<String> = lines.iter().map(|line| quote(&plain(line))).collect();
                    fill(&words::PRINTED, &lines.join(", "))
                }
                _ => say(&words::PRINTED_NOTHING),
            },
        ),
        "headers" if place.contains('.') => {
            let name = &place["headers.".len()..];
            let header = |value: &str| texts.fill(&words::HEADER, &[("name", name), ("value", value)]);
            (
                header(&one_of(expected, texts)),
                match got {
                    Some(got) => header(&describe(got, texts)),
                    None => texts.fill(&words::NO_HEADER, &[("name", name)]),
                },
            )
        }
        "text" => (fill(&words::BODY, &describe(expected, texts)), found(&words::BODY, &words::NO_BODY)),
        "answer" => (
            fill(&words::PROGRAM_GIVES, &describe(expected, texts)),
            found(&words::YOU_WROTE, &words::YOU_WROTE_NOTHING),
        ),
        _ => (
            is(place, expected, texts),
            match got {
                Some(got) => is(place, got, texts),
                None => texts.fill(&words::IS_MISSING, &[("place", place)]),
            },
        ),
    }
}

/// `items[2].id is a number.`
pub fn is(place: &str, pattern: &Value, texts: &Texts) -> String {
    texts.fill(&words::IS, &[("place", place), ("value", &describe(pattern, texts))])
}

fn ended(record: &Value, texts: &Texts) -> String {
    let error = &record["error"];
    let (Some(name), Some(message)) = (error["name"].as_str(), error["message"].as_str()) else {
        let code = record.get("exit").map_or("0".into(), plain);
        return texts.fill(&words::EXITED, &[("value", &code)]);
    };
    match (error["file"].as_str(), error["line"].as_u64()) {
        (Some(file), Some(line)) => {
            let values = [
                ("line", line.to_string()),
                ("file", file.to_owned()),
                ("name", name.to_owned()),
                ("message", message.to_owned()),
            ];
            texts.fill(&words::STOPPED_AT, &values.each_ref().map(|(key, value)| (*key, value.as_str())))
        }
        _ => texts.fill(&words::STOPPED, &[("name", name), ("message", message)]),
    }
}

fn one_of(pattern: &Value, texts: &Texts) -> String {
    match pattern.as_array() {
        Some(items) => joined(items, &words::OR, texts),
        None => describe(pattern, texts),
    }
}

fn joined(items: &[Value], joint: &Message, texts: &Texts) -> String {
    items
        .iter()
        .map(|item| describe(item, texts))
        .collect::<Vec<_>>()
        .join(texts.get(joint))
}

fn log(pattern: &Value, texts: &Texts) -> String {
    let fill = |message: &Message, value: &str| texts.fill(message, &[("value", value)]);
    match pattern {
        Value::Array(items) => fill(&words::PRINTS_IN_ORDER, &joined(items, &words::THEN, texts)),
        Value::Object(map) if map.contains_key("$lacks") => {
            let wanted = map.get("$lacks").map(|wanted| one_of(wanted, texts));
            fill(&words::PRINTS_NOT, &wanted.unwrap_or_default())
        }
        Value::Object(map) if map.get("$count") == Some(&Value::from(0)) => texts.get(&words::STAYS_EMPTY).to_owned(),
        Value::Object(map) if map.contains_key("$count") => {
            let count = map.get("$count").map(|count| describe(count, texts));
            fill(&words::PRINTS_LINES, &count.unwrap_or_default())
        }
        single => fill(&words::PRINTS, &describe(single, texts)),
    }
}

/// A pattern, or a value, in words.
pub fn describe(pattern: &Value, texts: &Texts) -> String {
    match pattern {
        Value::String(text) => match Type::parse(text) {
            Some(kind) => type_words(&kind, texts),
            None => quote(text),
        },
        Value::Object(map) if map.keys().any(|key| key.starts_with('$')) => map
            .iter()
            .map(|(key, wanted)| operator_words(key, wanted, texts))
            .collect::<Vec<_>>()
            .join(texts.get(&words::AND)),
        Value::Object(map) if map.values().any(has_pattern) => {
            let fields: Vec<String> = map
                .iter()
                .map(|(key, wanted)| format!("{key}: {}", describe(wanted, texts)))
                .collect();
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

fn operator_words(name: &str, wanted: &Value, texts: &Texts) -> String {
    let fill = |message: &Message, value: &str| texts.fill(message, &[("value", value)]);
    let list = |joint: &str| match wanted.as_array() {
        Some(items) => items.iter().map(|item| describe(item, texts)).collect::<Vec<_>>().join(joint),
        None => describe(wanted, texts),
    };
    match name {
        "$has" => fill(&words::HAS, &list(texts.get(&words::AND))),
        "$lacks" => fill(&words::LACKS, &list(texts.get(&words::AND))),
        "$any" => list(texts.get(&words::OR)),
        "$not" => fill(&words::NOT, &describe(wanted, texts)),
        "$match" => fill(&words::FITS, &plain(wanted)),
        "$each" => fill(&words::EACH, &describe(wanted, texts)),
        "$count" => fill(&words::COUNT, &describe(wanted, texts)),
        "$only" => fill(&words::ONLY, &list(", ")),
        path => format!("{} = {}", super::path(path).unwrap_or(path), describe(wanted, texts)),
    }
}

fn type_words(kind: &Type<'_>, texts: &Texts) -> String {
    let (name, unit) = match kind.name {
        "string" => (&words::STRING, Some(&words::CHARACTERS)),
        "integer" => (&words::INTEGER, None),
        "number" => (&words::NUMBER, None),
        "boolean" => (&words::BOOLEAN, None),
        "array" => (&words::ARRAY, Some(&words::ENTRIES)),
        "object" => (&words::OBJECT, Some(&words::ENTRIES)),
        "date" => (&words::DATE, None),
        "any" => (&words::ANY, None),
        _ => return texts.get(&words::ABSENT).into(),
    };
    let range = match (kind.low, kind.high) {
        (None, None) => return texts.get(name).into(),
        (Some(low), Some(high)) if low == high => &words::EXACTLY,
        (Some(_), Some(_)) => &words::BETWEEN,
        (Some(1.0), None) if unit.is_some() => &words::NOT_EMPTY,
        (Some(_), None) => &words::AT_LEAST,
        (None, Some(_)) => &words::AT_MOST,
    };
    let bound = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let (low, high) = (bound(kind.low), bound(kind.high));
    let unit = unit.map_or("", |unit| texts.get(unit));
    texts.fill(range, &[("type", texts.get(name)), ("low", &low), ("high", &high), ("unit", unit)])
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
