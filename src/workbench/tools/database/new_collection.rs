//! Making an empty collection.

use serde_json::json;
use yew::prelude::*;

use super::collections_model::is_new_name;
use super::desk::{View, show};
use super::store::{on, perform};
use super::words;
use crate::components::name_field::{Entered, NameField};
use crate::hooks::{use_session_part, use_text};
use crate::platform::spawn;
use crate::state::session::CollectionCard;

#[derive(Properties, PartialEq)]
pub struct NewCollectionProps {
    pub cards: Vec<CollectionCard>,
}

#[component]
pub fn NewCollection(props: &NewCollectionProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let commit = {
        let (cards, texts) = (props.cards.clone(), texts.clone());
        Callback::from(move |(name, refuse): Entered| {
            let name = name.trim().to_owned();
            if !is_new_name(&name, &cards) {
                return refuse.emit(texts.get(&words::COLLECTION_NAME_WRONG).to_owned());
            }
            let session = session.clone();
            spawn(async move {
                match perform(&session, on(&name, |collection| json!({ "create": collection }))).await {
                    Ok(_) => {
                        session.read_collections();
                        show(View::Collection(name));
                    }
                    Err(message) => refuse.emit(message),
                }
            });
        })
    };
    html! {
        <div class="db-p one" id="db-panel" role="tabpanel" aria-labelledby="d-new"><div class="snaps">
            <h3>{ texts.get(&words::NEW_COLLECTION) }</h3>
            <NameField label={texts.get(&words::COLLECTION_NAME)} start="" example="shop.orders" {commit} action={Some(&words::CREATE)} />
        </div></div>
    }
}
