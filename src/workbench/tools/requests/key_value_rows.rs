//! Rows of names and values with a tick each: parameters, headers, form fields.

use yew::prelude::*;

use crate::components::Icon;
use crate::platform::dom;
use crate::state::request::Pair;
use crate::workbench::view::IconButton;

#[derive(Properties, PartialEq)]
pub struct KeyValueRowsProps {
    pub pairs: Vec<Pair>,
    pub onchange: Callback<Vec<Pair>>,
    /// `a parameter`, `a header`, `a field`.
    pub what: &'static str,
    /// Rows that something else sets: name, value, and by what.
    #[prop_or_default]
    pub fixed: Vec<(String, String, &'static str)>,
}

#[component]
pub fn KeyValueRows(props: &KeyValueRowsProps) -> Html {
    let add = {
        let (pairs, onchange) = (props.pairs.clone(), props.onchange.clone());
        move |_| onchange.emit(pairs.iter().cloned().chain([Pair::new("", "")]).collect())
    };
    html! {
        <>
            <div class="kve">
                for at in 0..props.pairs.len() { { view_row(props, at) } }
                for (name, value, by) in &props.fixed {
                    <div key={format!("fixed {name}")}>
                        <input type="checkbox" checked={true} disabled={true} aria-label={format!("Send {name}")} />
                        <input class="field mono" aria-label="Name" value={name.clone()} readonly={true} />
                        <input class="field mono" aria-label={format!("Value of {name}")} value={value.clone()} readonly={true} />
                        <span class="ib sm" title={*by}><Icon name="lock" class="s" /></span>
                    </div>
                }
            </div>
            <button type="button" class="link add" onclick={add}><Icon name="plus" class="s" />{ format!("Add {}", props.what) }</button>
        </>
    }
}

fn view_row(props: &KeyValueRowsProps, at: usize) -> Html {
    let pair = &props.pairs[at];
    let change = |change: fn(&mut Pair, String)| {
        let (pairs, onchange) = (props.pairs.clone(), props.onchange.clone());
        Callback::from(move |event: InputEvent| {
            let mut pairs = pairs.clone();
            change(&mut pairs[at], dom::value(&event));
            onchange.emit(pairs);
        })
    };
    let ontick = {
        let (pairs, onchange) = (props.pairs.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            let mut pairs = pairs.clone();
            pairs[at].on = dom::checked(&event);
            onchange.emit(pairs);
        })
    };
    let remove = {
        let (pairs, onchange) = (props.pairs.clone(), props.onchange.clone());
        Callback::from(move |_: MouseEvent| {
            let mut pairs = pairs.clone();
            pairs.remove(at);
            onchange.emit(pairs);
        })
    };
    let name = if pair.name.is_empty() { "this row" } else { &pair.name };
    html! {
        <div key={at} class={classes!((!pair.on).then_some("off"))}>
            <input type="checkbox" checked={pair.on} aria-label={format!("Send {name}")} onchange={ontick} />
            <input class="field mono" aria-label="Name" placeholder="name" spellcheck="false" autocapitalize="off" autocomplete="off" value={pair.name.clone()} oninput={change(|pair, name| pair.name = name)} />
            <input class="field mono" aria-label={format!("Value of {name}")} placeholder="value" spellcheck="false" autocapitalize="off" autocomplete="off" value={pair.value.clone()} oninput={change(|pair, value| pair.value = value)} />
            <IconButton icon="x" label={format!("Remove {name}")} small={true} onclick={remove} />
        </div>
    }
}
