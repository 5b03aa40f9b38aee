//! A modal dialog: takes the focus, keeps Tab inside, closes on Escape and on a click beside it, gives the focus back.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::hooks::use_services;
use crate::platform::dom;

#[derive(Properties, PartialEq)]
pub struct DialogProps {
    pub label: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Modal(props: &DialogProps) -> Html {
    let services = use_services();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = dom::focused();
            if let Some(first) = node
                .cast::<dom::Element>()
                .and_then(|dialog| dom::focusable(&dialog).into_iter().next())
            {
                dom::focus(&first);
            }
            move || {
                if let Some(before) = before {
                    dom::focus_back(&before);
                }
            }
        });
    }
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() != "Tab" {
                return;
            }
            let inside = node
                .cast::<dom::Element>()
                .map(|dialog| dom::focusable(&dialog))
                .unwrap_or_default();
            let (Some(first), Some(last)) = (inside.first(), inside.last()) else {
                return;
            };
            let now = dom::focused();
            let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
            if now.as_ref() == Some(edge) {
                event.prevent_default();
                dom::focus(other);
            }
        })
    };
    let onmousedown = {
        let node = node.clone();
        Callback::from(move |event: MouseEvent| {
            let outside = event
                .target()
                .and_then(|target| target.dyn_into::<dom::Node>().ok())
                .zip(node.cast::<dom::Element>())
                .is_some_and(|(target, dialog)| !dialog.contains(Some(&target)));
            if outside {
                services.dialog.set(None);
            }
        })
    };
    html! {
        <div class="scrim" {onmousedown} {onkeydown}>
            <div class={classes!("dialog", props.class.clone())} role="dialog" aria-modal="true" aria-label={props.label.clone()} ref={node}>{ props.children.clone() }</div>
        </div>
    }
}
