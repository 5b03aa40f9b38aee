//! Custom properties and the theme attribute, set through CSSOM: the page's CSP forbids style attributes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::document;
use crate::state::settings::Theme;

/// Sets a CSS property or custom property of one element.
pub fn set(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(name, value);
    }
}

/// Sets a custom property for the whole page.
pub fn set_root(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        set(&root, name, value);
    }
}

/// Writes the theme to use into `data-theme`.
pub fn set_theme(theme: Theme) {
    let dark = match theme {
        Theme::System => super::media::matches("(prefers-color-scheme: dark)"),
        Theme::Light => false,
        Theme::Dark => true,
    };
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}

/// Writes the language of the screens into `lang`.
pub fn set_language(language: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language);
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}
