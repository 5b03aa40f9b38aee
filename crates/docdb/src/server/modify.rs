//! findAndModify (MongoDB manual: "findAndModify").

use bson::{Bson, Document, RawBsonRef, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, documents_of, hint_of};
use super::reply::{self, error};
use super::write::change_of;
use crate::collection::Ambient;
use crate::error::{Code, Result};
use crate::filter::Filter;
use crate::projection::Projection;
use crate::store::{DeleteSpec, UpdateSpec};

impl Server {
    pub(super) fn find_and_modify(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let (removes, returns_new, upserts) = (call.flag("remove"), call.flag("new"), call.flag("upsert"));
        match (removes, call.body.contains_key("update")) {
            (true, true) => return error(Code::FailedToParse, "Cannot specify both an update and remove=true"),
            (false, false) => return error(Code::FailedToParse, "Either an update or remove=true must be specified"),
            _ => {}
        }
        if removes && upserts {
            return error(Code::FailedToParse, "Cannot specify both upsert=true and remove=true ");
        }
        if removes && returns_new {
            return error(
                Code::FailedToParse,
                "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
            );
        }
        let scope = call.scope(&self.store, Some(&namespace), ambient.now_ms())?;
        let projection = call.document("fields")?;
        let parsed = Projection::parse_in(&projection, &scope)?;
        let (filter, sort, hint) = (call.document("query")?, call.document("sort")?, hint_of(&call.body)?);
        let found = Filter::parse_in(&filter, &scope)?;
        let show = |document: Option<RawDocumentBuf>| -> Result<Option<RawDocumentBuf>> {
            match document {
                Some(document) if !projection.is_empty() => parsed.apply_found(&document, &found).map(Some),
                other => Ok(other),
            }
        };
        let mut last = Document::new();
        let value = if removes {
            let spec = DeleteSpec {
                filter,
                many: false,
                sort,
                scope,
                hint,
            };
            let deleted = self.store.delete_in(&namespace, &spec)?;
            last.insert("n", deleted.changes.len() as i32);
            self.done.queried(&deleted.plan, deleted.changes.len() as u64);
            self.done.changes.clone_from(&deleted.changes);
            show(deleted.changes.into_iter().next().and_then(|change| change.before))?
        } else {
            let mut spec = UpdateSpec {
                filter,
                sort,
                scope,
                hint,
                upsert: upserts,
                array_filters: documents_of(call.body.get("arrayFilters"), "arrayFilters")?,
                bypass_validation: call.flag("bypassDocumentValidation"),
                ..UpdateSpec::default()
            };
            change_of(call.body.get("update"), &mut spec)?;
            let updated = self.store.update(&namespace, &spec, ambient)?;
            let existed = updated.matched > 0;
            self.done.queried(&updated.plan, updated.matched);
            self.done.changes.clone_from(&updated.changes);
            last.insert("n", if existed || updated.upserted.is_some() { 1 } else { 0 });
            last.insert("updatedExisting", existed);
            if let Some(id) = updated.upserted {
                last.insert("upserted", id);
            }
            let after = updated.changes.into_iter().next().and_then(|change| change.after);
            show(match (returns_new, existed) {
                // What did not change is its own new version.
                (true, true) => after.or(updated.first),
                (true, false) => after,
                (false, _) => updated.first,
            })?
        };
        let mut document = RawDocumentBuf::new();
        document.append(bson::raw::cstr!("lastErrorObject"), &RawDocumentBuf::try_from(&last)?);
        document.append(
            bson::raw::cstr!("value"),
            value.as_ref().map_or(RawBsonRef::Null, |value| RawBsonRef::Document(value)),
        );
        document.append(bson::raw::cstr!("ok"), 1.0);
        Ok(document)
    }

    /// Commands about the server itself that name a parameter.
    pub(super) fn get_parameter(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let all = call.body.get_str("getParameter").is_ok_and(|name| name == "*");
        let mut answer = Document::new();
        for (name, value) in &self.parameters {
            if all || call.body.contains_key(name) {
                answer.insert(name, value.clone());
            }
        }
        if call.body.contains_key("featureCompatibilityVersion") || all {
            answer.insert("featureCompatibilityVersion", doc! { "version": "8.0" });
        }
        if answer.is_empty() {
            return error(Code::InvalidOptions, "no option found to get");
        }
        reply::ok(answer)
    }

    pub(super) fn set_parameter(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let mut was = Bson::Null;
        for (name, value) in call
            .body
            .iter()
            .filter(|(name, _)| !name.starts_with('$') && *name != "setParameter" && *name != "lsid")
        {
            was = self.parameters.insert(name, value.clone()).unwrap_or(Bson::Null);
        }
        reply::ok(doc! { "was": was })
    }
}
