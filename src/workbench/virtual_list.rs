//! Long lists of equally high rows: only the rows in sight are in the page.

use yew::prelude::*;

use crate::platform::pane;

/// Rows kept above and below the view.
const SPARE: usize = 12;

/// The rows to render for a scroll position.
pub fn window(len: usize, row: f64, top: f64, height: f64) -> std::ops::Range<usize> {
    let first = (top / row).floor().max(0.0) as usize;
    let count = (height / row).ceil() as usize + 1;
    let start = first.saturating_sub(SPARE).min(len);
    start..(first + count + SPARE).min(len)
}

#[derive(Properties, PartialEq)]
pub struct VirtualListProps {
    pub len: usize,
    /// Pixels.
    pub row_height: f64,
    /// Renders the row at an index; must change when the rows do.
    pub row: Callback<usize, Html>,
    #[prop_or_default]
    pub class: Classes,
    pub label: AttrValue,
}

#[component]
pub fn VirtualList(props: &VirtualListProps) -> Html {
    let node = use_node_ref();
    let space = use_node_ref();
    let view = use_state_eq(|| (0.0, 600.0));
    let measure = {
        let (node, view) = (node.clone(), view.clone());
        Callback::from(move |()| {
            if let Some(now) = pane::scroll(&node) {
                view.set(now);
            }
        })
    };
    let rows = window(props.len, props.row_height, view.0, view.1);
    use_effect_with((props.len, rows.start), {
        let (space, measure) = (space.clone(), measure.clone());
        let (all, from) = (props.len as f64 * props.row_height, rows.start as f64 * props.row_height);
        move |_| {
            pane::set_property(&space, "--all", &format!("{all}px"));
            pane::set_property(&space, "--from", &format!("{from}px"));
            measure.emit(());
        }
    });
    use_effect_with((), {
        let measure = measure.clone();
        move |()| {
            let listener = pane::on_resize(move || measure.emit(()));
            move || drop(listener)
        }
    });
    let onscroll = Callback::from(move |_: Event| measure.emit(()));
    html! {
        <div ref={node} class={classes!("vlist", "pane-scroll", "inset", props.class.clone())} tabindex="0" role="region" aria-label={props.label.clone()} {onscroll}>
            <div ref={space} class="vspace"><div class="vrows">
                for at in rows { { props.row.emit(at) } }
            </div></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows() {
        for (len, top, height, wanted) in [
            (5, 0.0, 600.0, 0..5),
            (10_000, 0.0, 400.0, 0..33),
            (10_000, 20_000.0, 400.0, 988..1033),
            (10, 9000.0, 400.0, 10..10),
        ] {
            assert_eq!(window(len, 20.0, top, height), wanted);
        }
    }
}
