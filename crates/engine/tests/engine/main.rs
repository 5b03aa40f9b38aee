//! The engine as JavaScript sees it, run as wasm in Node.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod auth;
mod backend;
mod http;
mod router;

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

/// A JavaScript value from JSON text.
fn js(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

/// A property, by a path of names.
fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.')
        .fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap())
}

/// A value as JSON text.
fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}
