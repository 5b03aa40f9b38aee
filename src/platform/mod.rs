//! All browser calls of the page. Natively there is no window, and each function does nothing or answers `None`.

pub mod backend;
pub mod clipboard;
pub mod content;
pub mod dom;
pub mod editor;
pub mod files;
pub mod highlight;
pub mod history;
pub mod json;
pub mod keyboard;
pub mod leaving;
pub mod link;
pub mod local_storage;
pub mod locks;
pub mod media;
pub mod module;
pub mod pane;
pub mod preview;
pub mod project;
pub mod reading;
pub mod ready_made;
pub mod service_worker;
pub mod style;
pub mod time;

/// Returns the window; the one place that knows whether there is a browser.
pub fn window() -> Option<web_sys::Window> {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window();
    #[cfg(not(target_arch = "wasm32"))]
    None
}

pub fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// Runs a future on the page's own thread.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(future);
    #[cfg(not(target_arch = "wasm32"))]
    drop(future);
}
