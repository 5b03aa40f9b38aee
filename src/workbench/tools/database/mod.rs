//! The Database tool: collections, documents, indexes, the diagram, snapshots, the shell, and what the last write changed.

pub mod changes;
mod collections;
pub mod collections_model;
pub mod columns;
pub mod data_actions;
mod desk;
mod diagram;
mod difference;
mod document;
mod explain;
mod fields;
pub mod filter;
mod grid;
mod indexes;
mod loader;
mod map;
mod new_collection;
mod pages;
mod panel;
mod plan;
mod query;
mod query_bar;
mod query_input;
mod shell;
mod shell_model;
mod side;
mod snapshots;
pub mod store;
mod suggest;
mod transfer;
mod words;

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_services, use_session_part, use_text};
use crate::state::store::use_store;
use changes::last_changes;
use collections::Collections;
use desk::{View, desk};
use map::LargeMap;
use new_collection::NewCollection;
use panel::Panel;
use shell::ShellPane;
use snapshots::Snapshots;

#[component]
pub fn DatabaseTool() -> Html {
    let texts = use_text();
    let ((database, traces, shown), session) =
        use_session_part(|session| (session.database.clone(), session.traces.clone(), session.shown_trace));
    let kept = use_store(&desk());
    let storage = use_services().storage.clone();
    use_effect_with((), {
        let session = session.clone();
        move |()| {
            desk().update(|desk| desk.recall(&storage));
            session.read_collections();
        }
    });
    use_effect_with(database.opens_shell.clone(), {
        let (session, left) = (session.clone(), texts.get(&words::SHELL_LEFT));
        move |asked: &Option<String>| {
            if let Some(name) = asked {
                desk::show(View::Shell);
                shell::run(&session, &format!("use {name}"), left);
                session.shell_opened();
            }
        }
    });
    let changes = last_changes(&traces, shown);
    let chosen = kept.collection.as_deref();
    let changed = changes
        .as_ref()
        .and_then(|changes| changes.writes.first())
        .map(|write| write.collection.as_str());
    let cards = database.collections.clone();
    let selected = collections_model::shown(&cards, chosen, changed);
    let card = selected
        .as_ref()
        .and_then(|name| cards.iter().find(|card| card.name == *name))
        .cloned();
    html! {
        <div class="dbp">
            <Collections database={database.clone()} view={kept.view.clone()} selected={selected.clone()} changes={changes.clone()} snapshots={kept.snapshots.len()} />
            <div class="vline"></div>
            if kept.view == View::Shell {
                <ShellPane shell={kept.shell.clone()} />
            } else if kept.view == View::Snapshots {
                <Snapshots snapshots={kept.snapshots.clone()} />
            } else if kept.view == View::NewCollection {
                <NewCollection {cards} />
            } else if kept.view == View::Map && selected.is_some() {
                <LargeMap {cards} selected={selected.unwrap_or_default()} revision={database.revision} {changes} />
            } else if let Some(card) = card {
                <Panel key={card.name.clone()} card={card.clone()} {cards} revision={database.revision} {changes} />
            } else {
                <div class="empty">{ draw_icon("db", "l") }<h3>{ texts.get(&words::EMPTY) }</h3><p>{ texts.get(&words::EMPTY_NEXT) }</p></div>
            }
        </div>
    }
}
