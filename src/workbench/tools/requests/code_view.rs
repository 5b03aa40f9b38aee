//! The As code tab.

use yew::prelude::*;

use super::as_code::{Dialect, write};
use super::words;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::session;
use crate::platform::{clipboard, spawn};
use crate::workbench::view::{IconButton, Tab, Tabs};

#[component]
pub fn CodeView() -> Html {
    let texts = use_text();
    let (draft, _) = use_session_part(|session| session.draft.clone());
    let toasts = use_toasts();
    let dialect = use_state_eq(Dialect::default);
    let onselect = {
        let dialect = dialect.clone();
        Callback::from(move |id: AttrValue| {
            if let Some(one) = Dialect::ALL.into_iter().find(|one| id == id_of(*one)) {
                dialect.set(one);
            }
        })
    };
    let tabs = Dialect::ALL
        .iter()
        .map(|one| Tab {
            id: id_of(*one).into(),
            name: one.name().into(),
            ..Tab::default()
        })
        .collect::<Vec<_>>();
    let code = match draft.to_wire() {
        Ok(wire) => write(&wire, *dialect),
        Err(url) => return html! { <p class="soft">{ texts.fill(&session::BAD_URL, &[("url", &url.0)]) }</p> },
    };
    let copy = {
        let (code, copied, refused) = (code.clone(), texts.get(&words::COPIED), texts.get(&words::COPY_REFUSED));
        Callback::from(move |_: MouseEvent| {
            let (code, toasts) = (code.clone(), toasts.clone());
            spawn(async move {
                if clipboard::copy(&code).await {
                    toasts.say("copy", copied);
                } else {
                    toasts.error(refused);
                }
            });
        })
    };
    html! {
        <>
            <div class="tools">
                <Tabs {tabs} selected={id_of(*dialect)} {onselect} label={texts.get(&words::LANGUAGE)} panel="c-panel" seg={true} />
                <span class="grow"></span>
                <IconButton icon="copy" label={texts.get(&words::COPY_CODE)} small={true} onclick={copy} />
            </div>
            <div role="tabpanel" id="c-panel" aria-labelledby={id_of(*dialect)} class="bodybox">
                <div class="code s12" tabindex="0">for (at, line) in code.lines().enumerate() { <span key={at} class="ln" data-n={(at + 1).to_string()}>{ if line.is_empty() { " " } else { line } }</span> }</div>
            </div>
        </>
    }
}

fn id_of(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Curl => "c-curl",
        Dialect::Fetch => "c-fetch",
        Dialect::Axios => "c-axios",
        Dialect::Http => "c-http",
    }
}
