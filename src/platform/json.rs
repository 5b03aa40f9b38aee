//! Values between JavaScript and Rust, as JSON text.

use js_sys::{JSON, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use crate::state::json;

/// Makes a JavaScript value of a serialisable one.
pub fn to_js<T: Serialize>(value: &T) -> Result<JsValue, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    JSON::parse(&text).map_err(|error| super::module::message_of(&error))
}

/// Reads a JavaScript value. A `body` of bytes on its top level arrives as `state::json::bytes`; nothing else may be binary.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    json::read(&text_of(value)?).map_err(|error| error.to_string())
}

fn text_of(value: &JsValue) -> Result<String, String> {
    let body = value
        .is_object()
        .then(|| Reflect::get(value, &"body".into()).ok()?.dyn_into::<Uint8Array>().ok())
        .flatten();
    let text = match body {
        None => JSON::stringify(value),
        Some(body) => {
            let text: String = body.to_vec().into_iter().map(char::from).collect();
            let copy = js_sys::Object::assign(&js_sys::Object::new(), value.unchecked_ref());
            let _ = Reflect::set(&copy, &"body".into(), &text.into());
            JSON::stringify(&copy)
        }
    };
    match text {
        // Nothing has no JSON.
        Ok(text) => Ok(text.as_string().unwrap_or_else(|| "null".to_owned())),
        Err(error) => Err(super::module::message_of(&error)),
    }
}
