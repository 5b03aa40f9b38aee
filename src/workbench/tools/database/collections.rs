//! The list of collections by database, and what else can stand beside it.

use yew::prelude::*;

use super::changes::Changes;
use super::collections_model::{MOCK, groups, split_name};
use super::data_actions::DataActions;
use super::desk::{View, show};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::state::session::{CollectionCard, Database};
use crate::workbench::view::rove;

#[derive(Properties, PartialEq)]
pub struct CollectionsProps {
    pub database: Database,
    pub view: View,
    /// The collection on show.
    pub selected: Option<String>,
    pub changes: Option<Changes>,
    pub snapshots: usize,
}

#[component]
pub fn Collections(props: &CollectionsProps) -> Html {
    let texts = use_text();
    let several = groups(&props.database.collections).len() > 1;
    html! {
        <div class="db-list">
            <div role="tablist" aria-orientation="vertical" aria-label={texts.get(&words::COLLECTIONS)} onkeydown={rove(true)}>
                if props.database.collections.is_empty() { <span class="label" role="presentation">{ texts.get(&words::COLLECTIONS) }</span> }
                for group in groups(&props.database.collections) {
                    <span key={group.database.clone()} class="label" role="presentation">{ if group.database == MOCK && several { texts.get(&words::MOCK_API).to_owned() } else if group.database == MOCK { texts.get(&words::COLLECTIONS).to_owned() } else { group.database.clone() } }</span>
                    for card in &group.cards { { view_card(&texts, props, card) } }
                }
                { view_entry(&texts, props, View::NewCollection, "plus", "d-new", &words::NEW_COLLECTION, None) }
                { view_entry(&texts, props, View::Shell, "term", "d-shell", &words::SHELL, None) }
                { view_entry(&texts, props, View::Map, "link", "d-map", &words::MAP, None) }
                { view_entry(&texts, props, View::Snapshots, "clock", "d-snapshots", &words::SNAPSHOTS, Some(props.snapshots)) }
            </div>
            <DataActions selected={props.selected.clone()} cards={props.database.collections.clone()} />
        </div>
    }
}

fn view_entry(
    texts: &Texts,
    props: &CollectionsProps,
    view: View,
    icon: &'static str,
    id: &'static str,
    name: &crate::i18n::Message,
    count: Option<usize>,
) -> Html {
    let selected = props.view == view;
    html! {
        <button key={id} type="button" role="tab" {id} aria-controls="db-panel" aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }} onclick={move |_| show(view.clone())}>
            { draw_icon(icon, "s") }<span class="clip">{ texts.get(name) }</span>
            if let Some(count) = count.filter(|count| *count > 0) { <b>{ count }</b> }
        </button>
    }
}

fn view_card(texts: &Texts, props: &CollectionsProps, card: &CollectionCard) -> Html {
    let name = &card.name;
    let shows_collection = matches!(props.view, View::Latest | View::Collection(_));
    let selected = shows_collection && props.selected.as_ref() == Some(name);
    let changed = props.changes.as_ref().filter(|changes| changes.of(name).next().is_some());
    let onclick = {
        let name = name.clone();
        move |_| show(View::Collection(name.clone()))
    };
    html! {
        <button key={name.clone()} type="button" role="tab" id={format!("d-{name}")} aria-controls="db-panel" aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }} {onclick}>
            { draw_icon("stack", "s") }<span class="clip" title={name.clone()}>{ split_name(name).1.to_owned() }</span>
            if let Some(changes) = changed { <span class="dot live" title={texts.fill(&words::CHANGED_BY, &[("request", &changes.by)])}></span> }
            <b>{ card.count }</b>
        </button>
    }
}
