//! insert, update, delete and bulkWrite.

use std::borrow::Cow;

use bson::{Bson, Document, RawDocument, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, document_of, documents_of, hint_of, number_of, scope_of, truth};
use super::reply::{self, error, write_error};
use crate::collection::Ambient;
use crate::error::{Code, DocDbError, Result};
use crate::store::{DeleteSpec, Namespace, UpdateSpec};

/// Most statements of one command (`maxWriteBatchSize`).
pub(super) const MAX_STATEMENTS: usize = 100_000;

impl Server {
    pub(super) fn insert(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        self.refuse_view(&namespace)?;
        let documents = call.list("documents")?;
        check_size(documents.len())?;
        let inserted = self.store.insert_raw(
            &namespace,
            &documents,
            ordered(call),
            call.flag("bypassDocumentValidation"),
            ambient,
        )?;
        let mut answer = doc! { "n": inserted.changes.len() as i32 };
        self.done.changes.extend(inserted.changes);
        let errors: Vec<Bson> = inserted.refused.iter().map(|(index, error)| write_error(*index, error)).collect();
        if !errors.is_empty() {
            answer.insert("writeErrors", errors);
        }
        reply::ok(answer)
    }

    pub(super) fn update(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        self.refuse_view(&namespace)?;
        let statements = decode(call.list("updates")?)?;
        check_size(statements.len())?;
        let (mut matched, mut modified) = (0, 0);
        let (mut upserted, mut errors) = (Vec::new(), Vec::new());
        for (index, statement) in statements.iter().enumerate() {
            let result = self
                .update_spec(call, statement, &namespace, ambient.now_ms())
                .and_then(|spec| self.store.update(&namespace, &spec, ambient));
            match result {
                Ok(updated) => {
                    self.done.queried(&updated.plan, updated.matched);
                    match updated.upserted {
                        Some(id) => {
                            matched += 1;
                            upserted.push(Bson::from(doc! { "index": index as i32, "_id": id }));
                        }
                        None => {
                            matched += updated.matched as i32;
                            modified += updated.changes.len() as i32;
                        }
                    }
                    self.done.changes.extend(updated.changes);
                }
                Err(error) => {
                    errors.push(write_error(index, &error));
                    if ordered(call) {
                        break;
                    }
                }
            }
        }
        let mut answer = doc! { "n": matched, "nModified": modified };
        if !upserted.is_empty() {
            answer.insert("upserted", upserted);
        }
        if !errors.is_empty() {
            answer.insert("writeErrors", errors);
        }
        reply::ok(answer)
    }

    fn update_spec(&self, call: &Call<'_>, statement: &Document, namespace: &Namespace, now_ms: i64) -> Result<UpdateSpec> {
        let mut spec = UpdateSpec {
            filter: document_of(statement, "q", "update.updates")?,
            array_filters: documents_of(statement.get("arrayFilters"), "arrayFilters")?,
            many: truth(statement.get("multi")),
            upsert: truth(statement.get("upsert")),
            sort: document_of(statement, "sort", "update.updates")?,
            scope: self.statement_scope(call, statement, namespace, now_ms)?,
            hint: hint_of(statement)?,
            bypass_validation: call.flag("bypassDocumentValidation"),
            ..UpdateSpec::default()
        };
        if spec.many && !spec.sort.is_empty() {
            return error(Code::FailedToParse, "Cannot specify sort with multi=true");
        }
        change_of(statement.get("u"), &mut spec)?;
        Ok(spec)
    }

    /// The scope of one statement: its own collation and constants, and the `let` of the command.
    fn statement_scope(&self, call: &Call<'_>, statement: &Document, namespace: &Namespace, now_ms: i64) -> Result<crate::Scope> {
        let mut given = Document::new();
        for (name, value) in [("collation", statement.get("collation")), ("let", call.body.get("let"))] {
            if let Some(value) = value {
                given.insert(name, value.clone());
            }
        }
        let mut scope = scope_of(&given, &self.store, Some(namespace), now_ms)?;
        scope.variables.extend(document_of(statement, "c", "update.updates")?);
        Ok(scope)
    }

