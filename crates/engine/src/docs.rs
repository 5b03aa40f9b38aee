//! The document database's pure functions: documents in, documents out, all as Extended JSON text.

use backlab_docdb::bson::Document;
use backlab_docdb::{DocDbError, Find, UpdateSpec, extjson, pure};
use js_sys::{Error, Reflect};
use serde::Deserialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Options of `docdbFind`.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FindOptions {
    projection: Value,
    sort: Value,
    skip: u64,
    limit: u64,
}

/// Options of `docdbUpdate`.
#[derive(Deserialize, Default)]
#[serde(default)]
struct UpdateOptions {
    many: bool,
    upsert: bool,
    /// Milliseconds since the epoch, for `$currentDate`.
    now: i64,
}

/// Finds among a JSON list of documents; `options` are `{ projection, sort, skip, limit }`. Returns a JSON list.
#[wasm_bindgen(js_name = docdbFind)]
pub fn find(documents: &str, query: &str, options: &str) -> Result<String, JsValue> {
    let options: FindOptions = parse_options(options)?;
    let find = Find {
        filter: document(query)?,
        projection: from_value(options.projection)?,
        sort: from_value(options.sort)?,
        skip: options.skip,
        limit: options.limit,
        ..Find::default()
    };
    let found = pure::find(&list(documents)?, &find).map_err(thrown)?;
    Ok(written(found).to_string())
}

/// Tells whether a document fits a query.
#[wasm_bindgen(js_name = docdbTest)]
pub fn test(document_text: &str, query: &str) -> Result<bool, JsValue> {
    pure::test(&document(document_text)?, &document(query)?).map_err(thrown)
}

/// Updates documents; `options` are `{ many, upsert, now }`. Returns `{ documents, matched, modified, upserted }`.
#[wasm_bindgen(js_name = docdbUpdate)]
pub fn update(documents: &str, query: &str, update: &str, options: &str) -> Result<String, JsValue> {
    let options: UpdateOptions = parse_options(options)?;
    let spec = UpdateSpec {
        filter: document(query)?,
        update: document(update)?,
        many: options.many,
        upsert: options.upsert,
        ..UpdateSpec::default()
    };
    let mut documents = list(documents)?;
    let touched = pure::update(&mut documents, &spec, options.now).map_err(thrown)?;
    let answer = json!({
        "documents": written(documents),
        "matched": touched.matched,
        "modified": touched.modified,
        "upserted": touched.upserted,
    });
    Ok(answer.to_string())
}

fn parse_options<T: Default + for<'de> Deserialize<'de>>(text: &str) -> Result<T, JsValue> {
    if text.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_str(text).map_err(|error| thrown(DocDbError::Json(error.to_string())))
}

fn value(text: &str) -> Result<Value, JsValue> {
    serde_json::from_str(text).map_err(|error| thrown(DocDbError::Json(error.to_string())))
}

fn from_value(value: Value) -> Result<Document, JsValue> {
    if value.is_null() {
        Ok(Document::new())
    } else {
        extjson::document_from_json(value).map_err(thrown)
    }
}

fn document(text: &str) -> Result<Document, JsValue> {
    if text.is_empty() {
        Ok(Document::new())
    } else {
        from_value(value(text)?)
    }
}

fn list(text: &str) -> Result<Vec<Document>, JsValue> {
    match value(text)? {
        Value::Array(items) => items.into_iter().map(from_value).collect(),
        _ => Err(thrown(DocDbError::Json("expected a list of documents".into()))),
    }
}

fn written(documents: Vec<Document>) -> Value {
    documents.into_iter().map(extjson::document_to_json).collect()
}

/// An Error with MongoDB's `code` and `codeName`.
fn thrown(failure: DocDbError) -> JsValue {
    let error = Error::new(&failure.to_string());
    error.set_name("MongoServerError");
    let _ = Reflect::set(&error, &"code".into(), &failure.code().into());
    let _ = Reflect::set(&error, &"codeName".into(), &failure.code_name().into());
    error.into()
}
