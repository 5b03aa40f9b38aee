//! Documents as the API shows them, and bodies as the database keeps them.

use backlab_docdb::bson::{Bson, DateTime, Document};
use serde_json::{Map, Number, Value};

/// A document as JSON: `_id` becomes `id`, the password's hash stays inside.
pub(crate) fn present(document: Document) -> Value {
    let mut members = Map::new();
    for (name, value) in document {
        match name.as_str() {
            "_id" => members.insert("id".into(), plain(value)),
            "passwordHash" => continue,
            _ => members.insert(name, plain(value)),
        };
    }
    Value::Object(members)
}

/// Members of a checked body as fields of a document.
pub(crate) fn fields(body: &Map<String, Value>) -> Document {
    body.iter().map(|(name, value)| (name.clone(), stored(value))).collect()
}

/// A value of JSON as it is stored; nothing is taken for Extended JSON.
pub(crate) fn stored(value: &Value) -> Bson {
    match value {
        Value::Null => Bson::Null,
        Value::Bool(truth) => Bson::Boolean(*truth),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => i32::try_from(whole).map_or(Bson::Int64(whole), Bson::Int32),
            (None, float) => Bson::Double(float.unwrap_or(f64::NAN)),
        },
        Value::String(text) => Bson::String(text.clone()),
        Value::Array(items) => Bson::Array(items.iter().map(stored).collect()),
        Value::Object(members) => Bson::Document(fields(members)),
    }
}

fn plain(value: Bson) -> Value {
    match value {
        Bson::Document(document) => present(document),
        Bson::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Bson::String(text) => Value::String(text),
        Bson::Boolean(truth) => Value::Bool(truth),
        Bson::Int32(number) => number.into(),
        Bson::Int64(number) => number.into(),
        // 5.0 is 5 in JSON.stringify.
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => Value::from(number as i64),
        Bson::Double(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        Bson::DateTime(moment) => Value::String(iso(moment)),
        Bson::ObjectId(id) => Value::String(id.to_hex()),
        Bson::Null | Bson::Undefined => Value::Null,
        other => backlab_docdb::extjson::value_to_json(other),
    }
}

/// As `Date.prototype.toISOString` writes it, always with milliseconds.
fn iso(moment: DateTime) -> String {
    let text = moment.try_to_rfc3339_string().unwrap_or_default();
    let whole = text.trim_end_matches('Z');
    let (seconds, fraction) = whole.split_once('.').unwrap_or((whole, ""));
    format!("{seconds}.{fraction:0<3}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_docdb::bson::doc;

    #[test]
    fn shows_documents() {
        let document = doc! { "_id": 1, "price": 5.0, "half": 2.5, "passwordHash": "x", "at": DateTime::from_millis(1_767_603_600_020) };
        let shown = present(document).to_string();
        assert_eq!(shown, r#"{"id":1,"price":5,"half":2.5,"at":"2026-01-05T09:00:00.020Z"}"#);
    }
}
