//! What the Database tool's commands do.

use backlab_docdb::bson::{Bson, Document, doc};
use backlab_docdb::{Find, Namespace, Store, UpdateSpec, extjson, journal};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::backend::{Backend, BackendError};
use crate::command::DataCommand;
use crate::mock::{DATABASE, Surroundings, seed};

/// What a command came to.
#[derive(Debug, Clone, PartialEq)]
pub struct DataOutcome {
    pub value: Value,
    /// Journal records to store, see [`crate::Outcome`].
    pub records: Vec<Vec<u8>>,
    pub sequence_before: u64,
    pub sequence: u64,
    /// Names of the collections that changed.
    pub changed: Vec<String>,
}

impl Backend {
    /// Does a command of the Database tool.
    ///
    /// # Errors
    /// With MongoDB's text when a filter or a document is wrong, else with what to do.
    pub fn data(&mut self, command: DataCommand) -> Result<DataOutcome, BackendError> {
        let sequence_before = self.store.sequence();
        let (value, changed) = self.perform(command)?;
        let records = self.store.take_records()?;
        Ok(DataOutcome {
            value,
            records,
            sequence_before,
            sequence: self.store.sequence(),
            changed,
        })
    }

    fn perform(&mut self, command: DataCommand) -> Result<(Value, Vec<String>), BackendError> {
        Ok(match command {
            DataCommand::Collections => (self.collections(), Vec::new()),
            DataCommand::Find {
                collection,
                filter,
                sort,
                skip,
                limit,
            } => {
                let find = Find {
                    filter: document(filter)?,
                    sort: document(sort)?,
                    skip,
                    limit,
                    ..Find::default()
                };
                (self.find(&namespace(&collection), &find)?, Vec::new())
            }
            DataCommand::Insert {
                collection,
                document: given,
            } => {
                let mut ambient = Surroundings {
                    clock: &*self.clock,
                    random: &mut *self.random,
                };
                let changes = self.store.insert(&namespace(&collection), vec![document(given)?], &mut ambient)?;
                let id = changes
                    .into_iter()
                    .next()
                    .map_or(Value::Null, |change| extjson::value_to_json(change.id));
                (json!({ "id": id }), vec![collection])
            }
            DataCommand::Replace {
                collection,
                id,
                document: given,
            } => {
                let spec = UpdateSpec {
                    filter: by_id(id)?,
                    update: replacement(given)?,
                    ..UpdateSpec::default()
                };
                let mut ambient = Surroundings {
                    clock: &*self.clock,
                    random: &mut *self.random,
                };
                let updated = self.store.update(&namespace(&collection), &spec, &mut ambient)?;
                (
                    json!({ "matched": updated.matched, "changed": updated.changes.len() }),
                    vec![collection],
                )
            }
            DataCommand::Delete { collection, id } => {
                let deleted = self.store.delete(&namespace(&collection), &by_id(id)?, false)?;
                (json!({ "deleted": deleted.changes.len() }), vec![collection])
            }
            DataCommand::Fill { collection, documents } => (self.fill(&collection, documents)?, vec![collection]),
            DataCommand::Reset => {
                self.store.replace_with(seed::store())?;
                self.api.reset_limits();
                (Value::Null, self.collection_names())
            }
            DataCommand::Snapshot => {
                let records: Vec<String> = self.store.snapshot()?.iter().map(|record| STANDARD.encode(record)).collect();
                (json!(records), Vec::new())
            }
            DataCommand::Restore { snapshot } => {
                self.restore(&snapshot)?;
                (Value::Null, self.collection_names())
            }
        })
    }

    fn collections(&self) -> Value {
        let cards = self.store.collections().map(|(namespace, collection)| {
            let indexes: Vec<Value> = collection
                .indexes()
                .map(|(spec, uses)| {
                    let key: Map<String, Value> = spec.keys.iter().map(|(path, direction)| (path.clone(), json!(direction))).collect();
                    json!({ "name": spec.name, "key": key, "unique": spec.unique, "uses": uses })
                })
                .collect();
            json!({ "name": shown_name(namespace), "count": collection.len(), "size": collection.size(), "indexes": indexes })
        });
        cards.collect::<Vec<Value>>().into()
    }

