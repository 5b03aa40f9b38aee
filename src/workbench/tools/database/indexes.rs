//! The indexes of a collection, how often each was used, and making and dropping them.

use serde_json::{Map, Value, json};
use yew::prelude::*;

use super::collections_model::split_name;
use super::filter;
use super::store::{on, perform};
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::Texts;
use crate::platform::{dom, spawn};
use crate::state::session::{CollectionCard, IndexCard};
use crate::workbench::view::IconButton;

#[derive(Properties, PartialEq)]
pub struct IndexesProps {
    pub card: CollectionCard,
}

#[component]
pub fn Indexes(props: &IndexesProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let adding = use_state_eq(|| false);
    let toggle = {
        let adding = adding.clone();
        Callback::from(move |_: MouseEvent| adding.set(!*adding))
    };
    let ondrop = {
        let (session, toasts, texts, collection) = (session.clone(), toasts, texts.clone(), props.card.name.clone());
        Callback::from(move |index: IndexCard| {
            let (session, toasts, texts, collection) = (session.clone(), toasts.clone(), texts.clone(), collection.clone());
            spawn(async move {
                let drop = on(&collection, |name| json!({ "dropIndexes": name, "index": index.name }));
                match perform(&session, drop).await {
                    Ok(_) => {
                        let back = {
                            let (session, collection, index) = (session.clone(), collection.clone(), index.clone());
                            Callback::from(move |()| {
                                let (session, create) = (session.clone(), create(&collection, &index.key, index.unique));
                                spawn(async move {
                                    // Should it be refused, the list keeps showing the index as gone.
                                    let _ = perform(&session, create).await;
                                    session.read_collections();
                                });
                            })
                        };
                        let said = texts.fill(&words::INDEX_DROPPED, &[("name", &index.name)]);
                        toasts.undoable("trash", said, texts.get(&words::UNDO), back);
                    }
                    Err(why) => toasts.error(texts.fill(&words::NOT_DONE, &[("why", &why)])),
                }
                session.read_collections();
            });
        })
    };
    html! {
        <section>
            <h3>{ texts.fill(&words::INDEXES_ON, &[("name", split_name(&props.card.name).1)]) }<button type="button" class="link" aria-expanded={adding.to_string()} onclick={toggle}>{ draw_icon("plus", "s") }{ texts.get(&words::ADD) }</button></h3>
            if *adding { <NewIndex collection={props.card.name.clone()} ondone={let adding = adding.clone(); Callback::from(move |()| adding.set(false))} /> }
            <ul class="idx">
                for index in &props.card.indexes { { view_index(&texts, index, &ondrop) } }
            </ul>
        </section>
    }
}

fn view_index(texts: &Texts, index: &IndexCard, ondrop: &Callback<IndexCard>) -> Html {
    let drop = {
        let (ondrop, index) = (ondrop.clone(), index.clone());
        Callback::from(move |_: MouseEvent| ondrop.emit(index.clone()))
    };
    let own = index.name == "_id_";
    html! {
        <li key={index.name.clone()}>
            <code>{ &index.name }</code>
            <span>
                { kind(texts, index) }
                if !own { <IconButton icon="trash" small=true label={texts.fill(&words::DROP_INDEX, &[("name", &index.name)])} onclick={drop} /> }
            </span>
            if let Some(note) = note(texts, index) { <em>{ note }</em> }
        </li>
    }
}

fn used(texts: &Texts, uses: u64) -> String {
    let times = match uses {
        1 => texts.get(&words::ONCE).to_owned(),
        uses => texts.fill(&words::TIMES, &[("count", &uses.to_string())]),
    };
    texts.fill(&words::USED, &[("times", &times)])
}

/// What stands beside the name.
fn kind(texts: &Texts, index: &IndexCard) -> String {
    match (index.unique && index.name != "_id_", index.uses) {
        (true, _) => texts.get(&words::UNIQUE).to_owned(),
        (false, 0) => texts.get(&words::UNUSED).to_owned(),
        (false, uses) => used(texts, uses),
    }
}

/// What stands below it: the use of a unique index, and what to do with one that nothing uses.
fn note(texts: &Texts, index: &IndexCard) -> Option<String> {
    let fields: Vec<&str> = index.key.keys().map(String::as_str).collect();
    match (index.name.as_str(), index.unique, index.uses) {
        ("_id_", ..) => None,
        (_, true, uses) => Some(if uses == 0 {
            texts.get(&words::UNUSED).to_owned()
        } else {
            used(texts, uses)
        }),
        (_, false, 0) => Some(texts.fill(&words::UNUSED_NEXT, &[("fields", &fields.join(", "))])),
        _ => None,
    }
}

