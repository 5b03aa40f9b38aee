//! Data as files: one collection, or all of a database, as Extended JSON (what `mongoexport` and `mongoimport` read); or an
//! archive of `mongodump`, which the database reads itself.

use serde_json::{Map, Value};

use super::filter;

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Contents {
    /// Documents of one collection.
    Documents(Vec<Value>),
    /// Collections by name.
    Collections(Vec<(String, Vec<Value>)>),
}

/// Tells an archive of `mongodump` by its first bytes; a compressed file is taken for one too, and refused with what to do.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x6d, 0xe2, 0x99, 0x81]) || bytes.starts_with(&[0x1f, 0x8b])
}

/// One document a line, between brackets: a valid JSON list that tools for lines read too.
pub fn write_documents(documents: &[Value]) -> String {
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    if lines.is_empty() {
        "[]\n".to_owned()
    } else {
        format!("[\n{}\n]\n", lines.join(",\n"))
    }
}

/// `{ "users": […], … }`.
pub fn write_collections(collections: &[(String, Vec<Value>)]) -> String {
    let parts: Vec<String> = collections
        .iter()
        .map(|(name, documents)| format!("{}: {}", Value::from(name.as_str()), write_documents(documents).trim_end()))
        .collect();
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

fn documents(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(documents) if documents.iter().all(Value::is_object) => Some(documents),
        _ => None,
    }
}

fn collections(fields: Map<String, Value>) -> Option<Contents> {
    let lists: Option<Vec<(String, Vec<Value>)>> = fields.into_iter().map(|(name, value)| Some((name, documents(value)?))).collect();
    lists.filter(|lists| !lists.is_empty()).map(Contents::Collections)
}

/// Reads a list of documents, one document a line, or collections by name; literals of JavaScript are taken too.
pub fn read(text: &str) -> Option<Contents> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let whole = serde_json::from_str(text).ok().or_else(|| filter::parse(text).ok());
    match whole {
        Some(Value::Object(fields)) if fields.values().all(Value::is_array) && !fields.is_empty() => collections(fields),
        Some(Value::Object(_)) if text.is_empty() => None,
        Some(document @ Value::Object(_)) => Some(Contents::Documents(vec![document])),
        Some(list) => documents(list).map(Contents::Documents),
        None => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let read: Option<Vec<Value>> = lines.map(|line| serde_json::from_str(line).ok().filter(Value::is_object)).collect();
            read.filter(|lines| !lines.is_empty()).map(Contents::Documents)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read() {
        let users = vec![json!({ "_id": { "$oid": "a" }, "n": 1 }), json!({ "_id": 2 })];
        assert_eq!(write_documents(&[]), "[]\n");
        assert_eq!(read(&write_documents(&users)), Some(Contents::Documents(users.clone())));
        let all = vec![("shop.users".to_owned(), users), ("empty".to_owned(), Vec::new())];
        assert_eq!(read(&write_collections(&all)), Some(Contents::Collections(all)));
    }

    #[test]
    fn files_of_others() {
        for (text, wanted) in [
            (
                "{\"a\":1}\n{\"a\":2}\n",
                Some(Contents::Documents(vec![json!({ "a": 1 }), json!({ "a": 2 })])),
            ),
            ("[{ a: 1 }]", Some(Contents::Documents(vec![json!({ "a": 1 })]))),
            ("{ \"a\": 1 }", Some(Contents::Documents(vec![json!({ "a": 1 })]))),
            ("[1, 2]", None),
            ("not data", None),
            ("", None),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }
}
