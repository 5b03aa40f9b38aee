//! What a lesson brings to the workbench: its project, its requests, and the checks of the task at hand.

use std::rc::Rc;

use backlab_course::lesson::Lesson;
use backlab_course::task::Task;
use yew::prelude::*;

use super::compare::use_compare;
use super::opening::{Opening, is_coded, opening, task_to_check};
use super::tools::requests::saved::{self, SavedRequest};
use crate::hooks::{use_progress, use_session_part};
use crate::lesson::model::task::may_compare;
use crate::platform::history;
use crate::state::compare::Against;
use crate::state::progress::Progress;
use crate::state::request::RequestDraft;
use crate::state::same::Same;
use crate::state::session::ProjectId;
use crate::state::workspace::SessionHandle;

/// Saved requests shown at most.
const SAVED: usize = 16;

/// What the workbench offers; without a lesson only a name.
pub struct LessonWork {
    /// Over the file tree.
    pub name: AttrValue,
    /// Runs the checks of the task at hand.
    pub oncheck: Option<Callback<()>>,
    /// Opens its solution beside the code; absent until a first try.
    pub oncompare: Option<Callback<()>>,
    /// Requests ready to be sent.
    pub saved: Vec<SavedRequest>,
}

/// Opens the lesson's project and returns what comes with it.
#[hook]
pub fn use_lesson_work(lesson: Option<&Same<Lesson>>, project: &AttrValue) -> LessonWork {
    let progress = use_progress();
    let compare = use_compare();
    let (open, session) = use_session_part(|session| session.project.clone());
    use_effect_with(lesson.map(|lesson| lesson.id.clone()), {
        let (lesson, session, progress) = (lesson.cloned(), session.clone(), progress.clone());
        move |_| {
            if let Some(lesson) = &lesson {
                open_lesson(lesson, &session, &progress);
            }
        }
    });
    let Some(lesson) = lesson else {
        return LessonWork {
            name: project.clone(),
            oncheck: None,
            oncompare: None,
            saved: Vec::new(),
        };
    };
    let task = task_to_check(lesson, &open).filter(|task| is_coded(task)).cloned().map(Rc::new);
    let name = task
        .as_ref()
        .and_then(|task| task.id.rsplit('/').next())
        .unwrap_or(&lesson.id)
        .to_owned();
    LessonWork {
        name: name.into(),
        oncheck: task.clone().map(|task| Callback::from(move |()| check(&session, &task))),
        oncompare: task
            .clone()
            .filter(|task| may_compare(task, progress.task(&task.id)))
            .map(|task| Callback::from(move |()| compare.open(&task, Against::Solution))),
        saved: saved::of_lesson(lesson, task.as_ref().map(|task| task.id.as_str()), SAVED),
    }
}

fn open_lesson(lesson: &Lesson, session: &SessionHandle, progress: &Progress) {
    match opening(lesson, &history::hash(), &session.now().project, |id| progress.task_done(id)) {
        Opening::Keep => {}
        Opening::Task(task) => session.open_task(&task),
        Opening::Scratch(files) => session.open_project(ProjectId::Lesson(lesson.id.clone()), files, Vec::new(), vec!["server.js".into()]),
    }
    // The first request is ready to be sent.
    let open = session.now().project;
    let task = task_to_check(lesson, &open).map(|task| task.id.as_str());
    if let Some(first) = saved::of_lesson(lesson, task, 1).first() {
        session.draft(|draft| {
            if *draft == RequestDraft::default() {
                *draft = RequestDraft::load(&first.method, &first.url, &first.headers, first.body.as_deref());
            }
        });
    }
    session.warm_up();
}

fn check(session: &SessionHandle, task: &Task) {
    if session.now().project != ProjectId::Task(task.id.clone()) {
        session.open_task(task);
    }
    session.check(task);
}
