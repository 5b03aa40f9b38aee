//! What can be done with all of the data: back to the start, and files out and in.

use serde_json::{Value, json};
use yew::prelude::*;

use super::collections_model::{MOCK, split_name};
use super::snapshots::{restore, take};
use super::store::perform;
use super::transfer::{Contents, is_archive, read, write_collections, write_documents};
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_services, use_session_part, use_text, use_toasts};
use crate::i18n::{Message, Texts};
use crate::platform::{dom, files, spawn};
use crate::state::encoding::{base64, from_base64};
use crate::state::protocol::DataCommand;
use crate::state::session::CollectionCard;
use crate::state::storage::Storage;
use crate::state::toasts::Toasts;
use crate::state::workspace::SessionHandle;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct DataActionsProps {
    /// The collection on show.
    pub selected: Option<String>,
    pub cards: Vec<CollectionCard>,
}

#[component]
pub fn DataActions(props: &DataActionsProps) -> Html {
    let actions = use_actions();
    let texts = actions.texts.clone();
    let reset = {
        let actions = actions.clone();
        Callback::from(move |_: MouseEvent| actions.undoable("reset", &words::WAS_RESET, &[], vec![DataCommand::Reset]))
    };
    let export_one = props.selected.clone().map(|name| {
        let actions = actions.clone();
        Callback::from(move |_: MouseEvent| actions.export(vec![name.clone()]))
    });
    let export_all = {
        let (actions, names) = (
            actions.clone(),
            props.cards.iter().map(|card| card.name.clone()).collect::<Vec<_>>(),
        );
        Callback::from(move |_: MouseEvent| actions.export(names.clone()))
    };
    let drop_one = props.selected.clone().filter(|name| split_name(name).0 != MOCK).map(|name| {
        let actions = actions.clone();
        Callback::from(move |_: MouseEvent| {
            let drop = super::store::on(&name, |collection| json!({ "drop": collection }));
            actions.undoable("trash", &words::DROPPED, &[("name", &name)], vec![drop]);
        })
    });
    let onpick = {
        let (actions, selected) = (actions.clone(), props.selected.clone());
        Callback::from(move |event: Event| {
            let (actions, selected) = (actions.clone(), selected.clone());
            spawn(async move {
                if let Some((name, bytes)) = files::picked_bytes(&event).await {
                    actions.import(&name, &bytes, selected.as_deref());
                }
            });
        })
    };
    let export_archive = {
        let actions = actions.clone();
        Callback::from(move |_: MouseEvent| actions.export_archive())
    };
    html! {
        <>
            <span class="label">{ texts.get(&words::DATA) }</span>
            <button type="button" onclick={reset}>{ draw_icon("reset", "s") }{ texts.get(&words::RESET) }</button>
            if let (Some(onclick), Some(name)) = (export_one, &props.selected) { <button type="button" {onclick}>{ draw_icon("download", "s") }<span class="clip">{ texts.fill(&words::EXPORT_COLLECTION, &[("name", split_name(name).1)]) }</span></button> }
            <button type="button" onclick={export_all}>{ draw_icon("disk", "s") }{ texts.get(&words::EXPORT) }</button>
            <button type="button" onclick={export_archive}>{ draw_icon("disk", "s") }{ texts.get(&words::EXPORT_ARCHIVE) }</button>
            <button type="button" onclick={|_| dom::click("db-import")}>{ draw_icon("upload", "s") }{ texts.get(&words::IMPORT) }</button>
            <input id="db-import" type="file" accept=".json,.jsonl,.ndjson,.archive" hidden=true aria-label={texts.get(&words::IMPORT)} onchange={onpick} />
            if let Some(onclick) = drop_one { <button type="button" {onclick}>{ draw_icon("trash", "s") }{ texts.get(&words::DROP_COLLECTION) }</button> }
        </>
    }
}

#[derive(Clone)]
pub struct Actions {
    pub texts: Texts,
    pub toasts: Toasts,
    pub session: SessionHandle,
    pub storage: Storage,
}

/// What the data's buttons need.
#[hook]
pub fn use_actions() -> Actions {
    let texts = use_text();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let storage = use_services().storage.clone();
    Actions {
        texts,
        toasts,
        session,
        storage,
    }
}

