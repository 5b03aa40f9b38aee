//! Writing a new document, or changing and deleting one.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::columns::id_text;
use super::filter;
use crate::components::Icon;
use crate::hooks::{use_session_part, use_toasts};
use crate::platform::{dom, spawn};
use crate::state::protocol::DataCommand;
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
    let oninput = {
        let (text, why) = (text.clone(), why.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            why.set(None);
        })
    };
    let save = {
        let (props_collection, editing, onclose) = (props.collection.clone(), props.editing.clone(), props.onclose.clone());
        let (session, text, why) = (session.clone(), text.clone(), why.clone());
        Callback::from(move |_: MouseEvent| match command(&props_collection, &editing, &text) {
            Ok(command) => {
                let (session, why, onclose) = (session.clone(), why.clone(), onclose.clone());
                spawn(async move {
                    match session.data(command).await {
                        Ok(_) => {
                            session.read_collections();
                            onclose.emit(());
                        }
                        Err(error) => why.set(Some(error.message)),
                    }
                });
            }
            Err(message) => why.set(Some(message)),
        })
    };
    let delete = match &props.editing {
        Editing::New => None,
        Editing::Existing(document) => {
            let (collection, document, onclose) = (props.collection.clone(), document.clone(), props.onclose.clone());
            let (session, why) = (session.clone(), why.clone());
            Some(Callback::from(move |_: MouseEvent| {
                let (collection, document, onclose, session, why, toasts) = (
                    collection.clone(),
                    document.clone(),
                    onclose.clone(),
                    session.clone(),
                    why.clone(),
                    toasts.clone(),
                );
                spawn(async move {
                    let id = document.get("_id").cloned().unwrap_or_default();
                    match session
                        .data(DataCommand::Delete {
                            collection: collection.clone(),
                            id,
                        })
                        .await
                    {
                        Ok(_) => {
                            session.read_collections();
                            let undo = Callback::from({
                                let (session, collection, document) = (session.clone(), collection.clone(), document.clone());
                                move |()| insert_again(&session, &collection, &document)
                            });
                            toasts.undoable("trash", format!("{collection}.{} was deleted", id_text(&document)), "Undo", undo);
                            onclose.emit(());
                        }
                        Err(error) => why.set(Some(error.message)),
                    }
                });
            }))
        }
    };
    let close = {
        let onclose = props.onclose.clone();
        move |_| onclose.emit(())
    };
    let onkeydown = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                onclose.emit(());
            }
        })
    };
    let title = match &props.editing {
        Editing::New => format!("New document in {}", props.collection),
        Editing::Existing(document) => format!("{}.{}", props.collection, id_text(document)),
    };
    html! {
        <section class="doc-edit" aria-label={title.clone()} {onkeydown}>
            <header><Icon name="braces" class="s" /><b class="clip">{ title }</b><span class="grow"></span><button type="button" class="btn sm quiet" onclick={close}><Icon name="x" class="s" />{ "Close" }</button></header>
            <textarea ref={node} aria-label="Document" spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} aria-invalid={why.is_some().then_some("true")} aria-describedby={why.is_some().then_some("doc-why")} />
            <footer>
                if let Some(why) = &*why { <span class="why" id="doc-why" role="status">{ why }</span> } else { <span class="muted">{ "JSON, or an object as in JavaScript." }</span> }
                <span class="grow"></span>
                if let Some(delete) = delete { <button type="button" class="btn danger" onclick={delete}><Icon name="trash" class="s" />{ "Delete" }</button> }
                <button type="button" class="btn accent" onclick={save}>{ if props.editing == Editing::New { "Insert" } else { "Save document" } }</button>
            </footer>
        </section>
    }
}

/// What saving asks of the database, or why the text cannot be saved.
fn command(collection: &str, editing: &Editing, text: &str) -> Result<DataCommand, String> {
    let document = filter::parse(text).map_err(|why| format!("{why}."))?;
    if !document.is_object() {
        return Err("A document is an object in braces, for example { name: 'Asha' }.".into());
    }
    let collection = collection.to_owned();
    Ok(match editing {
        Editing::New => DataCommand::Insert { collection, document },
        Editing::Existing(before) => {
            let id = before.get("_id").cloned().unwrap_or_default();
            if document.get("_id").is_some_and(|now| *now != id) {
                return Err("The _id of a document never changes. Insert a new document instead.".into());
            }
            DataCommand::Replace { collection, id, document }
        }
    })
}

fn insert_again(session: &SessionHandle, collection: &str, document: &Value) {
    let (session, command) = (
        session.clone(),
        DataCommand::Insert {
            collection: collection.to_owned(),
            document: document.clone(),
        },
    );
    spawn(async move {
        // Should the insert be refused, the grid keeps showing the document as gone.
        let _ = session.data(command).await;
        session.read_collections();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn commands() {
        let existing = Editing::Existing(Rc::new(json!({ "_id": 1, "a": 1 })));
        for (editing, text, wanted) in [
            (
                Editing::New,
                "{ a: 1 }",
                Ok(DataCommand::Insert {
                    collection: "c".into(),
                    document: json!({ "a": 1 }),
                }),
            ),
            (
                existing.clone(),
                "{ _id: 1, a: 2 }",
                Ok(DataCommand::Replace {
                    collection: "c".into(),
                    id: json!(1),
                    document: json!({ "_id": 1, "a": 2 }),
                }),
            ),
            (
                existing,
                "{ _id: 2 }",
                Err("The _id of a document never changes. Insert a new document instead.".to_owned()),
            ),
            (
                Editing::New,
                "[1]",
                Err("A document is an object in braces, for example { name: 'Asha' }.".to_owned()),
            ),
            (Editing::New, "{ a", Err("Expected a colon at the end.".to_owned())),
        ] {
            assert_eq!(command("c", &editing, text), wanted, "{text}");
        }
    }
}
