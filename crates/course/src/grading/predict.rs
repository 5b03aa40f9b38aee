//! Kind predict: what the learner typed against what the program really did. Case and separators do not count.

use serde_json::{Map, Value};

use crate::matcher::Type;
use crate::values::plain;

/// Words for "the program printed nothing".
const NOTHING: &[&str] = &["nothing", "none", "empty"];

/// Returns the pieces of a typed answer in small letters: letters and digits, everything else separates.
pub fn normalise(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|piece| !piece.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn pieces(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(pieces).collect(),
        Value::Object(_) | Value::String(_) | Value::Number(_) | Value::Bool(_) => normalise(&plain(value)),
        Value::Null => Vec::new(),
    }
}

/// What really happened: the console, the status, or the text of the answer.
pub(super) fn truth(of: &str, record: &Value) -> Value {
    match of {
        "status" if record["hang"] == Value::Bool(true) => "hang".into(),
        "status" => record["status"].clone(),
        "text" => record["text"].clone(),
        _ => record["console"].clone(),
    }
}

/// The pieces of a typed answer that count: of a status only its number, so that `201 Created` is 201.
fn counted(of: &str, typed: &str) -> Vec<String> {
    let pieces = normalise(typed);
    match pieces
        .iter()
        .find(|piece| piece.len() == 3 && piece.bytes().all(|byte| byte.is_ascii_digit()))
    {
        Some(status) if of == "status" => vec![status.clone()],
        _ => pieces,
    }
}

/// Whether a typed answer says the same as the truth. An empty answer never does.
pub(super) fn same(of: &str, typed: &str, truth: &Value) -> bool {
    let (typed, truth) = (counted(of, typed).concat(), pieces(truth).concat());
    if truth.is_empty() {
        NOTHING.contains(&typed.as_str())
    } else {
        typed == truth
    }
}

/// The typed answer as the record's `answer`: its pieces.
pub(super) fn answer(of: &str, typed: &str) -> Value {
    counted(of, typed).into()
}

/// Rewrites the `answer` of a `when` pattern to pieces, so that it is compared like the answer itself.
pub(super) fn pattern(when: &Value) -> Value {
    match when {
        Value::Array(items) => items.iter().map(pattern).collect(),
        Value::Object(map) if map.contains_key("answer") => {
            let rewrite =
                |(key, value): (&String, &Value)| (key.clone(), if key == "answer" { answer_pattern(value) } else { value.clone() });
            Value::Object(map.iter().map(rewrite).collect())
        }
        other => other.clone(),
    }
}

fn answer_pattern(written: &Value) -> Value {
    match written {
        Value::String(text) if Type::parse(text).is_some() => written.clone(),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| match (key.as_str(), value) {
                    ("$any", Value::Array(items)) => (key.clone(), items.iter().map(answer_pattern).collect()),
                    ("$not", value) => (key.clone(), answer_pattern(value)),
                    ("$has" | "$lacks", value) => (key.clone(), pieces(value).into()),
                    _ => (key.clone(), value.clone()),
                })
                .collect::<Map<_, _>>(),
        ),
        other => pieces(other).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(typed: &str, truth: Value, expected: bool) {
        let of = if truth.is_number() { "status" } else { "console" };
        assert_eq!(same(of, typed, &truth), expected, "{typed} {truth}");
    }

    #[test]
    fn answers() {
        for typed in ["A B C", "a, b, c", "A→B→C", "A\nB\nC", "abc"] {
            check(typed, json!(["A", "B", "C"]), true);
        }
        check("A B", json!(["A", "B", "C"]), false);
        check("", json!(["A"]), false);
        check("", json!([]), false);
        check("nothing", json!([]), true);
        check("404", json!(404), true);
        check("201 Created", json!(201), true);
        check("200 then 404", json!(404), false);
        check("Hello backend", json!("Hello, Backend!"), true);
    }

    #[test]
    fn patterns_are_cut_like_answers() {
        assert_eq!(pattern(&json!({ "answer": ["A", "B"] })), json!({ "answer": ["a", "b"] }));
        assert_eq!(pattern(&json!({ "answer": "<array 0..>" })), json!({ "answer": "<array 0..>" }));
        assert_eq!(
            pattern(&json!({ "answer": { "$any": [404, "No Way"] } })),
            json!({ "answer": { "$any": [["404"], ["no", "way"]] } })
        );
        assert_eq!(answer("console", "A → B"), json!(["a", "b"]));
    }
}
