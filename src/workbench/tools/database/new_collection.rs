//! Making an empty collection.

use serde_json::json;
use yew::prelude::*;

use super::collections_model::is_new_name;
use super::desk::{View, show};
use super::store::{on, perform};
use super::words;
use crate::hooks::{use_session_part, use_text};
use crate::platform::{dom, spawn};
use crate::state::session::CollectionCard;

#[derive(Properties, PartialEq)]
pub struct NewCollectionProps {
    pub cards: Vec<CollectionCard>,
}

#[component]
pub fn NewCollection(props: &NewCollectionProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let name = use_state_eq(String::new);
    let why = use_state_eq(|| None::<String>);
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| dom::focus_node(&node)
    });
    let oninput = {
        let (name, why) = (name.clone(), why.clone());
        Callback::from(move |event: InputEvent| {
            name.set(dom::value(&event));
            why.set(None);
        })
    };
    let onsubmit = {
        let (name, why, cards, texts) = (name.clone(), why.clone(), props.cards.clone(), texts.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = name.trim().to_owned();
            if !is_new_name(&name, &cards) {
                return why.set(Some(texts.get(&words::COLLECTION_NAME_WRONG).to_owned()));
            }
            let (session, why) = (session.clone(), why.clone());
            spawn(async move {
                match perform(&session, on(&name, |collection| json!({ "create": collection }))).await {
                    Ok(_) => {
                        session.read_collections();
                        show(View::Collection(name));
                    }
                    Err(message) => why.set(Some(message)),
                }
            });
        })
    };
    html! {
        <div class="db-p one" id="db-panel" role="tabpanel" aria-labelledby="d-new"><form class="snaps" {onsubmit}>
            <h3>{ texts.get(&words::NEW_COLLECTION) }</h3>
            <div class="row"><label class={classes!("qin", why.is_some().then_some("bad"))}><span class="vh">{ texts.get(&words::COLLECTION_NAME) }</span><input ref={node} spellcheck="false" autocapitalize="off" autocomplete="off" placeholder="shop.orders" value={(*name).clone()} {oninput} aria-invalid={why.is_some().then_some("true")} /></label><button type="submit" class="btn accent">{ texts.get(&words::CREATE) }</button></div>
            if let Some(why) = &*why { <p class="qwhy" role="status">{ why }</p> }
        </form></div>
    }
}
