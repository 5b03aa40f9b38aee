//! Values between JavaScript and Rust, as JSON text.

use js_sys::{Array, JSON, Object, Uint8Array};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Error, Map, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::state::json;

/// Makes a JavaScript value of a serialisable one.
pub fn to_js<T: Serialize>(value: &T) -> Result<JsValue, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    JSON::parse(&text).map_err(|error| super::module::message_of(&error))
}

/// Reads a JavaScript value of what JSON knows. Bytes arrive as `state::json::bytes`.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    json::from_value(tree(value)).map_err(|error| error.to_string())
}

/// Parses JSON text.
pub fn parse(text: &str) -> Result<Value, Error> {
    JSON::parse(text)
        .map(|value| tree(&value))
        .map_err(|error| Error::custom(super::module::message_of(&error)))
}

/// Takes over a value. What JSON leaves out is left out here too.
fn tree(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(number) = value.as_f64() {
        number_of(number)
    } else if let Some(is) = value.as_bool() {
        Value::Bool(is)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        list.iter().map(|item| tree(&item)).collect()
    } else if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        Value::String(bytes.to_vec().into_iter().map(char::from).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let mut entries = Map::new();
        for entry in Object::entries(object).iter() {
            let entry: Array = entry.unchecked_into();
            let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
            if !value.is_undefined() {
                entries.insert(name, tree(&value));
            }
        }
        Value::Object(entries)
    } else {
        Value::Null
    }
}

/// Whole numbers are written without a fraction, as JavaScript does.
fn number_of(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}