    pub(super) fn delete(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        self.refuse_view(&namespace)?;
        let statements = decode(call.list("deletes")?)?;
        check_size(statements.len())?;
        let mut count = 0;
        let mut errors = Vec::new();
        for (index, statement) in statements.iter().enumerate() {
            let result = self
                .delete_spec(call, statement, &namespace, ambient.now_ms())
                .and_then(|spec| self.store.delete_in(&namespace, &spec));
            match result {
                Ok(deleted) => {
                    count += deleted.changes.len() as i32;
                    self.done.queried(&deleted.plan, deleted.changes.len() as u64);
                    self.done.changes.extend(deleted.changes);
                }
                Err(error) => {
                    errors.push(write_error(index, &error));
                    if ordered(call) {
                        break;
                    }
                }
            }
        }
        let mut answer = doc! { "n": count };
        if !errors.is_empty() {
            answer.insert("writeErrors", errors);
        }
        reply::ok(answer)
    }

    fn delete_spec(&self, call: &Call<'_>, statement: &Document, namespace: &Namespace, now_ms: i64) -> Result<DeleteSpec> {
        let limit = match number_of(statement, "limit", "delete.deletes")? {
            Some(limit @ (0 | 1)) => limit,
            Some(limit) => {
                return error(
                    Code::FailedToParse,
                    format!("The limit field in delete objects must be 0 or 1. Got {limit}"),
                );
            }
            None => {
                return error(
                    Code::Location(40414),
                    "BSON field 'delete.deletes.limit' is missing but a required field",
                );
            }
        };
        Ok(DeleteSpec {
            filter: document_of(statement, "q", "delete.deletes")?,
            many: limit == 0,
            sort: Document::new(),
            scope: self.statement_scope(call, statement, namespace, now_ms)?,
            hint: hint_of(statement)?,
        })
    }

    /// Writes to several collections in one command (MongoDB manual: "bulkWrite").
    pub(super) fn bulk_write(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let operations = call.list("ops")?;
        let names = match call.list("nsInfo") {
            Ok(list) => decode(list)?,
            Err(_) => documents_of(call.body.get("nsInfo"), "nsInfo")?,
        };
        let mut namespaces = Vec::new();
        for name in &names {
            let full = name.get_str("ns").unwrap_or_default();
            let Some((database, collection)) = full.split_once('.') else {
                return error(Code::InvalidNamespace, format!("Invalid namespace specified '{full}'"));
            };
            namespaces.push(Namespace::new(database, collection));
        }
        if operations.is_empty() {
            return error(
                Code::InvalidLength,
                "Write batch sizes must be between 1 and 100000. Got 0 operations.",
            );
        }
        let mut counts = [0_i32; 5];
        let mut errors = 0;
        let mut results = Vec::new();
        let only_errors = call.flag("errorsOnly");
        for (index, operation) in operations.iter().enumerate() {
            let outcome = self.bulk_operation(call, operation, &namespaces, &mut counts, ambient);
            match outcome {
                Ok(mut result) => {
                    if !only_errors {
                        result.insert("ok", 1.0);
                        result.insert("idx", index as i32);
                        results.push(RawDocumentBuf::try_from(&result)?);
                    }
                }
                Err(error) => {
                    errors += 1;
                    let mut result = doc! { "ok": 0.0, "idx": index as i32, "n": 0 };
                    result.extend(reply::describe(&error));
                    results.push(RawDocumentBuf::try_from(&result)?);
                    if ordered(call) {
                        break;
                    }
                }
            }
        }
        let batch_size = number_of(&call.document("cursor")?, "batchSize", "bulkWrite")?;
        let namespace = Namespace::new("admin", "$cmd.bulkWrite");
        let (id, batch) = self.cursors.first_batch(&namespace, results, batch_size, false);
        let mut document = reply::cursor(id, &namespace.to_string(), "firstBatch", batch, None)?;
        document.append(bson::raw::cstr!("nErrors"), errors);
        let names = [
            bson::raw::cstr!("nInserted"),
            bson::raw::cstr!("nUpserted"),
            bson::raw::cstr!("nMatched"),
            bson::raw::cstr!("nModified"),
            bson::raw::cstr!("nDeleted"),
        ];
        for (name, count) in names.into_iter().zip(counts) {
            document.append(name, count);
        }
        Ok(document)
    }