impl Actions {
    /// Does commands one after the other, all or none; they can be taken back at once.
    pub fn undoable(&self, icon: &'static str, said: &Message, values: &[(&str, &str)], commands: Vec<DataCommand>) {
        let (actions, said) = (self.clone(), self.texts.fill(said, values));
        spawn(async move {
            let before = take(&actions.session).await;
            for (done, command) in commands.into_iter().enumerate() {
                if let Err(why) = perform(&actions.session, command).await {
                    match &before {
                        Some(before) if done > 0 => restore(&actions.session, before),
                        _ => actions.session.read_collections(),
                    }
                    return actions.toasts.error(actions.texts.fill(&words::NOT_DONE, &[("why", &why)]));
                }
            }
            actions.session.read_collections();
            match before {
                Some(before) => {
                    let session = actions.session.clone();
                    let undo = Callback::from(move |()| restore(&session, &before));
                    actions.toasts.undoable(icon, said, actions.texts.get(&words::UNDO), undo);
                }
                None => actions.toasts.say(icon, said),
            }
        });
    }

    /// Saves collections as one file of Extended JSON.
    pub fn export(&self, names: Vec<String>) {
        let actions = self.clone();
        spawn(async move {
            let mut collections = Vec::new();
            for name in names {
                match documents(&actions.session, &name).await {
                    Ok(documents) => collections.push((name, documents)),
                    Err(why) => return actions.toasts.error(actions.texts.fill(&words::NOT_DONE, &[("why", &why)])),
                }
            }
            match collections.as_slice() {
                [(name, documents)] => files::download(&format!("{name}.json"), "application/json", &write_documents(documents)),
                all => files::download("database.json", "application/json", &write_collections(all)),
            };
        });
    }

    /// Saves all of the data as `mongodump --archive` writes it.
    fn export_archive(&self) {
        let actions = self.clone();
        spawn(async move {
            let archive = perform(&actions.session, DataCommand::Archive).await;
            match archive.map(|archive| archive.as_str().and_then(from_base64)) {
                Ok(bytes) => {
                    files::download_bytes("database.archive", "application/octet-stream", &bytes.unwrap_or_default());
                }
                Err(why) => actions.toasts.error(actions.texts.fill(&words::NOT_DONE, &[("why", &why)])),
            }
        });
    }

    /// Puts the documents of a file in place of those that are there.
    fn import(&self, file: &str, bytes: &[u8], selected: Option<&str>) {
        if is_archive(bytes) {
            let take = DataCommand::TakeArchive { archive: base64(bytes) };
            return self.undoable("upload", &words::IMPORTED, &[("count", file)], vec![take]);
        }
        let collections = match read(&String::from_utf8_lossy(bytes)) {
            Some(Contents::Collections(collections)) => collections,
            Some(Contents::Documents(documents)) => vec![(target(file, selected), documents)],
            None => return self.toasts.error(self.texts.get(&words::IMPORT_WRONG)),
        };
        let count = collections.iter().map(|(_, documents)| documents.len()).sum();
        let fill = |(collection, documents)| DataCommand::Fill { collection, documents };
        let commands = collections.into_iter().map(fill).collect();
        self.undoable(
            "upload",
            &words::IMPORTED,
            &[("count", &format::count(count, "document"))],
            commands,
        );
    }
}

/// `shop.users.json` names its collection; any other file goes into the one on show.
fn target(file: &str, selected: Option<&str>) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match selected {
        Some(selected) if !stem.contains('.') => selected.to_owned(),
        _ if stem.contains('.') => stem.to_owned(),
        _ => format!("test.{stem}"),
    }
}

async fn documents(session: &SessionHandle, collection: &str) -> Result<Vec<Value>, String> {
    let find = DataCommand::Find {
        collection: collection.to_owned(),
        filter: json!({}),
        projection: None,
        sort: None,
        skip: None,
        limit: None,
    };
    let mut answer = perform(session, find).await?;
    match answer.get_mut("documents").map(Value::take) {
        Some(Value::Array(documents)) => Ok(documents),
        _ => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_file_goes() {
        for (file, selected, wanted) in [
            ("shop.users.json", Some("books"), "shop.users"),
            ("list.json", Some("shop.users"), "shop.users"),
            ("list.json", None, "test.list"),
        ] {
            assert_eq!(target(file, selected), wanted);
        }
    }
}
