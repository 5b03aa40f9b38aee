//! What updates and deletes ask first: which documents, and what the collection demands of them.

use bson::Document;

use super::{Namespace, Store};
use crate::collection::{Hint, Query, Selection};
use crate::error::Result;
use crate::filter::Filter;
use crate::index::Slot;
use crate::plan::{Plan, Stage};
use crate::scope::Scope;
use crate::sort::Sort;

impl Store {
    /// The documents that fit, the first or all.
    pub(super) fn pick(
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
    pub(super) fn validator(&self, namespace: &Namespace, bypass: bool) -> Result<Option<Filter>> {
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
