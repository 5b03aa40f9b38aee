//! Sizes, scrolling and dragging of panes.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::NodeRef;

use super::window;

/// Returns the width of the window in CSS pixels.
pub fn window_width() -> Option<f64> {
    window()?.inner_width().ok()?.as_f64()
}

/// Calls back when the window changes its size.
pub fn on_resize(resized: impl Fn() + 'static) -> Option<EventListener> {
    Some(EventListener::new(window()?.as_ref(), "resize", move |_| resized()))
}

/// Returns how far an element is scrolled down, and how high its view is.
pub fn scroll(node: &NodeRef) -> Option<(f64, f64)> {
    let element = node.cast::<Element>()?;
    Some((f64::from(element.scroll_top()), f64::from(element.client_height())))
}

/// Scrolls an element to a height; more than there is means the end.
pub fn scroll_to(node: &NodeRef, top: f64) {
    if let Some(element) = node.cast::<Element>() {
        element.set_scroll_top(top as i32);
    }
}

/// Tells whether an element is scrolled to its end, give or take a line.
pub fn is_at_end(node: &NodeRef) -> bool {
    node.cast::<Element>()
        .is_none_or(|element| element.scroll_height() - element.scroll_top() - element.client_height() < 24)
}

/// Sets a custom property of the element behind a reference.
pub fn set_property(node: &NodeRef, name: &str, value: &str) {
    if let Some(element) = node.cast::<Element>() {
        super::style::set(&element, name, value);
    }
}

/// Takes a custom property away again.
pub fn remove_property(node: &NodeRef, name: &str) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        let _ = element.style().remove_property(name);
    }
}

/// Follows a pointer from its press to its release: the way so far in pixels, to the right and down, and whether it is over.
pub fn drag(press: &PointerEvent, moved: impl Fn(f64, f64, bool) + 'static) {
    let Some(target) = press.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let _ = target.set_pointer_capture(press.pointer_id());
    let from = (f64::from(press.client_x()), f64::from(press.client_y()));
    let listeners: Rc<RefCell<Vec<EventListener>>> = Rc::default();
    let moved = Rc::new(moved);
    let made = ["pointermove", "pointerup", "pointercancel"].map(|name| {
        let (listeners, moved) = (listeners.clone(), moved.clone());
        EventListener::new(&target, name, move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let over = name != "pointermove";
            moved(f64::from(event.client_x()) - from.0, f64::from(event.client_y()) - from.1, over);
            if over {
                // Dropping a listener inside its own call is not allowed, so the list goes a moment later.
                let done = listeners.take();
                super::spawn(async move {
                    super::time::sleep(0).await;
                    drop(done);
                });
            }
        })
    });
    listeners.borrow_mut().extend(made);
}

/// The regions that F6 walks: moves the focus to the next or previous of these ids and answers which.
pub fn focus_region(ids: &[&str], back: bool) -> Option<usize> {
    let document = super::document()?;
    let regions: Vec<(usize, Element)> = ids
        .iter()
        .enumerate()
        .filter_map(|(at, id)| Some((at, document.get_element_by_id(id)?)))
        .filter(|(_, element)| element.client_height() > 0)
        .collect();
    let focused = document.active_element();
    let here = regions.iter().position(|(_, region)| region.contains(focused.as_deref()));
    let count = regions.len();
    let to = match (here, back) {
        _ if count == 0 => return None,
        (None, _) => 0,
        (Some(at), true) => (at + count - 1) % count,
        (Some(at), false) => (at + 1) % count,
    };
    let (index, region) = &regions[to];
    super::dom::focus(region);
    Some(*index)
}

/// Moves the focus to the tab beside an element in its tab list, as arrow keys do; answers whether there was one.
pub fn focus_tab(event: &web_sys::Event, steps: i32) -> bool {
    let list = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(list) = list else { return false };
    let Ok(tabs) = list.query_selector_all("[role='tab']") else {
        return false;
    };
    let tabs: Vec<Element> = (0..tabs.length())
        .filter_map(|at| tabs.item(at)?.dyn_into::<Element>().ok())
        .collect();
    let focused = super::document().and_then(|document| document.active_element());
    let Some(at) = tabs.iter().position(|tab| Some(tab) == focused.as_ref()) else {
        return false;
    };
    let to = match steps {
        i32::MIN => 0,
        i32::MAX => tabs.len() - 1,
        steps => (at as i32 + steps).rem_euclid(tabs.len() as i32) as usize,
    };
    let Some(tab) = tabs[to].dyn_ref::<web_sys::HtmlElement>() else {
        return false;
    };
    let _ = tab.focus();
    tab.click();
    true
}
