//! Extended JSON v2 in and out, between `serde_json` values and BSON (MongoDB manual: "MongoDB Extended JSON (v2)").

use bson::{Bson, Document};
use serde_json::Value;

use crate::error::{DocDbError, Result};

mod read;

/// Reads a document. `{"$oid": …}`, `{"$date": …}` and the like become their BSON types.
pub fn document_from_json(value: Value) -> Result<Document> {
    match value_from_json(value)? {
        Bson::Document(document) => Ok(document),
        other => Err(DocDbError::Json(format!(
            "expected an object, got {}",
            crate::shell::type_name(&other)
        ))),
    }
}

/// Reads any value.
///
/// # Errors
/// When an object looks like Extended JSON and is not.
pub fn value_from_json(value: Value) -> Result<Bson> {
    read::value(value)
}

/// Writes a document as relaxed Extended JSON: numbers stay numbers, an ObjectId is `{"$oid": "…"}`.
pub fn document_to_json(document: Document) -> Value {
    Bson::Document(document).into_relaxed_extjson()
}

/// Writes any value as relaxed Extended JSON.
pub fn value_to_json(value: Bson) -> Value {
    value.into_relaxed_extjson()
}

/// Writes a document as canonical Extended JSON: every number says its type.
pub fn document_to_canonical_json(document: Document) -> Value {
    Bson::Document(document).into_canonical_extjson()
}
