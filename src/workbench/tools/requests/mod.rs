//! The Requests tool: saved requests, the request being written, and its response.

pub mod answer;
pub mod as_code;
mod auth;
mod body;
pub mod claims;
mod code_view;
mod key_value_rows;
mod key_values;
mod response;
pub mod response_body;
pub mod saved;
mod saved_list;
pub mod url;
mod url_bar;
mod words;

use yew::prelude::*;

use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Message, Texts};
use crate::parts::{REQUEST_PANEL, lazy};
use crate::state::request::{Auth, BodyKind, RequestDraft};
use crate::workbench::view::{Tab, Tabs};
use auth::AuthEditor;
use body::BodyEditor;
use code_view::CodeView;
use key_values::{Headers, Params};
use response::ResponseView;
use saved::SavedRequest;
use saved_list::SavedList;
use url_bar::UrlBar;

#[derive(Properties, PartialEq)]
pub struct RequestsToolProps {
    /// Requests of the lesson, ready to send.
    #[prop_or_default]
    pub saved: Vec<SavedRequest>,
}

#[component]
pub fn RequestsTool(props: &RequestsToolProps) -> Html {
    let texts = use_text();
    let (draft, session) = use_session_part(|session| session.draft.clone());
    use_effect_with((), move |()| session.recall_requests());
    let chosen = use_state_eq(|| AttrValue::Static("q-par"));
    let onselect = {
        let chosen = chosen.clone();
        Callback::from(move |id: AttrValue| chosen.set(id))
    };
    let panel = match chosen.as_str() {
        "q-par" => html! { <Params /> },
        _ => lazy(&REQUEST_PANEL, (*chosen).clone()),
    };
    html! {
        <div class="rq">
            <SavedList saved={props.saved.clone()} />
            <div class="vline"></div>
            <div class="rq-main">
                <UrlBar saved={props.saved.clone()} />
                <div class="rq-cols">
                    <div class="rq-col">
                        <div class="bar"><Tabs tabs={tabs(&draft, &texts)} selected={(*chosen).clone()} {onselect} label={texts.get(&words::REQUEST)} panel="q-panel" class="sm" /></div>
                        <div class="rq-body inset" role="tabpanel" id="q-panel" aria-labelledby={(*chosen).clone()}>{ panel }</div>
                    </div>
                    <div class="vline"></div>
                    <ResponseView />
                </div>
            </div>
        </div>
    }
}

/// The panel of a tab that is not the first.
pub fn view_panel(tab: &str) -> Html {
    match tab {
        "q-hd" => html! { <Headers /> },
        "q-bd" => html! { <BodyEditor /> },
        "q-au" => html! { <AuthEditor /> },
        _ => html! { <CodeView /> },
    }
}

fn tabs(draft: &RequestDraft, texts: &Texts) -> Vec<Tab> {
    let on = |pairs: &[crate::state::request::Pair]| pairs.iter().filter(|pair| pair.on && !pair.name.is_empty()).count();
    let count = |number: usize| (number > 0).then(|| AttrValue::from(number.to_string()));
    let tab = |id: &'static str, name: &Message| Tab {
        id: id.into(),
        name: texts.get(name).into(),
        ..Tab::default()
    };
    vec![
        Tab {
            count: count(on(&draft.params)),
            ..tab("q-par", &words::PARAMS)
        },
        Tab {
            count: count(on(&draft.headers)),
            ..tab("q-hd", &words::HEADERS)
        },
        Tab {
            dot: draft.body_kind != BodyKind::None,
            ..tab("q-bd", &words::BODY)
        },
        Tab {
            dot: draft.auth != Auth::None,
            ..tab("q-au", &words::AUTH)
        },
        tab("q-cd", &words::AS_CODE),
    ]
}
