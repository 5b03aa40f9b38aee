//! A task in the lesson: what to do, how far it is, its checks, hints, and the ways to begin and to compare.

use backlab_course::lesson::Lesson;
use backlab_course::report::{CheckState, Report};
use backlab_course::task::Task;
use yew::prelude::*;

use super::hints::view_hints;
use super::model::task::{self, Segment, Standing};
use super::place::element_id;
use super::predict::Predict;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_progress, use_services, use_text};
use crate::i18n::Texts;
use crate::state::compare::Against;
use crate::state::same::Same;
use crate::state::session::ProjectId;
use crate::state::store::{use_store, use_store_part};
use crate::state::wishes::{TaskWish, Wish};
use crate::workbench::tools::checks::state_icon::{state_icon, word};

#[derive(Properties, PartialEq)]
pub struct TaskCardProps {
    pub lesson: Same<Lesson>,
    /// Index of the task.
    pub at: usize,
}

#[component]
pub fn TaskCard(props: &TaskCardProps) -> Html {
    let texts = use_text();
    let task = &props.lesson.tasks.all()[props.at];
    let progress = use_progress();
    let services = use_services();
    let id = task.id.clone();
    let (report, checking, is_open) = use_store_part(&services.session, move |session| {
        let own = session.report.clone().filter(|report| report.task == id);
        let is_open = session.project == ProjectId::Task(id.clone());
        (own, session.checking, is_open)
    });
    let kept = progress.task(&task.id).cloned();
    let standing = task::standing(kept.as_ref());
    let checking = checking && report.is_some();
    let predicts = task.kind == "predict";

    // Drawn anew when something is asked, and when who does it is there.
    use_store(&services.wishes.made);
    use_store(&services.wishes.workbench_here);
    let waits = |what: fn(&TaskWish) -> bool| services.wishes.waits(&task.id, what);

    let wish = |wish: TaskWish| {
        let (services, id) = (services.clone(), task.id.clone());
        Callback::from(move |_: MouseEvent| services.wishes.make(Wish::Task(id.clone(), wish.clone())))
    };
    let on_why = {
        let services = services.clone();
        Callback::from(move |check: String| services.wishes.make(Wish::Explain(check)))
    };
    let on_hint = {
        let (progress, id) = (progress.clone(), task.id.clone());
        Callback::from(move |count: u32| progress.update(|progress| progress.open_hint(&id, count)))
    };
    let compare_with = |against: Against| wish(TaskWish::Compare(against));
    let segments = task::segments(task, kept.as_ref(), report.as_deref());
    let done = matches!(standing, Standing::Passed | Standing::PassedCompared);

    html! {
        <section class="task" id={element_id(&task.id)}>
            <header>
                <span class="task-meta">
                    <span class="label">{ texts.get(&words::YOUR_TASK) }</span>
                    <span class="muted">{ texts.get(&words::kind(&task.kind)) }</span>
                    <span class="muted">{ texts.fill(&words::MINUTES, &[("count", &task.minutes.to_string())]) }</span>
                    <span class="grow"></span>
                    { pill(standing, &texts) }
                </span>
                <h2>{ Html::from_html_unchecked(task.title.clone().into()) }</h2>
                <div class="task-goal">{ Html::from_html_unchecked(task.goal.clone().into()) }</div>
            </header>
            { changes(task, kept.as_ref(), standing, &texts) }
            if task::starter_changed(task, kept.as_ref()) {
                <div class="task-note">
                    { draw_icon("info", "s") }<span>{ texts.get(&words::STARTER_CHANGED) }</span>
                    <button type="button" class="link" onclick={compare_with(Against::Starter)}>{ texts.get(&words::COMPARE_STARTER) }</button>
                </div>
            }
            if predicts {
                <Predict lesson={props.lesson.clone()} at={props.at} report={report.clone()} checking={checking || waits(|wish| matches!(wish, TaskWish::Grade(_)))} />
            } else {
                <ul class="task-checks">{ rows(task, report.as_deref(), &segments, &on_why, &texts) }</ul>
            }
            <div class="task-help">
                { view_hints(&task.hints, kept.as_ref().map_or(0, |kept| kept.hints), &on_hint, &texts) }
            </div>
            if done && !task.after.is_empty() {
                <div class="task-after">{ draw_icon("check", "c-ok") }<div>{ Html::from_html_unchecked(task.after.clone().into()) }</div></div>
            }
            <footer>
                <span class="meter" aria-hidden="true">{ for segments.iter().map(|segment| html! { <i class={segment.class()}></i> }) }</span>
                <span class="soft">{ outcome(task, kept.as_ref().map(|_| standing), report.as_deref(), &texts) }</span>
                <span class="grow"></span>
                if task::may_compare(task, kept.as_ref()) {
                    <button type="button" class="btn sm quiet" onclick={compare_with(Against::Solution)}>
                        { draw_icon("compare", "s") }{ texts.get(if done { &words::ANOTHER_WAY } else { &words::COMPARE }) }
                    </button>
                }
                if !predicts {
                    if is_open {
                        <button type="button" class="btn sm" aria-busy={(checking || waits(|wish| *wish == TaskWish::Check)).then_some("true")} onclick={wish(TaskWish::Check)}>{ draw_icon("tasks", "s") }{ texts.get(&words::CHECK_TASK) }</button>
                    } else {
                        <button type="button" class="btn sm accent" aria-busy={waits(|wish| *wish == TaskWish::Open).then_some("true")} onclick={wish(TaskWish::Open)}>{ draw_icon("code", "s") }{ texts.get(if kept.is_some() { &words::GO_ON } else { &words::OPEN_TASK }) }</button>
                    }
                }
            </footer>
        </section>
    }
}

