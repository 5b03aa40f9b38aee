//! The dialog that makes room: what takes the browser's space, and what of it can be given up. Nothing goes unless the reader says so.

use serde_json::json;
use yew::prelude::*;

use super::format;
use super::tools::database::collections_model::{Group, MOCK, groups};
use super::tools::database::data_actions::{Actions, use_actions};
use super::tools::database::store::perform;
use crate::components::dialog::Modal;
use crate::components::draw_icon;
use crate::hooks::{use_services, use_session_part, use_text};
use crate::i18n::{Message, Texts, room as words, shell};
use crate::platform::spawn;
use crate::state::backup;
use crate::state::protocol::DataCommand;
use crate::state::services::Services;
use crate::state::storage::{Room, Spare};
use crate::state::store::use_store;

/// Characters that browsers give a site; two bytes each.
const SPACE: usize = 5_000_000;
/// Less of other pages is not worth a word.
const WORTH_A_WORD: usize = 200_000;

/// What a row would remove.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    Spare(Spare),
    /// A database, by its name.
    Database(String),
}

#[component]
pub fn RoomDialog() -> Html {
    let services = use_services();
    let texts = use_text();
    let actions = use_actions();
    let full = use_store(&services.status.clone()).full;
    let ((cards, open, apart), session) = use_session_part(|session| {
        (
            session.database.collections.clone(),
            session.project.clone(),
            session.shared.is_some(),
        )
    });
    // The row whose removal is to be confirmed.
    let asked = use_state_eq(|| None::<Thing>);
    let said = use_state_eq(String::new);
    use_effect_with((), {
        let session = session.clone();
        move |()| session.read_collections()
    });
    let remove = {
        let (services, actions, asked, said) = (services.clone(), actions.clone(), asked.clone(), said.clone());
        Callback::from(move |thing: Thing| {
            let (services, actions, asked, said) = (services.clone(), actions.clone(), asked.clone(), said.clone());
            spawn(async move {
                let sentence = give_up(&services, &actions, &thing).await;
                services.announce(sentence.clone());
                said.set(sentence);
                asked.set(None);
            });
        })
    };
    let ask = {
        let asked = asked.clone();
        Callback::from(move |thing: Option<Thing>| asked.set(thing))
    };
    let may_write = services.storage.may_write();
    let row = |thing: Thing, text: String, note: &Message, bytes: usize| {
        let sure = asked.as_ref() == Some(&thing);
        let (first, second) = (thing.clone(), thing.clone());
        let (ask, remove) = (ask.clone(), remove.clone());
        let (action, needs_word) = match &thing {
            Thing::Spare(Spare::Journal) => (&words::PACK, false),
            Thing::Spare(Spare::Requests | Spare::Untouched) => (&words::REMOVE, false),
            Thing::Spare(Spare::Damaged) | Thing::Database(_) => (&words::REMOVE, true),
        };
        let label = format!("{}: {text}", texts.get(action));
        let begin = {
            let (ask, remove) = (ask.clone(), remove.clone());
            move |_: MouseEvent| {
                if needs_word {
                    ask.emit(Some(first.clone()))
                } else {
                    remove.emit(first.clone())
                }
            }
        };
        html! {
            <li key={text.clone()}>
                <span>{ &text }<em>{ texts.get(note) }</em></span>
                <span class="num">{ format::size(bytes / 2) }</span>
                if !sure {
                    <button type="button" class="btn sm" aria-label={label} disabled={!may_write} onclick={begin}>{ texts.get(action) }</button>
                } else {
                    <span class="row">
                        { save_first(&services, &actions, &thing, &texts) }
                        <button type="button" class="btn sm danger" onclick={move |_: MouseEvent| remove.emit(second.clone())}>{ texts.get(&words::SURE) }</button>
                        <button type="button" class="btn sm quiet" onclick={move |_: MouseEvent| ask.emit(None)}>{ texts.get(&words::KEEP) }</button>
                    </span>
                }
            </li>
        }
    };
    let (used, others) = (services.storage.used(), services.storage.others());
    let mut spare = services.storage.room(&open);
    let mut databases: Vec<Group> = groups(&cards).into_iter().filter(|group| group.database != MOCK).collect();
    if apart {
        // A shared project's data is not stored, and the stored data is not loaded beside it.
        databases.clear();
        spare.retain(|room| room.spare != Spare::Journal);
    }
    let taken = (used + others) / 2;
    let close = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(None))
    };
    let backup = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| backup::download(&services))
    };
    let title = texts.get(&words::MAKE_ROOM);
    html! {
        <Modal label={title}>
            <div class="dlg-h"><h2>{ title }</h2><span class="grow"></span><span class={classes!("num", full.then_some("c-bad"))}>{ texts.fill(&words::OF_SPACE, &[("used", &format::space(used + others))]) }</span>
                <button type="button" class="ib" aria-label={texts.get(&shell::CLOSE)} onclick={close}>{ draw_icon("x", "") }</button></div>
            <div class="dlg-b room">
                <progress class={classes!(full.then_some("full"))} value={taken.to_string()} max={SPACE.to_string()} aria-label={texts.get(&words::SPACE_TAKEN)}></progress>
                <ul class="use">
                    for group in &databases { { row(Thing::Database(group.database.clone()), database_text(group, &texts), &words::DATABASE_NOTE, 2 * database_size(group)) } }
                    for room in &spare { { row(Thing::Spare(room.spare), spare_text(room, &texts), note(room.spare), room.bytes) } }
                </ul>
                if databases.is_empty() && spare.is_empty() { <p>{ texts.get(&words::NOTHING) }</p> }
                <p class="said" role="status">{ &*said }</p>
                if others > WORTH_A_WORD { <p class="muted">{ texts.fill(&words::OTHERS, &[("size", &format::size(others / 2))]) }</p> }
                <div class="row"><p class="muted grow">{ texts.fill(&words::NEVER, &[("size", &format::size(services.storage.work(&open) / 2))]) }</p>
                    <button type="button" class="btn sm" onclick={backup}>{ draw_icon("download", "s") }{ texts.get(&shell::SAVE_BACKUP) }</button></div>
            </div>
        </Modal>
    }
}

