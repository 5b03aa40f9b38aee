//! The lane: stations as tabs, the line between them, and the line back to the client.

use std::rc::Rc;

use yew::prelude::*;

use super::lane_model::{Hop, HopState, Lane, Note, Station};
use super::words;
use crate::hooks::use_text;
use crate::i18n::{Message, Texts};
use crate::platform::pane;
use crate::workbench::format;
use crate::workbench::view::rove;

#[derive(Properties, PartialEq)]
pub struct LaneViewProps {
    /// Number of the request.
    pub trace: u32,
    pub lane: Rc<Lane>,
    /// The chosen hop.
    pub hop: usize,
    pub onchoose: Callback<usize>,
}

#[component]
pub fn LaneView(props: &LaneViewProps) -> Html {
    let texts = use_text();
    let lane = &props.lane;
    let node = use_node_ref();
    use_effect_with((lane.end, lane.hops.len()), {
        let node = node.clone();
        move |(end, count)| {
            // A label over the way back spans the hops that were passed; the label of a stop stands behind its hop.
            pane::set_property(&node, "--n", &(end + 2).to_string());
            pane::set_property(&node, "--stop", &format!("{:.1}%", (*end as f64 + 0.5) / *count as f64 * 100.0));
        }
    });
    html! {
        <div ref={node} class="lane" role="tablist" aria-label={texts.fill(&words::HOPS_OF, &[("id", &props.trace.to_string())])} data-out={lane.outcome.class()} onkeydown={rove(false)}>
            for (at, hop) in lane.hops.iter().enumerate() { { view_hop(props, at, hop, &texts) } }
            if let Some(back) = &lane.back { <span class="lane-back" aria-hidden="true"><span>{ back }</span></span> }
            if let Some(halt) = &lane.halt { <span class="lane-halt" aria-hidden="true">{ halt }</span> }
            <span class="packet" aria-hidden="true"></span>
        </div>
    }
}

fn view_hop(props: &LaneViewProps, at: usize, hop: &Hop, texts: &Texts) -> Html {
    let chosen = at == props.hop;
    let onclick = {
        let onchoose = props.onchoose.clone();
        move |_| onchoose.emit(at)
    };
    // After an early answer nothing of the line goes on.
    let cut = at == props.lane.end && hop.state == HopState::Early;
    html! {
        <button key={at} type="button" role="tab" class={classes!("hop", hop.state.class(), cut.then_some("cut"))} id={format!("h-{}-{at}", props.trace)} aria-controls="hop-detail" aria-selected={chosen.to_string()} tabindex={if chosen { "0" } else { "-1" }} title={hop.name.clone()} {onclick}>
            <span class="hop-n">{ &hop.name }</span>
            <span class="hop-k">{ if hop.kind.is_empty() { "\u{a0}" } else { &hop.kind } }</span>
            <span class="hop-line"><i></i>{ way_back(&props.lane, at) }</span>
            <span class="hop-ms">{ view_time(hop, texts) }</span>
            <span class="hop-c">{ view_note(&hop.note) }<span class="vh">{ spoken_state(hop).map(|state| texts.get(&state)) }</span></span>
        </button>
    }
}

/// The piece of the line back under a hop: none behind the hop that answered.
fn way_back(lane: &Lane, at: usize) -> Html {
    if lane.back.is_none() || at > lane.end {
        return Html::default();
    }
    let class = match at {
        0 => "to",
        at if at == lane.end => "from",
        _ => "mid",
    };
    html! { <b {class}></b> }
}

pub fn view_time(hop: &Hop, texts: &Texts) -> Html {
    match hop.ms {
        None if hop.station == Station::Response && hop.state == HopState::Done => html! { "\u{a0}" },
        None => html! { "–" },
        Some(ms) if hop.waited && ms >= 1000.0 => html! { texts.fill(&words::WAITED, &[("time", &format::duration(ms))]) },
        Some(ms) if hop.waited => html! { texts.fill(&words::AND_WAIT, &[("time", &format!("{ms:.1}"))]) },
        Some(ms) => html! { <>{ format!("{ms:.1} ") }<u>{ "ms" }</u></> },
    }
}

fn view_note(note: &Note) -> Html {
    match note {
        Note::Change(text) => html! { <b>{ text }</b> },
        Note::Quiet(text) => html! { <em>{ text }</em> },
    }
}

/// What the shape and colour of a hop say.
pub fn spoken_state(hop: &Hop) -> Option<Message> {
    match hop.state {
        HopState::Done => Some(words::PASSED),
        HopState::Early => Some(words::EARLY),
        HopState::Stopped => Some(words::STOPPED_HERE),
        HopState::Threw => Some(words::THREW_HERE),
        HopState::NotReached => None,
    }
}
