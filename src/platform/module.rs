//! Loads JavaScript modules that lie beside the page.

use wasm_bindgen::prelude::*;

use super::history::resolve;
use super::style;
use crate::i18n::session as words;
use crate::state::error::UiError;

#[wasm_bindgen(module = "/src/platform/load.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(url: &str) -> Result<JsValue, JsValue>;
}

/// Loads `<base><name>`; the module's exports are the value's properties.
pub async fn import(name: &str) -> Result<JsValue, UiError> {
    // Without a browser there is nothing to load from.
    let url = resolve(name).ok_or_else(|| did_not_load(name, String::new()))?;
    load(&url).await.map_err(|error| did_not_load(name, message_of(&error)))
}

/// Why a file beside the page is not there.
pub fn did_not_load(name: &str, why: String) -> UiError {
    let texts = style::texts();
    UiError::new(
        texts.fill(&words::NOT_LOADED, &[("name", name)]),
        why,
        texts.get(&words::NOT_LOADED_NEXT),
    )
}

/// Returns the `message` of a thrown value, or the value as text.
pub fn message_of(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
