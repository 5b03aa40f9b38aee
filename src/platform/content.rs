//! Compiled lessons and other JSON files beside the page.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::history::resolve;
use super::module::{did_not_load, message_of};
use super::style;
use crate::i18n::session as words;
use crate::state::error::UiError;
use crate::state::json;

/// Fetches and reads `<base>content/<name>`.
pub async fn fetch<T: DeserializeOwned>(name: &str) -> Result<T, UiError> {
    let text = fetch_text(name).await?;
    json::read(&text).map_err(|error| {
        let texts = style::texts();
        UiError::new(
            texts.fill(&words::UNREADABLE, &[("name", name)]),
            error.to_string(),
            texts.get(&words::UNREADABLE_NEXT),
        )
    })
}

async fn fetch_text(name: &str) -> Result<String, UiError> {
    let texts = style::texts();
    let failed = |why: String| did_not_load(name, why);
    let (Some(window), Some(url)) = (super::window(), resolve(&format!("content/{name}"))) else {
        return Err(failed(String::new()));
    };
    let response = JsFuture::from(window.fetch_with_str(&url))
        .await
        .map_err(|error| failed(message_of(&error)))?;
    let response: Response = response.dyn_into().map_err(|_| failed(texts.get(&words::NO_RESPONSE).into()))?;
    if !response.ok() {
        let status = format!("{} {}", response.status(), response.status_text());
        return Err(failed(texts.fill(&words::HOST_ANSWERED, &[("status", status.trim())])));
    }
    let text = response.text().map_err(|error| failed(message_of(&error)))?;
    let text = JsFuture::from(text).await.map_err(|error| failed(message_of(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}
