//! Media queries, and whether there is a connection.

use gloo::events::{EventListener, EventListenerOptions};

use super::window;

/// Tells whether a media query holds; natively none does.
pub fn matches(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Calls back with the new answer when a media query changes its mind.
pub fn on_change(query: &str, changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let list = window()?.match_media(query).ok().flatten()?;
    let read = list.clone();
    Some(EventListener::new(&list, "change", move |_| changed(read.matches())))
}

pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back when the connection comes or goes.
pub fn on_connection(changed: impl Fn(bool) + 'static) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    let changed = std::rc::Rc::new(changed);
    let offline = changed.clone();
    vec![
        EventListener::new(&window, "online", move |_| changed(true)),
        EventListener::new(&window, "offline", move |_| offline(false)),
    ]
}

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
