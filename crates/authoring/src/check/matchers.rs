//! Whether record patterns are written in the matcher language.

use backlab_course::matcher::{OPERATORS, TYPE_NAMES, Type, WORDS, path};
use regex_lite::Regex;
use serde_json::Value;

use crate::finding::nearest;

/// Mistakes in an `expect`.
pub(super) fn expect(pattern: &Value) -> Vec<String> {
    record(pattern, WORDS.to_vec())
}

/// Mistakes in a `when`: a pattern, or a list of them.
pub(super) fn when(pattern: &Value) -> Vec<String> {
    let known: Vec<&str> = WORDS.iter().copied().chain(["sent", "differs"]).collect();
    match pattern {
        Value::Array(patterns) if !patterns.is_empty() => patterns.iter().flat_map(|one| record(one, known.clone())).collect(),
        one => record(one, known),
    }
}

fn record(pattern: &Value, known: Vec<&str>) -> Vec<String> {
    let Some(map) = pattern.as_object() else {
        return vec![format!(
            "a record pattern is a map of words like status and json; this is {pattern}"
        )];
    };
    let mut mistakes = Vec::new();
    for (word, inner) in map {
        if !known.contains(&word.as_str()) {
            mistakes.push(format!("a record has no `{word}`{}", nearest(word, &known)));
        }
        value(inner, &mut mistakes);
    }
    mistakes
}

/// Mistakes in any pattern.
pub(super) fn value(pattern: &Value, mistakes: &mut Vec<String>) {
    match pattern {
        Value::String(text) => type_pattern(text, mistakes),
        Value::Array(items) => items.iter().for_each(|item| value(item, mistakes)),
        Value::Object(map) => {
            for (key, inner) in map {
                if key.starts_with('$') && path(key).is_none() && !OPERATORS.contains(&key.as_str()) {
                    mistakes.push(format!("unknown matcher `{key}`{}", nearest(key, OPERATORS)));
                }
                if key == "$match" {
                    match inner.as_str().map(Regex::new) {
                        Some(Ok(_)) => {}
                        Some(Err(error)) => mistakes.push(format!("the pattern {inner} cannot be read: {error}")),
                        None => mistakes.push(format!("$match takes a text, not {inner}: put it in quotes")),
                    }
                } else {
                    value(inner, mistakes);
                }
            }
        }
        _ => {}
    }
}

fn type_pattern(text: &str, mistakes: &mut Vec<String>) {
    let Some(inner) = text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) else {
        return;
    };
    if Type::parse(text).is_some() || inner.contains(['<', '>', '/', '=']) {
        return;
    }
    let name = inner.split(' ').next().unwrap_or_default();
    if TYPE_NAMES.contains(&name) {
        mistakes.push(format!(
            "`{text}` has no range that can be read: write `<{name} 1..40>`, `<{name} 1..>` or `<{name} 3>`"
        ));
    } else if !nearest(name, TYPE_NAMES).is_empty() {
        mistakes.push(format!("unknown type `{text}`{}", nearest(name, TYPE_NAMES)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(pattern: Value, part: &str) {
        let mistakes = when(&pattern).join("; ");
        assert!(
            if part.is_empty() {
                mistakes.is_empty()
            } else {
                mistakes.contains(part)
            },
            "{pattern}: {mistakes}"
        );
    }

    #[test]
    fn mistakes() {
        check(json!({ "status": 200, "json": { "id": "<integer 1..>" }, "differs": "json" }), "");
        check(json!({ "text": "<h1>Hi</h1>" }), "");
        check(json!({ "stauts": 200 }), "did you mean `status`");
        check(json!({ "json": { "$hass": 1 } }), "did you mean `$has`");
        check(json!({ "json": "<intger>" }), "did you mean `integer`");
        check(json!({ "json": "<integer 1-3>" }), "no range");
        check(json!({ "text": { "$match": "(" } }), "cannot be read");
        check(json!([{ "status": 1 }, { "x": 1 }]), "no `x`");
        check(json!("x"), "is a map");
    }
}
