//! Rows of names and values with a tick each: parameters, headers, form fields.

use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::{Message, Texts};
use crate::platform::dom;
use crate::state::request::Pair;
use crate::workbench::view::IconButton;

#[derive(Properties, PartialEq)]
pub struct KeyValueRowsProps {
    pub pairs: Vec<Pair>,
    pub onchange: Callback<Vec<Pair>>,
    /// Label of the button that adds a row.
    pub add: Message,
    /// Rows that something else sets: name, value, and by what.
    #[prop_or_default]
    pub fixed: Vec<(String, String, &'static str)>,
}

#[component]
pub fn KeyValueRows(props: &KeyValueRowsProps) -> Html {
    let texts = use_text();
    let named = |message: &Message, name: &str| texts.fill(message, &[("name", name)]);
    let add = {
        let (pairs, onchange) = (props.pairs.clone(), props.onchange.clone());
        move |_| onchange.emit(pairs.iter().cloned().chain([Pair::new("", "")]).collect())
    };
    html! {
        <>
            <div class="kve">
                for at in 0..props.pairs.len() { { view_row(props, at, &texts) } }
                for (name, value, by) in &props.fixed {
                    <div key={format!("fixed {name}")}>
                        <input type="checkbox" checked={true} disabled={true} aria-label={named(&words::SEND_IT, name)} />
                        <input class="field mono" aria-label={texts.get(&words::NAME)} value={name.clone()} readonly={true} />
                        <input class="field mono" aria-label={named(&words::VALUE_OF, name)} value={value.clone()} readonly={true} />
                        <span class="ib sm" title={*by}>{ draw_icon("lock", "s") }</span>
                    </div>
                }
            </div>
            <button type="button" class="link add" onclick={add}>{ draw_icon("plus", "s") }{ texts.get(&props.add) }</button>
        </>
    }
}

fn view_row(props: &KeyValueRowsProps, at: usize, texts: &Texts) -> Html {
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
    let name = if pair.name.is_empty() {
        texts.get(&words::THIS_ROW)
    } else {
        &pair.name
    };
    let named = |message: &Message| texts.fill(message, &[("name", name)]);
    html! {
        <div key={at} class={classes!((!pair.on).then_some("off"))}>
            <input type="checkbox" checked={pair.on} aria-label={named(&words::SEND_IT)} onchange={ontick} />
            <input class="field mono" aria-label={texts.get(&words::NAME)} placeholder={texts.get(&words::NAME_HERE)} spellcheck="false" autocapitalize="off" autocomplete="off" value={pair.name.clone()} oninput={change(|pair, name| pair.name = name)} />
            <input class="field mono" aria-label={named(&words::VALUE_OF)} placeholder={texts.get(&words::VALUE_HERE)} spellcheck="false" autocapitalize="off" autocomplete="off" value={pair.value.clone()} oninput={change(|pair, value| pair.value = value)} />
            <IconButton icon="x" label={named(&words::REMOVE)} small={true} onclick={remove} />
        </div>
    }
}
