//! The way of one request, drawn upright: every hop, what it changed, and where the way ended.

use backlab_course::lesson::{Lesson, Snippet};
use backlab_course::trace::{Change, Layer, Trace};
use yew::prelude::*;

use super::model::snippet::{distinct, parts};
use super::place::way_id;
use super::runner::{Busy, use_runner};
use super::transcript::method_class;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::parts::{LANE, lazy};
use crate::platform::dom;
use crate::state::same::Same;
use crate::workbench::format;
use crate::workbench::tools::trace::lane_model::{Hop, HopState, Lane as Way, Station, sign};
use crate::workbench::tools::trace::outcome::spoken;

#[derive(Properties, PartialEq)]
pub struct LaneProps {
    pub lesson: Same<Lesson>,
    pub snippet: Snippet,
    /// The request that is chosen first: `GET /now`.
    pub send: AttrValue,
}

/// A request through a snippet, really sent when the learner asks for it.
#[component]
pub fn Lane(props: &LaneProps) -> Html {
    let texts = use_text();
    let first = props
        .snippet
        .requests
        .iter()
        .position(|request| *request.request == *props.send)
        .unwrap_or(0);
    let chosen = use_state(|| first);
    let runner = use_runner(&props.lesson, &props.snippet, "lane");
    let send = {
        let (runner, code) = (runner.clone(), props.snippet.code.clone());
        Callback::from(move |index: usize| runner.send(code.clone(), index))
    };
    let choose = {
        let (chosen, send, seen) = (chosen.clone(), send.clone(), runner.has_run());
        Callback::from(move |event: Event| {
            if let Ok(index) = dom::value(&event).parse() {
                chosen.set(index);
                if seen {
                    send.emit(index);
                }
            }
        })
    };
    let transcript = runner.transcript();
    let trace = transcript.trace(*chosen).cloned();
    let problem = transcript.entries.iter().rev().find_map(|entry| match entry {
        super::model::transcript::Entry::Problem(message) => Some(message.clone()),
        _ => None,
    });
    let busy = matches!(runner.busy(), Some(Busy::Send(_) | Busy::Run));
    let id = format!("lane-{}", props.snippet.id);
    html! {
        <section role="group" class="snip lane-box" id={way_id(&props.snippet.id)} aria-label={texts.get(&words::LANE)}>
            <header>
                { draw_icon("lane", "s") }
                <label for={id.clone()}>{ texts.get(&words::LANE_CHOOSE) }</label>
                <select class="field mono" {id} onchange={choose}>
                    for (index, request) in distinct(&props.snippet.requests) {
                        <option value={index.to_string()} selected={index == *chosen}>{ format!("{} {}", parts(&request.request).0, parts(&request.request).1) }</option>
                    }
                </select>
                <span class="grow"></span>
                <button type="button" class="btn sm" aria-busy={busy.then_some("true")} onclick={let index = *chosen; send.reform(move |_: MouseEvent| index)}>
                    { draw_icon("send", "s") }{ texts.get(&words::LANE_SEND) }
                </button>
            </header>
            if let Some(trace) = trace {
                { lazy(&LANE, LaneViewProps { trace, on_line: None }) }
            } else if let Some(problem) = problem {
                <p class="lane-empty bad">{ problem }</p>
            } else {
                <div class="lane-empty">
                    <span class="ghost" aria-hidden="true"><i></i><s></s><i></i><s></s><i></i><s></s><i></i></span>
                    <p>{ texts.get(&words::LANE_HINT) }</p>
                </div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq, Clone)]
pub struct LaneViewProps {
    pub trace: Same<Trace>,
    /// Jumps to a line of the learner's code; absent where the code is not in the editor.
    #[prop_or_default]
    pub on_line: Option<Callback<(String, u32)>>,
}

/// A recorded way.
#[component]
pub fn LaneView(props: &LaneViewProps) -> Html {
    let texts = use_text();
    let way = Way::of(&props.trace, &texts);
    html! {
        <div class="vlane-box">
            <p class="vlane-sum">
                <b class={method_class(&props.trace.request.method)}>{ props.trace.request.method.clone() }</b>
                <code>{ props.trace.request.url.clone() }</code>
                <span class="grow"></span>
                <span class={classes!("pill", way.outcome.class())}>{ way.summary.clone() }</span>
                <span class="vh">{ spoken(&props.trace, &texts) }</span>
            </p>
            <ol class="vlane">
                for (index, hop) in way.hops.iter().enumerate() {
                    <li key={index} class={hop.state.class()}>{ row(hop, props, &way, &texts) }</li>
                }
            </ol>
        </div>
    }
}

fn row(hop: &Hop, props: &LaneViewProps, way: &Way, texts: &crate::i18n::Texts) -> Html {
    let layer = match hop.station {
        Station::Layer(index) => props.trace.layers.get(index),
        _ => None,
    };
    let changes: &[Change] = layer.map(|layer| layer.changes.as_slice()).unwrap_or_default();
    let stopped = hop.state == HopState::Stopped;
    html! {
        <div class="vh-b">
            <i class="nd"></i>
            <div>
                <p class="vl-h"><b>{ hop.name.clone() }</b><span class="vl-k">{ hop.kind.clone() }</span>{ layer.map(|layer| place(layer, props, texts)).unwrap_or_default() }</p>
                if stopped {
                    if let Some(halt) = &way.halt {
                        <p class="vl-halt">{ halt.clone() }</p>
                    }
                }
                if let Some(error) = layer.and_then(|layer| layer.error.as_ref()) {
                    <p class="vl-halt"><samp>{ format!("{}: {}", error.name, error.message) }</samp></p>
                }
                for change in changes.iter() {
                    <p class="vl-c"><span class="chip">{ format!("{} {}", sign(change), change.path) }</span>{ values(change) }</p>
                }
                if changes.is_empty() && !stopped {
                    <p class="muted">{ hop.note.text().to_owned() }</p>
                }
            </div>
            <span class="ms num">
                { hop.ms.filter(|_| hop.station != Station::Client).map(format::duration).unwrap_or_default() }
                if hop.waited { { " " }{ texts.get(&words::LANE_WAIT) } }
            </span>
        </div>
    }
}

fn place(layer: &Layer, props: &LaneViewProps, texts: &crate::i18n::Texts) -> Html {
    let (Some(file), Some(line)) = (&layer.file, layer.line) else {
        return Html::default();
    };
    let number = line.to_string();
    match &props.on_line {
        Some(jump) => {
            let (file, jump) = (file.clone(), jump.clone());
            let label = format!("{file}:{number}");
            html! { <button type="button" class="link" onclick={move |_| jump.emit((file.clone(), line))}>{ label }</button> }
        }
        None => html! { <span class="muted">{ texts.fill(&words::LANE_LINE, &[("line", &number)]) }</span> },
    }
}

fn values(change: &Change) -> Html {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => html! { <><code class="was">{ before.clone() }</code>{ " → " }<code>{ after.clone() }</code></> },
        (None, Some(after)) => html! { <code>{ after.clone() }</code> },
        (Some(before), None) => html! { <code class="was">{ before.clone() }</code> },
        (None, None) => Html::default(),
    }
}
