//! The slider over past requests.

use std::rc::Rc;

use backlab_course::trace::Trace;
use yew::prelude::*;

use super::outcome::{outcome, spoken};
use super::timeline_model::{Tick, WINDOW, step, ticks};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::platform::{dom, pane, time};
use crate::state::same::Same;
use crate::workbench::{format, view::IconButton};

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub traces: Rc<Vec<Same<Trace>>>,
    /// Number of the shown request.
    pub shown: u32,
    /// True while the newest request is followed.
    pub latest: bool,
    #[prop_or_default]
    pub phone: bool,
    pub onseek: Callback<Option<u32>>,
}

#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let texts = use_text();
    let window = ticks(&props.traces, Some(props.shown), &texts);
    let node = use_node_ref();
    use_effect_with(window.len(), {
        let node = node.clone();
        move |count| pane::set_property(&node, "--few", &count.to_string())
    });
    let Some(trace) = props.traces.iter().find(|trace| trace.id == props.shown) else {
        return Html::default();
    };
    let move_by = |steps: isize| {
        let (onseek, to) = (props.onseek.clone(), step(&props.traces, Some(props.shown), steps));
        Callback::from(move |_: MouseEvent| {
            if to.is_some() {
                onseek.emit(to);
            }
        })
    };
    let (earlier, later) = (move_by(-1), move_by(1));
    if props.phone {
        return view_phone(props, trace, earlier, later, &texts);
    }
    let oninput = {
        let (onseek, ids) = (props.onseek.clone(), window.iter().map(|tick| tick.id).collect::<Vec<_>>());
        Callback::from(move |event: InputEvent| {
            let id = dom::value(&event).parse::<usize>().ok().and_then(|at| ids.get(at).copied());
            onseek.emit(id);
        })
    };
    let at = window.iter().position(|tick| tick.id == props.shown).unwrap_or(0);
    let latest = {
        let onseek = props.onseek.clone();
        move |_| onseek.emit(None)
    };
    html! {
        <div class="time">
            <div class="time-l"><span class="label">{ texts.get(&words::PAST) }</span>
                <span class="muted">
                    <button type="button" class="ib sm" aria-label={texts.get(&words::EARLIER)} aria-keyshortcuts="[" title={texts.get(&words::EARLIER)} onclick={earlier}><kbd aria-hidden="true">{ "[" }</kbd></button>
                    <button type="button" class="ib sm" aria-label={texts.get(&words::LATER)} aria-keyshortcuts="]" title={texts.get(&words::LATER)} onclick={later}><kbd aria-hidden="true">{ "]" }</kbd></button>
                </span>
            </div>
            <div class="time-m" ref={node} data-few={(window.len() < WINDOW).then_some("on")}>
                <div class="ticks">for tick in &window { { view_tick(props, tick) } }</div>
                <input type="range" min="0" max={(window.len().max(2) - 1).to_string()} step="1" value={at.to_string()} disabled={window.len() < 2} aria-label={texts.get(&words::PAST)} aria-valuetext={spoken(trace, &texts)} {oninput} />
            </div>
            <div class="time-r"><button type="button" class="btn sm" aria-pressed={props.latest.to_string()} onclick={latest}>{ draw_icon("live", "s") }{ texts.get(&words::LATEST) }</button></div>
        </div>
    }
}

fn view_tick(props: &TimelineProps, tick: &Tick) -> Html {
    let onclick = {
        let (onseek, id) = (props.onseek.clone(), tick.id);
        move |_| onseek.emit(Some(id))
    };
    let height = tick.height.to_string();
    html! {
        <button key={tick.id} type="button" class={classes!("tick", tick.outcome.class())} tabindex="-1" title={tick.title.clone()} aria-label={tick.title.clone()} data-on={(tick.id == props.shown).then_some("on")} {onclick}>
            <svg aria-hidden="true"><rect x="0" y={(31 - tick.height).to_string()} width="7" rx="2" {height} /></svg>
            <span class="num">{ tick.id }</span>
        </button>
    }
}

fn view_phone(props: &TimelineProps, trace: &Trace, earlier: Callback<MouseEvent>, later: Callback<MouseEvent>, texts: &Texts) -> Html {
    let last = props.traces.last().map_or(0, |trace| trace.id);
    let newest = props.traces.last().and_then(|trace| trace.edit);
    let edit = trace
        .edit
        .filter(|edit| Some(*edit) != newest)
        .map(|edit| format!(", {}", texts.fill(&words::AS_OF, &[("edit", &edit.to_string())])))
        .unwrap_or_default();
    html! {
        <div class="at-trace">
            <IconButton icon="chev-l" label={texts.get(&words::EARLIER)} onclick={earlier} />
            <div><b class={classes!("num", format!("c-{}", outcome(trace).class()))}>{ texts.fill(&words::OF, &[("id", &trace.id.to_string()), ("last", &last.to_string())]) }</b><span>{ format!("{}{edit}", format::clock(trace.at, time::offset(trace.at))) }</span></div>
            <IconButton icon="chev-r" label={texts.get(&words::LATER)} onclick={later} />
        </div>
    }
}
