//! Running a task's checks: the grader asks, the sandbox answers, the report grows while the learner watches.

use backlab_course::grading::{Grader, Submission};
use backlab_course::report::Report;
use backlab_course::task::{Cause, Task};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{SessionHandle, deferred};
use crate::i18n::session as words;
use crate::platform::{content, spawn, time};
use crate::state::error::UiError;
use crate::state::protocol::HostCommand;
use crate::state::same::Same;
use crate::state::session::{ProjectId, Tool};

impl SessionHandle {
    /// Runs all checks of a task on the files as they are now.
    pub fn check(&self, task: &Task) {
        self.check_with(task, None);
    }

    /// Runs all checks with the random values of the last report, so that a failure can be seen again.
    pub fn check_again(&self, task: &Task) {
        let report = self.now().report.filter(|report| report.task == task.id);
        self.check_with(task, report.map(|report| report.seed.clone()));
    }

    fn check_with(&self, task: &Task, seed: Option<String>) {
        if self.now().checking {
            return;
        }
        self.save_now();
        let submission = Submission {
            files: (*self.now().files).clone(),
            answers: self.prediction(task),
            ..Submission::default()
        };
        self.grade(task, submission, seed);
    }

    /// What was typed last for a task of kind predict, by check id.
    fn prediction(&self, task: &Task) -> BTreeMap<String, String> {
        self.services
            .progress
            .read(|progress| crate::lesson::model::predict::read(progress.task(&task.id).and_then(|task| task.prediction.as_deref())))
    }

    /// Runs all checks of a task on a submission of one's own making (kind predict answers by check id). Without a `seed` the values are new.
    pub fn grade(&self, task: &Task, submission: Submission, seed: Option<String>) {
        if self.now().checking {
            return;
        }
        *self.services.recording.borrow_mut() = None;
        self.change(|session| {
            session.checking = true;
            session.check_error = None;
            session.shown_check = None;
            session.tool = Tool::Checks;
        });
        let turn = self.services.checks.get() + 1;
        self.services.checks.set(turn);
        let (handle, task, project) = (self.clone(), task.clone(), self.now().project);
        let submission = Submission {
            language: crate::hooks::texts(&self.services).language,
            ..submission
        };
        spawn(async move {
            let grading = Grading {
                handle: handle.clone(),
                task,
                project,
                submission,
                seed: seed.unwrap_or_else(new_seed),
                turn,
            };
            match deferred::grade(grading).await {
                Ok(performing) => performing.await,
                Err(_) => {
                    let error = deferred::did_not_load(&crate::hooks::texts(&handle.services));
                    handle.could_not_check(&error.to_string());
                }
            }
        });
    }

    /// Tells the last report again in the language of now; the task is in it already.
    pub fn tell_again(&self, task: &Task) {
        let language = crate::hooks::texts(&self.services).language;
        let session = self.now();
        let shown = session.report.as_ref().filter(|report| report.task == task.id && !session.checking);
        let known = self.services.recording.borrow().clone();
        let Some(mut recording) = known.filter(|recording| shown.is_some_and(|report| report.seed == recording.seed)) else {
            return;
        };
        if recording.submission.language == language && recording.task == *task {
            return;
        }
        recording.submission.language = language;
        recording.task = task.clone();
        // The language may come before the task in it: what is told later counts.
        let turn = self.services.checks.get() + 1;
        self.services.checks.set(turn);
        let handle = self.clone();
        spawn(async move {
            let catalogue = handle.causes().await;
            if handle.services.checks.get() != turn {
                return;
            }
            let mut grader = recording.grader(&catalogue);
            let mut answers = recording.answers.iter().cloned();
            while grader.next().is_some() {
                let Some(answer) = answers.next() else { return };
                grader.answer(answer);
            }
            handle.show_report(&session.project, grader.report(), false);
            *handle.services.recording.borrow_mut() = Some(recording);
        });
    }

    /// Stops checking; what was found stays.
    pub fn cancel_checks(&self) {
        self.services.checks.set(self.services.checks.get() + 1);
        self.change(|session| session.checking = false);
    }

    fn graded(&self, task: &Task, project: &ProjectId, report: Report) {
        let texts = crate::hooks::texts(&self.services);
        self.services
            .announce(crate::workbench::tools::checks::model::sentence::spoken(&report, &texts));
        self.services
            .progress
            .update(|progress| progress.graded(&report, &task.starter_digest));
        self.show_report(project, &report, false);
    }

    /// Shows how far the checks are, unless another project was opened since they began.
    fn show_report(&self, project: &ProjectId, report: &Report, checking: bool) {
        let report = Same::new(report.clone());
        self.change(|session| {
            if session.project == *project {
                (session.report, session.checking) = (Some(report), checking);
            }
        });
    }

    fn could_not_check(&self, message: &str) {
        let texts = crate::hooks::texts(&self.services);
        let error = UiError::new(texts.get(&words::COULD_NOT_CHECK), message, texts.get(&words::RELOAD_AND_CHECK));
        self.change(|session| (session.checking, session.check_error) = (false, Some(error)));
    }

    /// Fetches the catalogue of causes once. Without it the checks still run, with fewer explanations.
    async fn causes(&self) -> Vec<Cause> {
        let language = self.services.settings.read(|settings| settings.language.clone());
        let known = self.services.causes.borrow().clone();
        if let Some((_, causes)) = known.filter(|(of, _)| *of == language) {
            return causes;
        }
        let fetched: Result<Vec<Cause>, _> = content::fetch(&format!("{language}/causes.json")).await;
        let causes = fetched.unwrap_or_default();
        *self.services.causes.borrow_mut() = Some((language, causes.clone()));
        causes
    }
}

/// Short enough to be read out and compared: the lower bits of the clock.
fn new_seed() -> String {
    format!("{:05x}", time::now() as u64 & 0xf_ffff)
}

/// What a report was made of: with the same, the same checks come to the same.
#[derive(Clone)]
pub struct Recording {
    task: Task,
    submission: Submission,
    seed: String,
    /// What the sandbox answered, in order.
    answers: Vec<Value>,
}

impl Recording {
    fn grader(&self, catalogue: &[Cause]) -> Grader {
        Grader::new(&self.task, catalogue, &self.seed, self.submission.clone())
    }
}

/// One run of a task's checks.
pub struct Grading {
    handle: SessionHandle,
    task: Task,
    /// What was open when it began.
    project: ProjectId,
    submission: Submission,
    seed: String,
    /// It ends when another run has begun since.
    turn: u32,
}

impl Grading {
    pub(super) async fn perform(self) {
        let Self { handle, task, project, .. } = self;
        let catalogue = handle.causes().await;
        if handle.services.checks.get() != self.turn {
            return;
        }
        let mut recording = Recording {
            task: task.clone(),
            submission: self.submission,
            seed: self.seed,
            answers: Vec::new(),
        };
        let mut grader = recording.grader(&catalogue);
        handle.show_report(&project, grader.report(), true);
        while let Some(command) = grader.next() {
            let answer: Result<Value, _> = handle.call(&HostCommand::Grader { command }).await;
            if handle.services.checks.get() != self.turn {
                return;
            }
            let answer = match answer {
                Ok(answer) => answer,
                Err(error) if error.kind == "load" => return handle.could_not_check(&error.message),
                Err(error) => json!({ "ok": false, "message": error.message }),
            };
            recording.answers.push(answer.clone());
            grader.answer(answer);
            handle.show_report(&project, grader.report(), true);
        }
        handle.graded(&task, &project, grader.report().clone());
        *handle.services.recording.borrow_mut() = Some(recording);
    }
}
