//! The list of collections, and what can be done with all of the data.

use yew::prelude::*;

use super::changes::Changes;
use crate::components::Icon;
use crate::state::session::Database;
use crate::workbench::view::rove;

#[derive(Properties, PartialEq)]
pub struct CollectionsProps {
    pub database: Database,
    pub selected: Option<String>,
    pub changes: Option<Changes>,
    pub onchoose: Callback<String>,
    pub reset: Callback<MouseEvent>,
}

#[component]
pub fn Collections(props: &CollectionsProps) -> Html {
    html! {
        <div class="db-list">
            <div role="tablist" aria-orientation="vertical" aria-label="Collections" onkeydown={rove(true)}>
                <span class="label" role="presentation">{ "Collections" }</span>
                for card in &props.database.collections {
                    { view_card(props, &card.name, card.count) }
                }
            </div>
            <span class="label">{ "Data" }</span>
            <button type="button" onclick={props.reset.clone()}><Icon name="reset" class="s" />{ "Reset to start" }</button>
        </div>
    }
}

fn view_card(props: &CollectionsProps, name: &str, count: u64) -> Html {
    let selected = props.selected.as_deref() == Some(name);
    let changed = props.changes.as_ref().filter(|changes| changes.of(name).next().is_some());
    let onclick = {
        let (onchoose, name) = (props.onchoose.clone(), name.to_owned());
        move |_| onchoose.emit(name.clone())
    };
    html! {
        <button key={name.to_owned()} type="button" role="tab" id={format!("d-{name}")} aria-controls="db-panel" aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }} {onclick}>
            <Icon name="stack" class="s" /><span class="clip">{ name.to_owned() }</span>
            if let Some(changes) = changed { <span class="dot live" title={format!("Changed by {}", changes.by)}></span> }
            <b>{ count }</b>
        </button>
    }
}
