//! The MongoDB shell's pane: what was typed and answered, and the prompt.

use yew::prelude::*;

use super::desk::desk;
use super::shell_model::{Entry, Transcript, caret_units, completed};
use super::suggest::{byte_of, utf16_of};
use super::words;
use crate::hooks::{use_session_part, use_text};
use crate::platform::{dom, pane, spawn};
use crate::state::protocol::{Completion, HostCommand, ShellAnswer};
use crate::state::workspace::SessionHandle;

/// Sends a line to the shell and shows what it comes to.
pub fn run(session: &SessionHandle, line: &str, left: &'static str) {
    let statement = desk().update(|desk| desk.shell.typed(line));
    let session = session.clone();
    spawn(async move {
        let command = HostCommand::Shell {
            line: statement.clone(),
            files: (*session.now().files).clone(),
        };
        let answer = session.call::<ShellAnswer>(&command).await;
        desk().update(|desk| match answer {
            Ok(answer) => desk.shell.answered(&statement, answer, left),
            Err(error) => desk.shell.failed(error.message),
        });
    });
}

#[derive(Properties, PartialEq)]
pub struct ShellPaneProps {
    pub shell: Transcript,
}

#[component]
pub fn ShellPane(props: &ShellPaneProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let text = use_state_eq(String::new);
    let options = use_state_eq(Vec::<String>::new);
    let (node, log) = (use_node_ref(), use_node_ref());
    let left = texts.get(&words::SHELL_LEFT);
    use_effect_with((), {
        let node = node.clone();
        move |()| dom::focus_node(&node)
    });
    use_effect_with((props.shell.entries.len(), props.shell.entries.last().cloned()), {
        let log = log.clone();
        move |_| pane::scroll_to(&log, f64::from(i32::MAX))
    });
    let oninput = {
        let (text, options) = (text.clone(), options.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            options.set(Vec::new());
        })
    };
    let put = {
        let (text, node) = (text.clone(), node.clone());
        move |line: String| {
            dom::write(&node, &line, caret_units(&line, line.len()));
            text.set(line);
        }
    };
    let onkeydown = {
        let (text, options, node, busy) = (text.clone(), options.clone(), node.clone(), props.shell.busy);
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    if !busy {
                        run(&session, &text, left);
                        put(String::new());
                        options.set(Vec::new());
                    }
                }
                "ArrowUp" => {
                    if let Some(line) = desk().update(|desk| desk.shell.history.earlier(&text)) {
                        put(line);
                    }
                }
                "ArrowDown" => {
                    if let Some(line) = desk().update(|desk| desk.shell.history.later()) {
                        put(line);
                    }
                }
                "l" if event.ctrl_key() => desk().update(|desk| desk.shell.entries = std::rc::Rc::default()),
                // An empty line leaves Tab to the page, so that nobody is caught in here.
                "Tab" if !event.shift_key() && !text.trim().is_empty() => {
                    let caret = byte_of(&text, dom::caret(&event));
                    complete(&session, (*text).clone(), caret, node.clone(), text.clone(), options.clone());
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <div class="db-p one" id="db-panel" role="tabpanel" aria-labelledby="d-shell"><div class="sh">
            <div ref={log} class="sh-log pane-scroll inset" role="log" aria-live="polite" aria-label={texts.get(&words::SHELL_OUTPUT)} tabindex="0">
                if props.shell.entries.is_empty() { <p class="muted">{ texts.get(&words::SHELL_HINT) }</p> }
                for (at, entry) in props.shell.entries.iter().enumerate() { { view_entry(at, entry) } }
            </div>
            if !options.is_empty() { <div class="sh-opts" role="status">for option in options.iter() { <code key={option.clone()}>{ option }</code> }</div> }
            <label class="sh-line">
                <span class="o" aria-hidden="true">{ props.shell.prompt().to_owned() }</span><span class="vh">{ texts.get(&words::SHELL_LINE) }</span>
                <input ref={node} spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} {onkeydown} aria-busy={props.shell.busy.then_some("true")} />
            </label>
        </div></div>
    }
}

fn complete(
    session: &SessionHandle,
    line: String,
    caret: usize,
    node: NodeRef,
    text: UseStateHandle<String>,
    options: UseStateHandle<Vec<String>>,
) {
    let session = session.clone();
    spawn(async move {
        let command = HostCommand::Complete {
            line: line[..caret].to_owned(),
        };
        // Without an answer there is nothing to complete with.
        let Ok(completion) = session.call::<Completion>(&command).await else {
            return;
        };
        let (put, at, choices) = completed(&line, caret, &completion);
        dom::write(&node, &put, u32::try_from(utf16_of(&put, at)).unwrap_or(u32::MAX));
        text.set(put);
        options.set(choices);
    });
}

fn view_entry(at: usize, entry: &Entry) -> Html {
    html! { <pre key={at} class={entry.level.clone()}>{ &entry.text }</pre> }
}
