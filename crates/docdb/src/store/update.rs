//! Updating documents, and what an upsert puts where none fits.

use bson::{Bson, Document, RawDocumentBuf};

use super::check::{stamped, validate};
use super::undo::Undo;
use super::{Change, Namespace, Store};
use crate::collection::{Ambient, Hint};
use crate::error::{Code, DocDbError, Result};
use crate::filter::{Filter, is_operator_document};
use crate::index::Slot;
use crate::journal::Entry;
use crate::plan::Plan;
use crate::scope::Scope;
use crate::update::{Occasion, Update};

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
