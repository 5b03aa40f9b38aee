//! `localStorage` as the store behind `state::storage`.

use gloo::events::EventListener;
use gloo_storage::{LocalStorage, Storage as _};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use crate::state::storage::{KeyValue, StorageFailure};

/// The browser's own store. Reads and writes are synchronous and durable.
pub struct BrowserStore;

impl KeyValue for BrowserStore {
    fn get(&self, key: &str) -> Option<String> {
        LocalStorage::raw().get_item(key).ok().flatten()
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageFailure> {
        LocalStorage::raw().set_item(key, value).map_err(|error| {
            let name = js_sys::Reflect::get(&error, &"name".into())
                .ok()
                .and_then(|name| name.as_string())
                .unwrap_or_default();
            if name.contains("Quota") {
                StorageFailure::Full
            } else {
                StorageFailure::Blocked
            }
        })
    }

    fn remove(&self, key: &str) {
        let _ = LocalStorage::raw().remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        let storage = LocalStorage::raw();
        (0..storage.length().unwrap_or(0))
            .filter_map(|at| storage.key(at).ok().flatten())
            .collect()
    }
}

/// Returns the browser's store, or `None` where there is none or it is blocked.
pub fn open() -> Option<BrowserStore> {
    super::window()?.local_storage().ok().flatten().map(|_| BrowserStore)
}

/// Calls back with the key when another tab wrote.
pub fn on_other_tab(changed: impl Fn(String) + 'static) -> Option<EventListener> {
    Some(EventListener::new(super::window()?.as_ref(), "storage", move |event| {
        if let Some(key) = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key) {
            changed(key);
        }
    }))
}
