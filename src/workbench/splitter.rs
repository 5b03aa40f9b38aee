//! The line between two panes: drag it, move it with the arrow keys, or double-click it back.

use yew::prelude::*;

use super::format::whole;
use super::layout::{Layout, Pane, key_resize};
use crate::hooks::use_settings;
use crate::platform::pane;

#[derive(Properties, PartialEq, Clone)]
pub struct SplitterProps {
    pub pane: Pane,
    pub label: AttrValue,
    pub layout: UseStateHandle<Layout>,
    /// Width of the window.
    pub wide: f64,
}

#[component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let (pane, wide) = (props.pane, props.wide);
    let size = props.layout.size(pane, wide);
    let settings = use_settings();
    // The new size, and whether it is final; none is the size of the design.
    let onresize = {
        let layout = props.layout.clone();
        Callback::from(move |(size, done): (Option<f64>, bool)| {
            let now = layout.resize(pane, size);
            layout.set(now);
            if done {
                settings.update(|settings| (settings.lesson_width, settings.dock_height) = now.to_settings());
            }
        })
    };
    let (least, most, _) = pane.limits(wide);
    let dragging = use_state_eq(|| false);
    let onpointerdown = {
        let (onresize, dragging) = (onresize.clone(), dragging.clone());
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
        let onresize = onresize.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(size) = key_resize(pane, size, &event.key(), wide) {
                event.prevent_default();
                onresize.emit((Some(size), true));
            }
        })
    };
    let ondblclick = onresize.reform(|_: MouseEvent| (None, true));
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
