//! Documents in rows and columns; only the rows in sight are in the page, and only their pages are asked for.

use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::changes::Changes;
use super::columns::{cell, columns, difference, id_text};
use super::document::Editing;
use super::pages::Pages;
use super::words;
use crate::hooks::use_text;
use crate::platform::{dom, pane};
use crate::workbench::virtual_list::window;

/// Columns drawn; the rest is in the document.
const COLUMNS: usize = 12;
/// The same on a phone, where each document is a card.
const CARD_COLUMNS: usize = 5;
/// Pixels, as in the stylesheet: a row, and on a phone a card's head with the gap below, and each of its fields.
const ROW: f64 = 30.0;
const CARD: f64 = 48.0;
const CARD_FIELD: f64 = 32.0;
/// Window width from which there are rows, as in the stylesheet.
const ROWS_FROM: f64 = 960.0;

#[derive(Properties, PartialEq)]
pub struct GridProps {
    pub pages: Pages,
    pub collection: String,
    pub changes: Option<Changes>,
    pub onopen: Callback<Editing>,
    /// These rows are in sight.
    pub onview: Callback<Range<usize>>,
}

#[component]
pub fn Grid(props: &GridProps) -> Html {
    let texts = use_text();
    let node = use_node_ref();
    let above = use_node_ref();
    let below = use_node_ref();
    let view = use_state_eq(|| (0.0, 400.0));
    let onscroll = {
        let (node, view) = (node.clone(), view.clone());
        Callback::from(move |_: Event| {
            if let Some(now) = pane::scroll(&node) {
                view.set(now);
            }
        })
    };
    let len = props.pages.total;
    let cards = pane::window_width().is_some_and(|width| width < ROWS_FROM);
    let names = columns(props.pages.documents(), if cards { CARD_COLUMNS } else { COLUMNS });
    let row = if cards { CARD + CARD_FIELD * (names.len() - 1) as f64 } else { ROW };
    let rows = window(len, row, view.0, view.1);
    use_effect_with((rows.clone(), len, names.len()), {
        let (above, below, onview) = (above.clone(), below.clone(), props.onview.clone());
        move |(rows, len, _)| {
            pane::set_property(&above, "--gap", &format!("{}px", rows.start as f64 * row));
            pane::set_property(&below, "--gap", &format!("{}px", (len - rows.end.min(*len)) as f64 * row));
            onview.emit(rows.clone());
        }
    });
    html! {
        <div ref={node} class="pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&words::DOCUMENTS)} {onscroll}>
            <table class="tbl" aria-rowcount={(len + 1).to_string()}>
                <colgroup>for name in &names { <col key={name.clone()} class={width_class(&props.pages, name)} /> }</colgroup>
                <thead><tr>for name in &names { <th key={name.clone()} scope="col" title={name.clone()}>{ name }</th> }</tr></thead>
                <tbody>
                    <tr class="gap" aria-hidden="true" ref={above} hidden={rows.start == 0}><td colspan={names.len().to_string()}></td></tr>
                    for at in rows.clone() { { view_row(props, &names, at, texts.get(&words::OPEN_DOCUMENT)) } }
                    <tr class="gap" aria-hidden="true" ref={below} hidden={rows.end >= len}><td colspan={names.len().to_string()}></td></tr>
                </tbody>
            </table>
        </div>
    }
}

/// Columns keep their width while rows come and go.
fn width_class(pages: &Pages, name: &str) -> &'static str {
    let longest = pages
        .documents()
        .take(60)
        .map(|document| cell(document, name).text.chars().count())
        .max();
    match longest.unwrap_or(0).max(name.chars().count()) {
        0..=6 => "w1",
        7..=12 => "w2",
        13..=18 => "w3",
        _ => "w4",
    }
}

fn view_row(props: &GridProps, names: &[String], at: usize, open_document: &'static str) -> Html {
    let Some(document) = props.pages.row(at) else {
        return html! { <tr key={format!("row {at}")} class="wait" aria-rowindex={(at + 2).to_string()}><td colspan={names.len().to_string()}>{ "…" }</td></tr> };
    };
    let id = id_text(document);
    let write = props.changes.as_ref().and_then(|changes| changes.to(&props.collection, &id));
    let changed: Vec<String> = write
        .map(|write| {
            difference(write.before.as_ref(), write.after.as_ref())
                .into_iter()
                .map(|field| field.name)
                .collect()
        })
        .unwrap_or_default();
    let open = {
        let (onopen, document) = (props.onopen.clone(), document.clone());
        move || onopen.emit(Editing::Existing(Rc::new(document.clone())))
    };
    let onclick = {
        let open = open.clone();
        move |_| open()
    };
    let onkeydown = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => open(),
        key @ ("ArrowDown" | "ArrowUp") => {
            let moved = dom::focus_beside(&event, key == "ArrowUp");
            if moved {
                event.prevent_default();
            }
        }
        _ => {}
    };
    html! {
        <tr key={format!("row {at}")} class={classes!(write.is_some().then_some("chg-row"))} tabindex="0" title={open_document} aria-rowindex={(at + 2).to_string()} data-at={format!("{} / {}", at + 1, props.pages.total)} {onclick} {onkeydown}>
            for name in names { { view_cell(document, name, write.is_some_and(|write| write.kind == "update") && changed.contains(name)) } }
        </tr>
    }
}

fn view_cell(document: &Value, name: &str, changed: bool) -> Html {
    let cell = cell(document, name);
    html! { <td key={name.to_owned()} class={classes!(changed.then_some("chg-cell"), cell.empty.then_some("null"))} title={cell.text.clone()} data-name={name.to_owned()}><span>{ cell.text }</span></td> }
}