fn pill(standing: Standing, texts: &Texts) -> Html {
    match standing {
        Standing::New => Html::default(),
        Standing::Tried { passed, of } => {
            html! { <span class="pill">{ texts.fill(&words::OF_PASS, &[("passed", &passed.to_string()), ("of", &of.to_string())]) }</span> }
        }
        Standing::Passed => html! { <span class="pill ok">{ draw_icon("check", "") }{ texts.get(&words::PASSED) }</span> },
        Standing::PassedCompared => html! { <span class="pill ok">{ draw_icon("check", "") }{ texts.get(&words::PASSED_COMPARED) }</span> },
    }
}

fn changes(task: &Task, kept: Option<&crate::state::progress::TaskProgress>, standing: Standing, texts: &Texts) -> Html {
    let Some(changes) = task::change_since(task, kept) else {
        return Html::default();
    };
    let done = matches!(standing, Standing::Passed | Standing::PassedCompared);
    html! {
        <div class="task-note">
            { draw_icon("info", "s") }
            <div>
                <b>{ texts.get(&words::TASK_CHANGED) }</b>
                for change in changes.into_iter() {
                    { " " }{ Html::from_html_unchecked(change.to_owned().into()) }
                }
                if done {
                    { " " }{ texts.get(&words::KEEPS_PASSED) }
                }
            </div>
        </div>
    }
}

fn rows(task: &Task, report: Option<&Report>, segments: &[Segment], on_why: &Callback<String>, texts: &Texts) -> Html {
    task.checks
        .iter()
        .enumerate()
        .map(|(index, check)| {
            let result = report.and_then(|report| report.checks.get(index));
            let state = result.map_or(CheckState::Waiting, |result| result.state);
            // Of an earlier visit only the number of passed checks is known; all of them is exact.
            let state = if result.is_none() && segments.iter().all(|segment| *segment == Segment::Pass) { CheckState::Pass } else { state };
            let title = result.map_or(&check.title, |result| &result.title);
            html! {
                <li key={check.id.clone()}>
                    { state_icon(state) }
                    <span>
                        { Html::from_html_unchecked(title.clone().into()) }
                        if check.extra {
                            { " " }<span class="pill">{ texts.get(&words::EXTRA) }</span>
                        }
                        <span class="vh">{ format!(", {}", texts.get(word(state))) }</span>
                    </span>
                    if matches!(state, CheckState::Fail | CheckState::CouldNotRun) {
                        <button type="button" class="link" onclick={let id = check.id.clone(); on_why.reform(move |_: MouseEvent| id.clone())}>{ texts.get(&words::WHY) }</button>
                    }
                </li>
            }
        })
        .collect()
}

fn outcome(task: &Task, standing: Option<Standing>, report: Option<&Report>, texts: &Texts) -> String {
    let pass = |passed: u32, of: u32| texts.fill(&words::OF_PASS, &[("passed", &passed.to_string()), ("of", &of.to_string())]);
    match (report, standing) {
        (Some(report), _) => pass(report.passed, report.of),
        (None, Some(Standing::Tried { passed, of })) => pass(passed, of),
        (None, Some(Standing::Passed)) => texts.get(&words::PASSED).to_owned(),
        (None, Some(Standing::PassedCompared)) => texts.get(&words::PASSED_COMPARED).to_owned(),
        _ => texts.fill(&words::CHECKS, &[("count", &task.checks.len().to_string())]),
    }
}
