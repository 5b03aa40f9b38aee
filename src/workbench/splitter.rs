//! The line between two panes: drag it, move it with the arrow keys, or double-click it back.

use std::rc::Rc;

use yew::prelude::*;

use super::format::whole;
use super::layout::{Pane, key_resize};
use crate::platform::pane;

#[derive(Properties, PartialEq)]
pub struct SplitterProps {
    pub pane: Pane,
    pub label: AttrValue,
    /// Size now, in pixels.
    pub size: f64,
    /// Width of the window.
    pub wide: f64,
    /// The new size and whether it is final; `None` is the size of the design.
    pub onresize: Callback<(Option<f64>, bool)>,
}

#[component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let (pane, size, wide) = (props.pane, props.size, props.wide);
    let (least, most, _) = pane.limits(wide);
    let dragging = use_state_eq(|| false);
    let onpointerdown = {
        let (onresize, dragging) = (props.onresize.clone(), dragging.clone());
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            let (onresize, dragging) = (onresize.clone(), dragging.clone());
            dragging.set(true);
            pane::drag(&event, move |right, down, over| {
                let way = if pane == Pane::Lesson { right } else { -down };
                if way != 0.0 {
                    onresize.emit((Some(pane.clamp(size + way, wide)), over));
                }
                if over {
                    dragging.set(false);
                }
            });
        })
    };
    let onkeydown = {
        let onresize = props.onresize.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(size) = key_resize(pane, size, &event.key(), wide) {
                event.prevent_default();
                onresize.emit((Some(size), true));
            }
        })
    };
    let ondblclick = {
        let onresize = Rc::new(props.onresize.clone());
        Callback::from(move |_: MouseEvent| onresize.emit((None, true)))
    };
    let upright = pane == Pane::Lesson;
    html! {
        <div
            class={if upright { "split-v" } else { "split-h" }} role="separator" tabindex="0"
            aria-orientation={if upright { "vertical" } else { "horizontal" }} aria-label={props.label.clone()}
            aria-valuenow={whole(size).to_string()} aria-valuemin={whole(least).to_string()} aria-valuemax={whole(most).to_string()}
            data-drag={dragging.then_some("on")} {onpointerdown} {onkeydown} {ondblclick}
        ></div>
    }
}
