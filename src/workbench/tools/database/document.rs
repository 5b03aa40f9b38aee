//! Writing a new document, or changing and deleting one.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::columns::id_text;
use super::store::{delete, insert, perform, replace};
use super::{filter, words};
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::{Message, Texts};
use crate::platform::{dom, spawn};
use crate::state::protocol::DataCommand;
use crate::state::toasts::Toasts;
use crate::state::workspace::SessionHandle;

/// What is open.
#[derive(Debug, Clone, PartialEq)]
pub enum Editing {
    New,
    Existing(Rc<Value>),
}

#[derive(Properties, PartialEq)]
pub struct DocumentEditorProps {
    pub collection: String,
    pub editing: Editing,
    pub onclose: Callback<()>,
}

#[component]
pub fn DocumentEditor(props: &DocumentEditorProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let toasts = use_toasts();
    let start = match &props.editing {
        Editing::New => "{\n  \n}".to_owned(),
        Editing::Existing(document) => serde_json::to_string_pretty(&**document).unwrap_or_default(),
    };
    let text = use_state_eq(|| start.clone());
    let why = use_state_eq(|| None::<String>);
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| dom::focus_node(&node)
    });
    let desk = Desk {
        collection: props.collection.clone(),
        texts: texts.clone(),
        toasts,
        session,
        onclose: props.onclose.clone(),
        onwhy: Callback::from({
            let why = why.clone();
            move |sentence: String| why.set(Some(sentence))
        }),
    };
    let oninput = {
        let (text, why) = (text.clone(), why.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            why.set(None);
        })
    };
    let save = {
        let (desk, editing, text) = (desk.clone(), props.editing.clone(), text.clone());
        Callback::from(move |()| desk.save(&editing, &text))
    };
    let onkeydown = {
        let (onclose, save) = (props.onclose.clone(), save.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                onclose.emit(());
            }
            "s" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                event.stop_propagation();
                save.emit(());
            }
            _ => {}
        })
    };
    let close = {
        let onclose = props.onclose.clone();
        move |_| onclose.emit(())
    };
    let title = match &props.editing {
        Editing::New => texts.fill(&words::NEW_DOCUMENT, &[("name", &props.collection)]),
        Editing::Existing(document) => desk.name(document),
    };
    let (action, deleted) = match &props.editing {
        Editing::New => (&words::INSERT, None),
        Editing::Existing(document) => (&words::SAVE, Some(document.clone())),
    };
    html! {
        <section class="doc-edit" aria-label={title.clone()} {onkeydown}>
            <header>{ draw_icon("braces", "s") }<b class="clip">{ title }</b><span class="grow"></span><button type="button" class="btn sm quiet" onclick={close}>{ draw_icon("x", "s") }{ texts.get(&words::CLOSE) }</button></header>
            <textarea ref={node} aria-label={texts.get(&words::DOCUMENT)} spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} aria-invalid={why.is_some().then_some("true")} aria-describedby={why.is_some().then_some("doc-why")} />
            <footer>
                if let Some(why) = &*why { <span class="why" id="doc-why" role="status">{ why }</span> } else { <span class="muted">{ texts.get(&words::HOW_TO_WRITE) }</span> }
                <span class="grow"></span>
                if let Some(document) = deleted { <button type="button" class="btn danger" onclick={let desk = desk.clone(); move |_| desk.delete(&document)}>{ draw_icon("trash", "s") }{ texts.get(&words::DELETE) }</button> }
                <button type="button" class="btn accent" onclick={move |_| save.emit(())}>{ texts.get(action) }</button>
            </footer>
        </section>
    }
}

/// What saving and deleting need.
#[derive(Clone)]
struct Desk {
    collection: String,
    texts: Texts,
    toasts: Toasts,
    session: SessionHandle,
    onclose: Callback<()>,
    onwhy: Callback<String>,
}

impl Desk {
    fn name(&self, document: &Value) -> String {
        format!("{}.{}", self.collection, id_text(document))
    }

    fn save(&self, editing: &Editing, text: &str) {
        match command(&self.collection, editing, text) {
            Ok(command) => {
                let undo = match editing {
                    Editing::New => None,
                    Editing::Existing(before) => Some((before.clone(), replace(&self.collection, &before["_id"], before))),
                };
                self.perform(
                    command,
                    undo.map(|(before, undo)| (&words::DOCUMENT_SAVED, self.name(&before), undo)),
                );
            }
            Err(Refusal::Read(why)) => self.onwhy.emit(format!("{why}.")),
            Err(Refusal::Says(message)) => self.onwhy.emit(self.texts.get(message).to_owned()),
        }
    }

    fn delete(&self, document: &Rc<Value>) {
        let undo = insert(&self.collection, &[(**document).clone()]);
        self.perform(
            delete(&self.collection, &document["_id"]),
            Some((&words::DOCUMENT_DELETED, self.name(document), undo)),
        );
    }

    /// Does a command, offers its way back, and closes; what MongoDB refuses is said below the text.
    fn perform(&self, command: DataCommand, undo: Option<(&'static Message, String, DataCommand)>) {
        let desk = self.clone();
        spawn(async move {
            if let Err(why) = perform(&desk.session, command).await {
                return desk.onwhy.emit(why);
            }
            desk.session.read_collections();
            if let Some((message, document, undo)) = undo {
                let said = desk.texts.fill(message, &[("document", &document)]);
                let again = desk.clone();
                desk.toasts.undoable(
                    "undo",
                    said,
                    desk.texts.get(&words::UNDO),
                    Callback::from(move |()| again.take_back(undo.clone())),
                );
            }
            desk.onclose.emit(());
        });
    }

    fn take_back(&self, command: DataCommand) {
        let (session, toasts, texts) = (self.session.clone(), self.toasts.clone(), self.texts.clone());
        spawn(async move {
            if let Err(why) = perform(&session, command).await {
                toasts.error(texts.fill(&words::NOT_DONE, &[("why", &why)]));
            }
            session.read_collections();
        });
    }
}

/// Why a text is not sent.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    Read(String),
    Says(&'static Message),
}

/// What saving asks of the database.
fn command(collection: &str, editing: &Editing, text: &str) -> Result<DataCommand, Refusal> {
    let document = filter::parse(text).map_err(Refusal::Read)?;
    if !document.is_object() {
        return Err(Refusal::Says(&words::NO_OBJECT));
    }
    match editing {
        Editing::New => Ok(insert(collection, &[document])),
        Editing::Existing(before) => {
            let id = &before["_id"];
            if document.get("_id").is_some_and(|now| now != id) {
                return Err(Refusal::Says(&words::ID_STAYS));
            }
            Ok(replace(collection, id, &document))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn commands() {
        let existing = Editing::Existing(Rc::new(json!({ "_id": 1, "a": 1 })));
        for (editing, text, wanted) in [
            (Editing::New, "{ a: 1 }", Ok(insert("c", &[json!({ "a": 1 })]))),
            (
                existing.clone(),
                "{ _id: 1, a: 2 }",
                Ok(replace("c", &json!(1), &json!({ "_id": 1, "a": 2 }))),
            ),
            (existing, "{ _id: 2 }", Err(Refusal::Says(&words::ID_STAYS))),
            (Editing::New, "[1]", Err(Refusal::Says(&words::NO_OBJECT))),
            (Editing::New, "{ a", Err(Refusal::Read("Expected a colon at the end".into()))),
        ] {
            assert_eq!(command("c", &editing, text), wanted, "{text}");
        }
    }
}
