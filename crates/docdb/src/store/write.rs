//! insert, update and delete.

use bson::{Bson, Document, RawDocumentBuf};

use super::{Change, Namespace, Store};
use crate::collection::{Ambient, Selection};
use crate::error::{Code, DocDbError, Result};
use crate::filter::{Filter, is_operator_document};
use crate::index::Slot;
use crate::journal::Entry;
use crate::plan::{Plan, Stage};
use crate::store::undo::Undo;
use crate::update::Update;

/// What an insert came to.
#[derive(Debug, Default)]
pub struct Inserted {
    pub changes: Vec<Change>,
    /// The documents that were refused, by their position; the others are in.
    pub refused: Vec<(usize, DocDbError)>,
}

/// Which documents to update, and how.
#[derive(Debug, Clone, Default)]
pub struct UpdateSpec {
    pub filter: Document,
    pub update: Document,
    /// All that fit, not only the first.
    pub many: bool,
    /// Inserts a document when none fits.
    pub upsert: bool,
    /// Which is the first, when `many` is false.
    pub sort: Document,
}

/// What an update came to.
#[derive(Debug)]
pub struct Updated {
    pub matched: u64,
    /// Those that differ afterwards, with the one that was upserted.
    pub changes: Vec<Change>,
    /// The `_id` of the inserted document.
    pub upserted: Option<Bson>,
    pub plan: Plan,
}

