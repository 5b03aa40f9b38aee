//! insert, update and delete.

use std::borrow::Cow;

use bson::{Bson, Document, RawDocument, RawDocumentBuf};

use super::check::{check_id, stamped, validate};
use super::{Change, Namespace, Store};
use crate::collection::{Ambient, Hint, Query, Selection};
use crate::error::{Code, DocDbError, Result};
use crate::filter::{Filter, is_operator_document};
use crate::index::Slot;
use crate::journal::Entry;
use crate::plan::{Plan, Stage};
use crate::scope::Scope;
use crate::sort::Sort;
use crate::store::undo::Undo;
use crate::update::{Occasion, Update};

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
    /// Aggregation stages instead of `update`.
    pub pipeline: Option<Vec<Document>>,
    pub array_filters: Vec<Document>,
    /// All that fit, not only the first.
    pub many: bool,
    /// Inserts a document when none fits.
    pub upsert: bool,
    /// Which is the first, when `many` is false.
    pub sort: Document,
    pub scope: Scope,
    pub hint: Option<Hint>,
    /// Does not ask the collection's validator.
    pub bypass_validation: bool,
}

/// What an update came to.
#[derive(Debug)]
pub struct Updated {
    pub matched: u64,
    /// Those that differ afterwards, with the one that was upserted.
    pub changes: Vec<Change>,
    /// The `_id` of the inserted document.
    pub upserted: Option<Bson>,
    /// The first that was met, as it was before.
    pub first: Option<RawDocumentBuf>,
    pub plan: Plan,
}

/// Which documents to delete.
#[derive(Debug, Clone, Default)]
pub struct DeleteSpec {
    pub filter: Document,
    pub many: bool,
    pub sort: Document,
    pub scope: Scope,
    pub hint: Option<Hint>,
}

/// What a delete came to.
#[derive(Debug)]
pub struct Deleted {
    pub changes: Vec<Change>,
    pub plan: Plan,
}

impl UpdateSpec {
    /// # Errors
    /// With MongoDB's code and text when the update is wrong.
    pub(crate) fn parse(&self) -> Result<Update> {
        let update = match &self.pipeline {
            Some(stages) => Update::parse_pipeline(stages, &self.array_filters, &self.scope)?,
            None => Update::parse_in(&self.update, &self.array_filters, &self.scope)?,
        };
        if self.many && update.is_replacement() {
            return Err(DocDbError::new(
                Code::FailedToParse,
                "multi update is not supported for replacement-style update",
            ));
        }
        Ok(update)
    }
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

