//! The Checks tool: the list of checks, one of them in full, and the ways to run, repeat and stop them.

mod cause;
mod columns;
mod detail;
mod list;
pub mod model;
mod sent;
pub mod state_icon;
mod steps;
pub mod words;

use std::rc::Rc;

use backlab_course::report::{CheckResult, CheckState, Report};
use backlab_course::task::Task;
use yew::prelude::*;

use crate::components::Link;
use crate::hooks::{use_lesson, use_progress, use_session_part, use_text};
use crate::lesson::model::task::may_compare;
use crate::lesson::model::text::plain;
use crate::routes::Route;
use crate::state::compare::Against;
use crate::state::same::Same;
use crate::state::session::ProjectId;
use crate::workbench::compare::use_compare;
use crate::workbench::opening::is_coded;
use detail::Detail;
use list::List;
use model::sentence::first_failing;
use sent::Sent;

/// The tool, for the open task or, without one, for the task that was checked last.
#[component]
pub fn ChecksTool() -> Html {
    let ((project, report, error), _) =
        use_session_part(|session| (session.project.clone(), session.report.clone(), session.check_error.clone()));
    let texts = use_text();
    // A prediction is checked without opening its project.
    let task = match (&report, &project) {
        (Some(report), _) => Some(report.task.clone()),
        (None, ProjectId::Task(id)) => Some(id.clone()),
        _ => None,
    };
    let slug = match (&task, &project) {
        (Some(task), _) => task.split('/').next().unwrap_or_default().to_owned(),
        (None, ProjectId::Lesson(slug)) => slug.clone(),
        _ => String::new(),
    };
    html! {
        if let Some(error) = error {
            <div class="empty">
                <h3>{ error.title }</h3>
                <p>{ format!("{} {}", error.detail, error.hint) }</p>
            </div>
        } else if let Some(task) = task {
            <OfLesson {slug} {task} />
        } else if slug.is_empty() {
            <div class="empty">
                <h3>{ texts.get(&words::NO_TASK) }</h3>
                <p>{ texts.get(&words::NO_TASK_WHY) }</p>
                <div class="row"><Link to={Route::Practice} class="btn">{ texts.get(&words::TO_PRACTICE) }</Link></div>
            </div>
        } else {
            <NoTask {slug} />
        }
    }
}

#[derive(Properties, PartialEq)]
struct OfLessonProps {
    slug: AttrValue,
    task: AttrValue,
}

#[component]
fn OfLesson(props: &OfLessonProps) -> Html {
    let texts = use_text();
    let lesson = use_lesson(&props.slug);
    match lesson.ready().and_then(|lesson| lesson.tasks.find(&props.task)) {
        Some(task) => html! { <OfTask key={task.id.clone()} task={Rc::new(task.clone())} /> },
        None => html! { <div class="empty" role="status"><p>{ texts.get(&words::LOADING) }</p></div> },
    }
}

#[derive(Properties, PartialEq)]
struct NoTaskProps {
    slug: AttrValue,
}

