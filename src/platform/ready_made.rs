//! Pieces of the page's ready-made HTML that stay on the screen until the parts of the app that draw them are there.

use std::cell::RefCell;

use gloo::events::EventListener;
use web_sys::{Element, Node};
use yew::Html;
use yew::virtual_dom::VNode;

/// Marks a piece; `assets/early.js` does again what is pressed in it.
const WAITS: &str = "data-waits";

/// What a reader does with something that is about to be used.
const TOUCHES: [&str; 4] = ["pointerover", "pointerdown", "focusin", "keydown"];

thread_local! {
    static KEPT: RefCell<Vec<ReadyMade>> = const { RefCell::new(Vec::new()) };
}

/// A piece. Clones are the same element.
#[derive(Clone, PartialEq)]
pub struct ReadyMade(Element);

/// Takes the pieces that these selectors find off the page, before the app draws in its place.
pub fn keep<'a>(root: &Element, selectors: impl IntoIterator<Item = &'a str>) {
    for selector in selectors {
        while let Ok(Some(element)) = root.query_selector(selector) {
            let _ = element.set_attribute(WAITS, "");
            element.remove();
            KEPT.with_borrow_mut(|kept| kept.push(ReadyMade(element)));
        }
    }
}

/// Hands a piece over, once.
pub fn take(selector: &str) -> Option<ReadyMade> {
    KEPT.with_borrow_mut(|kept| {
        let at = kept.iter().position(|piece| piece.0.matches(selector).unwrap_or(false))?;
        Some(kept.swap_remove(at))
    })
}

impl ReadyMade {
    /// Draws it as it is.
    pub fn draw(&self) -> Html {
        VNode::VRef(Node::from(self.0.clone()))
    }

    /// Calls back when the reader points at it, presses or focuses something in it, until the listeners are dropped.
    pub fn on_touch(&self, touched: impl Fn() + Clone + 'static) -> Vec<EventListener> {
        TOUCHES
            .map(|name| {
                let touched = touched.clone();
                EventListener::new(&self.0, name, move |_| touched())
            })
            .into()
    }
}
