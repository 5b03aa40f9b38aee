//! The service worker: offline starts, real `fetch` to the mock API, and updates that wait for the learner.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::backend::Backend;
use super::history::base;
use super::module::import;
use crate::state::error::UiError;

#[wasm_bindgen]
extern "C" {
    type HostModule;
    #[wasm_bindgen(method, catch, js_name = registerServiceWorker)]
    async fn register(this: &HostModule, options: &JsValue) -> Result<JsValue, JsValue>;

    type Registration;
    #[wasm_bindgen(method, js_name = applyUpdate)]
    fn apply_update(this: &Registration);
}

thread_local! {
    static REGISTERED: RefCell<Option<Registration>> = const { RefCell::new(None) };
}

/// Registers it. `backend` opens the backend for a relayed request; `on_update` says that a newer build waits.
pub fn start<F>(backend: impl Fn() -> F + 'static, on_update: impl Fn() + 'static)
where
    F: Future<Output = Result<Backend, UiError>> + 'static,
{
    super::spawn(async move {
        let Ok(module) = import("host.js").await else { return };
        let call = Closure::<dyn Fn(JsValue) -> js_sys::Promise>::new(move |command: JsValue| {
            let backend = backend();
            wasm_bindgen_futures::future_to_promise(async move {
                let backend = backend.await.map_err(|error| js_sys::Error::new(&error.to_string()))?;
                backend.call_raw(&command).await
            })
        });
        let on_update = Closure::<dyn Fn()>::new(on_update);
        let options = js_sys::Object::new();
        let base = JsValue::from(base().unwrap_or_default());
        for (key, value) in [("base", &base), ("onUpdate", on_update.as_ref()), ("call", call.as_ref())] {
            let _ = js_sys::Reflect::set(&options, &key.into(), value);
        }
        // Both are called for as long as the page lives.
        call.forget();
        on_update.forget();
        match module.unchecked_into::<HostModule>().register(&options).await {
            Ok(registration) if registration.is_object() => {
                REGISTERED.with_borrow_mut(|registered| *registered = Some(registration.unchecked_into()))
            }
            _ => {}
        }
    });
}

/// Lets a waiting update take over; the page reloads itself then. Answers false when there is none to apply.
pub fn apply_update() -> bool {
    REGISTERED.with_borrow(|registered| registered.as_ref().map(Registration::apply_update).is_some())
}
