//! What the learner reads: the section at the top of a pane, and the link under a click.

use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::dom::by_id;

/// Returns the index of the last of `ids` whose element begins above a third of the pane, and whether the pane is at its end.
pub fn section_in_view(pane: &str, ids: &[String]) -> Option<(usize, bool)> {
    let pane = by_id(pane)?;
    let frame = pane.get_bounding_client_rect();
    let line = frame.top() + frame.height() / 3.0;
    let begun = |id: &String| by_id(id).is_some_and(|element| element.get_bounding_client_rect().top() <= line);
    let at = ids.iter().rposition(begun).unwrap_or(0);
    let at_end = pane.scroll_top() + pane.client_height() >= pane.scroll_height() - 4;
    Some((at, at_end))
}

/// Returns the `href`, as written, of the link that a plain click hit; none for a click that the browser should handle.
pub fn clicked_link(event: &MouseEvent) -> Option<String> {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("a[href]").ok()??.get_attribute("href")
}
