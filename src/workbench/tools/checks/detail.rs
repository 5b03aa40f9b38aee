//! One check in full: what was sent, expected and got, the likely cause, hints, console, steps.

use backlab_course::report::{CheckResult, CheckState};
use backlab_course::trace::Trace;
use yew::prelude::*;

use super::cause::Cause;
use super::columns::Columns;
use super::list::tab_id;
use super::model::evidence::{self, Evidence};
use super::sent::{Sent, SentLine, sent};
use super::state_icon::state_icon;
use super::steps::Steps;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::lesson::hints::view_hints;
use crate::lesson::lane::LaneView;
use crate::lesson::words as lesson_words;
use crate::platform::dom;
use crate::state::same::Same;

#[derive(Properties, PartialEq)]
pub struct DetailProps {
    pub check: CheckResult,
    /// Title of the check that stands in the way of one that could not run.
    #[prop_or_default]
    pub blocked_by: Option<AttrValue>,
    pub tries: u32,
    /// HTML: the check's own hints, else the task's.
    pub hints: Vec<String>,
    pub open_hints: u32,
    pub on_hint: Callback<u32>,
    pub on_request: Callback<Sent>,
    pub on_line: Callback<(String, u32)>,
    /// Absent while there is nothing to compare with.
    #[prop_or_default]
    pub on_compare: Option<Callback<()>>,
}

#[component]
pub fn Detail(props: &DetailProps) -> Html {
    let texts = use_text();
    let trace_open = use_state(|| false);
    let check = &props.check;
    {
        let trace_open = trace_open.clone();
        use_effect_with(check.id.clone(), move |_| trace_open.set(false));
    }
    use_effect_with(*trace_open, |open| {
        if *open {
            dom::focus_id("ck-trace");
            dom::scroll_to("ck-trace");
        }
    });
    let failed = check.state == CheckState::Fail;
    // What failed, or the last step of a check that passed.
    let step = if failed { check.steps.get(check.step) } else { check.steps.last() };
    let request = step.and_then(sent);
    let trace: Option<Same<Trace>> = step.and_then(|step| step.trace.clone()).map(Same::new);
    let on_evidence = {
        let (line, trace_open) = (props.on_line.clone(), trace_open.clone());
        Callback::from(move |found: Evidence| match found {
            Evidence::Line { file, line: number } => line.emit((file, number)),
            Evidence::Response => dom::focus_id("ck-got"),
            Evidence::Console => dom::focus_id("ck-console"),
            Evidence::Trace => trace_open.set(true),
        })
    };
    let toggle_trace = {
        let trace_open = trace_open.clone();
        Callback::from(move |_: MouseEvent| trace_open.set(!*trace_open))
    };
    let tried = match props.tries {
        0 => None,
        1 => Some(texts.get(&words::TRIED_ONCE).to_owned()),
        count => Some(texts.fill(&words::TRIED, &[("count", &count.to_string())])),
    };

    html! {
        <div class="ck-d pane-scroll inset" role="tabpanel" id="ck-detail" aria-labelledby={tab_id(&check.id)} tabindex="0">
            <div class="ck-t">
                <h3>{ state_icon(check.state) }<span>{ Html::from_html_unchecked(check.title.clone().into()) }</span></h3>
                <span class="grow"></span>
                if let (true, Some(tried)) = (failed, tried) {
                    <span class="muted nowrap ck-tried">{ tried }</span>
                }
                if let Some(request) = request.clone() {
                    <button type="button" class="btn sm" onclick={props.on_request.reform(move |_: MouseEvent| request.clone())}>{ texts.get(&words::TO_REQUESTS) }</button>
                }
            </div>
            if let Some(request) = request {
                <SentLine sent={request} />
            }
            { outcome(props, &texts) }
            if failed {
                // The truth of a prediction stays for the learner to find.
                if check.differs.as_deref() != Some("answer") {
                    <Columns check={check.clone()} />
                }
                <div class="ck-2">
                    <Cause check={check.clone()} {on_evidence} />
                    { view_hints(&props.hints, props.open_hints, &props.on_hint, &texts) }
                </div>
            }
            if let Some(trace) = trace {
                <section class="ck-trace" id="ck-trace" tabindex="-1" aria-label={texts.get(&words::TRACE)}>
                    // A cause that points at the trace has a link of its own.
                    if *trace_open || !failed || !evidence::of(check).contains(&Evidence::Trace) {
                        <button type="button" class="link" aria-expanded={trace_open.to_string()} onclick={toggle_trace}>{ draw_icon("lane", "s") }{ texts.get(if *trace_open { &words::HIDE_TRACE } else { &words::SEE_TRACE }) }</button>
                    }
                    if *trace_open {
                        <LaneView {trace} on_line={props.on_line.clone()} />
                    }
                </section>
            }
            if !check.console.is_empty() {
                <section class="ck-con" id="ck-console" tabindex="-1">
                    <h4>{ texts.get(&words::CONSOLE) }</h4>
                    <div class="code s12 wrap" role="log" aria-live="off">
                        for line in check.console.iter() {
                            <span class={classes!("ln", format!("lv-{}", line.level))}>{ line.text.clone() }</span>
                        }
                    </div>
                </section>
            }
            if check.steps.len() > 1 {
                <Steps check={check.clone()} />
            }
            if let Some(compare) = props.on_compare.clone() {
                <div class="ck-ft">
                    <span>{ texts.get(&words::LOOKING) }</span>
                    <span class="grow"></span>
                    <button type="button" class="btn sm" onclick={compare.reform(|_: MouseEvent| ())}>{ draw_icon("compare", "s") }{ texts.get(&lesson_words::COMPARE) }</button>
                </div>
            }
        </div>
    }
}

/// One sentence for the states that have no columns, and the point of the check.
fn outcome(props: &DetailProps, texts: &crate::i18n::Texts) -> Html {
    let check = &props.check;
    let sentence = match check.state {
        CheckState::Pass => texts.get(&words::ALL_AS_EXPECTED).to_owned(),
        CheckState::Waiting => texts.get(&words::WAITS).to_owned(),
        CheckState::Running => texts.get(&words::RUNS).to_owned(),
        CheckState::CouldNotRun => match &props.blocked_by {
            Some(first) => texts.fill(&words::BLOCKED, &[("first", first)]),
            None => format!("{} {}", check.expected_text, check.got_text),
        },
        CheckState::Fail => String::new(),
    };
    html! {
        <>
            if !sentence.trim().is_empty() {
                <p class="soft ck-say">{ sentence }</p>
            }
            if !check.why.is_empty() {
                <p class="ck-why">{ Html::from_html_unchecked(check.why.clone().into()) }</p>
            }
        </>
    }
}
