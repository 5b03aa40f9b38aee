//! Writes and questions to one collection, and why one failed.

use serde_json::{Value, json};

use super::collections_model::split_name;
use super::columns::inspect;
use crate::state::protocol::DataCommand;
use crate::state::workspace::SessionHandle;

/// A command of MongoDB's on a collection: `make` is given its name in the database.
pub fn on(name: &str, make: impl FnOnce(&str) -> Value) -> DataCommand {
    let (database, collection) = split_name(name);
    DataCommand::Command {
        database: database.to_owned(),
        command: make(collection),
    }
}

pub fn insert(name: &str, documents: &[Value]) -> DataCommand {
    on(
        name,
        |collection| json!({ "insert": collection, "documents": documents, "ordered": true }),
    )
}

pub fn replace(name: &str, id: &Value, document: &Value) -> DataCommand {
    on(
        name,
        |collection| json!({ "update": collection, "updates": [{ "q": { "_id": { "$eq": id } }, "u": document }] }),
    )
}

pub fn delete(name: &str, id: &Value) -> DataCommand {
    on(
        name,
        |collection| json!({ "delete": collection, "deletes": [{ "q": { "_id": { "$eq": id } }, "limit": 1 }] }),
    )
}

/// Why a command failed, in MongoDB's words; a document that a validator refused with what it missed.
pub fn failure(reply: &Value) -> Option<String> {
    let error = reply.get("writeErrors").and_then(|errors| errors.get(0));
    let refused = reply.get("ok").and_then(Value::as_f64).is_some_and(|ok| ok != 1.0).then_some(reply);
    let error = error.or(refused)?;
    let text = error.get("errmsg").and_then(Value::as_str).unwrap_or_default();
    Some(match error.get("errInfo").and_then(|info| info.get("details")) {
        Some(details) => format!("{text}: {}", inspect(details)),
        None => text.to_owned(),
    })
}

/// Does a command; the error is a sentence.
pub async fn perform(session: &SessionHandle, command: DataCommand) -> Result<Value, String> {
    let reply = session.data(command).await.map_err(|error| error.message)?;
    failure(&reply).map_or(Ok(reply), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures() {
        for (reply, wanted) in [
            (json!({ "ok": 1.0, "n": 1 }), None),
            (
                json!({ "ok": 0.0, "errmsg": "no such command: 'x'", "code": 59 }),
                Some("no such command: 'x'"),
            ),
            (
                json!({ "ok": 1, "n": 0, "writeErrors": [{ "index": 0, "code": 11000, "errmsg": "E11000 duplicate key error" }] }),
                Some("E11000 duplicate key error"),
            ),
            (
                json!({ "ok": 1, "writeErrors": [{ "errmsg": "Document failed validation", "errInfo": { "details": { "missingProperties": ["name"] } } }] }),
                Some("Document failed validation: { missingProperties: [\"name\"] }"),
            ),
            (json!({ "id": 1 }), None),
            (json!([]), None),
        ] {
            assert_eq!(failure(&reply).as_deref(), wanted);
        }
    }

    #[test]
    fn commands_name_the_collection_of_their_database() {
        assert_eq!(
            delete("shop.a.b", &json!(1)),
            DataCommand::Command {
                database: "shop".into(),
                command: json!({ "delete": "a.b", "deletes": [{ "q": { "_id": { "$eq": 1 } }, "limit": 1 }] }),
            }
        );
    }
}
