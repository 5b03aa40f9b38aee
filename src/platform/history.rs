//! The address bar: where the deployment's root is, where the page is, going elsewhere.

use gloo::events::EventListener;

use super::{document, window};
use crate::routes::Route;

/// Returns the absolute URL of the deployment's root, with a slash at its end.
pub fn base() -> Option<String> {
    let base = document()?.base_uri().ok().flatten()?;
    let base = base.split(['?', '#']).next().unwrap_or_default();
    Some(base[..=base.rfind('/')?].to_owned())
}

/// Makes an address below the root absolute.
pub fn resolve(path: &str) -> Option<String> {
    web_sys::Url::new_with_base(path, &base()?).ok().map(|url| url.href())
}

/// Returns the path of the deployment's root, `/` or `/some/path/`.
pub fn base_path() -> Option<String> {
    web_sys::Url::new(&base()?).ok().map(|url| url.pathname())
}

/// Reads the page that the address bar names.
pub fn current() -> Route {
    let path = || {
        let location = window()?.location();
        let path = location.pathname().ok()?;
        let query = location.search().ok()?;
        Some(format!("{}{query}", path.strip_prefix(base_path()?.as_str()).unwrap_or(&path)))
    };
    path().map_or(Route::Course, |path| Route::parse(&path))
}

/// Returns the text after `#`.
pub fn hash() -> String {
    window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
        .trim_start_matches('#')
        .to_owned()
}

/// Writes a page into the address bar.
pub fn push(route: &Route, hash: &str) {
    let hash = if hash.is_empty() { String::new() } else { format!("#{hash}") };
    let history = window().and_then(|window| window.history().ok());
    if let (Some(history), Some(url)) = (history, resolve(&format!("{}{hash}", route.href()))) {
        // A refused entry only costs the Back button.
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&url));
    }
}

/// Calls back with the new hash when somebody changes the address to another place of the same page.
pub fn on_hash(changed: impl Fn(String) + 'static) -> Option<EventListener> {
    Some(EventListener::new(window()?.as_ref(), "hashchange", move |_| changed(hash())))
}

/// Calls back when Back or Forward changed the address.
pub fn on_change(changed: impl Fn() + 'static) -> Option<EventListener> {
    Some(EventListener::new(window()?.as_ref(), "popstate", move |_| changed()))
}

pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
