//! The steps of a check with what came of each.

use backlab_course::report::{CheckResult, StepResult};
use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct StepsProps {
    pub check: CheckResult,
}

#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let texts = use_text();
    let outcome = |step: &StepResult| match step.status.filter(|status| *status > 0) {
        Some(status) => html! { <b class={classes!("st", format!("st-{}", status / 100))}>{ status }</b> },
        None if step.sent.is_some() => html! { <span class="muted">{ texts.get(&words::NO_ANSWER) }</span> },
        None => Html::default(),
    };
    html! {
        <section class="ck-steps">
            <h4>{ texts.get(&words::STEPS) }</h4>
            <ol>
                for (index, step) in props.check.steps.iter().enumerate() {
                    <li key={index} class={(!step.ok).then_some("fail")}>
                        { draw_icon(if step.ok { "check" } else { "x" }, if step.ok { "s c-ok" } else { "s c-bad" }) }
                        <code>{ step.title.clone() }</code>
                        { outcome(step) }
                        <span class="muted clip">{ format::clip(step.text.lines().next().unwrap_or_default(), 80) }</span>
                        if !step.ok {
                            <span class="vh">{ texts.get(&words::STEP_FAILED) }</span>
                        }
                    </li>
                }
            </ol>
        </section>
    }
}
