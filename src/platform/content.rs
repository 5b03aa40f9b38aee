//! Compiled lessons and other JSON files beside the page.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::history::resolve;
use super::module::message_of;
use crate::state::error::UiError;
use crate::state::json;

/// Fetches and reads `<base>content/<name>`.
pub async fn fetch<T: DeserializeOwned>(name: &str) -> Result<T, UiError> {
    let text = fetch_text(name).await?;
    json::read(&text).map_err(|error| {
        UiError::new(
            format!("{name} could not be read"),
            error.to_string(),
            "Reload the page; if it stays, this copy of the site is incomplete.",
        )
    })
}

async fn fetch_text(name: &str) -> Result<String, UiError> {
    let failed = |why: String| {
        UiError::new(
            format!("{name} did not load"),
            why,
            "Check the connection, then try again. Your work is saved.",
        )
    };
    let (Some(window), Some(url)) = (super::window(), resolve(&format!("content/{name}"))) else {
        return Err(failed("This page is being rendered ahead of time.".into()));
    };
    let response = JsFuture::from(window.fetch_with_str(&url))
        .await
        .map_err(|error| failed(message_of(&error)))?;
    let response: Response = response.dyn_into().map_err(|_| failed("The browser gave no response.".into()))?;
    if !response.ok() {
        return Err(failed(format!(
            "The host answered {} {}.",
            response.status(),
            response.status_text()
        )));
    }
    let text = response.text().map_err(|error| failed(message_of(&error)))?;
    let text = JsFuture::from(text).await.map_err(|error| failed(message_of(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}
