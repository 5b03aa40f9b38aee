//! The Params and Headers tabs.

use yew::prelude::*;

use super::key_value_rows::KeyValueRows;
use super::url;
use crate::hooks::use_session_part;
use crate::state::request::Pair;

#[component]
pub fn Params() -> Html {
    let ((params, address), session) = use_session_part(|session| (session.draft.params.clone(), session.draft.url.clone()));
    let onchange = Callback::from(move |pairs: Vec<Pair>| session.draft(|draft| draft.set_params(pairs)));
    html! {
        <>
            <KeyValueRows pairs={params} {onchange} what="a parameter" />
            <p class="muted goes">{ "Goes out as " }<code class="ic">{ url::path(&address).to_owned() }</code></p>
        </>
    }
}

#[component]
pub fn Headers() -> Html {
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
                "Set by the Auth tab"
            } else {
                "Set by the Body tab"
            };
            (name, value, by)
        })
        .collect::<Vec<_>>();
    html! { <KeyValueRows pairs={draft.headers.clone()} {onchange} what="a header" {fixed} /> }
}
