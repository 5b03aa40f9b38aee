//! When the page is hidden, or about to go away.

use gloo::events::{EventListener, EventListenerOptions};

use super::window;

/// Calls back when the page is hidden or about to go away.
pub fn on_hide(hidden: impl Fn() + 'static) -> Vec<EventListener> {
    let (Some(window), Some(document)) = (window(), super::document()) else {
        return Vec::new();
    };
    let hidden = std::rc::Rc::new(hidden);
    let (leaving, page) = (hidden.clone(), document.clone());
    vec![
        EventListener::new(&window, "pagehide", move |_| leaving()),
        EventListener::new(&document, "visibilitychange", move |_| {
            if page.hidden() {
                hidden();
            }
        }),
    ]
}

/// Has the browser ask before the page goes away, while something would be gone with it.
pub fn on_leave(would_lose: impl Fn() -> bool + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        window()?.as_ref(),
        "beforeunload",
        options,
        move |event| {
            if would_lose() {
                event.prevent_default();
            }
        },
    ))
}
