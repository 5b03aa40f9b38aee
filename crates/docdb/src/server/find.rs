//! find, count, distinct, aggregate (MongoDB manual: "Query and Write Operation Commands").

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::arguments::{Call, GENERIC, documents_of, hint_of};
use super::cursors::{Cursor, Tail};
use super::reply::{self, error};
use super::{Server, changes};
use crate::collection::Ambient;
use crate::error::{Code, Result};
use crate::filter::Filter;
use crate::store::{Find, Namespace, Store};

impl Server {
    /// The query of a find command.
    pub(super) fn parse_find(&self, call: &Call<'_>, namespace: &Namespace, now_ms: i64) -> Result<Find> {
        let positive = |name: &str| -> Result<u64> {
            match call.number(name)? {
                Some(number) if number < 0 => error(
                    Code::Location(51024),
                    format!("BSON field '{name}' value must be >= 0, actual value '{number}'"),
                ),
                Some(number) => Ok(number as u64),
                None => Ok(0),
            }
        };
        Ok(Find {
            filter: call.document("filter")?,
            projection: call.document("projection")?,
            sort: call.document("sort")?,
            skip: positive("skip")?,
            limit: positive("limit")?,
            scope: call.scope(&self.store, Some(namespace), now_ms)?,
            hint: hint_of(&call.body)?,
            explains: false,
        })
    }

    pub(super) fn find(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        const OWN: [&str; 24] = [
            "find",
            "filter",
            "sort",
            "projection",
            "hint",
            "skip",
            "limit",
            "batchSize",
            "singleBatch",
            "max",
            "min",
            "returnKey",
            "showRecordId",
            "tailable",
            "oplogReplay",
            "noCursorTimeout",
            "awaitData",
            "allowPartialResults",
            "collation",
            "allowDiskUse",
            "let",
            "ntoreturn",
            "snapshot",
            "$queryOptions",
        ];
        if let Some(unknown) = call
            .body
            .keys()
            .find(|key| !OWN.contains(&key.as_str()) && !GENERIC.contains(&key.as_str()))
        {
            return error(Code::Location(40415), format!("BSON field 'find.{unknown}' is an unknown field."));
        }
        let namespace = call.namespace()?;
        let find = self.parse_find(call, &namespace, ambient.now_ms())?;
        let batch_size = call.number("batchSize")?;
        if let Some(size) = batch_size.filter(|size| *size < 0) {
            return error(
                Code::Location(51024),
                format!("BSON field 'batchSize' value must be >= 0, actual value '{size}'"),
            );
        }
        let is_view = self
            .store
            .collection(&namespace)
            .is_some_and(|collection| collection.options().contains_key("viewOn"));
        let mut documents = if is_view {
            self.find_in_view(&namespace, &find, ambient)?
        } else {
            let found = self.store.find(&namespace, &find)?;
            self.done.queried(&found.plan, found.plan.returned);
            found.documents
        };
        if call.flag("returnKey") || call.flag("showRecordId") {
            documents = self.keys_only(call, documents)?;
        }
        if call.flag("tailable") {
            return self.tail(call, &namespace, find.filter, documents);
        }
        let (id, batch) = self
            .cursors
            .first_batch(&namespace, documents, batch_size, call.flag("singleBatch"));
        reply::cursor(id, &namespace.to_string(), "firstBatch", batch, None)
    }

    fn find_in_view(&mut self, namespace: &Namespace, find: &Find, ambient: &mut dyn Ambient) -> Result<Vec<RawDocumentBuf>> {
        let mut stages = vec![doc! { "$match": find.filter.clone() }];
        if !find.sort.is_empty() {
            stages.push(doc! { "$sort": find.sort.clone() });
        }
        if find.skip > 0 {
            stages.push(doc! { "$skip": find.skip as i64 });
        }
        if find.limit > 0 {
            stages.push(doc! { "$limit": find.limit as i64 });
        }
        if !find.projection.is_empty() {
            stages.push(doc! { "$project": find.projection.clone() });
        }
        let found = self.store.aggregate(namespace, &stages, &find.scope, find.hint.clone(), ambient)?;
        self.done.queried(&found.plan, found.documents.len() as u64);
        Ok(found.documents)
    }

    fn keys_only(&self, call: &Call<'_>, documents: Vec<RawDocumentBuf>) -> Result<Vec<RawDocumentBuf>> {
        let mut results = Vec::with_capacity(documents.len());
        for (place, document) in documents.into_iter().enumerate() {
            let mut kept = Document::new();
            if !call.flag("returnKey") {
                kept = Document::try_from(document)?;
            }
            if call.flag("showRecordId") {
                kept.insert("$recordId", place as i64 + 1);
            }
            results.push(RawDocumentBuf::try_from(&kept)?);
        }
        Ok(results)
    }

