//! The list beside the request: the lesson's requests, and those that were sent.

use yew::prelude::*;

use super::saved::SavedRequest;
use super::{url, words};
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Texts;
use crate::platform::dom;
use crate::state::request::{HistoryItem, RequestDraft};
use crate::state::workspace::SessionHandle;
use crate::workbench::view;

#[derive(Properties, PartialEq)]
pub struct SavedListProps {
    pub saved: Vec<SavedRequest>,
}

#[component]
pub fn SavedList(props: &SavedListProps) -> Html {
    let texts = use_text();
    let ((draft, history), session) = use_session_part(|session| (session.draft.clone(), session.history.clone()));
    let search = use_state_eq(String::new);
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| search.set(dom::value(&event)))
    };
    let new = {
        let session = session.clone();
        move |_| load(&session, RequestDraft::default())
    };
    let wanted = search.trim().to_lowercase();
    let found = |item: &&HistoryItem| {
        wanted.is_empty()
            || format!("{} {} {}", item.draft.method, item.draft.url, item.status)
                .to_lowercase()
                .contains(&wanted)
    };
    html! {
        <nav class="rq-list" aria-label={texts.get(&words::SAVED_REQUESTS)}>
            if !props.saved.is_empty() {
                <span class="label">{ texts.get(&words::IN_LESSON) }</span>
                <ul>for (at, saved) in props.saved.iter().enumerate() { <li key={at}>{ view_saved(&session, &draft, saved) }</li> }</ul>
            }
            <span class="label">{ texts.get(&words::YOURS) }</span>
            <ul>
                <li><button type="button" class="new" onclick={new}>{ draw_icon("plus", "s") }{ texts.get(&words::NEW_REQUEST) }</button></li>
            </ul>
            if history.len() > 6 {
                <div class="rq-find"><input class="field" type="search" placeholder={texts.get(&words::SEARCH_SENT)} aria-label={texts.get(&words::SEARCH_SENT)} value={(*search).clone()} {oninput} /></div>
            }
            <ul>for (at, item) in history.iter().filter(found).enumerate() { <li key={at}>{ view_sent(&session, item) }</li> }</ul>
        </nav>
    }
}

fn view_saved(session: &SessionHandle, draft: &RequestDraft, saved: &SavedRequest) -> Html {
    let wanted = RequestDraft::load(&saved.method, &saved.url, &saved.headers, saved.body.as_deref());
    let current = (*draft == wanted).then_some("true");
    let onclick = {
        let session = session.clone();
        let wanted = wanted.clone();
        move |_| load(&session, wanted.clone())
    };
    html! { <button type="button" aria-current={current} title={format!("{} {}", saved.method, saved.url)} {onclick}>{ view::method(&saved.method) }<span class="clip">{ shown_url(&wanted.url) }</span></button> }
}

fn view_sent(session: &SessionHandle, item: &HistoryItem) -> Html {
    let onclick = {
        let (session, draft) = (session.clone(), item.draft.clone());
        move |_| load(&session, draft.clone())
    };
    let status = if item.status == 0 {
        "–".to_owned()
    } else {
        item.status.to_string()
    };
    html! {
        <button type="button" title={format!("{} {}", item.draft.method, item.draft.url)} {onclick}>
            { view::method(&item.draft.method) }
            <span class="clip">{ shown_url(&item.draft.url) }</span>
            <span class={classes!("st", view::status_class(item.status))}>{ status }</span>
        </button>
    }
}

/// The path; other servers than the learner's own keep their name.
fn shown_url(address: &str) -> String {
    match url::server(address) {
        Some(url::YOURS) => url::path(address).to_owned(),
        _ => format!("{}{}", url::host(address), url::path(address)),
    }
}

fn load(session: &SessionHandle, draft: RequestDraft) {
    session.draft(|now| *now = draft);
    session.forget_exchange();
}

/// The whole history as choices of a menu, for windows without room for the list.
pub fn choices(saved: &[SavedRequest], history: &[HistoryItem], texts: &Texts) -> Vec<(String, RequestDraft)> {
    let of_lesson = saved.iter().map(|saved| {
        (
            format!("{} {}", saved.method, saved.url),
            RequestDraft::load(&saved.method, &saved.url, &saved.headers, saved.body.as_deref()),
        )
    });
    let sent = history.iter().take(12).map(|item| {
        (
            texts.fill(
                &words::SENT,
                &[("request", &format!("{} {}", item.draft.method, shown_url(&item.draft.url)))],
            ),
            item.draft.clone(),
        )
    });
    of_lesson.chain(sent).collect()
}