/// What keeps a copy of what is about to go.
fn save_first(services: &Services, actions: &Actions, thing: &Thing, texts: &Texts) -> Html {
    let (message, save) = match thing {
        Thing::Database(name) => {
            let (actions, prefix) = (actions.clone(), format!("{name}."));
            let save = Callback::from(move |_: MouseEvent| {
                let cards = actions.session.now().database.collections;
                let names = cards.into_iter().map(|card| card.name).filter(|name| name.starts_with(&prefix));
                actions.export(names.collect());
            });
            (&words::EXPORT, save)
        }
        Thing::Spare(_) => {
            let services = services.clone();
            (
                &shell::SAVE_BACKUP,
                Callback::from(move |_: MouseEvent| backup::download(&services)),
            )
        }
    };
    html! { <button type="button" class="btn sm" onclick={save}>{ draw_icon("download", "s") }{ texts.get(message) }</button> }
}

/// Gives one thing up, saves what did not fit before, and answers how much is free now, or why nothing is.
async fn give_up(services: &Services, actions: &Actions, thing: &Thing) -> String {
    let texts = &actions.texts;
    services.storage.use_reserve();
    let before = services.storage.used();
    let done = remove(services, actions, thing).await;
    let freed = before.saturating_sub(services.storage.used());
    if done.is_ok() {
        crate::wiring::save_again(services);
    }
    services.storage.hold_reserve();
    match (done, freed) {
        (Err(why), _) => why,
        (Ok(()), 0) => texts.get(&words::NO_GAIN).to_owned(),
        (Ok(()), freed) => texts.fill(&words::FREED, &[("size", &format::size(freed / 2))]),
    }
}

/// The error is a sentence.
async fn remove(services: &Services, actions: &Actions, thing: &Thing) -> Result<(), String> {
    let texts = &actions.texts;
    let pack = async || {
        let packed = actions.session.pack().await;
        packed.map_err(|_| texts.get(&words::NO_SPACE_TO_PACK).to_owned())
    };
    match thing {
        Thing::Spare(Spare::Journal) => {
            return pack().await;
        }
        Thing::Spare(spare) => {
            if *spare == Spare::Requests {
                actions.session.forget_requests();
            }
            services.storage.give_up(*spare, &actions.session.now().project);
        }
        Thing::Database(name) => {
            let command = DataCommand::Command {
                database: name.clone(),
                command: json!({ "dropDatabase": 1 }),
            };
            let dropped = perform(&actions.session, command).await;
            dropped.map_err(|why| texts.fill(&words::NOT_REMOVED, &[("why", &why)]))?;
            actions.session.read_collections();
            // Only a new snapshot is without the database.
            pack().await?;
        }
    }
    Ok(())
}

fn database_text(group: &Group, texts: &Texts) -> String {
    let count: u64 = group.cards.iter().map(|card| card.count).sum();
    texts.fill(&words::DATABASE, &[("name", &group.database), ("count", &count.to_string())])
}

/// About what its documents take; the journal packs them.
fn database_size(group: &Group) -> usize {
    group.cards.iter().map(|card| card.size as usize).sum()
}

fn spare_text(room: &Room, texts: &Texts) -> String {
    let message = match room.spare {
        Spare::Journal => &words::JOURNAL,
        Spare::Untouched => &words::UNTOUCHED,
        Spare::Requests => &words::REQUESTS,
        Spare::Damaged => &words::DAMAGED,
    };
    texts.fill(message, &[("count", &room.count.to_string())])
}

fn note(spare: Spare) -> &'static Message {
    match spare {
        Spare::Journal => &words::JOURNAL_NOTE,
        Spare::Untouched => &words::UNTOUCHED_NOTE,
        Spare::Requests => &words::REQUESTS_NOTE,
        Spare::Damaged => &words::DAMAGED_NOTE,
    }
}
