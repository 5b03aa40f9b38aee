//! Starting and stopping the learner's server, and restarting it when edited code parses.

use backlab_course::trace::{ConsoleLine, ProgramError};
use serde_json::Value;

use super::SessionHandle;
use crate::i18n::session as words;
use crate::platform::backend::CallError;
use crate::platform::{spawn, time};
use crate::state::json;
use crate::state::protocol::{DataCommand, HostCommand, Project, RunResult};
use crate::state::session::{ServerState, Session, Tool};
use crate::workbench::words::EXITED_WITH;

/// After the save, so that what runs is what is kept.
const RESTART_AFTER_MS: u32 = 450;

impl Session {
    /// Returns the project as the runtime takes it.
    pub fn to_project(&self) -> Project {
        Project {
            files: (*self.files).clone(),
            // Without that file the package says what runs.
            entry: self.files.contains_key(&self.entry).then(|| self.entry.clone()),
            env: (*self.env).clone(),
            data: (*self.data).clone(),
            edit: Some(self.edit),
        }
    }

    /// Takes what a run came to.
    fn ran(&mut self, edit: u32, result: RunResult) {
        self.parse_error = None;
        self.running_edit = Some(edit);
        if matches!(self.server, ServerState::StoppedLoop { .. }) {
            return;
        }
        self.server = match result {
            RunResult { error: Some(error), .. } => ServerState::Failed(error),
            RunResult {
                exit: Some(code),
                listening,
                ..
            } if listening.is_empty() => ServerState::Exited { code },
            RunResult { listening, .. } => ServerState::Running { ports: listening },
        };
    }

    /// True when an edit should restart what is there.
    fn restarts(&self) -> bool {
        !self.look_only
            && self.running_edit.is_some()
            && self.running_edit != Some(self.edit)
            && !matches!(self.server, ServerState::Idle | ServerState::Starting)
    }
}

impl SessionHandle {
    /// Saves and starts the project, in place of what runs now.
    pub fn run(&self) {
        if self.now().is_untrusted() {
            return;
        }
        self.save_now();
        self.services.timers.borrow_mut().restart = None;
        let handle = self.clone();
        spawn(async move { handle.run_now().await });
    }

    async fn run_now(&self) {
        let turn = self.services.next_turn();
        if self.backend().await.is_err() {
            return;
        }
        let (project, edit) = self.change(|session| {
            session.server = ServerState::Starting;
            (session.to_project(), session.edit)
        });
        let result: Result<RunResult, CallError> = self.call(&HostCommand::Run { project }).await;
        if self.services.turn.get() != turn {
            return;
        }
        self.change(|session| match result {
            Ok(result) => session.ran(edit, result),
            Err(error) => {
                session.running_edit = Some(edit);
                if !matches!(session.server, ServerState::StoppedLoop { .. }) {
                    session.server = ServerState::Failed(ProgramError {
                        name: error.kind,
                        message: error.message,
                        ..ProgramError::default()
                    });
                }
            }
        });
        if matches!(self.now().server, ServerState::Running { .. }) {
            self.services
                .announce(crate::hooks::texts(&self.services).get(&words::SERVER_STARTED));
        }
    }

    pub fn stop(&self) {
        self.services.next_turn();
        self.services.timers.borrow_mut().restart = None;
        let is_open = self.services.engine.borrow().is_open();
        let was = self.change(|session| {
            let was = session.server.clone();
            let waits = matches!(was, ServerState::Loading(_)) && !is_open;
            if !waits && !matches!(was, ServerState::Unavailable(_)) {
                session.server = ServerState::Idle;
            }
            session.running_edit = None;
            was
        });
        let runs = matches!(was, ServerState::Running { .. } | ServerState::Starting);
        if runs || (is_open && matches!(was, ServerState::Loading(_))) {
            let handle = self.clone();
            spawn(async move {
                let _: Result<Value, _> = handle.call(&HostCommand::Stop).await;
            });
        }
    }

    /// Like nodemon: when the edited code parses, the server restarts; otherwise the last good one stays.
    pub(super) fn restart_later(&self) {
        if !self.now().restarts() {
            return;
        }
        let handle = self.clone();
        self.services.timers.borrow_mut().restart = time::after(RESTART_AFTER_MS, move || spawn(async move { handle.restart().await }));
    }

    async fn restart(&self) {
        let session = self.now();
        if !session.restarts() {
            return;
        }
        for (path, code) in session.files.iter().filter(|(path, _)| is_script(path)) {
            let answer: Result<Value, CallError> = self
                .call(&HostCommand::Parse {
                    path: path.clone(),
                    code: code.clone(),
                })
                .await;
            let error = match answer {
                Ok(answer) => parse_error(answer, path),
                Err(error) if error.kind == "syntax" => Some(ProgramError {
                    name: "SyntaxError".into(),
                    message: error.message,
                    file: Some(path.clone()),
                    ..ProgramError::default()
                }),
                Err(_) => None,
            };
            let now = self.now();
            // Edited again, stopped, or another project.
            if now.edit != session.edit || !now.restarts() {
                return;
            }
            if error.is_some() {
                return self.change(|session| session.parse_error = error);
            }
        }
        self.run_now().await;
    }

    /// Runs a line of the console's prompt.
    pub fn evaluate(&self, code: &str) {
        let code = code.to_owned();
        let handle = self.clone();
        spawn(async move {
            // The sandbox prints the line and its value itself; only a refused call is left to say.
            let result: Result<Value, CallError> = handle.call(&HostCommand::Evaluate { code }).await;
            if let Err(error) = result {
                handle.echo("error", &error.message);
            }
        });
    }

