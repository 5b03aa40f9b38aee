//! Binds `link.js`: text in and out of a link.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/platform/link.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = pack)]
    async fn js_pack(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = unpack)]
    async fn js_unpack(text: &str) -> Result<JsValue, JsValue>;
}

/// Makes a text short enough for an address; none where the browser cannot.
pub async fn pack(text: &str) -> Option<String> {
    js_pack(text).await.ok()?.as_string()
}

/// Returns the text that was packed; none when it is damaged or too large.
pub async fn unpack(text: &str) -> Option<String> {
    js_unpack(text).await.ok()?.as_string()
}
