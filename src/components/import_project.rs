//! Takes in a project from elsewhere, as a zip file or as a folder, and opens it as an own project.

use yew::prelude::*;

use super::draw_icon;
use crate::hooks::{use_navigate, use_session_part, use_text, use_toasts};
use crate::i18n::pages as words;
use crate::platform::{project, spawn};
use crate::routes::Route;

#[derive(Properties, PartialEq)]
pub struct ImportProps {
    pub class: Classes,
}

#[component]
pub fn ImportButtons(props: &ImportProps) -> Html {
    let texts = use_text();
    let navigate = use_navigate();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let picked = Callback::from(move |event: Event| {
        let (session, navigate, toasts) = (session.clone(), navigate.clone(), toasts.clone());
        spawn(async move {
            match project::picked(&event).await {
                Some(Ok(imported)) => navigate.emit(Route::Playground(Some(session.import_project(imported)))),
                Some(Err(error)) => toasts.error(error.to_string()),
                None => {}
            }
        });
    });
    let class = classes!("pick", props.class.clone());
    html! {
        <>
            <label class={class.clone()}>{ draw_icon("upload", "s") }{ texts.get(&words::IMPORT_ZIP) }<input class="vh" type="file" accept=".zip,application/zip" onchange={picked.clone()} /></label>
            <label {class}>{ draw_icon("upload", "s") }{ texts.get(&words::IMPORT_FOLDER) }<input class="vh" type="file" webkitdirectory={true} onchange={picked} /></label>
        </>
    }
}
