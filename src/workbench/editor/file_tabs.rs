//! The open files as tabs.

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::state::session::SaveState;
use crate::workbench::view::rove;
use crate::workbench::words;

#[component]
pub fn FileTabs() -> Html {
    let texts = use_text();
    let ((open, active, saved, readonly), session) = use_session_part(|session| {
        (
            session.open.clone(),
            session.active.clone(),
            session.saved.clone(),
            session.readonly.clone(),
        )
    });
    let close = {
        let session = session.clone();
        Callback::from(move |path: String| session.close_tab(&path))
    };
    html! {
        <div class="tabs ftabs" role="tablist" aria-label={texts.get(&words::OPEN_FILES)} onkeydown={rove(false)}>
            for path in &open {
                { {
                    let selected = *path == active;
                    let name = path.rsplit('/').next().unwrap_or(path);
                    let same_name = open.iter().filter(|other| other.rsplit('/').next() == Some(name)).count() > 1;
                    let onclick = { let (session, path) = (session.clone(), path.clone()); move |_: MouseEvent| session.select(&path) };
                    // The middle button closes, as editors do; Delete does it from the keyboard.
                    let onauxclick = { let (close, path) = (close.clone(), path.clone()); move |event: MouseEvent| if event.button() == 1 { close.emit(path.clone()) } };
                    let onkeydown = { let (close, path) = (close.clone(), path.clone()); move |event: KeyboardEvent| if event.key() == "Delete" { close.emit(path.clone()) } };
                    html! {
                        <button key={path.clone()} type="button" role="tab" class="tab" aria-controls="editor" aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }} title={path.clone()} {onclick} {onauxclick} {onkeydown}>
                            { if same_name { path.clone() } else { name.to_owned() } }
                            if selected && saved != SaveState::Saved { <span class="dot" title={texts.get(&words::NOT_SAVED_YET)}></span> }
                            if readonly.contains(path) { { draw_icon("lock", "") } }
                        </button>
                    }
                } }
            }
        </div>
    }
}
