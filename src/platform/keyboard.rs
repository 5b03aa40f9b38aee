//! Keys pressed anywhere on the page.

/// Stops listening when it is dropped.
pub use gloo::events::EventListener;
use gloo::events::EventListenerOptions;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::document;

/// A key press, told apart by what it means rather than by platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// `k`, `Enter`, `F6`.
    pub key: String,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
    /// The focus is where text is typed.
    pub typing: bool,
}

/// Calls back on each key press; answering true swallows it.
pub fn on_press(press: impl Fn(Press) -> bool + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        document()?.as_ref(),
        "keydown",
        options,
        move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if event.is_composing() || event.default_prevented() {
                return;
            }
            let pressed = Press {
                key: event.key(),
                command: event.ctrl_key() || event.meta_key(),
                shift: event.shift_key(),
                alt: event.alt_key(),
                typing: event.composed_path().get(0).dyn_ref::<Element>().is_some_and(is_typed_in),
            };
            if press(pressed) {
                event.prevent_default();
            }
        },
    ))
}

fn is_typed_in(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}
