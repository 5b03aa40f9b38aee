//! Shows toasts at the foot of the page.

use yew::prelude::*;

use super::draw_icon;
use crate::hooks::{use_text, use_toasts};
use crate::i18n::shell;
use crate::platform::time;
use crate::state::store::use_store;
use crate::state::toasts::{TOAST_MS, Toast, Toasts};

#[component]
pub fn ToastList() -> Html {
    let toasts = use_toasts();
    let list = use_store(&toasts.0.clone());
    html! {
        <div class="toasts">
            for toast in list.iter() {
                <ToastItem key={toast.id} toast={toast.clone()} toasts={toasts.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToastProps {
    toast: Toast,
    toasts: Toasts,
}

#[component]
fn ToastItem(props: &ToastProps) -> Html {
    let texts = use_text();
    let held = use_state_eq(|| false);
    let id = props.toast.id;
    {
        let toasts = props.toasts.clone();
        use_effect_with((id, *held, props.toast.urgent), move |(id, held, urgent)| {
            let id = *id;
            let timer = if *held || *urgent {
                None
            } else {
                time::after(TOAST_MS, move || toasts.dismiss(id))
            };
            move || drop(timer)
        });
    }
    let hold = |value: bool| {
        let held = held.clone();
        move || held.set(value)
    };
    let (over, out, focus, blur) = (hold(true), hold(false), hold(true), hold(false));
    let dismiss = {
        let toasts = props.toasts.clone();
        Callback::from(move |_: MouseEvent| toasts.dismiss(id))
    };
    html! {
        <div class="toast" role={if props.toast.urgent { "alert" } else { "status" }}
            onmouseenter={move |_| over()} onmouseleave={move |_| out()} onfocusin={move |_| focus()} onfocusout={move |_| blur()}>
            { draw_icon(props.toast.icon, "s") }
            <span>{ &props.toast.text }</span>
            if let Some((label, action)) = &props.toast.action {
                <button type="button" class="btn sm" onclick={
                    let (action, toasts) = (action.clone(), props.toasts.clone());
                    move |_| { action.emit(()); toasts.dismiss(id); }
                }>{ label }</button>
            }
            <button type="button" class="ib sm" aria-label={texts.get(&shell::DISMISS)} onclick={dismiss}>{ draw_icon("x", "s") }</button>
        </div>
    }
}
