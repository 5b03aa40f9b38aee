//! Before and after: the fields of a document that the last writing request changed.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::changes::Changes;
use super::columns::{FieldChange, difference, id_text};
use super::document::Editing;
use crate::components::Icon;

/// Fields shown; a whole new document may have many.
const FIELDS: usize = 8;

#[derive(Properties, PartialEq)]
pub struct DifferenceProps {
    pub collection: String,
    pub changes: Changes,
    pub documents: Rc<Vec<Value>>,
    pub onopen: Callback<Editing>,
}

#[component]
pub fn Difference(props: &DifferenceProps) -> Html {
    let Some(write) = props.changes.of(&props.collection).last() else {
        return Html::default();
    };
    let fields = difference(write.before.as_ref(), write.after.as_ref());
    let word = match write.kind.as_str() {
        "insert" => format!("added by #{}", props.changes.trace),
        "delete" => format!("deleted by #{}", props.changes.trace),
        _ => format!("before and after #{}", props.changes.trace),
    };
    let document = props.documents.iter().find(|document| id_text(document) == write.id).cloned();
    let open = document.map(|document| {
        let onopen = props.onopen.clone();
        let document = Rc::new(document);
        move |_: MouseEvent| onopen.emit(Editing::Existing(document.clone()))
    });
    html! {
        <div class="docdiff pane-scroll">
            <div class="row"><span class="label">{ format!("{}.{}, {word}", props.collection, write.id) }</span>
                if let Some(onclick) = open { <button type="button" class="link" {onclick}>{ "Open document" }</button> }
            </div>
            for field in fields.iter().take(FIELDS) { { view_field(field) } }
            if fields.len() > FIELDS { <p class="muted">{ format!("{} more", fields.len() - FIELDS) }</p> }
        </div>
    }
}

fn view_field(field: &FieldChange) -> Html {
    html! {
        <div key={field.name.clone()} class="r">
            <span>{ &field.name }</span>
            <span class="was">{ field.was.as_deref().unwrap_or("–") }</span>
            <Icon name="arrow-r" class="s" />
            <span class="isnow">{ field.now.as_deref().unwrap_or("removed") }</span>
        </div>
    }
}
