//! A link to another page of the app: a real address, opened without a reload.

use yew::prelude::*;

use crate::hooks::use_services;
use crate::routes::Route;

#[derive(Properties, PartialEq)]
pub struct LinkProps {
    pub to: Route,
    /// A place on the page, without `#`.
    #[prop_or_default]
    pub hash: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// `aria-current`.
    #[prop_or_default]
    pub current: Option<AttrValue>,
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Link(props: &LinkProps) -> Html {
    let services = use_services();
    let onclick = {
        let (to, hash) = (props.to.clone(), props.hash.clone());
        Callback::from(move |event: MouseEvent| {
            if event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key() {
                event.prevent_default();
                crate::app::navigate(&services, to.clone(), &hash);
            }
        })
    };
    let href = if props.hash.is_empty() {
        props.to.href()
    } else {
        format!("{}#{}", props.to.href(), props.hash)
    };
    html! {
        <a {href} class={props.class.clone()} aria-current={props.current.clone()} aria-label={props.label.clone()} {onclick}>{ props.children.clone() }</a>
    }
}
