//! Custom properties and the theme attribute, set through CSSOM: the page's CSP forbids style attributes.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlLinkElement};

use super::document;
use crate::i18n::Texts;
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

/// Loads a stylesheet that the page names and has switched off. Without it a part looks plain, and is there.
pub async fn load(id: &str) {
    let link = super::dom::by_id(id).and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    let Some(link) = link.filter(HtmlLinkElement::disabled) else {
        return;
    };
    let over = Promise::new(&mut |over, _| {
        link.set_onload(Some(&over));
        link.set_onerror(Some(&over));
    });
    link.set_disabled(false);
    let _ = JsFuture::from(over).await;
}

/// Says that the app has taken the page over: `assets/early.js` and the browser tests wait for it.
pub fn set_here() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-app", "here");
    }
}

/// Returns the texts in the language that the screens are in, for what fails outside any component.
pub fn texts() -> Texts {
    let root = document().and_then(|document| document.document_element());
    Texts {
        language: root.and_then(|root| root.get_attribute("lang")).unwrap_or_default(),
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}
