//! Updates of fields at the top of a document, on its bytes: what is not touched is copied, not decoded
//! (MongoDB manual: "Field Update Operators").

use bson::{Bson, Document, RawDocument, RawDocumentBuf};

use super::parse::Action;
use super::{Kind, Update};
use crate::error::Result;
use crate::raw;

impl Update {
    /// The changed document. `None` when this update needs the decoded document, or is refused and the decoded document
    /// is to tell why.
    ///
    /// # Errors
    /// When a value cannot be written as BSON.
    pub(crate) fn apply_raw(&self, before: &RawDocument, now_ms: i64) -> Result<Option<RawDocumentBuf>> {
        let Kind::Modify(actions) = &self.kind else { return Ok(None) };
        if !actions.iter().all(|(path, action)| stays_in_field(path, action)) {
            return Ok(None);
        }
        let Some(elements) = raw::elements(before) else { return Ok(None) };
        let mut bytes = Vec::with_capacity(before.as_bytes().len() + 32 * actions.len());
        bytes.extend([0; 4]);
        for element in &elements {
            let Some(action) = actions.get(element.name) else {
                bytes.extend(element.whole);
                continue;
            };
            let mut field = Document::new();
            let value = raw::get(before, element.name).map(Bson::try_from);
            let Some(Ok(value)) = value else { return Ok(None) };
            field.insert(element.name, value);
            if !append(&mut bytes, field, element.name, action, now_ms)? {
                return Ok(None);
            }
        }
        let is_new = |path: &str| !elements.iter().any(|element| element.name == path);
        for (path, action) in actions.iter().filter(|(path, _)| is_new(path)) {
            if !append(&mut bytes, Document::new(), path, action, now_ms)? {
                return Ok(None);
            }
        }
        bytes.push(0);
        let length = (bytes.len() as u32).to_le_bytes();
        bytes[..4].copy_from_slice(&length);
        Ok(RawDocumentBuf::from_bytes(bytes).ok())
    }
}

/// Tells whether the action reads and writes one field at the top only.
fn stays_in_field(path: &str, action: &Action) -> bool {
    path != "_id" && !path.contains(['.', '$']) && !matches!(action, Action::RenameTo(_))
}

/// Does the action on a document with only this field and appends what is left of it; false when it is refused.
fn append(bytes: &mut Vec<u8>, mut field: Document, path: &str, action: &Action, now_ms: i64) -> Result<bool> {
    if !matches!(action, Action::SetOnInsert(_)) && action.apply(&mut field, path, now_ms).is_err() {
        return Ok(false);
    }
    let raw = RawDocumentBuf::try_from(&field)?;
    let whole = raw.as_bytes();
    bytes.extend(&whole[4..whole.len() - 1]);
    Ok(true)
}
