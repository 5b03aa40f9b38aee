//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies text; answers whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = super::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
