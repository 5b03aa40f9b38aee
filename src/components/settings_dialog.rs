//! Settings: theme, language, keys, backup, and deleting everything.

use yew::prelude::*;

use super::dialog::Modal;
use super::draw_icon;
use crate::hooks::{use_services, use_settings, use_text, use_toasts};
use crate::i18n::{room::MAKE_ROOM, shell};
use crate::platform::{dom, files, history, spawn};
use crate::state::backup;
use crate::state::services::Dialog;
use crate::state::settings::{Settings, Theme};

/// What has to be typed before everything is deleted.
const DELETE_WORD: &str = "delete";

#[component]
pub fn SettingsDialog() -> Html {
    let services = use_services();
    let texts = use_text();
    let settings = use_settings();
    let title = texts.get(&shell::SETTINGS);
    let set = {
        let settings = settings.clone();
        move |change: fn(&mut Settings)| {
            let settings = settings.clone();
            Callback::from(move |_: MouseEvent| settings.update(change))
        }
    };
    let choice = |pressed: bool, label: &'static str, change: fn(&mut Settings)| {
        html! { <button type="button" aria-pressed={pressed.to_string()} onclick={set(change)}>{ label }</button> }
    };
    let keys = {
        let settings = settings.clone();
        Callback::from(move |event: Event| settings.update(|settings| settings.single_keys = dom::checked(&event)))
    };
    let close = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(None))
    };
    let make_room = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(Some(Dialog::Room)))
    };
    let shortcuts = Callback::from(move |_: MouseEvent| services.dialog.set(Some(Dialog::Shortcuts)));
    html! {
        <Modal label={title}>
            <div class="dlg-h"><h2>{ title }</h2><span class="grow"></span><button type="button" class="ib" aria-label={texts.get(&shell::CLOSE)} onclick={close}>{ draw_icon("x", "") }</button></div>
            <div class="dlg-b settings">
                <div class="set" role="group" aria-labelledby="set-theme"><b id="set-theme">{ texts.get(&shell::THEME) }</b><span class="seg">
                    { choice(settings.theme == Theme::System, texts.get(&shell::THEME_SYSTEM), |settings| settings.theme = Theme::System) }
                    { choice(settings.theme == Theme::Light, texts.get(&shell::THEME_LIGHT), |settings| settings.theme = Theme::Light) }
                    { choice(settings.theme == Theme::Dark, texts.get(&shell::THEME_DARK), |settings| settings.theme = Theme::Dark) }
                </span></div>
                <div class="set" role="group" aria-labelledby="set-language"><b id="set-language">{ texts.get(&shell::LANGUAGE) }</b><span class="seg">
                    { choice(settings.language == "en", "English", |settings| settings.language = "en".into()) }
                    { choice(settings.language == "hi-Latn", "Hinglish", |settings| settings.language = "hi-Latn".into()) }
                </span><p class="muted">{ texts.get(&shell::LANGUAGE_NOTE) }</p></div>
                <div class="set"><label class="choice"><input type="checkbox" checked={settings.single_keys} onchange={keys} /><b>{ texts.get(&shell::SINGLE_KEYS) }</b></label>
                    <button type="button" class="link" onclick={shortcuts}>{ texts.get(&shell::SHORTCUTS) }</button><p class="muted">{ texts.get(&shell::SINGLE_KEYS_NOTE) }</p></div>
                <div class="set"><b>{ texts.get(&shell::YOUR_WORK) }</b><BackupButtons /><p class="muted">{ texts.get(&shell::WORK_NOTE) }</p><button type="button" class="link" onclick={make_room}>{ texts.get(&MAKE_ROOM) }</button></div>
                <DeleteAll />
            </div>
        </Modal>
    }
}

/// Saves a backup file, and takes one in.
#[component]
pub fn BackupButtons() -> Html {
    let services = use_services();
    let texts = use_text();
    let toasts = use_toasts();
    let save = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| backup::download(&services))
    };
    let picked = {
        let (restored, undo) = (texts.get(&shell::RESTORED), texts.get(&shell::UNDO));
        let texts = texts.clone();
        Callback::from(move |event: Event| {
            let (services, toasts, texts) = (services.clone(), toasts.clone(), texts.clone());
            spawn(async move {
                let Some((name, text)) = files::picked(&event).await else { return };
                match backup::restore(&services, &name, &text) {
                    Ok(before) => {
                        let put_back = {
                            let (toasts, texts) = (toasts.clone(), texts.clone());
                            Callback::from(move |()| {
                                if let Err(error) = backup::undo(&services, &before) {
                                    toasts.error(error.text(&texts));
                                }
                            })
                        };
                        toasts.undoable("check", restored, undo, put_back);
                    }
                    Err(error) => toasts.error(error.text(&texts)),
                }
            });
        })
    };
    html! {
        <div class="row">
            <button type="button" class="btn sm" onclick={save}>{ draw_icon("download", "s") }{ texts.get(&shell::SAVE_BACKUP) }</button>
            <label class="btn sm quiet pick">{ draw_icon("upload", "s") }{ texts.get(&shell::RESTORE) }<input class="vh" type="file" accept=".json,application/json" onchange={picked} /></label>
        </div>
    }
}

/// Deletes code, data and progress after the word was typed.
#[component]
fn DeleteAll() -> Html {
    let services = use_services();
    let texts = use_text();
    let typed = use_state_eq(String::new);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(dom::value(&event)))
    };
    let toasts = use_toasts();
    let delete = Callback::from(move |_: MouseEvent| {
        if !services.storage.may_write() {
            return toasts.error(crate::hooks::texts(&services).get(&shell::DELETE_ELSEWHERE));
        }
        services.storage.clear();
        // What is still in memory must not be saved again on the way out.
        services.storage.set_may_write(false);
        history::reload();
    });
    html! {
        <div class="set"><b>{ texts.get(&shell::DELETE_ALL) }</b>
            <div class="row"><input class="field mono word" aria-label={texts.get(&shell::DELETE_TYPE)} placeholder={DELETE_WORD} value={(*typed).clone()} {oninput} spellcheck="false" autocomplete="off" />
                <button type="button" class="btn sm danger" disabled={typed.trim() != DELETE_WORD} onclick={delete}>{ draw_icon("trash", "s") }{ texts.get(&shell::DELETE_ALL) }</button></div>
            <p class="muted">{ texts.get(&shell::DELETE_NOTE) }</p>
        </div>
    }
}
