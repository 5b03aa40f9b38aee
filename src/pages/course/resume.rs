//! Where to go on: the one filled marker button of the page, and the place that waits.

use backlab_course::lesson::{Course, LessonCard, TaskCard};
use yew::prelude::*;

use crate::components::meter::Meter;
use crate::components::{Link, draw_icon};
use crate::hooks::{use_progress, use_services, use_text};
use crate::i18n::pages as words;
use crate::platform::time;
use crate::routes::Route;
use crate::state::files::SavedProject;
use crate::state::progress::{Progress, TaskProgress};
use crate::state::reference::task_hash;
use crate::state::same::Same;
use crate::state::session::ProjectId;
use crate::state::storage::Key;

/// Lines of the learner's code that are shown.
const LINES: usize = 6;

#[derive(Properties, PartialEq)]
pub struct ResumeProps {
    pub course: Same<Course>,
}

#[component]
pub fn Resume(props: &ResumeProps) -> Html {
    let texts = use_text();
    let progress = use_progress();
    let Some(lesson) = progress.next_lesson(&props.course) else {
        return html! { <Finished /> };
    };
    let module = props
        .course
        .modules
        .iter()
        .find(|module| module.lessons.iter().any(|card| card.id == lesson.id));
    let open = open_task(&progress, lesson);
    let first = progress.is_first_visit();
    let opened = progress.lesson(&lesson.id).map_or(0.0, |lesson| lesson.opened);
    let number = lesson.number.to_string();
    let minutes = texts.fill(&words::MINUTES, &[("n", &lesson.minutes.to_string())]);
    let go = if first {
        texts.get(&words::START)
    } else {
        texts.get(&words::CONTINUE)
    };
    let hash = open.map(|(card, _)| task_hash(&card.id)).unwrap_or_default();
    html! {
        <section class="resume" aria-labelledby="resume"><div class="resume-l">
            <p class="eyebrow"><b>{ texts.fill(&words::LESSON_NUMBER, &[("n", &number)]) }</b>
                if let Some(module) = module { <span>{ texts.pick(&module.title) }</span> }
                <span>{ if opened > 0.0 { time::local(opened) } else { minutes } }</span></p>
            <h2 id="resume">{ texts.pick(&lesson.title) }</h2>
            if let Some((_, task)) = open.filter(|(_, task)| task.of > 0) {
                <p>{ pass_count(&texts, task) }{ ". " }
                    if let Some(failing) = &task.failing { { texts.get(&words::NEXT_TO_FIX) }{ Html::from_html_unchecked(failing.title.clone().into()) }{ "." } }</p>
            } else {
                <p>{ texts.pick(&lesson.summary) }</p>
            }
            <div class="acts"><Link to={Route::Lesson(lesson.id.clone())} {hash} class="btn lg marker">{ go }{ draw_icon("arrow-r", "") }</Link>
                if first {
                    <Link to={Route::Course} hash="map" class="btn lg quiet">{ texts.get(&words::SEE_MAP) }</Link>
                } else {
                    <Link to={Route::Practice} class="btn lg quiet">{ texts.get(&words::TO_TASKS) }</Link>
                }
            </div></div>
            <Waiting lesson={lesson.id.clone()} task={open.map(|(card, task)| (card.clone(), task.clone()))} />
        </section>
    }
}

/// Returns the lesson's first task that was tried and has not passed.
fn open_task<'a>(progress: &'a Progress, lesson: &'a LessonCard) -> Option<(&'a TaskCard, &'a TaskProgress)> {
    lesson
        .tasks
        .iter()
        .filter_map(|card| Some((card, progress.task(&card.id)?)))
        .find(|(_, task)| !task.done)
}

fn pass_count(texts: &crate::i18n::Texts, task: &TaskProgress) -> String {
    texts.fill(
        &words::CHECKS_PASS,
        &[("n", &task.passed.to_string()), ("of", &task.of.to_string())],
    )
}

#[derive(Properties, PartialEq)]
struct WaitingProps {
    lesson: String,
    task: Option<(TaskCard, TaskProgress)>,
}

/// The code that waits, as the learner left it; before there is any, the request that the first lesson sends.
#[component]
fn Waiting(props: &WaitingProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let id = match &props.task {
        Some((card, _)) => ProjectId::Task(card.id.clone()),
        None => ProjectId::Lesson(props.lesson.clone()),
    };
    let saved = services.storage.load::<SavedProject>(&Key::Project(id));
    let Some((path, text)) = saved.as_ref().and_then(|saved| saved.files.get_key_value(&saved.active)) else {
        return html! { <FirstRequest /> };
    };
    let task = props.task.as_ref().map(|(_, task)| task);
    html! {
        <div class="resume-r"><header>{ draw_icon("file", "s") }<span class="clip">{ path }</span><span class="grow"></span>
                if let Some(task) = task { <Meter passed={task.passed} of={task.of} failed={task.tries > 0} label={pass_count(&texts, task)} /> }</header>
            <div class="code">
                for (at, line) in text.lines().take(LINES).enumerate() { <span class="ln" data-n={(at + 1).to_string()}>{ if line.is_empty() { " " } else { line } }</span> }
            </div>
            <footer>
                if let Some(failing) = task.and_then(|task| task.failing.as_ref()) {
                    { draw_icon("x", "s c-bad") }<span class="clip">{ texts.fill(&words::EXPECTED_GOT, &[("expected", &failing.expected), ("got", &failing.got)]) }</span>
                }
            </footer></div>
    }
}

#[component]
fn FirstRequest() -> Html {
    let texts = use_text();
    html! {
        <div class="resume-r"><header>{ draw_icon("send", "s") }<span>{ texts.get(&words::WHAT_YOU_SEND) }</span></header>
            <div class="duo">
                <div class="code"><span class="ln"><i class="k">{ "GET" }</i>{ " /hello " }<i class="o">{ "HTTP/1.1" }</i></span>
                    <span class="ln"><i class="p">{ "Host" }</i>{ ":" }<i class="s">{ " localhost:3000" }</i></span></div>
                <div class="code"><span class="ln">{ "HTTP/1.1 200 OK" }</span><span class="ln"><i class="p">{ "Content-Type" }</i>{ ":" }<i class="s">{ " text/plain" }</i></span>
                    <span class="ln">{ " " }</span><span class="ln">{ texts.get(&words::HELLO) }</span></div>
            </div>
            <footer>{ draw_icon("lane", "s") }<span>{ texts.get(&words::NO_NETWORK) }</span></footer></div>
    }
}

#[component]
fn Finished() -> Html {
    let texts = use_text();
    html! {
        <section class="resume one" aria-labelledby="resume"><div class="resume-l">
            <h2 id="resume">{ texts.get(&words::ALL_DONE) }</h2><p>{ texts.get(&words::ALL_DONE_WHY) }</p>
            <div class="acts"><Link to={Route::Playground(None)} class="btn lg marker">{ texts.get(&words::TO_PLAYGROUND) }{ draw_icon("arrow-r", "") }</Link></div></div></section>
    }
}
