//! The Params and Headers tabs.

use yew::prelude::*;

use super::key_value_rows::KeyValueRows;
use super::{url, words};
use crate::hooks::{use_session_part, use_text};
use crate::state::request::Pair;

#[component]
pub fn Params() -> Html {
    let texts = use_text();
    let ((params, address), session) = use_session_part(|session| (session.draft.params.clone(), session.draft.url.clone()));
    let onchange = Callback::from(move |pairs: Vec<Pair>| session.draft(|draft| draft.set_params(pairs)));
    html! {
        <>
            <KeyValueRows pairs={params} {onchange} add={words::ADD_PARAM} />
            <p class="muted goes">{ texts.get(&words::GOES_OUT) }<code class="ic">{ url::path(&address).to_owned() }</code></p>
        </>
    }
}

#[component]
pub fn Headers() -> Html {
    let texts = use_text();
    let (draft, session) = use_session_part(|session| session.draft.clone());
    let onchange = Callback::from(move |pairs: Vec<Pair>| session.draft(|draft| draft.headers = pairs));
    // What the Auth and Body tabs will add shows here, locked.
    let own = |name: &str| {
        draft
            .headers
            .iter()
            .any(|pair| pair.on && pair.name.trim().eq_ignore_ascii_case(name))
    };
    let added = draft.to_wire().map(|wire| wire.headers).unwrap_or_default();
    let fixed = added
        .into_iter()
        .filter(|(name, _)| !own(name))
        .map(|(name, value)| {
            let by = if name == "Authorization" {
                &words::SET_BY_AUTH
            } else {
                &words::SET_BY_BODY
            };
            (name, value, texts.get(by))
        })
        .collect::<Vec<_>>();
    html! { <KeyValueRows pairs={draft.headers.clone()} {onchange} add={words::ADD_HEADER} {fixed} /> }
}
