//! Values as the MongoDB shell and server messages print them (MongoDB manual: "BSON Types").

use bson::{Bson, Document};

/// `{ email: "a@b.c", age: 3 }`.
pub fn shell_document(document: &Document) -> String {
    if document.is_empty() {
        return "{}".into();
    }
    let fields: Vec<String> = document
        .iter()
        .map(|(name, value)| format!("{}: {}", shell_key(name), shell_value(value)))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

/// One value: `"text"`, `ObjectId('…')`, `new Date(0)`, `[ 1, 2 ]`.
pub fn shell_value(value: &Bson) -> String {
    match value {
        Bson::Document(document) => shell_document(document),
        Bson::Array(items) if items.is_empty() => "[]".into(),
        Bson::Array(items) => {
            format!("[ {} ]", items.iter().map(shell_value).collect::<Vec<_>>().join(", "))
        }
        Bson::String(text) | Bson::Symbol(text) => serde_json::Value::from(text.as_str()).to_string(),
        Bson::ObjectId(id) => format!("ObjectId('{id}')"),
        Bson::DateTime(at) => format!("new Date({})", at.timestamp_millis()),
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.1}"),
        Bson::Double(number) => number.to_string(),
        Bson::Int32(number) => number.to_string(),
        Bson::Int64(number) => number.to_string(),
        Bson::Boolean(truth) => truth.to_string(),
        Bson::Null => "null".into(),
        Bson::Undefined => "undefined".into(),
        Bson::RegularExpression(regex) => format!("/{}/{}", regex.pattern, regex.options),
        other => other.to_string(),
    }
}

/// The type name of BSON's own table, as error messages say it.
pub(crate) fn type_name(value: &Bson) -> &'static str {
    match value {
        Bson::Double(_) => "double",
        Bson::String(_) => "string",
        Bson::Document(_) => "object",
        Bson::Array(_) => "array",
        Bson::Binary(_) => "binData",
        Bson::Undefined => "undefined",
        Bson::ObjectId(_) => "objectId",
        Bson::Boolean(_) => "bool",
        Bson::DateTime(_) => "date",
        Bson::Null => "null",
        Bson::RegularExpression(_) => "regex",
        Bson::DbPointer(_) => "dbPointer",
        Bson::JavaScriptCode(_) => "javascript",
        Bson::Symbol(_) => "symbol",
        Bson::JavaScriptCodeWithScope(_) => "javascriptWithScope",
        Bson::Int32(_) => "int",
        Bson::Timestamp(_) => "timestamp",
        Bson::Int64(_) => "long",
        Bson::Decimal128(_) => "decimal",
        Bson::MinKey => "minKey",
        Bson::MaxKey => "maxKey",
    }
}

fn shell_key(name: &str) -> String {
    let is_plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_plain {
        name.into()
    } else {
        serde_json::Value::from(name).to_string()
    }
}