    fn insert_one(
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

    /// Updates documents.
    ///
    /// # Errors
    /// With MongoDB's code and text. Documents that were updated before the refused one stay updated.
    pub fn update(&mut self, namespace: &Namespace, spec: &UpdateSpec, ambient: &mut dyn Ambient) -> Result<Updated> {
        namespace.check()?;
        let filter = Filter::parse_in(&spec.filter, &spec.scope)?;
        let update = spec.parse()?;
        let validator = self.validator(namespace, spec.bypass_validation)?;
        let (slots, plan) = self.pick(namespace, &filter, spec.many, &spec.sort, &spec.scope, spec.hint.clone())?;
        let mut updated = Updated {
            matched: slots.len() as u64,
            changes: Vec::new(),
            upserted: None,
            first: None,
            plan,
        };
        for slot in slots {
            if updated.first.is_none() {
                updated.first = self.collection(namespace).and_then(|collection| collection.get(slot)).cloned();
            }
            let change = self.update_one(namespace, slot, &update, &filter, validator.as_ref(), ambient)?;
            updated.changes.extend(change);
        }
        if updated.matched == 0 && spec.upsert {
            let mut document = if update.is_replacement() {
                id_of(&spec.filter)
            } else {
                upsert_base(&spec.filter)
            };
            update.apply(&mut document, &Occasion::at(ambient.now_ms(), true))?;
            self.ensure(namespace)?;
            let change = self.insert_one(namespace, &RawDocumentBuf::try_from(&document)?, validator.as_ref(), ambient)?;
            updated.upserted = Some(change.id.clone());
            updated.changes.push(change);
        }
        Ok(updated)
    }

    fn update_one(
        &mut self,
        namespace: &Namespace,
        slot: Slot,
        update: &Update,
        filter: &Filter,
        validator: Option<&Filter>,
        ambient: &mut dyn Ambient,
    ) -> Result<Option<Change>> {
        let Some(collection) = self.collection_mut(namespace) else {
            return Ok(None);
        };
        let Some(before) = collection.get(slot) else {
            return Ok(None);
        };
        let after = match update.apply_raw(before, ambient.now_ms())? {
            Some(after) => after,
            None => {
                let mut document = Document::try_from(before.as_ref())?;
                let occasion = Occasion {
                    inserting: false,
                    now_ms: ambient.now_ms(),
                    position: &|array| filter.position(before, array),
                };
                update.apply(&mut document, &occasion)?;
                RawDocumentBuf::try_from(&document)?
            }
        };
        if after == *before {
            return Ok(None);
        }
        let after = if update.is_replacement() { stamped(after, ambient)? } else { after };
        validate(validator, &after)?;
        let Some(before) = collection.replace(namespace, slot, after.clone())? else {
            return Ok(None);
        };
        let entry = Entry::Put {
            namespace: namespace.clone(),
            document: after.clone(),
        };
        self.replacing = update.is_replacement();
        self.commit(
            entry,
            Undo::Put {
                namespace: namespace.clone(),
                slot,
                document: before.clone(),
            },
        )?;
        Ok(Some(Change {
            namespace: namespace.clone(),
            id: after.get("_id")?.map_or(Ok(Bson::Null), Bson::try_from)?,
            before: Some(before),
            after: Some(after),
        }))
    }

    /// Deletes the first document that fits, or all.
    ///
    /// # Errors
    /// When the filter is wrong.
    pub fn delete(&mut self, namespace: &Namespace, filter: &Document, many: bool) -> Result<Deleted> {
        let spec = DeleteSpec {
            filter: filter.clone(),
            many,
            ..DeleteSpec::default()
        };
        self.delete_in(namespace, &spec)
    }

    /// As [`Store::delete`], with sort, collation and hint.
    ///
    /// # Errors
    /// When the filter, the sort or the hint is wrong.
    pub fn delete_in(&mut self, namespace: &Namespace, spec: &DeleteSpec) -> Result<Deleted> {
        let filter = Filter::parse_in(&spec.filter, &spec.scope)?;
        let (slots, plan) = self.pick(namespace, &filter, spec.many, &spec.sort, &spec.scope, spec.hint.clone())?;
        let mut changes = Vec::new();
        for slot in slots {
            changes.extend(self.delete_slot(namespace, slot)?);
        }
        Ok(Deleted { changes, plan })
    }

    pub(super) fn delete_slot(&mut self, namespace: &Namespace, slot: Slot) -> Result<Option<Change>> {
        let Some(before) = self.collection_mut(namespace).and_then(|collection| collection.remove(slot)) else {
            return Ok(None);
        };
        let id = match before.get("_id") {
            Ok(Some(id)) => Bson::try_from(id)?,
            _ => Bson::Null,
        };
        let entry = Entry::Delete {
            namespace: namespace.clone(),
            id: id.clone(),
        };
        self.commit(
            entry,
            Undo::Put {
                namespace: namespace.clone(),
                slot,
                document: before.clone(),
            },
        )?;
        Ok(Some(Change {
            namespace: namespace.clone(),
            id,
            before: Some(before),
            after: None,
        }))
    }

    /// Deletes what the TTL indexes say is over (MongoDB manual: "TTL Indexes"); returns how many documents.
    ///
    /// # Errors
    /// When a record cannot be written.
    pub fn expire(&mut self, now_ms: i64) -> Result<u64> {
        let over: Vec<(Namespace, Vec<Slot>)> = self
            .collections
            .iter()
            .map(|(namespace, collection)| (namespace.clone(), collection.expired(now_ms)))
            .filter(|(_, slots)| !slots.is_empty())
            .collect();
        let mut count = 0;
        for (namespace, slots) in over {
            for slot in slots {
                count += u64::from(self.delete_slot(&namespace, slot)?.is_some());
            }
        }
        Ok(count)
    }

    fn pick(
        &self,
        namespace: &Namespace,
        filter: &Filter,
        many: bool,
        sort: &Document,
        scope: &Scope,
        hint: Option<Hint>,
    ) -> Result<(Vec<Slot>, Plan)> {
        let sort = Sort::parse_in(sort, scope)?;
        let Some(collection) = self.collection(namespace) else {
            return Ok((Vec::new(), Plan::new(Stage::EndOfFile)));
        };
        let Selection { rows, plan } = collection.select(&Query {
            filter,
            sort: &sort,
            enough: (!many).then_some(1),
            hint,
            explains: false,
        })?;
        Ok((rows.into_iter().map(|(slot, _)| slot).collect(), plan))
    }

    /// The collection's validator, when it refuses what does not fit (MongoDB manual: "Schema Validation").
    fn validator(&self, namespace: &Namespace, bypass: bool) -> Result<Option<Filter>> {
        let options = match self.collection(namespace) {
            Some(collection) if !bypass => collection.options(),
            _ => return Ok(None),
        };
        let is_off = matches!(options.get_str("validationLevel"), Ok("off")) || matches!(options.get_str("validationAction"), Ok("warn"));
        match options.get_document("validator") {
            Ok(validator) if !validator.is_empty() && !is_off => Ok(Some(Filter::parse(validator)?)),
            _ => Ok(None),
        }
    }
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
                match (operators.get("$in"), operators.get("$all")) {
                    (Some(Bson::Array(values)), _) | (_, Some(Bson::Array(values))) if values.len() == 1 => {
                        crate::update::put(base, name, values[0].clone());
                    }
                    _ => {}
                }
            }
            Bson::RegularExpression(_) => {}
            value => crate::update::put(base, name, value.clone()),
        }
    }
}
