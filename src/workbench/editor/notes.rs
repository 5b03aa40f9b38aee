//! Between tabs and code: what keeps the code from running, with the line that does it.

use backlab_course::trace::ProgramError;
use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Texts;
use crate::state::session::{ServerState, Session, Tool};
use crate::workbench::words;

/// One line over the code.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    /// `bad`, `warn` or nothing.
    pub tone: &'static str,
    pub icon: &'static str,
    /// Subject and verb.
    pub title: String,
    pub text: String,
    /// Where to look: file and line.
    pub place: Option<(String, u32)>,
    /// Opens the console.
    pub console: bool,
}

/// The note that a session calls for; the most pressing one.
pub fn note(session: &Session, texts: &Texts) -> Option<Note> {
    match &session.server {
        // Code edited since then speaks for itself.
        ServerState::StoppedLoop { message, file, line } if session.parse_error.is_none() => {
            return Some(stopped(message, file.as_deref(), *line, session, texts));
        }
        ServerState::Unavailable(error) => {
            return Some(Note {
                tone: "bad",
                icon: "warn",
                title: error.title.clone(),
                text: format!("{} {}", error.detail, error.hint),
                ..Note::default()
            });
        }
        _ => {}
    }
    if let Some(error) = &session.parse_error {
        let still = match (&session.server, session.running_edit) {
            (ServerState::Running { .. }, Some(edit)) => texts.fill(&words::OLD_SERVER, &[("edit", &edit.to_string())]),
            _ => String::new(),
        };
        let file = error.file.clone().unwrap_or_else(|| session.entry.clone());
        let at = error
            .line
            .map_or_else(String::new, |line| texts.fill(&words::AT_LINE, &[("line", &line.to_string())]));
        return Some(Note {
            tone: "bad",
            icon: "x",
            title: texts.fill(&words::DOES_NOT_PARSE, &[("file", &file)]),
            text: format!(
                "{at}{}. {still} {}",
                error.message.trim_end_matches('.'),
                texts.get(&words::FIX_FIRST)
            ),
            place: place(error),
            console: false,
        });
    }
    match &session.server {
        ServerState::Failed(error) => Some(Note {
            tone: "bad",
            icon: "x",
            title: texts.fill(&words::STOPPED, &[("file", &session.entry)]),
            text: format!("{}: {}", error.name, error.message),
            place: place(error),
            console: error.file.is_none(),
        }),
        ServerState::Exited { code } => Some(Note {
            tone: if *code == 0 { "" } else { "warn" },
            icon: "info",
            title: texts.fill(&words::RAN_TO_END, &[("file", &session.entry)]),
            text: texts.fill(&words::EXITED, &[("code", &code.to_string())]),
            place: None,
            console: true,
        }),
        _ if session.is_readonly(&session.active) && !session.active.is_empty() => Some(Note {
            icon: "lock",
            title: texts.get(&words::READ_ONLY).into(),
            text: texts
                .get(if session.look_only {
                    &words::READ_ONLY_TAB
                } else {
                    &words::READ_ONLY_LESSON
                })
                .into(),
            ..Note::default()
        }),
        _ => None,
    }
}

fn stopped(message: &str, file: Option<&str>, line: Option<u32>, session: &Session, texts: &Texts) -> Note {
    let told = message.contains("never ends") || message.contains("stopped after");
    let (title, message) = match line {
        _ if told => (message.trim_end_matches('.').to_owned(), ""),
        Some(line) => (texts.fill(&words::LOOP_ON_LINE, &[("line", &line.to_string())]), message),
        None => (texts.get(&words::NEVER_ENDS).into(), message),
    };
    let file = file.map_or_else(|| session.entry.clone(), str::to_owned);
    Note {
        tone: "bad",
        icon: "stop",
        title,
        text: format!("{} {}", sentence(message), texts.get(&words::LOOP_NEXT))
            .trim_start()
            .to_owned(),
        place: line.map(|line| (file, line)),
        console: false,
    }
}

/// Ends a message with a full stop.
fn sentence(message: &str) -> String {
    let message = message.trim();
    if message.is_empty() || message.ends_with(['.', '!', '?']) {
        message.to_owned()
    } else {
        format!("{message}.")
    }
}

fn place(error: &ProgramError) -> Option<(String, u32)> {
    Some((error.file.clone()?, error.line?))
}

#[component]
pub fn Notes() -> Html {
    let texts = use_text();
    let (note, session) = use_session_part({
        let texts = texts.clone();
        move |session| note(session, &texts)
    });
    let Some(note) = note else { return html! { <div></div> } };
    let go = note.place.clone().map(|(file, line)| {
        let session = session.clone();
        (line, move |_: MouseEvent| session.go_to(&file, line))
    });
    let console = move |_: MouseEvent| session.show_tool(Tool::Console);
    html! {
        <div class={classes!("ed-note", note.tone)} role={if note.tone == "bad" { "alert" } else { "status" }}>
            { draw_icon(note.icon, "s") }
            <span><b>{ format!("{}. ", note.title) }</b>{ &note.text }</span>
            <span class="grow"></span>
            if let Some((line, onclick)) = go { <button type="button" class="btn sm" {onclick}>{ texts.fill(&words::GO_TO_LINE, &[("line", &line.to_string())]) }</button> }
            if note.console { <button type="button" class="btn sm quiet" onclick={console}>{ texts.get(&words::SEE_CONSOLE) }</button> }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Session), wanted: Option<&str>) {
        let mut session = Session::default();
        change(&mut session);
        let got = note(&session, &Texts { language: "en".into() })
            .map(|note| format!("{} | {}. {} | {:?}", note.tone, note.title, note.text, note.place));
        assert_eq!(got.as_deref(), wanted);
    }

    #[test]
    fn notes() {
        check(|_| {}, None);
        check(
            |session| {
                session.server = ServerState::StoppedLoop {
                    message: "This loop never ends: stopped after 2 s at a.js:2".into(),
                    file: Some("a.js".into()),
                    line: Some(2),
                }
            },
            Some(
                "bad | This loop never ends: stopped after 2 s at a.js:2. Your code and your data are as they were. Change the loop, then run again. | Some((\"a.js\", 2))",
            ),
        );
        check(
            |session| {
                session.server = ServerState::StoppedLoop {
                    message: "Stopped after 2 s".into(),
                    file: Some("a.js".into()),
                    line: Some(7),
                }
            },
            Some(
                "bad | The loop on line 7 never ends. Stopped after 2 s. Your code and your data are as they were. Change the loop, then run again. | Some((\"a.js\", 7))",
            ),
        );
        check(
            |session| {
                session.server = ServerState::Running { ports: vec![3000] };
                session.running_edit = Some(22);
                session.parse_error = Some(ProgramError {
                    message: "Unexpected token ';'".into(),
                    file: Some("auth.js".into()),
                    line: Some(14),
                    ..ProgramError::default()
                });
            },
            Some(
                "bad | auth.js does not parse. Line 14: Unexpected token ';'. The server from edit 22 is still running. Fix the line and it restarts by itself. | Some((\"auth.js\", 14))",
            ),
        );
        check(
            |session| session.server = ServerState::Exited { code: 0 },
            Some(" | server.js ran to its end. It exited with code 0 and listens on no port. | None"),
        );
    }
}
