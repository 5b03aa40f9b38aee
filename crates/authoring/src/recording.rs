//! What the checks ask of a sandbox that holds a solution, so that the same can be asked of real Node.

use backlab_course::grading::Submission;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

use crate::compile::{catalogue, compile_task, full_id};
use crate::finding::AuthoringError;
use crate::sandbox::{Job, NodeSandbox, Sandbox, grade, run_all};
use crate::source::{self, LessonSource, Library, TaskSource, overlay};

/// One solution, and the grader's commands to its sandboxes in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recording {
    /// `middleware/hanging`
    pub name: String,
    /// Commands as in the runtime's protocol: open with a project, perform an action, close.
    pub commands: Vec<Value>,
}

/// Passes commands on and keeps them.
struct Recorder<'a> {
    sandbox: &'a mut dyn Sandbox,
    commands: Vec<Value>,
}

impl Sandbox for Recorder<'_> {
    fn ask(&mut self, command: &Value) -> Result<Value, String> {
        self.commands.push(command.clone());
        self.sandbox.ask(command)
    }
}

/// Grades the solution of every task once (of kind predict: the program that is predicted) and returns what was asked.
pub fn record(lessons: &Path, package: &Path) -> Result<Vec<Recording>, AuthoringError> {
    let library = source::load(lessons, None)?;
    let mut jobs: Vec<Job<'_, Recording>> = Vec::new();
    for lesson in &library.lessons {
        for task in &lesson.tasks {
            let library = &library;
            jobs.push(Box::new(move |sandbox| one(sandbox, library, lesson, task)));
        }
    }
    run_all(jobs, &|| Ok(Box::new(NodeSandbox::start(package)?)))
}

fn one(sandbox: &mut dyn Sandbox, library: &Library, lesson: &LessonSource, source: &TaskSource) -> Recording {
    let task = compile_task(library, lesson, source, "en");
    let submission = Submission {
        files: overlay(task.starter.clone(), &[&source.solution]),
        ..Submission::default()
    };
    let mut recorder = Recorder {
        sandbox,
        commands: Vec::new(),
    };
    grade(&mut recorder, &task, &catalogue(library, "en"), "1a2b", submission);
    Recording {
        name: full_id(lesson, source),
        commands: recorder.commands,
    }
}
