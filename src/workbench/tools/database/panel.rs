//! One collection: its query, its documents, and what changed.

use std::rc::Rc;

use yew::prelude::*;

use super::changes::Changes;
use super::columns::columns;
use super::difference::Difference;
use super::document::{DocumentEditor, Editing};
use super::grid::Grid;
use super::loader::{State, use_loader};
use super::query::{Query, QueryText};
use super::query_bar::QueryBar;
use super::side::Side;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::platform::spawn;
use crate::state::session::CollectionCard;
use crate::workbench::format;

/// Fields offered by completion.
const FIELDS: usize = 60;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    pub card: CollectionCard,
    pub cards: Vec<CollectionCard>,
    /// Grows when the data changed.
    pub revision: u32,
    pub changes: Option<Changes>,
}

#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let texts = use_text();
    let collection = &props.card.name;
    let typed = use_state_eq(QueryText::default);
    let asked = use_state_eq(QueryText::default);
    let editing = use_state_eq(|| None::<Editing>);
    let side = use_state_eq(|| false);
    // A query that finds nothing does not forget the names of fields.
    let known = use_mut_ref(Vec::<String>::new);
    let loader = use_loader(collection);
    let read = asked.read();
    use_effect_with((read.clone(), props.revision, props.card.count), {
        let loader = loader.clone();
        move |(read, ..)| {
            if let Ok(query) = read {
                loader.start(query.clone());
            }
        }
    });
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text: QueryText| typed.set(text))
    };
    let onrun = {
        let (typed, asked, loader) = (typed.clone(), asked.clone(), loader.clone());
        Callback::from(move |()| {
            // The same question again is asked again.
            if *typed == *asked
                && let Ok(query) = asked.read()
            {
                loader.start(query);
            }
            asked.set((*typed).clone());
        })
    };
    let edit = {
        let (editing, loader) = (editing.clone(), loader.clone());
        Callback::from(move |what: Editing| match what {
            Editing::New => editing.set(Some(Editing::New)),
            Editing::Existing(document) => {
                let (editing, loader) = (editing.clone(), loader.clone());
                spawn(async move {
                    let whole = loader.whole(&document).await;
                    editing.set(whole.map(|whole| Editing::Existing(Rc::new(whole))));
                });
            }
        })
    };
    let close = {
        let editing = editing.clone();
        Callback::from(move |()| editing.set(None))
    };
    let onadd = {
        let edit = edit.clone();
        Callback::from(move |_: MouseEvent| edit.emit(Editing::New))
    };
    let onside = {
        let side = side.clone();
        Callback::from(move |_: MouseEvent| side.set(!*side))
    };
    let onview = {
        let loader = loader.clone();
        Callback::from(move |rows| loader.view(&rows))
    };
    if let Some(editing) = (*editing).clone() {
        return html! { <div class="db-p" id="db-panel" role="tabpanel" aria-labelledby={format!("d-{collection}")} data-edit="on"><DocumentEditor collection={collection.clone()} {editing} onclose={close} /></div> };
    }
    let (pages, state) = (loader.pages(), loader.state());
    let fields = {
        let mut known = known.borrow_mut();
        let seen = columns(pages.documents(), FIELDS).into_iter();
        let new: Vec<String> = seen.filter(|name| !known.contains(name)).collect();
        known.extend(new);
        Rc::new(known.clone())
    };
    let query = read.clone().unwrap_or_default();
    html! {
        <div class="db-p" id="db-panel" role="tabpanel" aria-labelledby={format!("d-{collection}")} data-side={side.then_some("on")}>
            <div class="db-main">
                <QueryBar collection={collection.clone()} {fields} text={(*typed).clone()} mistake={read.err()} {oninput} {onrun} {onadd} side={*side} {onside} />
                { view_note(props, &texts, &state, pages.total) }
                if pages.total == 0 && matches!(state, State::Found { .. }) {
                    { view_empty(&texts, collection, &query) }
                } else {
                    <Grid pages={pages.clone()} collection={collection.clone()} changes={props.changes.clone()} onopen={edit.clone()} {onview} />
                }
                if let Some(changes) = &props.changes { <Difference collection={collection.clone()} changes={changes.clone()} pages={pages.clone()} onopen={edit} /> }
            </div>
            <div class="vline v2"></div>
            <Side card={props.card.clone()} cards={props.cards.clone()} revision={props.revision} changes={props.changes.clone()} {query} {pages} />
        </div>
    }
}

fn view_empty(texts: &Texts, collection: &str, query: &Query) -> Html {
    let asks = query.filter.as_object().is_some_and(|filter| !filter.is_empty());
    let next = if asks {
        texts.get(&words::LOOSEN).to_owned()
    } else {
        texts.fill(&words::NONE_HERE, &[("name", collection)])
    };
    html! { <div class="empty"><h3>{ texts.get(&words::NO_DOCUMENTS) }</h3><p>{ next }</p></div> }
}

fn view_note(props: &PanelProps, texts: &Texts, state: &State, total: usize) -> Html {
    let changed = props
        .changes
        .as_ref()
        .filter(|changes| changes.of(&props.card.name).next().is_some());
    html! {
        <div class={classes!("db-note", matches!(state, State::Refused(_)).then_some("bad"))}>
            if let State::Refused(message) = state {
                { draw_icon("warn", "s") }<span>{ message }</span>
            } else if let Some(changes) = changed {
                <span class="dot live" aria-hidden="true"></span><span class="clip">{ texts.get(&words::CHANGED_BY_START) }<b>{ &changes.by }</b>{ ". " }{ readers(texts, changes) }</span>
            } else {
                <span class="clip">{ texts.get(&words::UNTOUCHED) }</span>
            }
            <span class="grow"></span>
            if let State::Found { ms, plan, examined } = state {
                <span class="muted num" title={format!("{plan}, {}", format::count(*examined as usize, "document"))}>{ texts.fill(&words::FOUND, &[("count", &total.to_string()), ("ms", &format::duration(*ms))]) }</span>
            } else if *state == State::Asking {
                <span class="muted" role="status">{ texts.get(&words::ASKING) }</span>
            }
        </div>
    }
}

/// `#16 only read.`
fn readers(texts: &Texts, changes: &Changes) -> String {
    let Some((first, last)) = changes.readers else {
        return String::new();
    };
    let requests = if first == last {
        format!("#{first}")
    } else {
        texts.fill(&words::READERS, &[("first", &format!("#{first}")), ("last", &format!("#{last}"))])
    };
    texts.fill(&words::ONLY_READ, &[("requests", &requests)])
}