    fn find(&self, namespace: &Namespace, find: &Find) -> Result<Value, BackendError> {
        let found = self.store.find(namespace, find)?;
        let total = if find.skip == 0 && find.limit == 0 {
            found.documents.len() as u64
        } else {
            self.store.count(namespace, &find.filter)?.0
        };
        let mut documents = Vec::with_capacity(found.documents.len());
        for raw in found.documents {
            let decoded = Document::try_from(raw).map_err(backlab_docdb::DocDbError::from)?;
            documents.push(extjson::document_to_json(decoded));
        }
        Ok(json!({
            "documents": documents,
            "total": total,
            "plan": found.plan.stage.to_string(),
            "examined": found.plan.documents_examined,
        }))
    }

    fn fill(&mut self, collection: &str, documents: Vec<Value>) -> Result<Value, BackendError> {
        let documents = documents.into_iter().map(document).collect::<Result<Vec<_>, _>>()?;
        let namespace = namespace(collection);
        let before = self.store.sequence();
        self.store.delete(&namespace, &doc! {}, true)?;
        let mut ambient = Surroundings {
            clock: &*self.clock,
            random: &mut *self.random,
        };
        match self.store.insert(&namespace, documents, &mut ambient) {
            Ok(changes) => {
                let ids: Vec<Value> = changes.into_iter().map(|change| extjson::value_to_json(change.id)).collect();
                Ok(json!({ "ids": ids }))
            }
            Err(error) => {
                self.store.discard(before);
                Err(error.into())
            }
        }
    }

    fn restore(&mut self, snapshot: &str) -> Result<(), BackendError> {
        let wrong = || BackendError::Command("This is not a snapshot of the database. Choose a file that was saved here.".into());
        let parts: Vec<String> = match serde_json::from_str(snapshot) {
            Ok(parts) => parts,
            Err(_) => snapshot.split_whitespace().map(str::to_owned).collect(),
        };
        let bytes: Vec<Vec<u8>> = parts
            .iter()
            .map(|part| STANDARD.decode(part))
            .collect::<Result<_, _>>()
            .map_err(|_| wrong())?;
        let records = bytes.iter().flat_map(|run| journal::split(run));
        let (store, recovery) = Store::recover(records);
        if recovery.applied == 0 {
            return Err(wrong());
        }
        if let Some(damage) = recovery.damage.first() {
            return Err(BackendError::Command(format!(
                "The snapshot is damaged: {damage}. The data was left as it is."
            )));
        }
        self.store.replace_with(store)?;
        Ok(())
    }
}

/// `users` for the mock API's own, `shop.users` for others.
pub(crate) fn shown_name(namespace: &Namespace) -> String {
    if namespace.database == DATABASE {
        namespace.collection.clone()
    } else {
        namespace.to_string()
    }
}

fn namespace(name: &str) -> Namespace {
    match name.split_once('.') {
        Some((database, collection)) => Namespace::new(database, collection),
        None => Namespace::new(DATABASE, name),
    }
}

/// An absent filter or sort is an empty one.
fn document(value: Value) -> Result<Document, BackendError> {
    Ok(if value.is_null() {
        doc! {}
    } else {
        extjson::document_from_json(value)?
    })
}

fn by_id(id: Value) -> Result<Document, BackendError> {
    let id: Bson = extjson::value_from_json(id)?;
    Ok(doc! { "_id": { "$eq": id } })
}

fn replacement(value: Value) -> Result<Document, BackendError> {
    let document = document(value)?;
    match document.keys().find(|key| key.starts_with('$')) {
        Some(key) => Err(BackendError::Command(format!(
            "A document cannot have a field '{key}': names must not start with $."
        ))),
        None => Ok(document),
    }
}
