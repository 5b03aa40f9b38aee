//! Compares a whole record, word by word in a fixed order, so that the first difference is always the same one.

use serde_json::{Map, Value};

use super::differ::{differ, join};
use super::{Difference, Mode};

/// The words of a record in the order in which they are compared.
pub const WORDS: &[&str] = &[
    "refused",
    "hang",
    "status",
    "headers",
    "cookies",
    "json",
    "text",
    "bytes",
    "within",
    "tally",
    "console",
    "error",
    "exit",
    "listening",
    "db",
    "files",
    "calls",
    "queries",
    "received",
    "lab",
    "returns",
    "rows",
    "ack",
    "page",
    "answer",
    "trace",
];

/// Returns the first difference between what a step expects and its record. Unless the pattern says otherwise, the request
/// must have been answered and (with `request`) the program must still run.
pub fn compare(expect: &Map<String, Value>, record: &Value, request: bool) -> Option<Difference> {
    for word in WORDS {
        let found = match (expect.get(*word), *word) {
            (Some(pattern), word) => word_differs(word, pattern, record),
            (None, "refused" | "hang") if request => {
                let got = record.get(*word).filter(|got| **got == Value::Bool(true));
                got.map(|got| Difference::new(word, &Value::Bool(false), Some(got)))
            }
            (None, "exit") if request && !expect.contains_key("error") => {
                record.get("exit").map(|got| Difference::new("exit", &"<absent>".into(), Some(got)))
            }
            (None, _) => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Whether a record is what `when` describes. `differs` is the place of the first difference; `json` also means `json.id`.
pub fn fits(when: &Value, record: &Value, differs: &str) -> bool {
    let Some(when) = when.as_object() else { return false };
    when.iter().all(|(word, pattern)| match word.as_str() {
        "differs" => {
            let patterns = pattern.as_array().map_or(std::slice::from_ref(pattern), Vec::as_slice);
            patterns.iter().any(|pattern| match pattern {
                Value::String(place) => differs
                    .strip_prefix(place.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])),
                other => differ(other, Some(&Value::from(differs)), Mode::Text, "differs").is_none(),
            })
        }
        "sent" => differ(pattern, record.get("sent"), Mode::Data, "sent").is_none(),
        word => word_differs(word, pattern, record).is_none(),
    })
}

fn word_differs(word: &str, pattern: &Value, record: &Value) -> Option<Difference> {
    let got = record.get(word);
    match word {
        "status" => differ(pattern, got, Mode::OneOf, word),
        "headers" | "cookies" => fields(pattern, got, Mode::TextOneOf, word),
        "files" => fields(pattern, got, Mode::Text, word),
        "json" => json(pattern, record),
        "text" | "bytes" => {
            let trimmed = got.and_then(Value::as_str).map(|text| Value::String(text.trim().to_owned()));
            differ(pattern, trimmed.as_ref().or(got), Mode::Text, word)
        }
        "within" => within(pattern, got),
        "hang" | "refused" => differ(pattern, Some(got.unwrap_or(&Value::Bool(false))), Mode::Data, word),
        "console" | "calls" | "queries" | "lab" => differ(pattern, got, Mode::Log, word),
        "received" => clients(pattern, got),
        "trace" => trace(pattern, got),
        "answer" => (!answer(pattern, got)).then(|| Difference::new(word, pattern, got)),
        _ => differ(pattern, got, Mode::Data, word),
    }
}

/// Compares the named fields of a map of texts; header names in any case.
fn fields(pattern: &Value, got: Option<&Value>, mode: Mode, at: &str) -> Option<Difference> {
    let Some(wanted) = pattern.as_object().filter(|map| !map.keys().any(|key| key.starts_with('$'))) else {
        return differ(pattern, got, Mode::Data, at);
    };
    wanted.iter().find_map(|(key, pattern)| {
        let name = if at == "headers" { key.to_ascii_lowercase() } else { key.clone() };
        differ(pattern, got.and_then(|got| got.get(&name)), mode, &join(at, &name))
    })
}

/// `json` demands a JSON Content-Type and a body that parses.
fn json(pattern: &Value, record: &Value) -> Option<Difference> {
    let got = record.get("json");
    if got.is_none() && pattern.as_str() != Some("<absent>") && record.get("status").is_some() {
        let header = record.get("headers").and_then(|headers| headers.get("content-type"));
        let is_json = header.and_then(Value::as_str).is_some_and(|header| {
            let media = header.split(';').next().unwrap_or("").trim();
            media == "application/json" || media.ends_with("+json")
        });
        return Some(if is_json {
            Difference::new("json", pattern, record.get("text"))
        } else {
            Difference::new("headers.content-type", &"application/json".into(), header)
        });
    }
    differ(pattern, got, Mode::Data, "json")
}

/// A duration is the longest that is allowed; a type pattern is matched as it stands.
fn within(pattern: &Value, got: Option<&Value>) -> Option<Difference> {
    let longest = match pattern {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => crate::duration::milliseconds(text),
        _ => None,
    };
    match longest {
        Some(longest) if got.and_then(Value::as_f64).is_some_and(|got| got <= longest) => None,
        Some(_) => Some(Difference::new("within", pattern, got)),
        None => differ(pattern, got, Mode::Data, "within"),
    }
}

/// `received` is a log, or one log per client.
fn clients(pattern: &Value, got: Option<&Value>) -> Option<Difference> {
    match (pattern.as_object(), got) {
        (Some(wanted), Some(Value::Object(logs))) => wanted
            .iter()
            .find_map(|(client, pattern)| differ(pattern, logs.get(client), Mode::Log, &join("received", client))),
        _ => differ(pattern, got, Mode::Log, "received"),
    }
}

/// The learner's prediction: where its pieces were separated does not count.
fn answer(pattern: &Value, got: Option<&Value>) -> bool {
    let joined = |value: &Value| {
        value
            .as_array()
            .map(|pieces| pieces.iter().filter_map(Value::as_str).collect::<String>())
    };
    match pattern {
        Value::Array(_) => got.is_some_and(|got| joined(pattern) == joined(got)),
        Value::Object(map) => map.iter().all(|(key, wanted)| match (key.as_str(), wanted) {
            ("$any", Value::Array(options)) => options.iter().any(|option| answer(option, got)),
            ("$not", wanted) => !answer(wanted, got),
            _ => differ(
                &Value::Object([(key.clone(), wanted.clone())].into_iter().collect()),
                got,
                Mode::Data,
                "answer",
            )
            .is_none(),
        }),
        other => differ(other, got, Mode::Data, "answer").is_none(),
    }
}

fn trace(pattern: &Value, got: Option<&Value>) -> Option<Difference> {
    let (Some(wanted), Some(got)) = (pattern.as_object(), got) else {
        return differ(pattern, got, Mode::Data, "trace");
    };
    wanted.iter().find_map(|(key, pattern)| {
        let mode = if matches!(key.as_str(), "layers" | "tried" | "missed" | "console" | "writes") {
            Mode::Log
        } else {
            Mode::Data
        };
        let at = join("trace", key);
        // Inside a log the entries of the trace are data: a name is compared as a whole.
        differ(pattern, got.get(key), mode, &at)
    })
}
