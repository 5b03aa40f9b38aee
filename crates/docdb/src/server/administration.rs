//! create, drop, dropDatabase, validate (MongoDB manual: "Administration Commands").

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, GENERIC};
use super::reply::{self, error};
use crate::error::{Code, Result};
use crate::filter::Filter;

/// Options of create that are kept with the collection.
const OPTIONS: [&str; 14] = [
    "capped",
    "size",
    "max",
    "validator",
    "validationLevel",
    "validationAction",
    "viewOn",
    "pipeline",
    "collation",
    "timeseries",
    "expireAfterSeconds",
    "clusteredIndex",
    "changeStreamPreAndPostImages",
    "storageEngine",
];

impl Server {
    pub(super) fn create(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let mut options = Document::new();
        for (name, value) in call.body.iter().skip(1) {
            if OPTIONS.contains(&name.as_str()) {
                options.insert(name, value.clone());
            } else if !GENERIC.contains(&name.as_str())
                && !matches!(
                    name.as_str(),
                    "encryptedFields" | "idIndex" | "autoIndexId" | "flags" | "temp" | "indexOptionDefaults"
                )
            {
                return error(Code::Location(40415), format!("BSON field 'create.{name}' is an unknown field."));
            }
        }
        if call.flag("capped") {
            match call.number("size")? {
                Some(size) if size > 0 => {}
                _ => {
                    return error(Code::InvalidOptions, "the 'size' field is required when 'capped' is true");
                }
            }
        } else if options.contains_key("size") || options.contains_key("max") {
            options.remove("size");
            options.remove("max");
        }
        if options.get("capped") == Some(&Bson::Boolean(false)) {
            options.remove("capped");
        }
        if let Some(Bson::Document(validator)) = options.get("validator") {
            Filter::parse(validator)?;
        }
        if let Some(Bson::Document(collation)) = options.get("collation") {
            match crate::Collation::parse(collation)? {
                Some(collation) => options.insert("collation", collation.to_document()),
                None => options.remove("collation"),
            };
        }
        if let Some(known) = self.store.collection(&namespace) {
            if *known.options() == options {
                return reply::ok(doc! {});
            }
            return error(Code::NamespaceExists, format!("Collection {namespace} already exists."));
        }
        self.store.create_collection(&namespace)?;
        if !options.is_empty() {
            self.store.set_options(&namespace, options)?;
        }
        reply::ok(doc! {})
    }

    pub(super) fn drop_collection(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let count = self.store.collection(&namespace).map(|collection| collection.indexes().count());
        if !self.store.drop_collection(&namespace)? {
            return reply::ok(doc! {});
        }
        reply::ok(doc! { "nIndexesWas": count.unwrap_or(0) as i32, "ns": namespace.to_string() })
    }

    pub(super) fn drop_database(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let existed = self.store.collections().any(|(namespace, _)| *namespace.database == *call.database);
        self.store.drop_database(&call.database)?;
        let answer = if existed {
            doc! { "dropped": &call.database }
        } else {
            doc! {}
        };
        reply::ok(answer)
    }

    pub(super) fn validate(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let Some(collection) = self.store.collection(&namespace) else {
            return error(
                Code::NamespaceNotFound,
                format!("Collection '{namespace}' does not exist to validate."),
            );
        };
        reply::ok(doc! {
            "ns": namespace.to_string(), "nInvalidDocuments": 0, "nrecords": collection.len() as i32,
            "nIndexes": collection.indexes().count() as i32, "valid": true, "warnings": [], "errors": [],
        })
    }
}
