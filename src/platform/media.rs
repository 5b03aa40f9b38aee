//! Media queries, and whether there is a connection.

use gloo::events::EventListener;

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
