//! What a command did with documents, for a host that shows it.

use bson::{Bson, Document};

use super::Server;
use super::arguments::{Call, truth};
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

    /// Keeps what the command did; its filter or pipeline is then no longer in the call.
    pub(super) fn note_work(&mut self, call: &mut Call<'_>) {
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
fn describe(call: &mut Call<'_>) -> Option<(&'static str, Bson)> {
    let list = match call.name {
        "insert" => call.start_of("documents"),
        "update" => call.start_of("updates"),
        "delete" => call.start_of("deletes"),
        _ => Vec::new(),
    };
    let many = list.len() > 1;
    let first = list.into_iter().next().unwrap_or_default();
    let is_one = call.flag("singleBatch") && call.body.contains_key("limit");
    let removes = call.flag("remove");
    let mut given = |name: &str| call.body.remove(name).unwrap_or_else(|| Document::new().into());
    let filter_of = |mut statement: Document| statement.remove("q").unwrap_or_else(|| Document::new().into());
    Some(match call.name {
        "find" if is_one => ("findOne", given("filter")),
        "find" => ("find", given("filter")),
        "count" => ("countDocuments", given("query")),
        "distinct" => ("distinct", given("query")),
        "aggregate" => {
            let pipeline = given("pipeline");
            match counted(&pipeline) {
                Some(filter) => ("countDocuments", filter.into()),
                None => ("aggregate", pipeline),
            }
        }
        "insert" if many => ("insertMany", first.into()),
        "insert" => ("insertOne", first.into()),
        "update" => {
            let replaces =
                matches!(first.get("u"), Some(Bson::Document(change)) if change.keys().next().is_none_or(|key| !key.starts_with('$')));
            let operation = match (truth(first.get("multi")) || many, replaces) {
                (true, _) => "updateMany",
                (false, true) => "replaceOne",
                (false, false) => "updateOne",
            };
            (operation, filter_of(first))
        }
        "delete" => {
            let one = matches!(first.get("limit"), Some(Bson::Int32(1) | Bson::Int64(1)));
            (if one && !many { "deleteOne" } else { "deleteMany" }, filter_of(first))
        }
        "findAndModify" | "findandmodify" if removes => ("findOneAndDelete", given("query")),
        "findAndModify" | "findandmodify" => ("findOneAndUpdate", given("query")),
        "bulkWrite" => ("bulkWrite", Document::new().into()),
        _ => return None,
    })
}

/// The filter of an aggregation that drivers send to count documents.
fn counted(pipeline: &Bson) -> Option<Document> {
    let [Bson::Document(matched), .., Bson::Document(group)] = &pipeline.as_array()?[..] else {
        return None;
    };
    let group = group.get_document("$group").ok()?;
    let counts = group.len() == 2 && group.get_document("n").is_ok_and(|sum| sum.contains_key("$sum"));
    counts.then(|| matched.get_document("$match").cloned().unwrap_or_default())
}