/// `email_1`, as the server names an index of these keys.
fn index_name(key: &Map<String, Value>) -> String {
    let parts: Vec<String> = key
        .iter()
        .map(|(path, kind)| format!("{path}_{}", kind.as_str().map_or_else(|| kind.to_string(), str::to_owned)))
        .collect();
    parts.join("_")
}

fn create(collection: &str, key: &Map<String, Value>, unique: bool) -> crate::state::protocol::DataCommand {
    let mut index = json!({ "key": key, "name": index_name(key) });
    if unique {
        index["unique"] = true.into();
    }
    on(collection, |name| json!({ "createIndexes": name, "indexes": [index] }))
}

#[derive(Properties, PartialEq)]
struct NewIndexProps {
    collection: String,
    ondone: Callback<()>,
}

#[component]
fn NewIndex(props: &NewIndexProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let (_, session) = use_session_part(|_| ());
    let text = use_state_eq(String::new);
    let unique = use_state_eq(|| false);
    let why = use_state_eq(|| None::<String>);
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| dom::focus_node(&node)
    });
    let onsubmit = {
        let (text, unique, why, texts) = (text.clone(), unique.clone(), why.clone(), texts.clone());
        let (collection, ondone) = (props.collection.clone(), props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let key = match filter::object(&text) {
                Ok(key) if !key.is_empty() => key,
                Ok(_) => return why.set(Some(texts.fill(&words::WRONG_KEYS, &[("why", texts.get(&words::NO_KEYS))]))),
                Err(sentence) => return why.set(Some(texts.fill(&words::WRONG_KEYS, &[("why", &sentence)]))),
            };
            let (session, toasts, texts, why, ondone) = (session.clone(), toasts.clone(), texts.clone(), why.clone(), ondone.clone());
            let command = create(&collection, &key, *unique);
            spawn(async move {
                match perform(&session, command).await {
                    Ok(_) => {
                        toasts.say("check", texts.fill(&words::INDEX_MADE, &[("name", &index_name(&key))]));
                        ondone.emit(());
                    }
                    Err(message) => why.set(Some(message)),
                }
                session.read_collections();
            });
        })
    };
    let oninput = {
        let (text, why) = (text.clone(), why.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            why.set(None);
        })
    };
    let onchange = {
        let unique = unique.clone();
        Callback::from(move |event: Event| unique.set(dom::checked(&event)))
    };
    html! {
        <form class="idx-new" {onsubmit}>
            <label class={classes!("qin", why.is_some().then_some("bad"))}><span class="vh">{ texts.get(&words::KEYS) }</span><input ref={node} spellcheck="false" autocapitalize="off" autocomplete="off" placeholder="{ email: 1 }" value={(*text).clone()} {oninput} aria-invalid={why.is_some().then_some("true")} /></label>
            <div class="row"><label><input type="checkbox" checked={*unique} {onchange} />{ texts.get(&words::UNIQUE) }</label><span class="grow"></span><button type="submit" class="btn sm">{ texts.get(&words::CREATE) }</button></div>
            if let Some(why) = &*why { <p class="qwhy" role="status">{ why }</p> }
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(name: &str, key: Value, unique: bool, uses: u64) -> IndexCard {
        let Value::Object(key) = key else { panic!("keys") };
        IndexCard {
            name: name.into(),
            key,
            unique,
            uses,
        }
    }

    #[test]
    fn words_of_an_index() {
        let texts = Texts::default();
        for (card, beside, below) in [
            (index("_id_", json!({ "_id": 1 }), true, 15), "used 15 times", None),
            (index("email_1", json!({ "email": 1 }), true, 2), "unique", Some("used 2 times")),
            (
                index("role_1", json!({ "role": 1 }), false, 0),
                "unused",
                Some("Drop it, or filter by role"),
            ),
            (index("role_1", json!({ "role": 1 }), false, 1), "used once", None),
        ] {
            assert_eq!((kind(&texts, &card).as_str(), note(&texts, &card).as_deref()), (beside, below));
        }
    }

    #[test]
    fn names_as_the_server_gives_them() {
        for (key, wanted) in [(json!({ "a": 1, "b.c": -1 }), "a_1_b.c_-1"), (json!({ "t": "text" }), "t_text")] {
            assert_eq!(index_name(key.as_object().unwrap()), wanted);
        }
    }
}
