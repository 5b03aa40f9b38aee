//! Inserting documents, and what a full capped collection gives up for them.

use std::borrow::Cow;

use bson::{Bson, Document, RawDocument, RawDocumentBuf};

use super::check::{check_id, stamped, validate};
use super::undo::Undo;
use super::{Change, Namespace, Store};
use crate::collection::Ambient;
use crate::error::{DocDbError, Result};
use crate::filter::Filter;
use crate::journal::Entry;

/// What an insert came to.
#[derive(Debug, Default)]
pub struct Inserted {
    pub changes: Vec<Change>,
    /// The documents that were refused, by their position; the others are in.
    pub refused: Vec<(usize, DocDbError)>,
}

impl Store {
    /// Inserts documents in order and stops at the first that is refused.
    ///
    /// # Errors
    /// With the first refusal, when a name is not valid, a document is too large, or a key is there already. What was
    /// inserted before it stays.
    pub fn insert(&mut self, namespace: &Namespace, documents: Vec<Document>, ambient: &mut dyn Ambient) -> Result<Vec<Change>> {
        let mut inserted = self.insert_many(namespace, documents, true, ambient)?;
        match inserted.refused.pop() {
            Some((_, error)) => Err(error),
            None => Ok(inserted.changes),
        }
    }

    /// Inserts documents; `ordered` stops at the first that is refused.
    ///
    /// # Errors
    /// Only when the namespace is not valid; refusals are in the result.
    pub fn insert_many(
        &mut self,
        namespace: &Namespace,
        documents: Vec<Document>,
        ordered: bool,
        ambient: &mut dyn Ambient,
    ) -> Result<Inserted> {
        let mut raw = Vec::with_capacity(documents.len());
        for document in &documents {
            raw.push(Cow::Owned(RawDocumentBuf::try_from(document)?));
        }
        self.insert_raw(namespace, &raw, ordered, false, ambient)
    }

    /// As [`Store::insert_many`], with documents as bytes.
    ///
    /// # Errors
    /// Only when the namespace is not valid; refusals are in the result.
    pub fn insert_raw(
        &mut self,
        namespace: &Namespace,
        documents: &[Cow<'_, RawDocument>],
        ordered: bool,
        bypass_validation: bool,
        ambient: &mut dyn Ambient,
    ) -> Result<Inserted> {
        self.ensure(namespace)?;
        let validator = self.validator(namespace, bypass_validation)?;
        let mut inserted = Inserted::default();
        inserted.changes.reserve(documents.len());
        for (position, document) in documents.iter().enumerate() {
            match self.insert_one(namespace, document, validator.as_ref(), ambient) {
                Ok(change) => inserted.changes.push(change),
                Err(error) => {
                    inserted.refused.push((position, error));
                    if ordered {
                        break;
                    }
                }
            }
        }
        Ok(inserted)
    }

    pub(super) fn insert_one(
        &mut self,
        namespace: &Namespace,
        document: &RawDocument,
        validator: Option<&Filter>,
        ambient: &mut dyn Ambient,
    ) -> Result<Change> {
        let first = document.iter().next().transpose()?;
        let (raw, id) = match first {
            Some((name, id)) if name.as_str() == "_id" => (document.to_owned(), check_id(id)?),
            _ => {
                let given = document.get("_id")?;
                let id = match given {
                    Some(id) => check_id(id)?,
                    None => Bson::ObjectId(ambient.object_id()),
                };
                let mut raw = RawDocumentBuf::new();
                raw.append(bson::raw::cstr!("_id"), bson::RawBson::try_from(id.clone())?);
                for element in document {
                    let (name, value) = element?;
                    if name.as_str() != "_id" {
                        raw.append(name, value);
                    }
                }
                (raw, id)
            }
        };
        let raw = stamped(raw, ambient)?;
        validate(validator, &raw)?;
        self.ensure(namespace)?.insert(namespace, raw.clone())?;
        let entry = Entry::Put {
            namespace: namespace.clone(),
            document: raw.clone(),
        };
        self.commit(
            entry,
            Undo::Delete {
                namespace: namespace.clone(),
                id: id.clone(),
            },
        )?;
        self.trim(namespace)?;
        Ok(Change {
            namespace: namespace.clone(),
            id,
            before: None,
            after: Some(raw),
        })
    }

    /// Takes the oldest documents out of a capped collection that is full.
    fn trim(&mut self, namespace: &Namespace) -> Result<()> {
        let surplus = self
            .collection(namespace)
            .map(|collection| collection.surplus())
            .unwrap_or_default();
        for slot in surplus {
            self.delete_slot(namespace, slot)?;
        }
        Ok(())
    }
}