    fn tail(&mut self, call: &Call<'_>, namespace: &Namespace, filter: Document, documents: Vec<RawDocumentBuf>) -> Result<RawDocumentBuf> {
        let is_capped = self
            .store
            .collection(namespace)
            .is_none_or(|collection| collection.options().contains_key("capped"));
        if !is_capped {
            return error(
                Code::BadValue,
                format!("error processing query: ns={namespace} tailable cursor requested on non capped collection"),
            );
        }
        if self.store.collection(namespace).is_none_or(|collection| collection.is_empty()) {
            return reply::cursor(0, &namespace.to_string(), "firstBatch", Vec::new(), None);
        }
        let id = self.cursors.open(Cursor {
            namespace: namespace.clone(),
            rest: Default::default(),
            stream: None,
            tail: Some(Tail {
                filter,
                seen: self.store.sequence(),
                waits: call.flag("awaitData"),
            }),
        });
        reply::cursor(id, &namespace.to_string(), "firstBatch", documents, None)
    }

    pub(super) fn count(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let scope = call.scope(&self.store, Some(&namespace), ambient.now_ms())?;
        let find = Find {
            filter: call.document("query")?,
            skip: call.number("skip")?.unwrap_or(0).unsigned_abs(),
            limit: call.number("limit")?.unwrap_or(0).unsigned_abs(),
            scope,
            hint: hint_of(&call.body)?,
            ..Find::default()
        };
        let is_view = self
            .store
            .collection(&namespace)
            .is_some_and(|collection| collection.options().contains_key("viewOn"));
        let count = if is_view {
            self.find_in_view(&namespace, &find, ambient)?.len() as u64
        } else {
            let (count, plan) = self.store.count_in(&namespace, &find)?;
            self.done.queried(&plan, count);
            count
        };
        reply::ok(doc! { "n": count as i32 })
    }

    pub(super) fn distinct(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let Some(Bson::String(key)) = call.body.get("key") else {
            return error(Code::Location(40414), "BSON field 'distinct.key' is missing but a required field");
        };
        let find = Find {
            filter: call.document("query")?,
            scope: call.scope(&self.store, Some(&namespace), ambient.now_ms())?,
            hint: hint_of(&call.body)?,
            ..Find::default()
        };
        let found = self.store.distinct_in(&namespace, key, &find)?;
        self.done.queried(&found.plan, found.values.len() as u64);
        reply::ok(doc! { "values": found.values })
    }

    pub(super) fn aggregate(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = match call.body.get("aggregate") {
            Some(Bson::String(_)) => call.namespace()?,
            // `1` is for pipelines over the database itself.
            _ => Namespace::new(&call.database, "$cmd.aggregate"),
        };
        let stages = documents_of(call.body.get("pipeline"), "pipeline")?;
        if call.flag("explain") {
            return self.explain_aggregate(&namespace, call, &stages, ambient);
        }
        if !call.body.contains_key("cursor") {
            return error(
                Code::FailedToParse,
                "The 'cursor' option is required, except for aggregate with the explain argument",
            );
        }
        if stages.first().is_some_and(|stage| stage.contains_key("$changeStream")) {
            return self.watch(namespace, &stages, ambient.now_ms());
        }
        if let (Some(last), Ok(concern)) = (
            stages.last().and_then(|stage| stage.keys().next()),
            call.body.get_document("readConcern"),
        ) && matches!(last.as_str(), "$out" | "$merge")
            && matches!(concern.get_str("level"), Ok("linearizable"))
        {
            return error(
                Code::InvalidOptions,
                format!(
                    "Aggregation stage {last} cannot run with a readConcern other than 'majority', 'local', 'available' or 'snapshot', but found readConcern: {{ level: \"linearizable\" }}"
                ),
            );
        }
        let scope = call.scope(&self.store, Some(&namespace), ambient.now_ms())?;
        let stages = self.with_sessions(stages, ambient.now_ms());
        let found = self.store.aggregate(&namespace, &stages, &scope, hint_of(&call.body)?, ambient)?;
        self.done.queried(&found.plan, found.documents.len() as u64);
        let batch_size = super::arguments::number_of(&call.document("cursor")?, "batchSize", "aggregate")?;
        let (id, batch) = self.cursors.first_batch(&namespace, found.documents, batch_size, false);
        reply::cursor(id, &namespace.to_string(), "firstBatch", batch, None)
    }
}

impl Tail {
    /// Documents that were inserted since the last look.
    pub(super) fn next(&mut self, namespace: &Namespace, store: &Store) -> Result<Vec<RawDocumentBuf>> {
        let filter = Filter::parse(&self.filter)?;
        let found = changes::inserted_since(store, namespace, self.seen);
        self.seen = store.sequence();
        Ok(found.into_iter().filter(|document| filter.matches(document)).collect())
    }
}
