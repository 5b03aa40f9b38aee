//! Conditions of the whole page: what happened, why, and what to do next.

use yew::prelude::*;

use super::draw_icon;
use crate::hooks::{use_services, use_session_part, use_text};
use crate::i18n::{Message, Texts, room, session as words, shell};
use crate::platform::{dom, history};
use crate::routes::Route;
use crate::state::services::{Dialog, Services, Status};
use crate::state::shared::Sharing;
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
    let (shared, session) = use_session_part(|session| session.shared.clone());
    let keep = {
        let (session, services) = (session.clone(), services.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(name) = session.keep_shared() {
                crate::app::navigate(&services, Route::Playground(Some(name)), "");
            }
        })
    };
    let allow = Callback::from(move |_: MouseEvent| session.allow_shared());
    html! {
        <>
            { match shared {
                Some((_, Sharing::Unread)) => html! {
                    <div class="banner warn" role="status">
                        { draw_icon("shield", "") }<span><b>{ texts.get(&words::NOT_YOURS) }{ ". " }</b>{ texts.get(&words::CAME_IN_LINK) }</span><span class="grow"></span>
                        { button(&words::READ_FIRST, "accent", Callback::from(|_: MouseEvent| dom::focus_id("editor"))) }
                        { button(&words::RUN_IT, "", allow) }
                        { button(&words::KEEP_COPY, "quiet", keep) }
                    </div>
                },
                Some((name, Sharing::Allowed)) => html! {
                    <div class="banner" role="status">
                        { draw_icon("link", "") }<span><b>{ texts.fill(&words::SHARED, &[("name", &name)]) }{ ". " }</b>{ texts.get(&words::NOT_KEPT) }</span><span class="grow"></span>
                        { button(&words::KEEP_COPY, "", keep) }
                    </div>
                },
                None => Html::default(),
            } }
            if let Some(error) = &status.storage {
                <div class="banner bad" role="alert">
                    { draw_icon("disk", "") }<span><b>{ &error.title }{ ". " }</b>{ &error.detail }{ " " }{ &error.hint }</span><span class="grow"></span>
                    if status.full { { button(&room::MAKE_ROOM, "accent", act(|services| services.dialog.set(Some(Dialog::Room)))) } }
                    { button(&shell::SAVE_BACKUP, "", act(crate::state::backup::download)) }
                </div>
            }
            if status.other_tab && !status.look_only {
                <div class="banner warn" role="status">
                    { draw_icon("copy", "") }<span><b>{ texts.get(&shell::OTHER_TAB) }{ ". " }</b>{ texts.get(&shell::OTHER_TAB_WHY) }</span><span class="grow"></span>
                    { button(&shell::USE_THIS_TAB, "accent", act(|services| crate::wiring::take_lock(services, crate::platform::locks::Ask::Steal))) }
                    { button(&shell::LOOK_ONLY, "quiet", act(|services| services.status.update(|status| status.look_only = true))) }
                </div>
            }
            if !status.damaged.is_empty() && shown("damaged") {
                <div class="banner warn" role="status">
                    { draw_icon("warn", "") }<span><b>{ texts.fill(&shell::DAMAGED, &[("what", &damaged(&status.damaged, &texts))]) }{ ". " }</b>{ texts.get(&shell::DAMAGED_WHY) }{ " " }{ texts.get(&shell::DAMAGED_NEXT) }</span><span class="grow"></span>
                    { button(&shell::SAVE_BACKUP, "", act(crate::state::backup::download)) }
                    { button(&shell::HIDE, "quiet", act(|services| hide(services, "damaged"))) }
                </div>
            }
            if !status.online && shown("offline") {
                <div class="banner info" role="status">
                    { draw_icon("offline", "") }<span><b>{ texts.get(&shell::OFFLINE) }{ " " }</b>{ texts.get(&shell::OFFLINE_WHY) }</span><span class="grow"></span>
                    { button(&shell::HIDE, "quiet", act(|services| hide(services, "offline"))) }
                </div>
            }
            if status.update && shown("update") {
                <div class="banner" role="status">
                    { draw_icon("reset", "") }<span><b>{ texts.get(&shell::UPDATE) }{ " " }</b>{ texts.get(&shell::UPDATE_WHY) }</span><span class="grow"></span>
                    { button(&shell::RELOAD, "", act(reload)) }
                    { button(&shell::LATER, "quiet", act(|services| hide(services, "update"))) }
                </div>
            }
        </>
    }
}

/// What of the learner's was damaged, by the names of stored values; anything else is a record of the database.
fn damaged(names: &[String], texts: &Texts) -> String {
    let mut what: Vec<String> = Vec::new();
    for name in names {
        let named = match name.split_once(':') {
            Some(("project", id)) => {
                let id = id.split_once(':').map_or(id, |(_, id)| id);
                texts.fill(&shell::DAMAGED_FILES, &[("name", id)])
            }
            _ => texts
                .get(match name.as_str() {
                    "progress" => &shell::DAMAGED_PROGRESS,
                    "settings" => &shell::DAMAGED_SETTINGS,
                    "projects" => &shell::DAMAGED_PROJECTS,
                    "requests" => &shell::DAMAGED_REQUESTS,
                    _ => &shell::DAMAGED_DATABASE,
                })
                .to_owned(),
        };
        if !what.contains(&named) {
            what.push(named);
        }
    }
    what.join(", ")
}

fn hide(services: &Services, name: &'static str) {
    services.status.update(|status: &mut Status| status.hidden.push(name));
}

fn reload(services: &Services) {
    services.save_now();
    if !crate::platform::service_worker::apply_update() {
        history::reload();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_named() {
        let check = |names: &[&str], expected: &str| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(damaged(&names, &Texts::default()), expected);
        };
        check(&["journal:segment:000000000004", "journal:snapshot"], "A write to the database");
        check(
            &["progress", "project:own:shop", "project:task:middleware/hanging"],
            "Your progress, The files of shop, The files of middleware/hanging",
        );
    }
}