    /// Runs a command such as `node sum.js 1 2` to its end.
    pub fn command(&self, line: &str) {
        if self.now().is_untrusted() {
            let texts = crate::hooks::texts(&self.services);
            return self.echo("system", texts.get(&words::NOT_YOURS));
        }
        let line = line.trim().to_owned();
        self.echo("input", &format!("$ {line}"));
        let handle = self.clone();
        spawn(async move {
            let asked = handle.now();
            let (project, edit) = (asked.to_project(), asked.edit);
            let result: Result<RunResult, CallError> = handle.call(&HostCommand::Command { line, project }).await;
            if handle.now().project != asked.project {
                return;
            }
            // `npm run dev` and `node server.js` start the server as Run does.
            if let Ok(started) = &result
                && !started.listening.is_empty()
                && !matches!(handle.now().server, ServerState::Running { .. })
            {
                handle.change(|session| session.ran(edit, started.clone()));
            }
            if let Ok(RunResult { files, .. }) = &result
                && !files.is_empty()
            {
                handle.replace_files(files);
            }
            match result {
                Ok(RunResult { shell: Some(name), .. }) => {
                    handle.change(|session| session.database.opens_shell = Some(name));
                    handle.show_tool(Tool::Database);
                }
                Ok(RunResult { error: Some(error), .. }) => {
                    handle.echo("error", &if error.stack.is_empty() { error.message } else { error.stack })
                }
                Ok(RunResult { exit: Some(code), .. }) if code != 0 => {
                    let texts = crate::hooks::texts(&handle.services);
                    handle.echo("system", &texts.fill(&EXITED_WITH, &[("code", &code.to_string())]));
                }
                Ok(_) => {}
                Err(error) => handle.echo("error", &error.message),
            }
        });
    }

    /// Asks the database.
    pub async fn data(&self, command: DataCommand) -> Result<Value, CallError> {
        self.call(&HostCommand::Data { command }).await
    }

    /// The shell that the console asked for is on show.
    pub fn shell_opened(&self) {
        self.change(|session| session.database.opens_shell = None);
    }

    /// Shows where the program failed.
    pub fn go_to_error(&self, error: &ProgramError) {
        if let (Some(file), Some(line)) = (&error.file, error.line) {
            self.go_to(file, line);
        } else {
            self.show_tool(Tool::Console);
        }
    }

    /// Prints a line that no program printed: the previewed page's own console.
    pub fn print(&self, level: &str, text: &str) {
        self.echo(level, text);
    }

    fn echo(&self, level: &str, text: &str) {
        self.change(|session| {
            let seq = session.console.last().map_or(1, |line| line.seq + 1);
            let line = ConsoleLine {
                seq,
                at: time::now(),
                level: level.into(),
                text: text.into(),
                ..ConsoleLine::default()
            };
            session.apply(crate::state::protocol::HostEvent::Console { lines: vec![line] });
        });
    }
}

fn is_script(path: &str) -> bool {
    [".js", ".mjs", ".cjs"].iter().any(|end| path.ends_with(end))
}

/// Reads the answer to `parse`: nothing, or the error itself, or the error under `error`.
fn parse_error(answer: Value, path: &str) -> Option<ProgramError> {
    let error = match answer.get("error") {
        Some(error) => error.clone(),
        None => answer,
    };
    let mut error: ProgramError = json::from_value(error)
        .ok()
        .filter(|error: &ProgramError| !error.message.is_empty())?;
    error.file.get_or_insert_with(|| path.to_owned());
    Some(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_every_shape_of_a_parse_answer() {
        let check = |answer: Value, expected: Option<&str>| {
            assert_eq!(
                parse_error(answer, "a.js")
                    .map(|error| format!("{} {:?}", error.message, error.file))
                    .as_deref(),
                expected
            );
        };
        check(Value::Null, None);
        check(json!({ "ok": true }), None);
        check(json!({ "ok": true, "error": null }), None);
        check(
            json!({ "ok": false, "error": { "message": "Unexpected token" } }),
            Some("Unexpected token Some(\"a.js\")"),
        );
        check(
            json!({ "name": "SyntaxError", "message": "Bad", "file": "b.js" }),
            Some("Bad Some(\"b.js\")"),
        );
    }

    #[test]
    fn tells_how_a_run_ended() {
        let check = |result: RunResult, expected: ServerState| {
            let mut session = Session {
                server: ServerState::Starting,
                ..Session::default()
            };
            session.ran(3, result);
            assert_eq!((&session.server, session.running_edit), (&expected, Some(3)));
            session.edit = 3;
            assert_eq!(session.fault().is_some(), matches!(expected, ServerState::Failed(_)));
            session.edit = 4;
            assert_eq!(session.fault(), None);
        };
        check(
            RunResult {
                ok: true,
                listening: vec![3000],
                ..RunResult::default()
            },
            ServerState::Running { ports: vec![3000] },
        );
        check(
            RunResult {
                ok: true,
                exit: Some(0),
                ..RunResult::default()
            },
            ServerState::Exited { code: 0 },
        );
        let error = ProgramError {
            message: "x is not defined".into(),
            ..ProgramError::default()
        };
        check(
            RunResult {
                error: Some(error.clone()),
                exit: Some(1),
                ..RunResult::default()
            },
            ServerState::Failed(error),
        );
    }
}
