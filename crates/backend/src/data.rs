//! What the Database tool's commands do.

use std::collections::BTreeSet;

use backlab_docdb::bson::{Bson, Document, doc, oid::ObjectId};
use backlab_docdb::server::Answer;
use backlab_docdb::{Ambient, Find, Namespace, Store, UpdateSpec, extjson, journal, wire};
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
        let sequence_before = self.server.store().taken();
        self.server.expire(self.clock.now_ms());
        let (value, changed) = self.perform(command)?;
        let (records, sequence) = self.taken(sequence_before);
        Ok(DataOutcome {
            value,
            records,
            sequence_before,
            sequence,
            changed,
        })
    }

    fn perform(&mut self, command: DataCommand) -> Result<(Value, Vec<String>), BackendError> {
        Ok(match command {
            DataCommand::Collections => (self.collections(), Vec::new()),
            DataCommand::Find {
                collection,
                filter,
                projection,
                sort,
                skip,
                limit,
            } => {
                let find = Find {
                    filter: document(filter)?,
                    projection: document(projection)?,
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
                let changes = self
                    .server
                    .store_mut()
                    .insert(&namespace(&collection), vec![document(given)?], &mut ambient)?;
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
                let updated = self.server.store_mut().update(&namespace(&collection), &spec, &mut ambient)?;
                (
                    json!({ "matched": updated.matched, "changed": updated.changes.len() }),
                    vec![collection],
                )
            }
            DataCommand::Delete { collection, id } => {
                let deleted = self.server.store_mut().delete(&namespace(&collection), &by_id(id)?, false)?;
                (json!({ "deleted": deleted.changes.len() }), vec![collection])
            }
            DataCommand::Fill { collection, documents } => (self.fill(&collection, documents)?, vec![collection]),
            DataCommand::Reset => {
                seed::reset(self.server.store_mut())?;
                self.api.reset_limits();
                (Value::Null, self.collection_names())
            }
            DataCommand::Command {
                database,
                command,
                canonical,
            } => {
                let before = self.server.store().sequence();
                let reply = self.command(&database, document(command)?)?;
                let write = if canonical {
                    extjson::document_to_canonical_json
                } else {
                    extjson::document_to_json
                };
                (write(reply), self.changed_since(before))
            }
            DataCommand::Snapshot => {
                let records: Vec<String> = self
                    .server
                    .store()
                    .snapshot()?
                    .iter()
                    .map(|record| STANDARD.encode(record))
                    .collect();
                (json!(records), Vec::new())
            }
            DataCommand::Restore { snapshot } => {
                self.restore(&snapshot)?;
                (Value::Null, self.collection_names())
            }
            DataCommand::Archive => (STANDARD.encode(self.server.store().to_archive()?).into(), Vec::new()),
            DataCommand::TakeArchive { archive } => {
                let bytes = STANDARD.decode(archive).unwrap_or_default();
                let count = self.server.store_mut().take_archive(&bytes)?;
                (json!({ "count": count }), self.collection_names())
            }
        })
    }

    /// Does a command of MongoDB's; what it says of itself is its answer, also when it failed.
    fn command(&mut self, database: &str, mut command: Document) -> Result<Document, BackendError> {
        command.insert("$db", database);
        let message = wire::command(&command)?;
        let mut ambient = Patient {
            surroundings: Surroundings {
                clock: &*self.clock,
                random: &mut *self.random,
            },
            until_ms: 0,
        };
        let mut connection = self.server.connect();
        loop {
            match self.server.receive(&mut connection, &message, &mut ambient) {
                Answer::Reply(bytes) => return Ok(wire::answer(&bytes)?),
                // Nobody waits here for news: the answer is that there is none.
                Answer::Wait { until_ms } => ambient.until_ms = until_ms,
                Answer::Nothing | Answer::Close => {
                    return Err(BackendError::Command("The command has no answer.".into()));
                }
            }
        }
    }

    /// Names of the collections that changed after this sequence number.
    pub(crate) fn changed_since(&self, sequence: u64) -> Vec<String> {
        let store = self.server.store();
        let mut namespaces = BTreeSet::new();
        for event in store.events().iter().rev().take_while(|event| event.sequence > sequence) {
            match event.entry.namespace() {
                Some(namespace) => namespaces.insert(namespace),
                None => return self.collection_names(),
            };
        }
        let mut names: Vec<String> = namespaces.into_iter().map(shown_name).collect();
        names.sort_unstable();
        names
    }

    fn collections(&self) -> Value {
        let cards = self.server.store().collections().map(|(namespace, collection)| {
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
        let found = self.server.store().find(namespace, find)?;
        let total = if find.skip == 0 && find.limit == 0 {
            found.documents.len() as u64
        } else {
            self.server.store().count(namespace, &find.filter)?.0
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
        let before = self.server.store().sequence();
        self.server.store_mut().delete(&namespace, &doc! {}, true)?;
        let mut ambient = Surroundings {
            clock: &*self.clock,
            random: &mut *self.random,
        };
        match self.server.store_mut().insert(&namespace, documents, &mut ambient) {
            Ok(changes) => {
                let ids: Vec<Value> = changes.into_iter().map(|change| extjson::value_to_json(change.id)).collect();
                Ok(json!({ "ids": ids }))
            }
            Err(error) => {
                self.server.store_mut().discard(before);
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
        self.server.store_mut().replace_with(store)?;
        Ok(())
    }
}

/// The sandbox's surroundings at a later time, for a command that waits for news.
struct Patient<'a> {
    surroundings: Surroundings<'a>,
    until_ms: i64,
}

impl Ambient for Patient<'_> {
    fn now_ms(&mut self) -> i64 {
        self.surroundings.now_ms().max(self.until_ms)
    }

    fn object_id(&mut self) -> ObjectId {
        self.surroundings.object_id()
    }
}

/// `users` for the mock API's own, `shop.users` for others.
pub(crate) fn shown_name(namespace: &Namespace) -> String {
    if *namespace.database == *DATABASE {
        namespace.collection.to_string()
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