/// A lesson is open and none of its tasks: offers the first that is not passed.
#[component]
fn NoTask(props: &NoTaskProps) -> Html {
    let texts = use_text();
    let progress = use_progress();
    let (_, session) = use_session_part(|_| ());
    let lesson = use_lesson(&props.slug);
    let task = lesson.ready().and_then(|lesson| {
        let coding = || lesson.tasks.all().iter().filter(|task| is_coded(task));
        coding()
            .find(|task| !progress.task_done(&task.id))
            .or_else(|| coding().next())
            .cloned()
    });
    html! {
        <div class="empty">
            <h3>{ texts.get(&words::NO_TASK) }</h3>
            <p>{ texts.get(&words::NO_TASK_WHY) }</p>
            if let Some(task) = task {
                <div class="row">
                    <button type="button" class="btn accent" onclick={let task = task.clone(); Callback::from(move |_: MouseEvent| session.open_task(&task))}>
                        { texts.fill(&words::TO_LESSON_TASK, &[("title", &plain(&task.title))]) }
                    </button>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OfTaskProps {
    task: Rc<Task>,
}

#[component]
fn OfTask(props: &OfTaskProps) -> Html {
    let task = &props.task;
    let progress = use_progress();
    let compare = use_compare();
    let ((report, checking, edit, chosen), session) =
        use_session_part(|session| (session.report.clone(), session.checking, session.edit, session.shown_check.clone()));
    let report = report
        .filter(|report| report.task == task.id)
        .unwrap_or_else(|| Same::new(before(task)));
    let texts = use_text();
    use_effect_with((texts.language.clone(), task.clone()), {
        let session = session.clone();
        move |(_, task)| session.tell_again(task)
    });
    // The edit that the report is about: the one at the moment when the last run ended.
    let checked_edit = use_state(|| edit);
    {
        let checked_edit = checked_edit.clone();
        use_effect_with(checking, move |_| checked_edit.set(edit));
    }
    let shown = chosen
        .as_ref()
        .and_then(|id| report.checks.iter().find(|check| check.id == *id))
        .or_else(|| first_failing(&report))
        .or_else(|| report.checks.iter().find(|check| check.state == CheckState::Running))
        .or(report.checks.first());
    let Some(shown) = shown else { return Html::default() };
    let kept = progress.task(&task.id);

    let on_select = {
        let session = session.clone();
        Callback::from(move |id: String| session.show_check(Some(&id)))
    };
    let on_run = {
        let (session, task) = (session.clone(), task.clone());
        Callback::from(move |()| {
            session.open_task(&task);
            session.check(&task);
        })
    };
    let on_repeat = {
        let (session, task) = (session.clone(), task.clone());
        Callback::from(move |()| {
            session.open_task(&task);
            session.check_again(&task);
        })
    };
    let on_stop = {
        let session = session.clone();
        Callback::from(move |()| session.cancel_checks())
    };
    let on_request = {
        let session = session.clone();
        Callback::from(move |sent: Sent| {
            let headers: Vec<(String, String)> = sent.own_headers().cloned().collect();
            let body = (!sent.body.is_empty()).then_some(sent.body.as_str());
            session.load_request(&sent.method, sent.address(), &headers, body);
        })
    };
    let on_line = {
        let session = session.clone();
        Callback::from(move |(file, line): (String, u32)| session.go_to(&file, line))
    };
    let on_hint = {
        let (progress, id) = (progress.clone(), task.id.clone());
        Callback::from(move |count: u32| progress.update(|progress| progress.open_hint(&id, count)))
    };
    let on_compare = may_compare(task, kept).then(|| {
        let (compare, task) = (compare.clone(), task.clone());
        Callback::from(move |()| compare.open(&task, Against::Solution))
    });
    let blocked_by = first_failing(&report)
        .filter(|first| first.id != shown.id)
        .map(|first| AttrValue::from(plain(&first.title)));

    html! {
        <div class="ck">
            <List report={report.clone()} {checking} selected={shown.id.clone()} {on_select} {on_run} {on_stop} {on_repeat} stale={edit != *checked_edit} />
            <div class="vline"></div>
            <Detail check={shown.clone()} {blocked_by} tries={kept.map_or(0, |kept| kept.tries)} hints={if shown.hints.is_empty() { task.hints.clone() } else { shown.hints.clone() }}
                open_hints={kept.map_or(0, |kept| kept.hints)} {on_hint} {on_request} {on_line} {on_compare} />
        </div>
    }
}

/// The report of a task that was not run: every check waiting.
fn before(task: &Task) -> Report {
    let checks = task.checks.iter().map(|check| CheckResult {
        id: check.id.clone(),
        title: check.title.clone(),
        why: check.why.clone(),
        extra: check.extra,
        ..CheckResult::default()
    });
    let checks: Vec<CheckResult> = checks.collect();
    let of = checks.iter().filter(|check| !check.extra).count() as u32;
    Report {
        task: task.id.clone(),
        version: task.version,
        of,
        checks,
        ..Report::default()
    }
}
