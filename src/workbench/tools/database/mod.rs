//! The Database tool: collections, documents, and what the last write changed.

pub mod changes;
mod collections;
pub mod columns;
mod difference;
mod document;
pub mod filter;
mod grid;
mod panel;
mod side;

use yew::prelude::*;

use crate::components::Icon;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::platform::spawn;
use crate::state::protocol::DataCommand;
use crate::workbench::words;
use changes::last_changes;
use collections::Collections;
use panel::Panel;

#[component]
pub fn DatabaseTool() -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let ((database, traces, shown), session) =
        use_session_part(|session| (session.database.clone(), session.traces.clone(), session.shown_trace));
    let chosen = use_state_eq(|| None::<String>);
    use_effect_with((), {
        let session = session.clone();
        move |()| session.read_collections()
    });
    let changes = last_changes(&traces, shown);
    let collection = chosen
        .as_ref()
        .filter(|name| database.collections.iter().any(|card| card.name == **name))
        .cloned()
        .or_else(|| {
            let changed = changes
                .as_ref()
                .and_then(|changes| changes.writes.first())
                .map(|write| write.collection.clone());
            changed
                .filter(|name| database.collections.iter().any(|card| card.name == *name))
                .or_else(|| database.collections.first().map(|card| card.name.clone()))
        });
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |name: String| chosen.set(Some(name)))
    };
    let reset = {
        let session = session.clone();
        let said = texts.get(&words::DATA_RESET);
        Callback::from(move |_: MouseEvent| {
            let (session, toasts) = (session.clone(), toasts.clone());
            spawn(async move {
                let kept = session.data(DataCommand::Snapshot).await;
                match session.data(DataCommand::Reset).await {
                    Ok(_) => {
                        session.read_collections();
                        let undo = session.clone();
                        let back = kept.ok().map(|kept| kept.as_str().map_or_else(|| kept.to_string(), str::to_owned));
                        match back {
                            Some(snapshot) => toasts.undoable("reset", said, "Undo", Callback::from(move |()| restore(&undo, &snapshot))),
                            None => toasts.say("reset", said),
                        }
                    }
                    Err(error) => toasts.error(format!("The data was not reset. {}", error.message)),
                }
            });
        })
    };
    html! {
        <div class="dbp">
            <Collections database={database.clone()} selected={collection.clone()} changes={changes.clone()} {onchoose} {reset} />
            <div class="vline"></div>
            if let Some(name) = collection {
                <Panel key={name.clone()} collection={name.clone()} revision={database.revision} {changes} />
            } else {
                <div class="empty"><Icon name="db" class="l" /><h3>{ texts.get(&words::NO_COLLECTIONS) }</h3><p>{ texts.get(&words::NO_COLLECTIONS_NEXT) }</p></div>
            }
        </div>
    }
}

fn restore(session: &crate::state::workspace::SessionHandle, snapshot: &str) {
    let (session, snapshot) = (session.clone(), snapshot.to_owned());
    spawn(async move {
        // A failed undo leaves the data as the reset made it; the collections show which it is.
        let _ = session.data(DataCommand::Restore { snapshot }).await;
        session.read_collections();
    });
}
