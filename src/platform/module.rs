//! Loads JavaScript modules that lie beside the page.

use wasm_bindgen::prelude::*;

use super::history::resolve;
use crate::state::error::UiError;

#[wasm_bindgen(module = "/src/platform/load.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(url: &str) -> Result<JsValue, JsValue>;
}

/// Loads `<base><name>`; the module's exports are the value's properties.
pub async fn import(name: &str) -> Result<JsValue, UiError> {
    let url = resolve(name).ok_or_else(|| UiError::new("There is no browser", "This page is being rendered ahead of time.", ""))?;
    load(&url).await.map_err(|error| {
        UiError::new(
            format!("{name} did not load"),
            message_of(&error),
            "Check the connection, then reload the page. Your work is saved.",
        )
    })
}

/// Returns the `message` of a thrown value, or the value as text.
pub fn message_of(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
