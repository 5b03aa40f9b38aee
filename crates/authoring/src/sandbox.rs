//! Sandboxes to grade in: the packaged runtime under Node, several processes side by side.

use backlab_course::grading::{Grader, Submission};
use backlab_course::task::{Cause, Task};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::finding::{AuthoringError, Finding};

/// Longer than any check takes; a program that loops for ever is ended then.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers grader commands.
pub trait Sandbox {
    /// Returns the answer, or why there is none.
    fn ask(&mut self, command: &Value) -> Result<Value, String>;
}

/// Makes the sandbox of one worker.
pub type Maker<'a> = &'a (dyn Fn() -> Result<Box<dyn Sandbox>, AuthoringError> + Sync);

/// One Node process of the packaged runtime: a command per line in, an answer per line out.
pub struct NodeSandbox {
    program: PathBuf,
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl NodeSandbox {
    /// Starts `node <package>/grader.js`.
    pub fn start(package: &Path) -> Result<Self, AuthoringError> {
        let program = package.join("grader.js");
        let failed = |source| AuthoringError::Sandbox {
            command: format!("node {}", program.display()),
            source,
        };
        if !program.is_file() {
            return Err(failed(std::io::Error::from(std::io::ErrorKind::NotFound)));
        }
        let mut child = Command::new("node")
            .arg(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(failed)?;
        let missing = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let input = child.stdin.take().ok_or_else(|| failed(missing()))?;
        let output = child.stdout.take().ok_or_else(|| failed(missing()))?;
        let (send, answers) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            program,
            child,
            input,
            answers,
        })
    }

    fn renew(&mut self) -> Result<(), String> {
        let package = self.program.parent().map(Path::to_owned).unwrap_or_default();
        // The old process is ended when it is dropped.
        *self = Self::start(&package).map_err(|error| error.to_string())?;
        Ok(())
    }
}

impl Sandbox for NodeSandbox {
    fn ask(&mut self, command: &Value) -> Result<Value, String> {
        let sent = writeln!(self.input, "{command}").and_then(|()| self.input.flush());
        let answer = sent.map_err(|error| error.to_string()).and_then(|()| {
            self.answers.recv_timeout(PATIENCE).map_err(|error| match error {
                RecvTimeoutError::Timeout => format!("the sandbox gave no answer in {} s", PATIENCE.as_secs()),
                RecvTimeoutError::Disconnected => "the sandbox's process ended by itself; it said why above".to_owned(),
            })
        });
        match answer {
            Ok(line) => serde_json::from_str(&line).map_err(|_| format!("the sandbox answered no JSON: {line}")),
            Err(message) => {
                self.renew()?;
                Err(message)
            }
        }
    }
}

impl Drop for NodeSandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Grades one submission to its end.
pub fn grade(sandbox: &mut dyn Sandbox, task: &Task, catalogue: &[Cause], seed: &str, submission: Submission) -> Grader {
    let mut grader = Grader::new(task, catalogue, seed, submission);
    while let Some(command) = grader.next() {
        let answer = sandbox
            .ask(&command)
            .unwrap_or_else(|message| json!({ "ok": false, "message": message }));
        grader.answer(answer);
    }
    grader
}

/// What a job proved and what it found.
#[derive(Debug, Default)]
pub struct Proof {
    /// Statements that held.
    pub held: usize,
    pub findings: Vec<Finding>,
}

/// A piece of work for one sandbox.
pub type Job<'a, T> = Box<dyn FnOnce(&mut dyn Sandbox) -> T + Send + 'a>;

/// Runs jobs on as many sandboxes as there are processors, and returns their results in order.
pub fn run_all<T: Send>(jobs: Vec<Job<'_, T>>, make: Maker<'_>) -> Result<Vec<T>, AuthoringError> {
    let workers = thread::available_parallelism().map_or(2, usize::from).min(jobs.len());
    let queue: Mutex<VecDeque<(usize, Job<'_, T>)>> = Mutex::new(jobs.into_iter().enumerate().collect());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let worker = || -> Result<(), AuthoringError> {
            let mut sandbox = make()?;
            loop {
                let Some((index, job)) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) else {
                    return Ok(());
                };
                let result = job(sandbox.as_mut());
                if let Ok(mut done) = done.lock() {
                    done.push((index, result));
                }
            }
        };
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        handles.into_iter().try_for_each(|handle| handle.join().unwrap_or(Ok(())))
    })?;
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}
