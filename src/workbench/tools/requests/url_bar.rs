//! Method, server, address, and Send.

use yew::prelude::*;

use super::saved::SavedRequest;
use super::saved_list::choices;
use super::url::{MOCK, YOURS, on_server, server};
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::shell;
use crate::platform::dom;
use crate::state::request::Exchange;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

#[derive(Properties, PartialEq)]
pub struct UrlBarProps {
    pub saved: Vec<SavedRequest>,
}

#[component]
pub fn UrlBar(props: &UrlBarProps) -> Html {
    let texts = use_text();
    let ((draft, exchange, history), session) =
        use_session_part(|session| (session.draft.clone(), session.exchange.clone(), session.history.clone()));
    let onmethod = {
        let session = session.clone();
        Callback::from(move |event: Event| {
            let method = dom::value(&event);
            session.draft(|draft| draft.method = method);
        })
    };
    let onserver = {
        let session = session.clone();
        Callback::from(move |event: Event| {
            let origin = dom::value(&event);
            session.draft(|draft| {
                let url = on_server(&draft.url, &origin);
                draft.set_url(&url);
            });
        })
    };
    let onurl = {
        let session = session.clone();
        Callback::from(move |event: InputEvent| {
            let url = dom::value(&event);
            session.draft(|draft| draft.set_url(&url));
        })
    };
    let sending = exchange.is_open();
    let onsubmit = {
        let session = session.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if sending { session.cancel() } else { session.send() }
        })
    };
    let ready = choices(&props.saved, &history, &texts);
    let onready = {
        let (session, ready) = (session.clone(), ready.clone());
        Callback::from(move |event: Event| {
            if let Some((_, draft)) = dom::value(&event).parse::<usize>().ok().and_then(|at| ready.get(at).cloned()) {
                session.draft(|now| *now = draft);
                session.forget_exchange();
            }
        })
    };
    let bad = match &exchange {
        Exchange::Failed { kind, message } if kind == "bad-url" => Some(message.clone()),
        _ => None,
    };
    let origin = server(&draft.url);
    html! {
        <form class="rq-url" {onsubmit}>
            if !ready.is_empty() {
                <select class="field rq-menu" aria-label={texts.get(&words::SAVED_REQUESTS)} onchange={onready}>
                    <option value="" selected={true}>{ texts.get(&words::SAVED) }</option>
                    for (at, (name, _)) in ready.iter().enumerate() { <option key={at} value={at.to_string()}>{ name }</option> }
                </select>
            }
            <label class="vh" for="rq-method">{ texts.get(&words::METHOD) }</label>
            <select class="field method" id="rq-method" data-method={draft.method.clone()} onchange={onmethod}>
                for method in METHODS { <option key={method} value={method} selected={draft.method == method}>{ method }</option> }
            </select>
            <select class="field server" aria-label={texts.get(&words::SERVER)} onchange={onserver}>
                <option value={YOURS} selected={origin == Some(YOURS)}>{ texts.get(&words::YOUR_SERVER) }</option>
                <option value={MOCK} selected={origin == Some(MOCK)}>{ texts.get(&words::MOCK_API) }</option>
                if origin.is_none() { <option value="" selected={true}>{ texts.get(&words::OTHER) }</option> }
            </select>
            <label class="vh" for="rq-address">{ texts.get(&words::URL) }</label>
            <input class="field mono" id="rq-address" type="text" inputmode="url" autocomplete="off" autocapitalize="off" spellcheck="false" value={draft.url.clone()} oninput={onurl} aria-invalid={bad.is_some().then_some("true")} aria-describedby={bad.is_some().then_some("rq-bad")} />
            if sending {
                <button type="submit" class="btn"><span class="spin" aria-hidden="true"></span>{ texts.get(&shell::CANCEL) }</button>
            } else {
                <button type="submit" class="btn accent">{ draw_icon("send", "s") }{ texts.get(&words::SEND) }<span class="keys" aria-hidden="true"><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span></button>
            }
            if let Some(bad) = bad { <p class="rq-bad" id="rq-bad">{ bad }</p> }
        </form>
    }
}
