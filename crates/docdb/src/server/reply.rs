//! Answers: what was done, or MongoDB's error.

use bson::{Bson, Document, RawArrayBuf, RawBson, RawDocumentBuf, doc};

use crate::error::{Code, DocDbError, Result};

/// What goes back to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A message.
    Reply(Vec<u8>),
    /// The client wants none.
    Nothing,
    /// Hand in the same message again when something has changed, or at this time.
    Wait { until_ms: i64 },
    /// The connection ends.
    Close,
}

pub(super) fn ok(mut document: Document) -> Result<RawDocumentBuf> {
    document.insert("ok", 1.0);
    Ok(RawDocumentBuf::try_from(&document)?)
}

/// The fields of an error as a write error or a whole answer has them.
pub(super) fn describe(error: &DocDbError) -> Document {
    let mut shown = doc! { "code": error.code(), "errmsg": error.to_string() };
    match error {
        DocDbError::DuplicateKey(duplicate) => {
            shown.insert("keyPattern", duplicate.pattern.clone());
            shown.insert("keyValue", duplicate.key.clone());
        }
        DocDbError::Validation(failed) => {
            let (id, details) = (failed.id.clone(), failed.details.clone());
            shown.insert("errInfo", doc! { "failingDocumentId": id, "details": details });
        }
        _ => {}
    }
    shown
}

pub(super) fn failure(error: &DocDbError) -> RawDocumentBuf {
    let mut document = doc! { "ok": 0.0 };
    document.extend(describe(error));
    document.insert("codeName", error.code_name());
    RawDocumentBuf::try_from(&document).unwrap_or_default()
}

/// An error in a list of write errors.
pub(super) fn write_error(index: usize, error: &DocDbError) -> Bson {
    let mut document = doc! { "index": index as i32 };
    document.extend(describe(error));
    document.into()
}

pub(super) fn label(document: &mut RawDocumentBuf, labels: Vec<String>) {
    if !labels.is_empty() && document.get("errorLabels").ok().flatten().is_none() {
        let mut all = RawArrayBuf::new();
        labels.iter().for_each(|label| all.push(label.as_str()));
        document.append(bson::raw::cstr!("errorLabels"), all);
    }
}

/// `{ cursor: { id, ns, firstBatch }, ok: 1 }`.
pub(super) fn cursor(
    id: i64,
    namespace: &str,
    batch_name: &str,
    batch: Vec<RawDocumentBuf>,
    token: Option<Document>,
) -> Result<RawDocumentBuf> {
    let mut items = RawArrayBuf::new();
    for document in batch {
        items.push(RawBson::Document(document));
    }
    let mut cursor = RawDocumentBuf::new();
    cursor.append(crate::expression::value::name(batch_name)?, &items);
    cursor.append(bson::raw::cstr!("id"), id);
    cursor.append(bson::raw::cstr!("ns"), namespace);
    if let Some(token) = token {
        cursor.append(bson::raw::cstr!("postBatchResumeToken"), &RawDocumentBuf::try_from(&token)?);
    }
    let mut document = RawDocumentBuf::new();
    document.append(bson::raw::cstr!("cursor"), &cursor);
    document.append(bson::raw::cstr!("ok"), 1.0);
    Ok(document)
}

pub(super) fn error<T>(code: Code, message: impl Into<String>) -> Result<T> {
    Err(DocDbError::new(code, message))
}
