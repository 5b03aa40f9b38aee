//! The run of a snippet in a sandbox of its own, so that the learner's project stays as it is.

use std::cell::RefCell;
use std::rc::Rc;

use backlab_course::lesson::{Lesson, Snippet};
use yew::prelude::*;

use super::model::snippet::{close, sandbox};
use super::model::transcript::Transcript;
use super::words;
use crate::hooks::{use_services, use_text};
use crate::i18n::Texts;
use crate::parts;
use crate::platform::spawn;
use crate::state::same::Same;
use crate::state::services::Services;
use crate::state::workspace::deferred;

/// What is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    Run,
    /// Index of the request.
    Send(usize),
}

#[derive(Default)]
pub(super) struct State {
    pub transcript: Transcript,
    busy: Option<Busy>,
    /// The code that runs; a change starts it anew before the next request.
    pub code: Option<String>,
}

/// The run of one snippet. Clones are the same run.
#[derive(Clone)]
pub struct Runner {
    pub(super) state: Rc<RefCell<State>>,
    pub(super) lesson: Same<Lesson>,
    pub(super) snippet: Snippet,
    pub(super) sandbox: String,
    pub(super) services: Services,
    pub(super) texts: Texts,
    redraw: UseForceUpdateHandle,
}

/// Keeps a run for as long as the component stands. `place` tells two runs of one snippet apart.
#[hook]
pub fn use_runner(lesson: &Same<Lesson>, snippet: &Snippet, place: &str) -> Runner {
    let runner = Runner {
        state: use_mut_ref(State::default),
        lesson: lesson.clone(),
        sandbox: format!("{}:{place}", sandbox(&lesson.id, &snippet.id)),
        snippet: snippet.clone(),
        services: use_services(),
        texts: use_text(),
        redraw: use_force_update(),
    };
    let latest = use_mut_ref(|| runner.clone());
    *latest.borrow_mut() = runner.clone();
    use_effect_with((lesson.id.clone(), snippet.id.clone()), move |_| move || latest.borrow().leave());
    runner
}

impl Runner {
    pub fn busy(&self) -> Option<Busy> {
        self.state.borrow().busy
    }

    pub fn has_run(&self) -> bool {
        let state = self.state.borrow();
        state.code.is_some() || !state.transcript.entries.is_empty()
    }

    pub fn transcript(&self) -> Transcript {
        self.state.borrow().transcript.clone()
    }

    /// Forgets what was seen and gives the sandbox back.
    pub fn clear(&self) {
        self.leave();
        *self.state.borrow_mut() = State::default();
        self.redraw.force_update();
    }

    /// Starts the code in a fresh sandbox.
    pub fn run(&self, code: String) {
        self.perform(Busy::Run, code);
    }

    /// Sends a request; starts the code first when it does not run as it stands.
    pub fn send(&self, code: String, index: usize) {
        self.perform(Busy::Send(index), code);
    }

    fn perform(&self, what: Busy, code: String) {
        if !self.begin(what) {
            return;
        }
        let runner = self.clone();
        spawn(async move {
            match parts::perform(runner.clone(), what, code).await {
                Ok(performing) => performing.await,
                Err(_) => runner.failed(&deferred::did_not_load(&runner.texts).to_string()),
            }
            runner.end();
        });
    }

    /// Says in the transcript why nothing came of it.
    pub(super) fn failed(&self, why: &str) {
        let message = self.texts.fill(&words::NO_ENGINE, &[("why", why)]);
        self.state.borrow_mut().transcript.problem(message);
    }

    fn begin(&self, busy: Busy) -> bool {
        if self.busy().is_some() {
            return false;
        }
        self.state.borrow_mut().busy = Some(busy);
        self.redraw.force_update();
        true
    }

    fn end(&self) {
        self.state.borrow_mut().busy = None;
        self.redraw.force_update();
    }

    fn leave(&self) {
        if self.state.borrow_mut().code.take().is_some() {
            let (services, command) = (self.services.clone(), close(&self.sandbox));
            spawn(async move {
                // A sandbox that cannot be closed is gone already.
                if let Ok(closing) = deferred::sandbox(services, command).await {
                    let _ = closing.await;
                }
            });
        }
    }
}
