//! Runs a snippet in a sandbox of its own, so that the learner's project stays as it is.

use std::cell::RefCell;
use std::rc::Rc;

use backlab_course::lesson::{Lesson, Snippet};
use yew::prelude::*;

use super::model::snippet::{close, open, perform, sandbox};
use super::model::transcript::{Record, Transcript};
use super::words;
use crate::hooks::{use_announce, use_session, use_text};
use crate::i18n::Texts;
use crate::platform::spawn;
use crate::state::workspace::{SessionHandle, deferred};

/// What is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    Run,
    /// Index of the request.
    Send(usize),
}

#[derive(Default)]
struct State {
    transcript: Transcript,
    busy: Option<Busy>,
    /// The code that runs; a change starts it anew before the next request.
    code: Option<String>,
}

/// The run of one snippet. Clones are the same run.
#[derive(Clone)]
pub struct Runner {
    state: Rc<RefCell<State>>,
    lesson: Rc<Lesson>,
    snippet: Snippet,
    sandbox: String,
    session: SessionHandle,
    texts: Texts,
    announce: Callback<String>,
    redraw: UseForceUpdateHandle,
}

/// Keeps a run for as long as the component stands. `place` tells two runs of one snippet apart.
#[hook]
pub fn use_runner(lesson: &Rc<Lesson>, snippet: &Snippet, place: &str) -> Runner {
    let runner = Runner {
        state: use_mut_ref(State::default),
        lesson: lesson.clone(),
        sandbox: format!("{}:{place}", sandbox(&lesson.id, &snippet.id)),
        snippet: snippet.clone(),
        session: use_session(),
        texts: use_text(),
        announce: use_announce(),
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
        if self.begin(Busy::Run) {
            let runner = self.clone();
            spawn(async move {
                runner.start(code).await;
                runner.end();
            });
        }
    }

    /// Sends a request; starts the code first when it does not run as it stands.
    pub fn send(&self, code: String, index: usize) {
        let Some(request) = self.snippet.requests.get(index).cloned() else {
            return;
        };
        if !self.begin(Busy::Send(index)) {
            return;
        }
        let runner = self.clone();
        spawn(async move {
            let stale = {
                let state = runner.state.borrow();
                state.code.as_deref() != Some(code.as_str()) || !state.transcript.serving
            };
            if !stale || runner.start(code).await {
                match runner.call(perform(&runner.sandbox, &request)).await {
                    Ok(record) => {
                        let spoken = match record.status {
                            Some(status) if status > 0 => format!("{status} {}", record.text.as_deref().unwrap_or_default()),
                            _ => runner.texts.get(&words::NO_ANSWER).to_owned(),
                        };
                        runner.state.borrow_mut().transcript.answer(index, &request, record);
                        runner.announce.emit(spoken);
                    }
                    Err(message) => runner.failed(&message),
                }
            }
            runner.end();
        });
    }

    /// Answers whether requests can follow.
    async fn start(&self, code: String) -> bool {
        match self.call(open(&self.sandbox, &code, &self.lesson.files)).await {
            Ok(record) => {
                let transcript = Transcript::start(record);
                let mut state = self.state.borrow_mut();
                state.transcript = transcript;
                state.code = Some(code);
                state.transcript.serving
            }
            Err(message) => {
                self.state.borrow_mut().transcript = Transcript::default();
                self.failed(&message);
                false
            }
        }
    }

    async fn call(&self, command: serde_json::Value) -> Result<Record, String> {
        let answer = self.session.sandbox(command).await.map_err(|error| error.message)?;
        match crate::parts::read_record(answer).await {
            Ok(record) => record,
            Err(_) => Err(deferred::did_not_load(&self.texts).to_string()),
        }
    }

    fn failed(&self, why: &str) {
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
            let (session, command) = (self.session.clone(), close(&self.sandbox));
            spawn(async move {
                // A sandbox that cannot be closed is gone already.
                let _ = session.sandbox(command).await;
            });
        }
    }
}
