//! The code itself: CodeMirror once it is loaded, plain text until then.

use yew::prelude::*;

use super::marks::of_trace;
use super::phone_keys::Keys;
use crate::components::draw_icon;
use crate::hooks::{use_services, use_session_part, use_text};
use crate::i18n::shell;
use crate::platform::editor::{Diagnostic, Editor, Marks};
use crate::platform::spawn;
use crate::state::error::UiError;
use crate::state::services::Dialog;
use crate::workbench::view::Trouble;
use crate::workbench::words;

#[derive(Properties, PartialEq)]
pub struct CodeProps {
    pub onrun: Callback<()>,
    pub oncheck: Option<Callback<()>>,
    /// Shows what the shown request ran.
    pub marks: bool,
    /// Whether it is on the screen: the editor loads when it first is.
    pub shown: bool,
    /// Offers the keys that a phone hides.
    #[prop_or_default]
    pub phone: bool,
}

#[component]
pub fn Code(props: &CodeProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let spoken = texts.clone();
    let ((active, text, readonly, fault, place, marks), session) = use_session_part(move |session| {
        // Marks of older code would stand at the wrong lines.
        let trace = session.trace().filter(|trace| trace.edit.is_none_or(|edit| edit == session.edit));
        let marks = trace.map(|trace| of_trace(trace, &session.active, &spoken)).unwrap_or_default();
        let error = session
            .fault()
            .filter(|error| error.file.as_deref() == Some(session.active.as_str()))
            .cloned();
        (
            session.active.clone(),
            session.active_text().to_owned(),
            session.is_readonly(&session.active),
            error,
            session.place.clone(),
            marks,
        )
    });
    let node = use_node_ref();
    let editor = use_state(|| None::<Result<Editor, UiError>>);
    // The editor lives longer than a render, so its calls look up what is asked of them now.
    let wanted = use_mut_ref(|| (props.onrun.clone(), props.oncheck.clone()));
    *wanted.borrow_mut() = (props.onrun.clone(), props.oncheck.clone());
    let asked = use_mut_ref(|| false);
    use_effect_with(props.shown, {
        let (node, editor, session, services) = (node.clone(), editor.clone(), session.clone(), services.clone());
        let label = texts.get(&words::CODE_EDITOR);
        move |shown| {
            if !shown || asked.replace(true) {
                return;
            }
            let Some(parent) = node.cast() else { return };
            let (edits, moves) = (session.clone(), session.clone());
            let on_command = move |command: String| {
                let (onrun, oncheck) = wanted.borrow().clone();
                match (command.as_str(), oncheck) {
                    ("run", _) => onrun.emit(()),
                    ("check", Some(oncheck)) => oncheck.emit(()),
                    ("save", _) => {
                        session.save_now();
                        services.announce(crate::hooks::texts(&services).get(&shell::SAVED));
                    }
                    ("search", _) => services.dialog.set(Some(Dialog::Palette)),
                    _ => {}
                }
            };
            spawn(async move {
                let on_change = move |path: String, text: String| edits.edit(&path, &text);
                let on_caret = move |line, column| moves.caret_at(line, column);
                editor.set(Some(Editor::create(parent, label, on_change, on_command, on_caret).await));
            });
        }
    });
    let ready = editor.as_ref().and_then(|result| result.as_ref().ok().cloned());
    use_effect_with(
        (ready.clone(), active.clone(), text.clone(), readonly),
        |(editor, path, text, readonly)| {
            if let Some(editor) = editor {
                editor.set_document(path, text, *readonly);
            }
        },
    );
    use_effect_with((ready.clone(), active.clone(), fault), |(editor, _, error)| {
        if let Some(editor) = editor {
            let items: Vec<Diagnostic> = error
                .iter()
                .filter_map(|error| {
                    Some(Diagnostic {
                        line: error.line?,
                        column: error.column,
                        message: error.message.clone(),
                    })
                })
                .collect();
            editor.set_diagnostics(&items);
        }
    });
    let shown = if props.marks { marks } else { Marks::default() };
    use_effect_with((ready.clone(), active.clone(), shown), |(editor, _, marks)| {
        if let Some(editor) = editor {
            editor.set_marks(marks);
        }
    });
    // The place is wished for first and its file shown with the same change, so the document is there by now.
    use_effect_with((ready.clone(), place), {
        let active = active.clone();
        move |(editor, place)| {
            if let (Some(editor), Some(place)) = (editor, place)
                && place.file == active
            {
                editor.go_to(place.line, None);
            }
        }
    });
    let keys = ready.clone().filter(|_| props.phone && !readonly);
    html! {
        <>
        <div class="ed-body" id="editor" tabindex="-1">
            <div class="ed-host" ref={node}></div>
            { match (&*editor, active.is_empty()) {
                (_, true) => html! { <div class="empty"><h3>{ texts.get(&words::NO_FILE) }</h3></div> },
                (Some(Ok(_)), _) => Html::default(),
                (Some(Err(error)), _) => html! { <Trouble icon="warn" title={error.title.clone()} why={error.detail.clone()} next={error.hint.clone()} /> },
                (None, _) => html! { <><pre class="ed-plain" aria-hidden="true">{ text }</pre><p class="vh" role="status">{ draw_icon("clock", "") }{ texts.get(&words::LOADING_EDITOR) }</p></> },
            } }
        </div>
        if let Some(editor) = keys { <Keys {editor} /> }
        </>
    }
}
