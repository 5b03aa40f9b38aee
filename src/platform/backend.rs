//! Binds `host.js`: the sandboxed backend as one object that takes commands and reports events (`runtime/src/page-api.ts`).

use std::rc::Rc;

use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::history::base;
use super::json;
use super::module::{import, message_of};
use super::style;
use crate::i18n::session as words;
use crate::state::error::UiError;
use crate::state::protocol::{HostCommand, HostEvent};

#[wasm_bindgen]
extern "C" {
    type HostModule;
    #[wasm_bindgen(method, catch, js_name = openBackend)]
    fn open_backend(this: &HostModule, options: &JsValue) -> Result<HostBackend, JsValue>;

    type HostBackend;
    #[wasm_bindgen(method, catch)]
    async fn call(this: &HostBackend, command: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn stored(this: &HostBackend, batch: u32, failure: &JsValue);
    #[wasm_bindgen(method)]
    fn close(this: &HostBackend);
}

/// A command that the backend refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallError {
    pub kind: String,
    pub message: String,
}

impl CallError {
    /// What crosses the port is not of the form that both sides agreed on.
    pub fn page(message: String) -> Self {
        Self {
            kind: "page".into(),
            message,
        }
    }
}

/// The running backend. Clones are the same one.
#[derive(Clone)]
pub struct Backend(Rc<Opened>);

struct Opened {
    host: HostBackend,
    /// Kept alive for as long as the host calls it.
    _on_event: Closure<dyn Fn(JsValue)>,
}

impl Backend {
    /// Loads the module and starts the sandbox. `journal` are the base64 records to boot from.
    pub async fn open(journal: Vec<String>, on_event: impl Fn(HostEvent) + 'static) -> Result<Self, UiError> {
        let module: HostModule = import("host.js").await?.unchecked_into();
        let on_event = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            if let Ok(event) = json::from_js(&event) {
                on_event(event);
            }
        });
        let options = js_sys::Object::new();
        let journal: js_sys::Array = journal.iter().map(|record| JsValue::from_str(record)).collect();
        for (key, value) in [
            ("base", JsValue::from(base().unwrap_or_default())),
            ("journal", journal.into()),
            ("onEvent", on_event.as_ref().clone()),
        ] {
            let _ = js_sys::Reflect::set(&options, &key.into(), &value);
        }
        let host = module.open_backend(&options).map_err(|error| {
            let texts = style::texts();
            UiError::new(
                texts.get(&words::ENGINE_FAILED),
                message_of(&error),
                texts.get(&words::ENGINE_FAILED_NEXT),
            )
        })?;
        Ok(Self(Rc::new(Opened { host, _on_event: on_event })))
    }

    /// Sends a command and waits for its result.
    pub async fn call(&self, command: &HostCommand) -> Result<Value, CallError> {
        let command = json::to_js(command).map_err(CallError::page)?;
        let answer = self.0.host.call(&command).await.map_err(|error| CallError {
            kind: js_sys::Reflect::get(&error, &"kind".into())
                .ok()
                .and_then(|kind| kind.as_string())
                .unwrap_or_else(|| "failed".into()),
            message: message_of(&error),
        })?;
        json::from_js(&answer).map_err(CallError::page)
    }

    /// Sends a command that JavaScript made, as it is.
    pub async fn call_raw(&self, command: &JsValue) -> Result<JsValue, JsValue> {
        self.0.host.call(command).await
    }

    /// Answers a `journal` event: `None` when the batch is stored, else why not.
    pub fn stored(&self, batch: u32, failure: Option<&str>) {
        self.0.host.stored(batch, &failure.map_or(JsValue::NULL, JsValue::from_str));
    }

    pub fn close(&self) {
        self.0.host.close();
    }
}

/// Tells whether this browser can run the engine at all.
pub fn is_supported() -> bool {
    super::window().is_none_or(|window| js_sys::Reflect::get(&window, &"WebAssembly".into()).is_ok_and(|wasm| wasm.is_object()))
}
