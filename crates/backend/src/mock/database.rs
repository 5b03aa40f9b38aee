//! The database work of the routes, each piece noted in the trace.

use backlab_docdb::bson::{Bson, Document, oid::ObjectId};
use backlab_docdb::{Ambient, Change, Find, Namespace, Plan, UpdateSpec, extjson, shell_document};

use super::error::ApiError;
use super::exchange::Exchange;
use crate::clock::Clock;
use crate::mask;
use crate::random::Random;
use crate::trace::{DatabaseWork, Write};

/// The database that the mock API keeps its collections in.
pub(crate) const DATABASE: &str = "mock";

pub(crate) fn namespace(collection: &str) -> Namespace {
    Namespace::new(DATABASE, collection)
}

/// Time and ids for the store.
pub(crate) struct Surroundings<'a> {
    pub(crate) clock: &'a dyn Clock,
    pub(crate) random: &'a mut dyn Random,
}

impl Ambient for Surroundings<'_> {
    fn now_ms(&mut self) -> i64 {
        self.clock.now_ms()
    }

    fn object_id(&mut self) -> ObjectId {
        let mut bytes = [0; 12];
        self.random.fill(&mut bytes);
        let seconds = u32::try_from(self.clock.now_ms().div_euclid(1000)).unwrap_or(0);
        bytes[..4].copy_from_slice(&seconds.to_be_bytes());
        ObjectId::from_bytes(bytes)
    }
}

/// What one operation is called in the trace.
struct Operation<'o> {
    name: &'o str,
    collection: &'o str,
    detail: String,
    started: f64,
}

impl Exchange<'_> {
    fn begin<'o>(&self, name: &'o str, collection: &'o str, detail: String) -> Operation<'o> {
        Operation {
            name,
            collection,
            detail,
            started: self.clock.measure_ms(),
        }
    }

    fn end(&mut self, operation: Operation, plan: Option<&Plan>, returned: u64, changes: &[Change]) {
        self.work.push(DatabaseWork {
            op: format!("{}.{}", operation.collection, operation.name),
            on: operation.collection.into(),
            plan: plan.map(|plan| plan.stage.to_string()).unwrap_or_default(),
            examined: plan.map_or(0, |plan| plan.documents_examined),
            returned,
            changed: changes.len() as u64,
            ms: self.clock.measure_ms() - operation.started,
            detail: operation.detail,
        });
        self.writes.extend(changes.iter().map(write));
    }

    pub(crate) fn find(
        &mut self,
        collection: &str,
        filter: Document,
        sort: Document,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<Document>, ApiError> {
        let operation = self.begin("find", collection, shell_document(&filter));
        let find = Find {
            filter,
            sort,
            skip,
            limit,
            ..Find::default()
        };
        let found = self.store.find(&namespace(collection), &find)?;
        self.end(operation, Some(&found.plan), found.plan.returned, &[]);
        let decoded: Result<Vec<Document>, _> = found.documents.into_iter().map(Document::try_from).collect();
        decoded.map_err(|error| ApiError::Internal(error.to_string()))
    }

    pub(crate) fn find_one(&mut self, collection: &str, filter: Document) -> Result<Option<Document>, ApiError> {
        let found = self.find(collection, filter, Document::new(), 0, 1)?.pop();
        if let Some(work) = self.work.last_mut() {
            work.op = format!("{collection}.findOne");
        }
        Ok(found)
    }

    /// The document with this id, or 404.
    pub(crate) fn by_id(&mut self, collection: &str, what: &str, id: i32) -> Result<Document, ApiError> {
        self.find_one(collection, backlab_docdb::bson::doc! { "_id": id })?
            .ok_or_else(|| ApiError::NotFound(format!("There is no {what} with id {id}.")))
    }

    pub(crate) fn count(&mut self, collection: &str, filter: &Document) -> Result<u64, ApiError> {
        let operation = self.begin("countDocuments", collection, shell_document(filter));
        let (count, plan) = self.store.count(&namespace(collection), filter)?;
        self.end(operation, Some(&plan), count, &[]);
        Ok(count)
    }

    /// Inserts a document with the next free id and returns it.
    pub(crate) fn insert(&mut self, collection: &str, fields: Document) -> Result<Document, ApiError> {
        let mut document = Document::new();
        document.insert("_id", self.next_id(collection));
        document.extend(fields);
        let operation = self.begin("insertOne", collection, detail(&document));
        let mut ambient = Surroundings {
            clock: self.clock,
            random: &mut *self.random,
        };
        let changes = self.store.insert(&namespace(collection), vec![document.clone()], &mut ambient)?;
        self.end(operation, None, 0, &changes);
        Ok(document)
    }

    /// Updates the document with this id and returns it as it is afterwards.
    pub(crate) fn update(&mut self, collection: &str, what: &str, id: i32, update: Document) -> Result<Document, ApiError> {
        let filter = backlab_docdb::bson::doc! { "_id": id };
        let operation = self.begin("updateOne", collection, format!("{}, {}", shell_document(&filter), detail(&update)));
        let spec = UpdateSpec {
            filter,
            update,
            ..UpdateSpec::default()
        };
        let mut ambient = Surroundings {
            clock: self.clock,
            random: &mut *self.random,
        };
        let updated = self.store.update(&namespace(collection), &spec, &mut ambient)?;
        self.end(operation, Some(&updated.plan), updated.matched, &updated.changes);
        self.by_id(collection, what, id)
    }

    /// Deletes what fits and returns how many there were.
    pub(crate) fn delete(&mut self, collection: &str, filter: Document) -> Result<u64, ApiError> {
        let operation = self.begin("deleteMany", collection, shell_document(&filter));
        let deleted = self.store.delete(&namespace(collection), &filter, true)?;
        let count = deleted.changes.len() as u64;
        self.end(operation, Some(&deleted.plan), 0, &deleted.changes);
        Ok(count)
    }

    /// Ids are counted up: they are easy to type in a URL.
    fn next_id(&self, collection: &str) -> i32 {
        let used = self
            .store
            .collection(&namespace(collection))
            .into_iter()
            .flat_map(|collection| collection.documents());
        used.filter_map(|document| document.get_i32("_id").ok())
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }
}

/// A document as the trace's text, without its secret.
fn detail(document: &Document) -> String {
    if !document.contains_key("passwordHash") {
        return shell_document(document);
    }
    let mut shown = document.clone();
    shown.insert("passwordHash", mask::HIDDEN);
    shell_document(&shown)
}

/// A change as the trace shows it.
pub(crate) fn write(change: &Change) -> Write {
    let shown = |raw: &Option<backlab_docdb::bson::RawDocumentBuf>| {
        let document = Document::try_from(raw.as_deref()?).ok()?;
        let mut value = extjson::document_to_json(document);
        mask::json(&mut value);
        Some(value)
    };
    let kind = match (&change.before, &change.after) {
        (None, _) => "insert",
        (_, None) => "delete",
        _ => "update",
    };
    let id = match &change.id {
        Bson::String(text) => text.clone(),
        Bson::ObjectId(id) => id.to_hex(),
        other => backlab_docdb::shell_value(other),
    };
    Write {
        collection: change.namespace.collection.to_string(),
        database: if *change.namespace.database == *DATABASE {
            String::new()
        } else {
            change.namespace.database.to_string()
        },
        id,
        kind: kind.into(),
        before: shown(&change.before),
        after: shown(&change.after),
    }
}
