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

/// A link of ready-made text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClickedLink {
    /// As written, not made absolute.
    pub href: String,
    /// A file of the project and its line, from `data-file` and `data-line`.
    pub file: Option<(String, u32)>,
}

/// Returns the link that a plain click hit; none for a click that the browser should handle.
pub fn clicked_link(event: &MouseEvent) -> Option<ClickedLink> {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() || event.default_prevented() {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let line = link.get_attribute("data-line").and_then(|line| line.parse().ok()).unwrap_or(1);
    Some(ClickedLink {
        href: link.get_attribute("href")?,
        file: link.get_attribute("data-file").map(|file| (file, line)),
    })
}
