//! One collection: its filter, its documents, and what changed.

use serde_json::Value;
use yew::prelude::*;

use super::changes::Changes;
use super::difference::Difference;
use super::document::{DocumentEditor, Editing};
use super::filter;
use super::grid::Grid;
use super::side::Side;
use crate::components::Icon;
use crate::hooks::{use_session_part, use_text};
use crate::platform::{dom, spawn, time};
use crate::state::protocol::DataCommand;
use crate::workbench::{format, words};

/// Documents asked for at once.
const MOST: u32 = 2000;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    pub collection: String,
    /// Grows when the data changed.
    pub revision: u32,
    pub changes: Option<Changes>,
}

/// What the last question came to.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Asking,
    Documents { documents: std::rc::Rc<Vec<Value>>, ms: f64 },
    Refused(String),
}

#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let typed = use_state_eq(String::new);
    let asked = use_state_eq(String::new);
    let found = use_state_eq(|| Found::Asking);
    let editing = use_state_eq(|| None::<Editing>);
    let side = use_state_eq(|| false);
    let parsed = filter::parse(&asked);
    use_effect_with((props.collection.clone(), (*asked).clone(), props.revision), {
        let (found, session) = (found.clone(), session.clone());
        move |(collection, asked, _)| {
            let Ok(filter) = filter::parse(asked) else { return };
            let command = DataCommand::Find {
                collection: collection.clone(),
                filter,
                sort: None,
                skip: None,
                limit: Some(MOST),
            };
            spawn(async move {
                let from = time::precise();
                let answer = session.data(command).await;
                let ms = time::precise() - from;
                found.set(match answer {
                    Ok(answer) => Found::Documents {
                        documents: std::rc::Rc::new(documents(answer)),
                        ms,
                    },
                    Err(error) => Found::Refused(error.message),
                });
            });
        }
    });
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(dom::value(&event)))
    };
    let onsubmit = {
        let (typed, asked) = (typed.clone(), asked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set((*typed).clone());
        })
    };
    let edit = {
        let editing = editing.clone();
        Callback::from(move |what: Editing| editing.set(Some(what)))
    };
    let close = {
        let editing = editing.clone();
        Callback::from(move |()| editing.set(None))
    };
    let add = {
        let edit = edit.clone();
        move |_| edit.emit(Editing::New)
    };
    let toggle_side = {
        let side = side.clone();
        move |_| side.set(!*side)
    };
    if let Some(editing) = (*editing).clone() {
        return html! { <div class="db-p" id="db-panel" role="tabpanel" aria-labelledby={format!("d-{}", props.collection)} data-edit="on"><DocumentEditor collection={props.collection.clone()} {editing} onclose={close} /></div> };
    }
    let shown = match &*found {
        Found::Documents { documents, .. } => documents.clone(),
        _ => std::rc::Rc::default(),
    };
    html! {
        <div class="db-p" id="db-panel" role="tabpanel" aria-labelledby={format!("d-{}", props.collection)} data-side={side.then_some("on")}>
            <div class="db-main">
                <div>
                    <form class="qbar" {onsubmit}>
                        <label class={classes!("qin", parsed.is_err().then_some("bad"))}><span class="vh">{ "Filter" }</span><span class="o" aria-hidden="true">{ format!("db.{}.find(", props.collection) }</span><input spellcheck="false" autocapitalize="off" autocomplete="off" placeholder="{ }" value={(*typed).clone()} {oninput} /><span class="o" aria-hidden="true">{ ")" }</span></label>
                        <button type="submit" class="btn"><Icon name="play" class="s" />{ "Find" }</button>
                        <button type="button" class="btn quiet" onclick={add}><Icon name="plus" class="s" />{ "Add" }</button>
                        <button type="button" class="btn quiet db-more" aria-expanded={side.to_string()} onclick={toggle_side}>{ "Details" }</button>
                    </form>
                    if let Err(why) = &parsed { <p class="qwhy" role="status">{ format!("{why}. A filter looks like {{ role: 'member' }}.") }</p> }
                </div>
                { view_note(props, &found) }
                if shown.is_empty() && matches!(*found, Found::Documents { .. }) {
                    <div class="empty"><h3>{ texts.get(&words::NO_DOCUMENTS) }</h3><p>{ if asked.trim().is_empty() { format!("{} holds no documents now.", props.collection) } else { "Take a field out of the filter, or look at its spelling.".to_owned() } }</p></div>
                } else {
                    <Grid documents={shown.clone()} collection={props.collection.clone()} changes={props.changes.clone()} onopen={edit.clone()} />
                }
                if let Some(changes) = &props.changes { <Difference collection={props.collection.clone()} changes={changes.clone()} documents={shown.clone()} onopen={edit} /> }
            </div>
            <div class="vline v2"></div>
            <Side collection={props.collection.clone()} documents={shown} />
        </div>
    }
}

fn view_note(props: &PanelProps, found: &Found) -> Html {
    let changed = props
        .changes
        .as_ref()
        .filter(|changes| changes.of(&props.collection).next().is_some());
    html! {
        <div class={classes!("db-note", matches!(found, Found::Refused(_)).then_some("bad"))}>
            if let Found::Refused(message) = found {
                <Icon name="warn" class="s" /><span>{ message }</span>
            } else if let Some(changes) = changed {
                <span class="dot live" aria-hidden="true"></span><span>{ "Changed by " }<b>{ &changes.by }</b>{ ". " }{ &changes.after }</span>
            } else {
                <span>{ "No request has changed this collection." }</span>
            }
            <span class="grow"></span>
            if let Found::Documents { documents, ms } = found {
                <span class="muted num">{ format!("{}{} found, {}", documents.len(), if documents.len() as u32 == MOST { " or more" } else { "" }, format::duration(*ms)) }</span>
            }
        </div>
    }
}

/// The documents of an answer: a list, or a list under `documents`.
fn documents(answer: Value) -> Vec<Value> {
    match answer {
        Value::Array(documents) => documents,
        Value::Object(mut fields) => match fields.remove("documents") {
            Some(Value::Array(documents)) => documents,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
