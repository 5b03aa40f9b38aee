//! What came of a request: the body, headers or raw message, or why there is none. It loads with the first request.

use std::rc::Rc;

use yew::prelude::*;

use super::response_body::BodyLines;
use super::words as own;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::{Message, Texts};
use crate::platform::{clipboard, spawn};
use crate::state::protocol::WireResponse;
use crate::state::request::Exchange;
use crate::state::session::Tool;
use crate::state::workspace::SessionHandle;
use crate::workbench::view::{IconButton, Trouble};
use crate::workbench::{format, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    Body,
    Headers,
    Raw,
}

#[derive(Properties, Clone, PartialEq)]
pub struct AnswerProps {
    pub exchange: Exchange,
    pub show: Show,
}

#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let texts = use_text();
    let ((), session) = use_session_part(|_| ());
    match &props.exchange {
        Exchange::Idle => Html::default(),
        Exchange::Sending => {
            html! { <div class="empty"><span class="spin" aria-hidden="true"></span><h3>{ texts.get(&words::SENDING) }</h3></div> }
        }
        Exchange::Failed { kind, message } => view_failure(&texts, &session, kind, message),
        Exchange::Answered(response) => view_answer(&texts, &session, response, props.show, None),
        Exchange::Arriving { response, ended } => {
            let note = match ended {
                Some(reason) => html! { <span>{ reason }</span> },
                None => html! { <><span class="spin" aria-hidden="true"></span><span>{ texts.get(&own::MORE_IS_COMING) }</span></> },
            };
            view_answer(&texts, &session, response, props.show, Some(note))
        }
    }
}

/// `note` stands in the place of the request's way, which is known at the end.
fn view_answer(texts: &Texts, session: &SessionHandle, response: &Rc<WireResponse>, show: Show, note: Option<Html>) -> Html {
    let body = match show {
        Show::Body => html! { <BodyLines response={response.clone()} pretty={true} /> },
        Show::Raw => html! { <BodyLines response={response.clone()} pretty={false} /> },
        Show::Headers => html! {
            <div class="rs-body pad pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&own::RESPONSE_HEADERS)}>
                <dl class="kv">for (name, value) in &response.headers { <><dt>{ name.to_ascii_lowercase() }</dt><dd>{ value }</dd></> }</dl>
            </div>
        },
    };
    html! { <div class="rs">{ body }<Foot response={response.clone()} session={session.clone()} {note} /></div> }
}

#[derive(Properties, PartialEq)]
struct FootProps {
    response: Rc<WireResponse>,
    session: SessionHandle,
    note: Option<Html>,
}

#[component]
fn Foot(props: &FootProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    // The trace may arrive after the answer.
    let id = props.response.trace;
    let (trace, _) = use_session_part(move |session| id.and_then(|id| session.traces.iter().find(|trace| trace.id == id).cloned()));
    let summary = trace.as_ref().map(|trace| {
        let queries: usize = trace.layers.iter().map(|layer| layer.work.len()).sum();
        let hops = trace.layers.len() + queries + 2;
        if queries == 0 {
            format::count(hops, "hop")
        } else {
            format!("{}, {}", format::count(hops, "hop"), format::count(queries, "query"))
        }
    });
    let copy = {
        let (text, copied, refused) = (props.response.text(), texts.get(&own::BODY_COPIED), texts.get(&own::BODY_REFUSED));
        Callback::from(move |_: MouseEvent| {
            let (text, toasts) = (text.clone(), toasts.clone());
            spawn(async move {
                if clipboard::copy(&text).await {
                    toasts.say("copy", copied);
                } else {
                    toasts.error(refused);
                }
            });
        })
    };
    html! {
        <div class="rs-foot">
            { props.note.clone().unwrap_or_else(|| html! { <span>{ summary }</span> }) }
            <span class="grow"></span>
            <IconButton icon="copy" label={texts.get(&own::COPY_BODY)} small={true} onclick={copy} />
            if let Some(id) = props.response.trace { <button type="button" class="link" onclick={open_trace(&props.session, Some(id))}>{ texts.get(&own::ITS_TRACE) }{ draw_icon("arrow-r", "s") }</button> }
        </div>
    }
}

fn open_trace(session: &SessionHandle, id: Option<u32>) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_| {
        session.show_trace(id.filter(|id| session.now().traces.last().is_none_or(|last| last.id != *id)));
        session.show_tool(Tool::Trace);
    })
}

/// What a failure is called, and what to do next.
fn failure(kind: &str) -> (&'static Message, Option<&'static Message>) {
    match kind {
        "refused" => (&words::REFUSED, Some(&words::REFUSED_NEXT)),
        "outside" => (&words::OUTSIDE, Some(&words::OUTSIDE_NEXT)),
        "hang" => (&words::HANG, Some(&words::HANG_NEXT)),
        "reset" => (&words::RESET, Some(&words::RESET_NEXT)),
        "aborted" => (&words::ABORTED, None),
        "bad-url" => (&words::BAD_URL, None),
        _ => (&words::NO_ANSWER, None),
    }
}

fn view_failure(texts: &Texts, session: &SessionHandle, kind: &str, message: &str) -> Html {
    let (title, next) = failure(kind);
    let run = {
        let session = session.clone();
        move |_| session.run()
    };
    let next = next.map_or("", |next| texts.get(next));
    html! {
        <div class="pane-scroll">
            <Trouble icon={if kind == "hang" { "stop" } else { "x" }} title={texts.get(title)} why={message.to_owned()} {next}>
                if kind == "refused" { <button type="button" class="btn" onclick={run}>{ draw_icon("play", "s") }{ texts.get(&words::START_SERVER) }</button> }
                if kind == "hang" { <button type="button" class="btn" onclick={open_trace(session, None)}>{ draw_icon("lane", "s") }{ texts.get(&own::THE_TRACE) }</button> }
            </Trouble>
        </div>
    }
}
