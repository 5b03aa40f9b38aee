//! Before and after: the fields of a document that the last writing request changed.

use std::rc::Rc;

use yew::prelude::*;

use super::changes::Changes;
use super::columns::{FieldChange, difference, id_text};
use super::document::Editing;
use super::pages::Pages;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;

/// Fields shown; a whole new document may have many.
const FIELDS: usize = 8;

#[derive(Properties, PartialEq)]
pub struct DifferenceProps {
    pub collection: String,
    pub changes: Changes,
    pub pages: Pages,
    pub onopen: Callback<Editing>,
}

#[component]
pub fn Difference(props: &DifferenceProps) -> Html {
    let texts = use_text();
    let Some(write) = props.changes.of(&props.collection).last() else {
        return Html::default();
    };
    let fields = difference(write.before.as_ref(), write.after.as_ref());
    let message = match write.kind.as_str() {
        "insert" => &words::ADDED_BY,
        "delete" => &words::DELETED_BY,
        _ => &words::BEFORE_AND_AFTER,
    };
    let (name, request) = (format!("{}.{}", props.collection, write.id), format!("#{}", props.changes.trace));
    let title = texts.fill(message, &[("document", &name), ("request", &request)]);
    let document = props.pages.documents().find(|document| id_text(document) == write.id).cloned();
    let open = document.map(|document| {
        let onopen = props.onopen.clone();
        let document = Rc::new(document);
        move |_: MouseEvent| onopen.emit(Editing::Existing(document.clone()))
    });
    html! {
        <div class="docdiff pane-scroll">
            <div class="row"><span class="label">{ title }</span>
                if let Some(onclick) = open { <button type="button" class="link" {onclick}>{ texts.get(&words::OPEN_DOCUMENT) }</button> }
            </div>
            for field in fields.iter().take(FIELDS) { { view_field(&texts, field) } }
            if fields.len() > FIELDS { <p class="muted">{ texts.fill(&words::MORE, &[("count", &(fields.len() - FIELDS).to_string())]) }</p> }
        </div>
    }
}

fn view_field(texts: &Texts, field: &FieldChange) -> Html {
    html! {
        <div key={field.name.clone()} class="r">
            <span>{ &field.name }</span>
            <span class="was">{ field.was.as_deref().unwrap_or("–") }</span>
            { draw_icon("arrow-r", "s") }
            <span class="isnow">{ field.now.as_deref().unwrap_or(texts.get(&words::REMOVED)) }</span>
        </div>
    }
}
