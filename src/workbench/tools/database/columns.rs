//! Documents as a grid: columns, the text of cells, and what a write changed.

use serde_json::{Map, Value};

/// Columns of a grid in the order of first appearance, `_id` first.
pub fn columns<'a>(documents: impl Iterator<Item = &'a Value>, most: usize) -> Vec<String> {
    let mut names = vec!["_id".to_owned()];
    for document in documents.filter_map(Value::as_object) {
        for name in document.keys() {
            if names.len() < most && !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// A cell: its text, and whether there is nothing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// `null`, or the field is missing.
    pub empty: bool,
}

pub fn cell(document: &Value, column: &str) -> Cell {
    match document.get(column) {
        None => Cell {
            text: String::new(),
            empty: true,
        },
        Some(Value::Null) => Cell {
            text: "null".into(),
            empty: true,
        },
        Some(value) => Cell {
            text: bare(value),
            empty: false,
        },
    }
}

/// A value without quotes around a text: what a grid shows.
pub fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => inspect(other),
    }
}

/// A value as a developer's console shows it; Extended JSON types by their value.
pub fn inspect(value: &Value) -> String {
    match value {
        Value::Object(fields) => match extended(fields) {
            Some(text) => text,
            None if fields.is_empty() => "{}".into(),
            None => format!(
                "{{ {} }}",
                fields
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", inspect(value)))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        },
        Value::Array(items) => format!("[{}]", items.iter().map(inspect).collect::<Vec<_>>().join(", ")),
        Value::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}

/// `{"$oid": "…"}` and the other types of MongoDB Extended JSON v2.
fn extended(fields: &Map<String, Value>) -> Option<String> {
    let (name, value) = fields.iter().next().filter(|_| fields.len() == 1)?;
    match (name.as_str(), value) {
        ("$oid" | "$numberLong" | "$numberInt" | "$numberDouble" | "$numberDecimal" | "$uuid", Value::String(text)) => Some(text.clone()),
        ("$date", Value::String(text)) => Some(text.clone()),
        ("$date", Value::Object(inner)) => extended(inner),
        _ => None,
    }
}

/// A whole number, plain or as Extended JSON writes those of 64 bits.
pub fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Object(fields) => fields
            .get("$numberLong")
            .or_else(|| fields.get("$numberInt"))?
            .as_str()?
            .parse()
            .ok(),
        Value::Number(number) => number.as_u64().or_else(|| number.as_f64().map(|number| number as u64)),
        _ => None,
    }
}

/// The text that identifies a document: what `Trace.writes` calls `id`.
pub fn id_text(document: &Value) -> String {
    document.get("_id").map(bare).unwrap_or_default()
}

/// One field of a document before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub name: String,
    pub was: Option<String>,
    pub now: Option<String>,
}

/// The fields that differ between two states of a document.
pub fn difference(before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    let empty = Map::new();
    let before = before.and_then(Value::as_object).unwrap_or(&empty);
    let after = after.and_then(Value::as_object).unwrap_or(&empty);
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    after
        .keys()
        .chain(gone)
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| FieldChange {
            name: name.clone(),
            was: before.get(name).map(inspect),
            now: after.get(name).map(inspect),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn grids() {
        let documents = [
            json!({ "name": "Asha", "_id": "u1" }),
            json!({ "_id": "u2", "tags": ["a"], "name": null }),
        ];
        assert_eq!(columns(documents.iter(), 8), ["_id", "name", "tags"]);
        assert_eq!(columns(documents.iter(), 2), ["_id", "name"]);
        assert_eq!(
            cell(&documents[1], "name"),
            Cell {
                text: "null".into(),
                empty: true
            }
        );
        assert_eq!(
            cell(&documents[0], "tags"),
            Cell {
                text: String::new(),
                empty: true
            }
        );
    }

    #[test]
    fn values() {
        for (value, wanted) in [
            (json!({ "$oid": "65a1" }), "65a1"),
            (json!({ "$date": "2026-01-05T09:00:00Z" }), "2026-01-05T09:00:00Z"),
            (json!({ "$date": { "$numberLong": "17" } }), "17"),
            (json!({ "a": [1, "b", {}] }), r#"{ a: [1, "b", {}] }"#),
            (json!("x"), "\"x\""),
        ] {
            assert_eq!(inspect(&value), wanted);
        }
        assert_eq!(id_text(&json!({ "_id": { "$oid": "65a1" } })), "65a1");
    }

    #[test]
    fn differences() {
        let change = |name: &str, was: Option<&str>, now: Option<&str>| FieldChange {
            name: name.into(),
            was: was.map(Into::into),
            now: now.map(Into::into),
        };
        let before = json!({ "_id": 1, "phone": null, "old": true });
        let after = json!({ "_id": 1, "phone": "555", "new": 2 });
        assert_eq!(
            difference(Some(&before), Some(&after)),
            [
                change("phone", Some("null"), Some("\"555\"")),
                change("new", None, Some("2")),
                change("old", Some("true"), None)
            ]
        );
        assert_eq!(difference(None, Some(&json!({ "a": 1 }))), [change("a", None, Some("1"))]);
        assert_eq!(difference(Some(&before), Some(&before)), []);
    }
}
