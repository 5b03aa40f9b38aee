//! What can be done with the whole project: share it as a link, download it as a zip file, take in another.

use yew::prelude::*;

use super::view::IconButton;
use super::words;
use crate::components::Icon;
use crate::components::import_project::ImportButtons;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::{Texts, session as session_words};
use crate::platform::{clipboard, dom, history, link, project, spawn};
use crate::routes::Route;
use crate::state::shared::MARK;
use crate::state::workspace::SessionHandle;

#[derive(Properties, PartialEq)]
pub struct ProjectMenuProps {
    /// What a shared or downloaded copy is called.
    pub name: AttrValue,
}

#[component]
pub fn ProjectMenu(props: &ProjectMenuProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let open = use_state_eq(|| false);
    let node = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |()| {
            open.set(false);
            if let Some(first) = node
                .cast::<dom::Element>()
                .and_then(|menu| dom::focusable(&menu).into_iter().next())
            {
                dom::focus(&first);
            }
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    // The file dialog takes the focus away too, and the menu must outlive it: only another element of the page closes it.
    let onfocusout = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |event: FocusEvent| {
            let left = dom::went_to(&event).zip(node.cast::<dom::Element>());
            if left.is_some_and(|(target, menu)| !menu.contains(Some(&target))) {
                open.set(false);
            }
        })
    };
    let shared = {
        let (session, texts, name, close) = (session.clone(), texts.clone(), props.name.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            share(&session, &texts, &name);
            close.emit(());
        })
    };
    let downloaded = {
        let (name, close) = (props.name.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            let (files, name, toasts) = (session.now().files, name.clone(), toasts.clone());
            spawn(async move {
                if let Err(error) = project::download(&name, &files).await {
                    toasts.error(error.to_string());
                }
            });
            close.emit(());
        })
    };
    html! {
        <div class="pmenu" ref={node} {onkeydown} {onfocusout}>
            <IconButton icon="upload" label={texts.get(&words::PROJECT_MENU)} pressed={Some(*open)} onclick={toggle} />
            if *open {
                <div class="pmenu-list" role="group" aria-label={texts.get(&words::PROJECT_MENU)}>
                    <button type="button" onclick={shared}><Icon name="link" class="s" />{ texts.get(&session_words::SHARE) }</button>
                    <button type="button" onclick={downloaded}><Icon name="download" class="s" />{ texts.get(&words::DOWNLOAD_ZIP) }</button>
                    <ImportButtons class={classes!("import")} />
                    <p class="muted">{ texts.get(&words::IMPORT_NOTE) }</p>
                </div>
            }
        </div>
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
