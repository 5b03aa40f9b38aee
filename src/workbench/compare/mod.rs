//! The learner's files beside other versions of them. Looking never edits; a hunk is taken over as one undo step.

pub mod hunks;
mod view;
mod words;

use std::rc::Rc;

use backlab_course::task::Task;
use yew::prelude::*;

use crate::hooks::{ProgressHandle, use_progress, use_services, use_session};
use crate::state::compare::{Against, Compare};
use crate::state::session::ProjectId;
use crate::state::store::{Store, use_store};
use crate::state::workspace::SessionHandle;

pub use view::CompareView;

/// Opens and closes comparisons.
#[derive(Clone, PartialEq)]
pub struct CompareHandle {
    /// The open comparison of the open project.
    pub shown: Option<Rc<Compare>>,
    store: Store<Option<Rc<Compare>>>,
    session: SessionHandle,
    progress: ProgressHandle,
}

#[hook]
pub fn use_compare() -> CompareHandle {
    let services = use_services();
    let session = use_session();
    let progress = use_progress();
    let shown = use_store(&services.compare.clone()).filter(|compare| compare.project == session.project);
    CompareHandle {
        shown,
        store: services.compare.clone(),
        session,
        progress,
    }
}

impl CompareHandle {
    /// Opens the task's project, and beside its files the solution or the new starter.
    pub fn open(&self, task: &Task, against: Against) {
        self.session.open_task(task);
        let files = match against {
            Against::Solution => task.solution.clone(),
            Against::Starter => task.starter.clone(),
        };
        let why = if against == Against::Solution {
            task.after.clone()
        } else {
            String::new()
        };
        // Who has passed already loses nothing by looking at another way.
        if against == Against::Solution && !self.progress.task_done(&task.id) {
            self.progress.update(|progress| progress.compared(&task.id));
        }
        self.store.set(Some(Rc::new(Compare {
            project: ProjectId::Task(task.id.clone()),
            against,
            files: Rc::new(files),
            why,
        })));
    }

    pub fn close(&self) {
        self.store.set(None);
    }
}

/// The open comparison over the editor; draws nothing while there is none.
#[component]
pub fn ComparePane() -> Html {
    let handle = use_compare();
    let Some(compare) = handle.shown.clone() else {
        return Html::default();
    };
    let close = {
        let handle = handle.clone();
        Callback::from(move |()| handle.close())
    };
    let select = {
        let session = handle.session.clone();
        Callback::from(move |path: String| session.select(&path))
    };
    let on_use = {
        let session = handle.session.clone();
        Callback::from(move |(path, text): (String, String)| session.replace_files(&[(path, text)].into()))
    };
    html! {
        <CompareView {compare} mine={handle.session.files.clone()} active={handle.session.active.clone()} readonly={handle.session.look_only}
            on_close={close} on_select={select} {on_use} />
    }
}
