//! Focus, scrolling, and what was typed.

use wasm_bindgen::JsCast;
pub use web_sys::{Element, HtmlElement, Node};
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::document;

/// Returns the text of the field that an event came from.
pub fn value(event: &Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        select.value()
    } else {
        String::new()
    }
}

/// Returns the caret of the field that an event came from, in UTF-16 units.
pub fn caret(event: &Event) -> usize {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.and_then(|input| input.selection_start().ok().flatten()).unwrap_or(0) as usize
}

/// Writes into the field behind a reference and puts the caret at a place, in UTF-16 units.
pub fn write(node: &yew::NodeRef, text: &str, caret: u32) {
    if let Some(input) = node.cast::<HtmlInputElement>() {
        input.set_value(text);
        let _ = input.set_selection_range(caret, caret);
    }
}

/// Moves the focus from the element that heard an event to its next or last sibling.
pub fn focus_beside(event: &Event, back: bool) -> bool {
    let here = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let to = here.and_then(|here| {
        if back {
            here.previous_element_sibling()
        } else {
            here.next_element_sibling()
        }
    });
    to.filter(|element| element.has_attribute("tabindex"))
        .map(|element| focus(&element))
        .is_some()
}

/// Clicks the element with this id, as a button that stands for a hidden one does.
pub fn click(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Tells whether the checkbox that an event came from is ticked.
pub fn checked(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|input| input.checked())
}

pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Moves the focus; an element that cannot take it gets `tabindex="-1"` first.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        if element.tab_index() < 0 && !element.has_attribute("tabindex") {
            element.set_tab_index(-1);
        }
        let _ = element.focus();
    }
}

/// Gives the focus back; an element that was drawn anew meanwhile is found by its id.
pub fn focus_back(element: &Element) {
    if element.is_connected() {
        focus(element);
    } else {
        focus_id(&element.id());
    }
}

pub fn focus_id(id: &str) {
    if let Some(element) = by_id(id) {
        focus(&element);
    }
}

/// Returns the element that has the focus, so that a dialog can give it back.
pub fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Returns the element that gets the focus as another loses it; none when it leaves the page.
pub fn went_to(event: &web_sys::FocusEvent) -> Option<Node> {
    event.related_target()?.dyn_into().ok()
}

pub fn scroll_to(id: &str) {
    if let Some(element) = by_id(id) {
        element.scroll_into_view();
    }
}

pub fn scroll_to_top() {
    if let Some(window) = super::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Returns the elements that Tab would reach inside `root`, in order.
pub fn focusable(root: &Element) -> Vec<Element> {
    const REACHED: &str =
        "a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex='0']";
    let Ok(list) = root.query_selector_all(REACHED) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into::<Element>().ok())
        .collect()
}

/// Returns the text of the element with this id; the page's embedded data.
pub fn text_of(id: &str) -> Option<String> {
    by_id(id)?.text_content()
}

/// Scrolls only as far as it takes to see the element.
pub fn scroll_into_nearest(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus to the element behind a reference.
pub fn focus_node(node: &yew::NodeRef) {
    if let Some(element) = node.cast::<Element>() {
        focus(&element);
    }
}

/// Tells whether the focus is inside the element with this id.
pub fn focus_is_inside(id: &str) -> bool {
    by_id(id).is_some_and(|element| focused().is_some_and(|focused| element.contains(Some(&focused))))
}
