//! The Database tool's commands; the JSON mirror is `DataCommand` in `runtime/src/protocol.ts`.

use serde_json::Value;

use crate::backend::BackendError;

/// A command. Values are relaxed Extended JSON; a collection is `users` of the mock API or `database.collection`.
#[derive(Debug, Clone, PartialEq)]
pub enum DataCommand {
    /// Answers `[{ name, count, size, indexes: [{ name, key, unique, uses }] }]`.
    Collections,
    /// Answers `{ documents, total, plan, examined }`.
    Find {
        collection: String,
        filter: Value,
        projection: Value,
        sort: Value,
        skip: u64,
        limit: u64,
    },
    /// Answers `{ id }`.
    Insert { collection: String, document: Value },
    /// Answers `{ matched, changed }`.
    Replace { collection: String, id: Value, document: Value },
    /// Answers `{ deleted }`.
    Delete { collection: String, id: Value },
    /// The collection holds exactly these documents afterwards; answers `{ ids }`.
    Fill { collection: String, documents: Vec<Value> },
    /// Any command of MongoDB's on a database: `{ listCollections: 1 }`, `{ explain: … }`, `{ createIndexes: … }`. Answers
    /// MongoDB's answer; a failure is one with `ok: 0`. `canonical` asks for an answer whose numbers say their types.
    Command { database: String, command: Value, canonical: bool },
    /// The mock API's collections as they were at the start; other databases stay. Answers null.
    Reset,
    /// Answers a list of journal records in base64: the whole store.
    Snapshot,
    /// Takes what `snapshot` answered: its records as a JSON list or one after the other, separated by blanks.
    Restore { snapshot: String },
    /// Answers the whole store as `mongodump --archive` writes it, in base64.
    Archive,
    /// Puts the collections of such an archive in place of those with the same names; answers `{ count }`, of documents.
    TakeArchive { archive: String },
}

impl DataCommand {
    /// Reads `{ "data": "find", "collection": "users", … }`. Written by hand: derived, it takes 32 KB of the wasm module.
    ///
    /// # Errors
    /// When the command is not known or one of its members is missing.
    pub fn from_json(command: &Value) -> Result<Self, BackendError> {
        let member = |name: &str| command.get(name).cloned().unwrap_or_default();
        let number = |name: &str| command.get(name).and_then(Value::as_u64).unwrap_or(0);
        let text = |name: &str| match command.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Err(BackendError::Command(format!("The command lacks the text '{name}'."))),
        };
        Ok(match text("data")?.as_str() {
            "collections" => DataCommand::Collections,
            "find" => DataCommand::Find {
                collection: text("collection")?,
                filter: member("filter"),
                projection: member("projection"),
                sort: member("sort"),
                skip: number("skip"),
                limit: number("limit"),
            },
            "insert" => DataCommand::Insert {
                collection: text("collection")?,
                document: member("document"),
            },
            "replace" => DataCommand::Replace {
                collection: text("collection")?,
                id: member("id"),
                document: member("document"),
            },
            "delete" => DataCommand::Delete {
                collection: text("collection")?,
                id: member("id"),
            },
            "fill" => match member("documents") {
                Value::Array(documents) => DataCommand::Fill {
                    collection: text("collection")?,
                    documents,
                },
                _ => return Err(BackendError::Command("The command lacks the list 'documents'.".into())),
            },
            "command" => DataCommand::Command {
                database: text("database")?,
                command: member("command"),
                canonical: member("canonical") == Value::Bool(true),
            },
            "reset" => DataCommand::Reset,
            "snapshot" => DataCommand::Snapshot,
            "restore" => DataCommand::Restore {
                snapshot: text("snapshot")?,
            },
            "archive" => DataCommand::Archive,
            "takeArchive" => DataCommand::TakeArchive { archive: text("archive")? },
            other => return Err(BackendError::Command(format!("'{other}' is not a command of the database."))),
        })
    }
}
