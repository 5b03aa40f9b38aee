//! What a command did with documents, for a host that shows it.

use bson::{Bson, Document};

use super::Server;
use super::arguments::{Call, documents_of, truth};
use crate::plan::Plan;
use crate::store::{Change, Namespace};

/// The work of one command.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// As drivers and the shell name it: `findOne`, `updateMany`.
    pub operation: &'static str,
    pub namespace: Namespace,
    /// The filter, the pipeline, or the first document.
    pub detail: Bson,
    pub done: Done,
}

/// The numbers of a command, and what it changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// `IXSCAN email_1`, `COLLSCAN`; empty for inserts.
    pub plan: String,
    /// Documents that were looked at.
    pub examined: u64,
    /// Documents that were found.
    pub returned: u64,
    pub changes: Vec<Change>,
}

impl Done {
    /// A query was answered. The first one's plan stands for the command.
    pub(super) fn queried(&mut self, plan: &Plan, returned: u64) {
        if self.plan.is_empty() {
            self.plan = plan.stage.to_string();
        }
        self.examined += plan.documents_examined;
        self.returned += returned;
    }
}

impl Server {
    /// What the last message did; `None` when it was not about documents.
    pub fn take_work(&mut self) -> Option<Work> {
        self.work.take()
    }

    pub(super) fn note_work(&mut self, call: &Call<'_>) {
        let done = std::mem::take(&mut self.done);
        let Some((operation, detail)) = describe(call) else { return };
        let namespace = match call.namespace() {
            Ok(namespace) => namespace,
            Err(_) => Namespace::new(&call.database, ""),
        };
        self.work = Some(Work {
            operation,
            namespace,
            detail,
            done,
        });
    }
}

/// The operation that a command stands for, and what it asks.
fn describe(call: &Call<'_>) -> Option<(&'static str, Bson)> {
    let given = |name: &str| call.body.get(name).cloned().unwrap_or_else(|| Document::new().into());
    let first = |list: &str| -> Document {
        let first = call
            .list(list)
            .ok()
            .and_then(|list| Document::try_from(list.first()?.as_ref()).ok());
        first.unwrap_or_default()
    };
    let many = |list: &str| call.list(list).is_ok_and(|list| list.len() > 1);
    let filter_of = |mut statement: Document| statement.remove("q").unwrap_or_else(|| Document::new().into());
    Some(match call.name {
        "find" if call.flag("singleBatch") && call.body.contains_key("limit") => ("findOne", given("filter")),
        "find" => ("find", given("filter")),
        "count" => ("countDocuments", given("query")),
        "distinct" => ("distinct", given("query")),
        "aggregate" => match counted(call) {
            Some(filter) => ("countDocuments", filter.into()),
            None => ("aggregate", given("pipeline")),
        },
        "insert" if many("documents") => ("insertMany", first("documents").into()),
        "insert" => ("insertOne", first("documents").into()),
        "update" => {
            let statement = first("updates");
            let replaces =
                matches!(statement.get("u"), Some(Bson::Document(change)) if change.keys().next().is_none_or(|key| !key.starts_with('$')));
            let operation = match (truth(statement.get("multi")) || many("updates"), replaces) {
                (true, _) => "updateMany",
                (false, true) => "replaceOne",
                (false, false) => "updateOne",
            };
            (operation, filter_of(statement))
        }
        "delete" => {
            let statement = first("deletes");
            let one = matches!(statement.get("limit"), Some(Bson::Int32(1) | Bson::Int64(1)));
            (
                if one && !many("deletes") { "deleteOne" } else { "deleteMany" },
                filter_of(statement),
            )
        }
        "findAndModify" | "findandmodify" if call.flag("remove") => ("findOneAndDelete", given("query")),
        "findAndModify" | "findandmodify" => ("findOneAndUpdate", given("query")),
        "bulkWrite" => ("bulkWrite", Document::new().into()),
        _ => return None,
    })
}

/// The filter of an aggregation that drivers send to count documents.
fn counted(call: &Call<'_>) -> Option<Document> {
    let stages = documents_of(call.body.get("pipeline"), "pipeline").ok()?;
    let [matched, .., group] = &stages[..] else { return None };
    let group = group.get_document("$group").ok()?;
    let counts = group.len() == 2 && group.get_document("n").is_ok_and(|sum| sum.contains_key("$sum"));
    counts.then(|| matched.get_document("$match").cloned().unwrap_or_default())
}
