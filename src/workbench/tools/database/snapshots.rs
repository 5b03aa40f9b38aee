//! Snapshots: all of the data at one time, to come back to.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::data_actions::{Actions, use_actions};
use super::desk::{Snapshot, desk};
use super::words;
use crate::components::draw_icon;
use crate::i18n::Texts;
use crate::platform::{files, spawn, time};
use crate::state::protocol::DataCommand;
use crate::state::workspace::SessionHandle;
use crate::workbench::format;
use crate::workbench::view::IconButton;

/// All of the data as it is now, as the `restore` command takes it.
pub async fn take(session: &SessionHandle) -> Option<Rc<str>> {
    let records = session.data(DataCommand::Snapshot).await.ok()?;
    Some(match records {
        Value::String(records) => records.into(),
        records => records.to_string().into(),
    })
}

pub fn restore(session: &SessionHandle, records: &Rc<str>) {
    let (session, snapshot) = (session.clone(), records.to_string());
    spawn(async move {
        // A failed undo leaves the data as it is; the collections show which it is.
        let _ = session.data(DataCommand::Restore { snapshot }).await;
        session.read_collections();
    });
}

#[derive(Properties, PartialEq)]
pub struct SnapshotsProps {
    pub snapshots: Rc<Vec<Snapshot>>,
}

#[component]
pub fn Snapshots(props: &SnapshotsProps) -> Html {
    let actions = use_actions();
    let texts = actions.texts.clone();
    let take_one = {
        let actions = actions.clone();
        Callback::from(move |_: MouseEvent| {
            let actions = actions.clone();
            spawn(async move {
                if let Some(records) = take(&actions.session).await {
                    let snapshot = Snapshot { at: time::now(), records };
                    change(&actions, |list| list.insert(0, snapshot));
                }
            });
        })
    };
    html! {
        <div class="db-p one" id="db-panel" role="tabpanel" aria-labelledby="d-snapshots"><div class="snaps pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&words::SNAPSHOTS)}>
            <div class="row"><button type="button" class="btn" onclick={take_one}>{ draw_icon("clock", "s") }{ texts.get(&words::TAKE_SNAPSHOT) }</button></div>
            if props.snapshots.is_empty() { <p class="muted">{ texts.get(&words::NO_SNAPSHOTS) }</p> }
            <ul class="idx">
                for snapshot in props.snapshots.iter() { { view_snapshot(&texts, &actions, snapshot) } }
            </ul>
        </div></div>
    }
}

/// Changes the list; what the browser does not keep is said.
fn change(actions: &Actions, change: impl FnOnce(&mut Vec<Snapshot>)) {
    let Actions {
        texts, toasts, storage, ..
    } = actions;
    if let Err(failure) = desk().update(|desk| desk.change_snapshots(storage, change)) {
        toasts.error(texts.fill(&words::SNAPSHOT_NOT_KEPT, &[("why", texts.get(failure.words()))]));
    }
}

fn view_snapshot(texts: &Texts, actions: &Actions, snapshot: &Snapshot) -> Html {
    let at = time::local(snapshot.at);
    let back = {
        let (actions, records, at) = (actions.clone(), snapshot.records.clone(), at.clone());
        move |_| {
            let command = DataCommand::Restore {
                snapshot: records.to_string(),
            };
            actions.undoable("clock", &words::RESTORED, &[("time", &at)], vec![command]);
        }
    };
    let save = {
        let records = snapshot.records.clone();
        Callback::from(move |_: MouseEvent| _ = files::download("snapshot.json", "application/json", &records))
    };
    let remove = {
        let (actions, taken) = (actions.clone(), snapshot.at);
        Callback::from(move |_: MouseEvent| change(&actions, |list| list.retain(|other| other.at != taken)))
    };
    html! {
        <li key={snapshot.at.to_string()}>
            <code>{ texts.fill(&words::TAKEN_AT, &[("time", &at)]) }</code>
            <span>
                <button type="button" class="link" onclick={back}>{ texts.get(&words::RESTORE) }</button>
                <IconButton icon="download" small=true label={texts.get(&words::SAVE_FILE)} onclick={save} />
                <IconButton icon="trash" small=true label={texts.get(&words::REMOVE)} onclick={remove} />
            </span>
            <em>{ format::size(snapshot.records.len()) }</em>
        </li>
    }
}
