//! Binds `project.js`: projects as zip files (`runtime/src/project/page.ts`).

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlInputElement};

use super::module::{import, message_of};
use super::{files, style};
use crate::i18n::{import_faults, pages as words};
use crate::state::error::UiError;
use crate::state::projects::Imported;
use crate::state::session::Files;

#[wasm_bindgen]
extern "C" {
    type ProjectModule;
    #[wasm_bindgen(method, catch, js_name = zipProject)]
    fn zip_project(this: &ProjectModule, name: &str, files: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readPicked)]
    async fn read_picked(this: &ProjectModule, picked: &JsValue) -> Result<JsValue, JsValue>;
}

async fn module() -> Result<ProjectModule, UiError> {
    Ok(import("project.js").await?.unchecked_into())
}

/// Offers a project as a zip file that Node runs.
pub async fn download(name: &str, content: &Files) -> Result<(), UiError> {
    let failed = |why: String| {
        let texts = style::texts();
        UiError::new(
            texts.fill(&words::NOT_PACKED, &[("name", name)]),
            why,
            texts.get(&words::NOT_PACKED_NEXT),
        )
    };
    let text = serde_json::to_string(content).map_err(|error| failed(error.to_string()))?;
    let packed = module()
        .await?
        .zip_project(name, &text)
        .map_err(|error| failed(message_of(&error)))?;
    let part = |key: &str| Reflect::get(&packed, &key.into()).unwrap_or_default();
    let bytes: Uint8Array = part("bytes").unchecked_into();
    files::download_bytes(&part("file").as_string().unwrap_or_default(), "application/zip", &bytes.to_vec());
    Ok(())
}

/// Why a project was not taken in, in the learner's language.
fn refusal(error: &JsValue) -> String {
    let part = |key: &str| {
        Reflect::get(error, &key.into())
            .ok()
            .and_then(|part| part.as_string())
            .unwrap_or_default()
    };
    let values = crate::state::json::read(&part("values")).unwrap_or_default();
    import_faults::say(&style::texts(), &part("fault"), &values, &message_of(error))
}

/// Reads the zip file or the folder that was picked in an `<input type="file">`; `None` when nothing was.
pub async fn picked(event: &Event) -> Option<Result<Imported, UiError>> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let picked = input.files()?;
    let read = async {
        let failed = |why: String| UiError::new(style::texts().get(&words::NOT_IMPORTED), why, "");
        let text = module()
            .await?
            .read_picked(&picked)
            .await
            .map_err(|error| failed(refusal(&error)))?;
        crate::state::json::read(&text.as_string().unwrap_or_default()).map_err(|error| failed(error.to_string()))
    };
    let read = read.await;
    // The same file can be picked again.
    input.set_value("");
    Some(read)
}
