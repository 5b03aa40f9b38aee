//! createIndexes, listIndexes, dropIndexes (MongoDB manual: "Index Commands").

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, documents_of, number_of};
use super::reply::{self, error};
use crate::collection::{Hint, same_pattern};
use crate::error::{Code, DocDbError, Result};
use crate::index::IndexSpec;
use crate::shell::type_name;

/// Indexes of one collection.
const MAX_INDEXES: usize = 64;

impl Server {
    pub(super) fn create_indexes(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let documents = match call.body.get("indexes") {
            Some(list) => documents_of(Some(list), "indexes")?,
            None => {
                return error(
                    Code::Location(40414),
                    "BSON field 'createIndexes.indexes' is missing but a required field",
                );
            }
        };
        if documents.is_empty() {
            return error(Code::BadValue, "Must specify at least one index to create");
        }
        let mut specs = Vec::new();
        for document in &documents {
            match document.get("name") {
                Some(Bson::String(_)) => {}
                Some(other) => {
                    return error(
                        Code::TypeMismatch,
                        format!("The field 'name' must be a string, but got {}", type_name(other)),
                    );
                }
                None => {
                    return error(
                        Code::FailedToParse,
                        "Error in specification: The 'name' field is a required property of an index specification",
                    );
                }
            }
            let spec = IndexSpec::from_document(document)?;
            if spec.name == "*" {
                return error(Code::BadValue, "The index name '*' is not valid.");
            }
            if spec.name == "_id_" && spec.keys.iter().all(|(path, _)| path != "_id") {
                return error(
                    Code::BadValue,
                    format!(
                        "The index name '_id_' is reserved for the _id index, which must have key pattern {{ _id: 1 }}, found key: {}",
                        crate::shell_document(&spec.pattern())
                    ),
                );
            }
            if spec.keys.len() == 1 && spec.keys[0].0 == "_id" && (spec.partial.is_some() || spec.sparse) {
                return error(
                    Code::InvalidIndexSpecificationOption,
                    "_id index cannot be a partial index or a sparse index",
                );
            }
            specs.push(spec);
        }
        let existed = self.store.collection(&namespace).is_some();
        let before = self
            .store
            .collection(&namespace)
            .map_or(1, |collection| collection.indexes().count());
        if before + specs.len() > MAX_INDEXES {
            return error(
                Code::CannotCreateIndex,
                format!("add index fails, too many indexes for {namespace} key:"),
            );
        }
        for mut spec in specs {
            if spec.collation.is_none()
                && let Some(collection) = self.store.collection(&namespace)
                && let Ok(collation) = collection.options().get_document("collation")
            {
                spec.collation = crate::Collation::parse(collation)?;
            }
            self.store.create_index(&namespace, spec)?;
        }
        let after = self
            .store
            .collection(&namespace)
            .map_or(1, |collection| collection.indexes().count());
        let mut answer =
            doc! { "numIndexesBefore": before as i32, "numIndexesAfter": after as i32, "createdCollectionAutomatically": !existed };
        if before == after {
            answer.insert("note", "all indexes already exist");
        }
        reply::ok(answer)
    }

    pub(super) fn list_indexes(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let Some(collection) = self.store.collection(&namespace) else {
            return error(Code::NamespaceNotFound, format!("ns does not exist: {namespace}"));
        };
        let mut specs = Vec::new();
        for (spec, _) in collection.indexes() {
            specs.push(RawDocumentBuf::try_from(&spec.to_document())?);
        }
        let batch_size = number_of(&call.document("cursor")?, "batchSize", "listIndexes")?;
        let (id, batch) = self.cursors.first_batch(&namespace, specs, batch_size, false);
        reply::cursor(id, &namespace.to_string(), "firstBatch", batch, None)
    }

    pub(super) fn drop_indexes(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let Some(collection) = self.store.collection(&namespace) else {
            return error(Code::NamespaceNotFound, format!("ns not found {namespace}"));
        };
        let before = collection.indexes().count();
        let names: Vec<String> = match call.body.get("index") {
            Some(Bson::String(name)) if name == "*" => collection
                .indexes()
                .map(|(spec, _)| spec.name.clone())
                .filter(|name| name != "_id_")
                .collect(),
            Some(Bson::String(name)) => vec![name.clone()],
            Some(Bson::Array(names)) => names.iter().filter_map(Bson::as_str).map(str::to_owned).collect(),
            Some(Bson::Document(pattern)) => {
                let found = collection.indexes().find(|(spec, _)| same_pattern(spec, pattern));
                match found {
                    Some((spec, _)) => vec![spec.name.clone()],
                    None => {
                        return error(
                            Code::IndexNotFound,
                            format!("can't find index with key: {}", crate::shell_document(pattern)),
                        );
                    }
                }
            }
            _ => {
                return error(
                    Code::Location(40414),
                    "BSON field 'dropIndexes.index' is missing but a required field",
                );
            }
        };
        for name in names {
            self.store.drop_index(&namespace, &name)?;
        }
        reply::ok(doc! { "nIndexesWas": before as i32 })
    }

    pub(super) fn modify_collection(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let Some(collection) = self.store.collection(&namespace) else {
            return error(Code::NamespaceNotFound, format!("ns does not exist: {namespace}"));
        };
        let mut answer = Document::new();
        if let Some(Bson::Document(change)) = call.body.get("index") {
            let hint = match (change.get("name"), change.get("keyPattern")) {
                (Some(Bson::String(name)), _) => Hint::Name(name.clone()),
                (_, Some(Bson::Document(pattern))) => Hint::Pattern(pattern.clone()),
                _ => return error(Code::InvalidOptions, "Must specify either index name or key pattern."),
            };
            let Some(index) = collection.find_index(&hint) else {
                return error(
                    Code::IndexNotFound,
                    format!("cannot find index {} for ns {namespace}", crate::shell_document(change)),
                );
            };
            let (name, was) = (index.spec.name.clone(), index.spec.expire_after_seconds);
            let seconds = number_of(change, "expireAfterSeconds", "collMod.index")?;
            let hidden = change.get("hidden").map(|hidden| super::arguments::truth(Some(hidden)));
            self.store.change_index(&namespace, &name, seconds, hidden)?;
            if let Some(seconds) = seconds {
                answer.extend(was.map(|was| ("expireAfterSeconds_old".to_owned(), Bson::Int64(was))));
                answer.insert("expireAfterSeconds_new", seconds);
            }
            return reply::ok(answer);
        }
        let mut options = collection.options().clone();
        for name in [
            "validator",
            "validationLevel",
            "validationAction",
            "viewOn",
            "pipeline",
            "changeStreamPreAndPostImages",
            "expireAfterSeconds",
        ] {
            if let Some(value) = call.body.get(name) {
                options.insert(name, value.clone());
            }
        }
        if let Ok(validator) = options.get_document("validator") {
            crate::Filter::parse(validator)?;
        }
        self.store.set_options(&namespace, options)?;
        reply::ok(answer)
    }

    pub(super) fn rename_collection(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let parse = |name: &str| match call.body.get_str(name).ok().and_then(|full| full.split_once('.')) {
            Some((database, collection)) => Ok(crate::Namespace::new(database, collection)),
            None => Err(DocDbError::new(Code::InvalidNamespace, format!("Invalid namespace in '{name}'"))),
        };
        let (from, to) = (parse("renameCollection")?, parse("to")?);
        if from == to {
            return error(Code::IllegalOperation, "Can't rename a collection to itself");
        }
        self.store.rename(&from, &to, call.flag("dropTarget"))?;
        reply::ok(doc! {})
    }
}
