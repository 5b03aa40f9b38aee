//! The checks of a task as a list of tabs, with their states, and the buttons that run them.

use backlab_course::report::{CheckState, Report};
use yew::prelude::*;

use super::state_icon::{class, state_icon, word};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::lesson::model::task::segment;
use crate::platform::dom;
use crate::state::same::Same;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    /// Of a task that was not run: every check waiting.
    pub report: Same<Report>,
    pub checking: bool,
    /// Id of the open check.
    pub selected: AttrValue,
    pub on_select: Callback<String>,
    pub on_run: Callback<()>,
    pub on_stop: Callback<()>,
    /// Runs again with the values of this report.
    pub on_repeat: Callback<()>,
    /// The code is no longer the one that was checked.
    pub stale: bool,
}

#[component]
pub fn List(props: &ListProps) -> Html {
    let texts = use_text();
    let report = &props.report;
    let ids: Vec<String> = report.checks.iter().map(|check| check.id.clone()).collect();
    let done = report
        .checks
        .iter()
        .filter(|check| !matches!(check.state, CheckState::Waiting | CheckState::Running))
        .count();
    let number = |number: usize| number.to_string();
    let headline = if props.checking {
        texts.fill(&words::PROGRESS, &[("done", &number(done)), ("of", &number(ids.len()))])
    } else if done == 0 {
        texts.get(&words::NOT_RUN).to_owned()
    } else {
        texts.fill(
            &words::SUMMARY,
            &[("passed", &report.passed.to_string()), ("of", &report.of.to_string())],
        )
    };
    let keys = {
        let (selected, select) = (props.selected.clone(), props.on_select.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(at) = ids.iter().position(|id| *id == *selected) else {
                return;
            };
            let next = match event.key().as_str() {
                "ArrowDown" => (at + 1) % ids.len(),
                "ArrowUp" => (at + ids.len() - 1) % ids.len(),
                "Home" => 0,
                "End" => ids.len() - 1,
                _ => return,
            };
            event.prevent_default();
            select.emit(ids[next].clone());
            dom::focus_id(&tab_id(&ids[next]));
        })
    };

    html! {
        <div class="ck-list">
            <div class="ck-sum">
                <div class="row">
                    <strong>{ headline }</strong>
                    <span class="grow"></span>
                    if props.stale && !props.checking {
                        <span class="muted">{ texts.get(&words::OLD_CODE) }</span>
                    }
                </div>
                <span class="meter" aria-hidden="true">
                    for check in report.checks.iter() {
                        <i class={segment(check.state).class()}></i>
                    }
                </span>
            </div>
            <div role="tablist" aria-orientation="vertical" aria-label={texts.get(&words::CHECKS)} class="ck-tabs" onkeydown={keys}>
                for check in report.checks.iter() {
                    <button key={check.id.clone()} type="button" role="tab" id={tab_id(&check.id)} aria-controls="ck-detail" class={class(check.state)}
                        aria-selected={(*check.id == *props.selected).to_string()} tabindex={if *check.id == *props.selected { "0" } else { "-1" }}
                        onclick={let id = check.id.clone(); props.on_select.reform(move |_: MouseEvent| id.clone())}>
                        { state_icon(check.state) }
                        <span>
                            { Html::from_html_unchecked(check.title.clone().into()) }
                            <span class="vh">{ format!(", {}", texts.get(word(check.state))) }</span>
                        </span>
                    </button>
                }
            </div>
            <div class="ck-run">
                if props.checking {
                    <button type="button" class="btn" onclick={props.on_stop.reform(|_: MouseEvent| ())}>{ draw_icon("stop", "") }{ texts.get(&words::STOP) }</button>
                } else {
                    <button type="button" class="btn" onclick={props.on_run.reform(|_: MouseEvent| ())}>
                        { draw_icon("tasks", "") }{ texts.get(&words::RUN_ALL) }
                        <span class="keys" aria-hidden="true"><kbd>{ "⇧" }</kbd><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span>
                    </button>
                    if !report.seed.is_empty() {
                        <button type="button" class="link" title={texts.get(&words::SAME_SEED)} onclick={props.on_repeat.reform(|_: MouseEvent| ())}>
                            { texts.fill(&words::SEED, &[("seed", &report.seed)]) }
                            <span class="vh">{ format!(". {}", texts.get(&words::SAME_SEED)) }</span>
                        </button>
                    }
                }
            </div>
        </div>
    }
}

/// The element id of a check's tab.
pub fn tab_id(check: &str) -> String {
    format!("ck-tab-{check}")
}
