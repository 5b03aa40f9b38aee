//! Binds `highlightLines` of `editor.js`: code outside the editor in the editor's colours.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::module::import;
use crate::state::error::UiError;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type HighlightModule;
    #[wasm_bindgen(method, catch, js_name = highlightLines)]
    fn highlight_lines(this: &HighlightModule, path: &str, text: &str) -> Result<js_sys::Array, JsValue>;
}

thread_local! {
    static LOADED: RefCell<Option<HighlightModule>> = const { RefCell::new(None) };
}

/// Loads the module, after which `lines` answers.
pub async fn load() -> Result<(), UiError> {
    if LOADED.with_borrow(Option::is_none) {
        let module: HighlightModule = import("editor.js").await?.unchecked_into();
        LOADED.set(Some(module));
    }
    Ok(())
}

/// Returns one string of HTML per line; none while the module is not loaded.
pub fn lines(path: &str, text: &str) -> Option<Vec<String>> {
    let module = LOADED.with_borrow(Clone::clone)?;
    let lines = module.highlight_lines(path, text).ok()?;
    lines.iter().map(|line| line.as_string()).collect()
}
