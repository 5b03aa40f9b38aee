//! Beside the documents: indexes, how the query ran, how collections fit together, fields, and the browser's space.

use yew::prelude::*;

use super::changes::Changes;
use super::collections_model::split_name;
use super::explain::Explain;
use super::fields::fields;
use super::indexes::Indexes;
use super::map::SmallMap;
use super::pages::Pages;
use super::query::Query;
use super::words;
use crate::hooks::{use_services, use_text};
use crate::i18n::{Texts, room::MAKE_ROOM};
use crate::state::services::Dialog;
use crate::state::session::CollectionCard;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct SideProps {
    pub card: CollectionCard,
    pub cards: Vec<CollectionCard>,
    pub revision: u32,
    pub changes: Option<Changes>,
    pub query: Query,
    pub pages: Pages,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let used = services.storage.used();
    let make_room = Callback::from(move |_: MouseEvent| services.dialog.set(Some(Dialog::Room)));
    let documents: u64 = props.cards.iter().map(|card| card.size).sum();
    html! {
        <div class="db-side pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&words::DETAILS)}>
            <Indexes card={props.card.clone()} />
            <SmallMap cards={props.cards.clone()} selected={props.card.name.clone()} revision={props.revision} changes={props.changes.clone()} />
            <Explain collection={props.card.name.clone()} query={props.query.clone()} />
            { view_fields(&texts, &props.card.name, &props.pages) }
            <section>
                <h3>{ texts.get(&words::SPACE) }<span class="num muted">{ format::space(used) }</span></h3>
                <progress value={(used / 2).to_string()} max="5000000" aria-label={texts.get(&words::SPACE_USED)}></progress>
                <p>{ texts.get(&words::SPACE_KEPT) }{ " " }{ texts.fill(&words::DATA_SIZE, &[("size", &format::size(documents as usize))]) }</p>
                <button type="button" class="link" onclick={make_room}>{ texts.get(&MAKE_ROOM) }</button>
            </section>
        </div>
    }
}

fn view_fields(texts: &Texts, collection: &str, pages: &Pages) -> Html {
    html! {
        <section>
            <h3>{ texts.fill(&words::FIELDS_OF, &[("name", split_name(collection).1)]) }</h3>
            <ul class="idx">
                for field in fields(pages.documents()) {
                    <li key={field.name.clone()}><code>{ &field.name }</code><span>{ &field.kinds }</span>if field.missing > 0 { <em>{ texts.fill(&words::MISSING_IN, &[("count", &format::count(field.missing, "document"))]) }</em> }</li>
                }
            </ul>
        </section>
    }
}
