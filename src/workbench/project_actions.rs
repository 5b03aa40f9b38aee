//! What the project menu offers: share the project as a link, download it as a zip file, take in another.

use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::components::import_project::ImportButtons;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::{Texts, session as session_words};
use crate::platform::{clipboard, history, link, project, spawn};
use crate::routes::Route;
use crate::state::shared::MARK;
use crate::state::workspace::SessionHandle;

#[derive(Properties, PartialEq, Clone)]
pub struct ProjectActionsProps {
    /// What a shared or downloaded copy is called.
    pub name: AttrValue,
    /// Something was chosen.
    pub onclose: Callback<()>,
}

#[component]
pub fn ProjectActions(props: &ProjectActionsProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let shared = {
        let (session, texts, props) = (session.clone(), texts.clone(), props.clone());
        Callback::from(move |_: MouseEvent| {
            share(&session, &texts, &props.name);
            props.onclose.emit(());
        })
    };
    let downloaded = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let (files, name, toasts) = (session.now().files, props.name.clone(), toasts.clone());
            spawn(async move {
                if let Err(error) = project::download(&name, &files).await {
                    toasts.error(error.to_string());
                }
            });
            props.onclose.emit(());
        })
    };
    html! {
        <>
            <button type="button" onclick={shared}>{ draw_icon("link", "s") }{ texts.get(&session_words::SHARE) }</button>
            <button type="button" onclick={downloaded}>{ draw_icon("download", "s") }{ texts.get(&words::DOWNLOAD_ZIP) }</button>
            <ImportButtons class={classes!("import")} />
            <p class="muted">{ texts.get(&words::IMPORT_NOTE) }</p>
        </>
    }
}

/// Copies a link that holds the project.
fn share(session: &SessionHandle, texts: &Texts, name: &AttrValue) {
    let (session, texts, name) = (session.clone(), texts.clone(), name.clone());
    spawn(async move {
        let text = serde_json::to_string(&session.to_shared(&name)).unwrap_or_default();
        let address = link::pack(&text)
            .await
            .and_then(|packed| history::resolve(&format!("{}#{MARK}{packed}", Route::Playground(None).href())));
        match address {
            Some(address) if clipboard::copy(&address).await => session.services.toasts.say("link", texts.get(&session_words::LINK_COPIED)),
            _ => session.services.toasts.error(texts.get(&session_words::LINK_REFUSED)),
        }
    });
}
