//! Deleting documents, also those whose time is over.

use bson::{Bson, Document};

use super::undo::Undo;
use super::{Change, Namespace, Store};
use crate::collection::Hint;
use crate::error::Result;
use crate::filter::Filter;
use crate::index::Slot;
use crate::journal::Entry;
use crate::plan::Plan;
use crate::scope::Scope;

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

impl Store {
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
}
