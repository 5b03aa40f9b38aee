//! Conditions of the whole page: what happened, why, and what to do next.

use yew::prelude::*;

use super::Icon;
use crate::hooks::{use_services, use_text};
use crate::i18n::{Message, shell};
use crate::platform::history;
use crate::state::services::{Services, Status};
use crate::state::store::use_store;

#[component]
pub fn Banners() -> Html {
    let services = use_services();
    let status = use_store(&services.status.clone());
    let texts = use_text();
    let shown = |name: &str| !status.hidden.contains(&name);
    let act = |act: fn(&Services)| {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| act(&services))
    };
    let button = |message: &Message, class: &'static str, onclick: Callback<MouseEvent>| {
        html! { <button type="button" class={classes!("btn", "sm", class)} {onclick}>{ texts.get(message) }</button> }
    };
    html! {
        <div class="banners">
            if let Some(error) = &status.storage {
                <div class="banner bad" role="alert">
                    <Icon name="disk" /><span><b>{ &error.title }{ ". " }</b>{ &error.detail }{ " " }{ &error.hint }</span><span class="grow"></span>
                    { button(&shell::SAVE_BACKUP, "", act(crate::state::backup::download)) }
                </div>
            }
            if status.other_tab && !status.look_only {
                <div class="banner warn" role="status">
                    <Icon name="copy" /><span><b>{ texts.get(&shell::OTHER_TAB) }{ ". " }</b>{ texts.get(&shell::OTHER_TAB_WHY) }</span><span class="grow"></span>
                    { button(&shell::USE_THIS_TAB, "accent", act(|services| crate::wiring::take_lock(services, crate::platform::locks::Ask::Steal))) }
                    { button(&shell::LOOK_ONLY, "quiet", act(|services| services.status.update(|status| status.look_only = true))) }
                </div>
            }
            if !status.damaged.is_empty() && shown("damaged") {
                <div class="banner warn" role="status">
                    <Icon name="warn" /><span><b>{ texts.get(&shell::DAMAGED) }{ ". " }</b>{ texts.get(&shell::DAMAGED_WHY) }</span><span class="grow"></span>
                    { button(&shell::SAVE_BACKUP, "", act(crate::state::backup::download)) }
                    { button(&shell::HIDE, "quiet", act(|services| hide(services, "damaged"))) }
                </div>
            }
            if !status.online && shown("offline") {
                <div class="banner info" role="status">
                    <Icon name="offline" /><span><b>{ texts.get(&shell::OFFLINE) }{ " " }</b>{ texts.get(&shell::OFFLINE_WHY) }</span><span class="grow"></span>
                    { button(&shell::HIDE, "quiet", act(|services| hide(services, "offline"))) }
                </div>
            }
            if status.update && shown("update") {
                <div class="banner" role="status">
                    <Icon name="reset" /><span><b>{ texts.get(&shell::UPDATE) }{ " " }</b>{ texts.get(&shell::UPDATE_WHY) }</span><span class="grow"></span>
                    { button(&shell::RELOAD, "", act(reload)) }
                    { button(&shell::LATER, "quiet", act(|services| hide(services, "update"))) }
                </div>
            }
        </div>
    }
}

fn hide(services: &Services, name: &'static str) {
    services.status.update(|status: &mut Status| status.hidden.push(name));
}

fn reload(services: &Services) {
    crate::state::workspace::SessionHandle::new(services.clone()).save_now();
    if !crate::platform::service_worker::apply_update() {
        history::reload();
    }
}
