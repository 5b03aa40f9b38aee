//! The page of a lesson: loads it, opens its project, and puts it beside the code.

use std::rc::Rc;

use backlab_course::lesson::Lesson;
use yew::prelude::*;

use super::frame::Frame;
use super::opening::{Opening, is_coded, opening, task_to_check};
use super::tools::requests::saved;
use super::top_bar::LessonCrumbs;
use super::view::Trouble;
use super::words;
use crate::components::Link;
use crate::hooks::{use_lesson, use_progress, use_session_part, use_text};
use crate::lesson::model::task::may_compare;
use crate::platform::{dom, history, style, time};
use crate::routes::Route;
use crate::state::compare::Against;
use crate::state::error::Loadable;
use crate::state::session::ProjectId;
use crate::workbench::compare::use_compare;

/// Saved requests shown at most.
const SAVED: usize = 16;

#[derive(Properties, PartialEq)]
pub struct LessonPageProps {
    pub slug: AttrValue,
}

#[component]
pub fn LessonPage(props: &LessonPageProps) -> Html {
    let texts = use_text();
    match use_lesson(&props.slug) {
        Loadable::Ready(lesson) => html! { <Opened {lesson} /> },
        Loadable::Loading => html! { <Frame lesson={Some(html! { <Skeleton /> })} /> },
        Loadable::Failed(error) => html! {
            <Frame lesson={Some(html! {
                <Trouble icon="warn" title={error.title} why={error.detail} next={error.hint}><Link to={Route::Course} class="btn">{ texts.get(&crate::i18n::pages::COURSE_MAP) }</Link></Trouble>
            })} />
        },
    }
}

/// The lesson while it is on its way.
#[component]
fn Skeleton() -> Html {
    let texts = use_text();
    html! {
        <div class="lesson-sk" role="status">
            <span class="vh">{ texts.get(&words::LESSON_LOADS) }</span>
            <span class="sk w4"></span><span class="sk w9 tall"></span><span class="sk w9"></span><span class="sk w9"></span><span class="sk w6"></span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OpenedProps {
    lesson: Rc<Lesson>,
}

#[component]
fn Opened(props: &OpenedProps) -> Html {
    let lesson = &props.lesson;
    let progress = use_progress();
    let compare = use_compare();
    let (project, session) = use_session_part(|session| session.project.clone());
    use_effect_with(lesson.id.clone(), {
        let (lesson, session, progress) = (lesson.clone(), session.clone(), progress.clone());
        move |_| {
            let named = history::hash();
            match opening(&lesson, &named, &session.now().project, |id| progress.task_done(id)) {
                Opening::Keep => {}
                Opening::Task(task) => session.open_task(&task),
                Opening::Scratch(files) => {
                    session.open_project(ProjectId::Lesson(lesson.id.clone()), files, Vec::new(), vec!["server.js".into()])
                }
            }
            // The first request is ready to be sent.
            let open = session.now().project;
            let task = task_to_check(&lesson, &open).map(|task| task.id.clone());
            if let Some(first) = saved::of_lesson(&lesson, task.as_deref(), 1).first() {
                session.draft(|draft| {
                    if *draft == crate::state::request::RequestDraft::default() {
                        *draft =
                            crate::state::request::RequestDraft::load(&first.method, &first.url, &first.headers, first.body.as_deref());
                    }
                });
            }
            session.warm_up();
            // The pane has its size after the next frame.
            if !named.is_empty()
                && let Some(timer) = time::after(60, move || dom::scroll_to(&named))
            {
                timer.forget();
            }
        }
    });
    use_effect_with(lesson.title.clone(), |title| style::set_title(&format!("{title} · Backlab")));
    let task = task_to_check(lesson, &project).filter(|task| is_coded(task)).cloned();
    let oncheck = task.clone().map(|task| {
        let session = session.clone();
        Callback::from(move |()| {
            if session.now().project != ProjectId::Task(task.id.clone()) {
                session.open_task(&task);
            }
            session.check(&task);
        })
    });
    let oncompare = task
        .clone()
        .filter(|task| may_compare(task, progress.task(&task.id)))
        .map(|task| Callback::from(move |()| compare.open(&task, Against::Solution)));
    let requests = saved::of_lesson(lesson, task.as_ref().map(|task| task.id.as_str()), SAVED);
    let name = task.as_ref().map_or_else(
        || lesson.id.clone(),
        |task| task.id.rsplit('/').next().unwrap_or_default().to_owned(),
    );
    html! { <Frame lesson={Some(html! { <Pane lesson={lesson.clone()} /> })} crumbs={html! { <LessonCrumbs lesson={lesson.clone()} /> }} title={lesson.title.clone()} {oncheck} {oncompare} saved={requests} project={name} /> }
}

#[derive(Properties, PartialEq)]
struct PaneProps {
    lesson: Rc<Lesson>,
}

/// The lesson pane with the way to hide it, which the frame offers through context.
#[component]
fn Pane(props: &PaneProps) -> Html {
    let on_hide = use_context::<super::frame::HideLesson>().map(|hide| hide.0);
    html! { <crate::lesson::LessonPane lesson={props.lesson.clone()} {on_hide} /> }
}