    fn bulk_operation(
        &mut self,
        call: &Call<'_>,
        operation: &RawDocument,
        namespaces: &[Namespace],
        counts: &mut [i32; 5],
        ambient: &mut dyn Ambient,
    ) -> Result<Document> {
        let given = Document::try_from(operation)?;
        let target = |name: &str| -> Result<Namespace> {
            let place = number_of(&given, name, "bulkWrite.ops")?.and_then(|place| usize::try_from(place).ok());
            place
                .and_then(|place| namespaces.get(place))
                .cloned()
                .ok_or_else(|| DocDbError::bad_value(format!("BulkWrite ops entry has an invalid {name} index")))
        };
        let bypass = call.flag("bypassDocumentValidation");
        if given.contains_key("insert") {
            let namespace = target("insert")?;
            let document = operation
                .get_document("document")
                .map_err(|error| DocDbError::bad_value(error.to_string()))?;
            let mut inserted = self
                .store
                .insert_raw(&namespace, &[Cow::Borrowed(document)], true, bypass, ambient)?;
            if let Some((_, error)) = inserted.refused.pop() {
                return Err(error);
            }
            counts[0] += 1;
            self.done.changes.extend(inserted.changes);
            return Ok(doc! { "n": 1 });
        }
        if given.contains_key("update") {
            let namespace = target("update")?;
            let mut statement = given.clone();
            statement.insert("q", document_of(&given, "filter", "bulkWrite.ops")?);
            if let Some(change) = given.get("updateMods") {
                statement.insert("u", change.clone());
            }
            if let Some(constants) = given.get("constants") {
                statement.insert("c", constants.clone());
            }
            let spec = self.update_spec(call, &statement, &namespace, ambient.now_ms())?;
            let updated = self.store.update(&namespace, &spec, ambient)?;
            self.done.queried(&updated.plan, updated.matched);
            let (matched, modified) = (updated.matched as i32, updated.changes.len() as i32);
            self.done.changes.extend(updated.changes);
            if let Some(id) = updated.upserted {
                counts[1] += 1;
                return Ok(doc! { "n": 1, "nModified": 0, "upserted": { "_id": id } });
            }
            counts[2] += matched;
            counts[3] += modified;
            return Ok(doc! { "n": matched, "nModified": modified });
        }
        let namespace = target("delete")?;
        let mut statement = given.clone();
        statement.insert("q", document_of(&given, "filter", "bulkWrite.ops")?);
        statement.insert("limit", if truth(given.get("multi")) { 0 } else { 1 });
        let spec = self.delete_spec(call, &statement, &namespace, ambient.now_ms())?;
        let deleted = self.store.delete_in(&namespace, &spec)?;
        let count = deleted.changes.len() as i32;
        counts[4] += count;
        self.done.queried(&deleted.plan, deleted.changes.len() as u64);
        self.done.changes.extend(deleted.changes);
        Ok(doc! { "n": count })
    }

    fn refuse_view(&self, namespace: &Namespace) -> Result<()> {
        let is_view = self
            .store
            .collection(namespace)
            .is_some_and(|collection| collection.options().contains_key("viewOn"));
        if is_view {
            return error(
                Code::CommandNotSupportedOnView,
                format!("Namespace {namespace} is a view, not a collection"),
            );
        }
        Ok(())
    }
}

/// `ordered` is true unless the client says otherwise.
fn ordered(call: &Call<'_>) -> bool {
    !call.body.contains_key("ordered") || call.flag("ordered")
}

fn check_size(count: usize) -> Result<()> {
    if (1..=MAX_STATEMENTS).contains(&count) {
        return Ok(());
    }
    error(
        Code::InvalidLength,
        format!("Write batch sizes must be between 1 and {MAX_STATEMENTS}. Got {count} operations."),
    )
}

fn decode(list: Vec<Cow<'_, RawDocument>>) -> Result<Vec<Document>> {
    list.iter().map(|raw| Ok(Document::try_from(&**raw)?)).collect()
}

/// The change of an update: a document, or stages.
pub(super) fn change_of(change: Option<&Bson>, spec: &mut UpdateSpec) -> Result<()> {
    match change {
        Some(Bson::Document(update)) => spec.update = update.clone(),
        Some(Bson::Array(_)) => spec.pipeline = Some(documents_of(change, "pipeline")?),
        _ => return error(Code::FailedToParse, "Update argument must be either an object or an array"),
    }
    if spec.many && spec.pipeline.is_none() && !spec.update.keys().next().is_some_and(|key| key.starts_with('$')) {
        return error(Code::FailedToParse, "multi update is not supported for replacement-style update");
    }
    Ok(())
}
