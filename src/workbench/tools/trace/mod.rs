//! The Trace tool: one request's way through the layers, and the slider over past requests.

mod detail_ends;
pub mod detail_model;
mod head;
mod hop_detail;
mod lane;
pub mod lane_model;
pub mod outcome;
mod spent;
mod timeline;
pub mod timeline_model;
mod upright;
mod words;

use backlab_course::trace::Trace;
use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Texts;
use crate::state::same::Same;
use crate::state::session::Tool;
use crate::workbench::words as common;
use head::Head;
use hop_detail::HopDetail;
use lane::LaneView;
use lane_model::Lane;
use spent::Spent;
use timeline::Timeline;
use upright::Upright;

#[derive(Properties, PartialEq)]
pub struct TraceToolProps {
    /// One pane at a time: the lane stands upright.
    #[prop_or_default]
    pub phone: bool,
}

#[component]
pub fn TraceTool(props: &TraceToolProps) -> Html {
    let texts = use_text();
    let ((traces, shown, trace, unfollowed), session) = use_session_part(|session| {
        let trace = session.trace().cloned();
        (
            session.traces.clone(),
            session.shown_trace,
            trace,
            session.unfollowed.iter().map(|(_, count)| count).sum::<u32>(),
        )
    });
    let onseek = {
        let session = session.clone();
        Callback::from(move |id: Option<u32>| session.show_trace(id))
    };
    let Some(trace) = trace else {
        return html! { <NoTrace /> };
    };
    html! {
        <div class="tr">
            <TraceView key={trace.id} trace={trace.clone()} phone={props.phone} />
            { view_unfollowed(unfollowed, &texts) }
            <Timeline {traces} shown={shown.unwrap_or(trace.id)} latest={shown.is_none()} phone={props.phone} {onseek} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct TraceViewProps {
    pub trace: Same<Trace>,
    #[prop_or_default]
    pub phone: bool,
}

/// One trace: head, lane, where the time went, and the chosen hop.
#[component]
pub fn TraceView(props: &TraceViewProps) -> Html {
    let texts = use_text();
    let lane = use_memo((props.trace.clone(), texts), |(trace, texts)| Lane::of(trace, texts));
    let chosen = use_state_eq(|| None::<usize>);
    let hop = chosen.unwrap_or_else(|| lane.first_shown()).min(lane.hops.len() - 1);
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |hop: usize| chosen.set(Some(hop)))
    };
    let detail = html! { <HopDetail trace={props.trace.clone()} lane={lane.clone()} {hop} phone={props.phone} /> };
    html! {
        <div class="trace">
            <Head trace={props.trace.clone()} />
            if props.phone {
                <Upright trace={props.trace.id} lane={lane.clone()} {hop} {onchoose} {detail} />
            } else {
                <LaneView trace={props.trace.id} lane={lane.clone()} {hop} {onchoose} />
                <Spent {lane} ms={props.trace.ms} />
                { detail }
            }
        </div>
    }
}

/// Requests that came too fast to be followed have no place on the slider.
fn view_unfollowed(count: u32, texts: &Texts) -> Html {
    if count == 0 {
        return Html::default();
    }
    html! { <p class="unfollowed muted">{ texts.fill(&words::UNFOLLOWED, &[("count", &count.to_string())]) }</p> }
}

/// Shows what will be here, and offers the one action that fills it.
#[component]
fn NoTrace() -> Html {
    let texts = use_text();
    let ((method, url), session) = use_session_part(|session| (session.draft.method.clone(), session.draft.url.clone()));
    let path = super::requests::url::path(&url).to_owned();
    let onclick = Callback::from(move |_: MouseEvent| {
        session.show_tool(Tool::Requests);
        session.send();
    });
    html! {
        <div class="empty">
            <span class="ghost" aria-hidden="true"><i></i><s></s><i></i><s></s><i></i><s></s><i></i></span>
            <h3>{ texts.get(&common::NO_TRACE) }</h3>
            <p>{ texts.get(&common::NO_TRACE_NEXT) }</p>
            <div class="row"><button type="button" class="btn accent" {onclick}>{ draw_icon("send", "s") }{ texts.fill(&words::SEND_IT, &[("request", &format!("{method} {path}"))]) }</button></div>
        </div>
    }
}