/// What a delete came to.
#[derive(Debug)]
pub struct Deleted {
    pub changes: Vec<Change>,
    pub plan: Plan,
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
        self.ensure(namespace)?;
        let mut inserted = Inserted::default();
        for (position, document) in documents.into_iter().enumerate() {
            match self.insert_one(namespace, document, ambient) {
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

    fn insert_one(&mut self, namespace: &Namespace, mut document: Document, ambient: &mut dyn Ambient) -> Result<Change> {
        let id = match document.remove("_id") {
            Some(id) => check_id(id)?,
            None => Bson::ObjectId(ambient.object_id()),
        };
        let mut whole = Document::new();
        whole.insert("_id", id.clone());
        whole.extend(document);
        let raw = RawDocumentBuf::try_from(&whole)?;
        self.ensure(namespace)?.insert(&namespace.to_string(), raw.clone())?;
        let entry = Entry::Put {
            namespace: namespace.clone(),
            document: raw.clone(),
        };
        self.commit(
            &entry,
            Undo::Delete {
                namespace: namespace.clone(),
                id: id.clone(),
            },
        )?;
        Ok(Change {
            namespace: namespace.clone(),
            id,
            before: None,
            after: Some(raw),
        })
    }

    /// Updates documents.
    ///
    /// # Errors
    /// With MongoDB's code and text. Documents that were updated before the refused one stay updated.
    pub fn update(&mut self, namespace: &Namespace, spec: &UpdateSpec, ambient: &mut dyn Ambient) -> Result<Updated> {
        let filter = Filter::parse(&spec.filter)?;
        let update = Update::parse(&spec.update)?;
        if spec.many && update.is_replacement() {
            return Err(DocDbError::new(
                Code::FailedToParse,
                "multi update is not supported for replacement-style update",
            ));
        }
        let Selection { slots, plan } = self.pick(namespace, &filter, spec.many, &spec.sort)?;
        let mut updated = Updated {
            matched: slots.len() as u64,
            changes: Vec::new(),
            upserted: None,
            plan,
        };
        for slot in slots {
            updated.changes.extend(self.update_one(namespace, slot, &update, ambient)?);
        }
        if updated.matched == 0 && spec.upsert {
            let mut document = if update.is_replacement() {
                id_of(&spec.filter)
            } else {
                upsert_base(&spec.filter)
            };
            update.apply(&mut document, true, ambient.now_ms())?;
            self.ensure(namespace)?;
            let change = self.insert_one(namespace, document, ambient)?;
            updated.upserted = Some(change.id.clone());
            updated.changes.push(change);
        }
        Ok(updated)
    }

    fn update_one(&mut self, namespace: &Namespace, slot: Slot, update: &Update, ambient: &mut dyn Ambient) -> Result<Option<Change>> {
        let Some(collection) = self.collections.get_mut(namespace) else {
            return Ok(None);
        };
        let Some(before) = collection.get(slot).cloned() else {
            return Ok(None);
        };
        let mut document = Document::try_from(before.as_ref())?;
        update.apply(&mut document, false, ambient.now_ms())?;
        let after = RawDocumentBuf::try_from(&document)?;
        if after == before {
            return Ok(None);
        }
        collection.replace(&namespace.to_string(), slot, after.clone())?;
        let entry = Entry::Put {
            namespace: namespace.clone(),
            document: after.clone(),
        };
        self.commit(
            &entry,
            Undo::Put {
                namespace: namespace.clone(),
                slot,
                document: before.clone(),
            },
        )?;
        let id = document.remove("_id").unwrap_or(Bson::Null);
        Ok(Some(Change {
            namespace: namespace.clone(),
            id,
            before: Some(before),
            after: Some(after),
        }))
    }

    /// Deletes the first document that fits, or all.
    ///
    /// # Errors
    /// When the filter is wrong.
    pub fn delete(&mut self, namespace: &Namespace, filter: &Document, many: bool) -> Result<Deleted> {
        let filter = Filter::parse(filter)?;
        let Selection { slots, plan } = self.pick(namespace, &filter, many, &Document::new())?;
        let mut changes = Vec::new();
        for slot in slots {
            let Some(collection) = self.collections.get_mut(namespace) else {
                break;
            };
            let Some(before) = collection.remove(slot) else { continue };
            let id = Document::try_from(before.as_ref())?.remove("_id").unwrap_or(Bson::Null);
            let entry = Entry::Delete {
                namespace: namespace.clone(),
                id: id.clone(),
            };
            self.commit(
                &entry,
                Undo::Put {
                    namespace: namespace.clone(),
                    slot,
                    document: before.clone(),
                },
            )?;
            changes.push(Change {
                namespace: namespace.clone(),
                id,
                before: Some(before),
                after: None,
            });
        }
        Ok(Deleted { changes, plan })
    }

    fn pick(&self, namespace: &Namespace, filter: &Filter, many: bool, sort: &Document) -> Result<Selection> {
        let sort = crate::sort::Sort::parse(sort)?;
        let Some(collection) = self.collections.get(namespace) else {
            return Ok(Selection {
                slots: Vec::new(),
                plan: Plan::new(Stage::EndOfFile),
            });
        };
        let enough = (!many && sort.is_empty()).then_some(1);
        let mut selection = collection.select(filter, enough);
        if !sort.is_empty() {
            let mut rows: Vec<(Slot, &RawDocumentBuf)> = selection
                .slots
                .iter()
                .filter_map(|slot| Some((*slot, collection.get(*slot)?)))
                .collect();
            sort.sort(&mut rows, |(_, document)| document);
            selection.slots = rows.into_iter().map(|(slot, _)| slot).collect();
        }
        if !many {
            selection.slots.truncate(1);
        }
        Ok(selection)
    }
}

fn check_id(id: Bson) -> Result<Bson> {
    let kind = match id {
        Bson::Array(_) => "an array",
        Bson::RegularExpression(_) => "a regex",
        Bson::Undefined => "a undefined",
        _ => return Ok(id),
    };
    Err(DocDbError::bad_value(format!("can't use {kind} for _id")))
}

fn id_of(filter: &Document) -> Document {
    upsert_base(filter).into_iter().filter(|(name, _)| name == "_id").collect()
}

/// The fields that an upsert takes from the filter: what it demands by equality (MongoDB manual: "Upsert with Operator
/// Expressions").
pub(crate) fn upsert_base(filter: &Document) -> Document {
    let mut base = Document::new();
    collect_base(filter, &mut base);
    base
}

fn collect_base(filter: &Document, base: &mut Document) {
    for (name, value) in filter {
        match value {
            Bson::Array(parts) if name == "$and" => {
                parts.iter().filter_map(Bson::as_document).for_each(|part| collect_base(part, base));
            }
            _ if name.starts_with('$') => {}
            Bson::Document(operators) if is_operator_document(operators) => {
                if let Some(value) = operators.get("$eq") {
                    crate::update::put(base, name, value.clone());
                }
            }
            Bson::RegularExpression(_) => {}
            value => crate::update::put(base, name, value.clone()),
        }
    }
}
