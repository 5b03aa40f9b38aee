//! The line over the lane: which request, how it ended, and what to do with it.

use backlab_course::trace::Trace;
use yew::prelude::*;

use super::lane_model::Lane;
use super::outcome::Outcome;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::platform::{clipboard, spawn, time};
use crate::state::protocol::WireRequest;
use crate::state::same::Same;
use crate::state::session::Tool;
use crate::workbench::tools::requests::as_code::{Dialect, write};
use crate::workbench::{format, view};

#[derive(Properties, PartialEq)]
pub struct HeadProps {
    pub trace: Same<Trace>,
}

#[component]
pub fn Head(props: &HeadProps) -> Html {
    let trace = &props.trace;
    let (running, session) = use_session_part(|session| session.running_edit);
    let toasts = use_toasts();
    let texts = use_text();
    let lane = Lane::of(trace, &texts);
    let icon = match (lane.outcome, &trace.response) {
        (_, None) => "stop",
        (Outcome::Ok, _) => "check",
        (Outcome::Refused, _) => "arrow-l",
        (Outcome::Failed, _) => "warn",
    };
    let when = match trace.edit {
        Some(edit) if running.is_some_and(|running| running != edit) => {
            let as_of = texts.fill(&words::AS_OF, &[("edit", &edit.to_string())]);
            format!("{}, {as_of}", format::clock(trace.at, time::offset(trace.at)))
        }
        _ => format::clock(trace.at, time::offset(trace.at)),
    };
    let copy = {
        let (request, copied, refused) = (as_sent(trace), texts.get(&words::COPIED_CURL), texts.get(&words::COPY_REFUSED));
        Callback::from(move |_: MouseEvent| {
            let (text, toasts) = (write(&request, Dialect::Curl), toasts.clone());
            spawn(async move {
                if clipboard::copy(&text).await {
                    toasts.say("copy", copied);
                } else {
                    toasts.error(refused);
                }
            });
        })
    };
    let again = {
        let (session, request) = (session.clone(), as_sent(trace));
        Callback::from(move |_: MouseEvent| {
            session.load_request(&request.method, &request.url, &request.headers, request.body.as_deref());
            session.show_trace(None);
            session.show_tool(Tool::Trace);
            session.send();
        })
    };
    html! {
        <div class="tr-head">
            <span class="tr-id">{ format!("#{}", trace.id) }</span>
            { view::method(&trace.request.method) }
            <code class="tr-url">{ &trace.request.url }</code>
            <span class={classes!("pill", lane.outcome.class())}>{ draw_icon(icon, "") }{ &lane.summary }</span>
            <span class="muted num tr-when">{ when }</span>
            <span class="grow"></span>
            <button type="button" class="btn sm" onclick={copy}>{ draw_icon("copy", "s") }{ texts.get(&words::COPY_CURL) }</button>
            <button type="button" class="btn sm" onclick={again}>{ draw_icon("reset", "s") }{ texts.get(&words::SEND_AGAIN) }</button>
        </div>
    }
}

/// The request of a trace, to be sent or written again. Headers that the client adds by itself are left to it.
fn as_sent(trace: &Trace) -> WireRequest {
    let own = |name: &str| {
        !["host", "content-length", "connection"]
            .iter()
            .any(|other| name.eq_ignore_ascii_case(other))
    };
    let url = if trace.request.url.contains("://") {
        trace.request.url.clone()
    } else {
        format!("http://{}{}", trace.host, trace.request.url)
    };
    WireRequest {
        method: trace.request.method.clone(),
        url,
        headers: trace.request.headers.iter().filter(|(name, _)| own(name)).cloned().collect(),
        body: Some(trace.request.body.clone()).filter(|body| !body.is_empty()),
    }
}
