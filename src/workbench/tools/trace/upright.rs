//! The lane on a phone: upright, with the chosen hop's detail under it.

use std::rc::Rc;

use yew::prelude::*;

use super::lane::{spoken_state, view_time};
use super::lane_model::{Hop, Lane, Note};
use super::words;
use crate::hooks::use_text;
use crate::i18n::Texts;

#[derive(Properties, PartialEq)]
pub struct UprightProps {
    pub trace: u32,
    pub lane: Rc<Lane>,
    pub hop: usize,
    pub onchoose: Callback<usize>,
    pub detail: Html,
}

#[component]
pub fn Upright(props: &UprightProps) -> Html {
    let texts = use_text();
    html! {
        <ol class="vlane pane-scroll" aria-label={texts.fill(&words::HOPS_OF, &[("id", &props.trace.to_string())])}>
            for (at, hop) in props.lane.hops.iter().enumerate() {
                <li key={at} class={hop.state.class()}>
                    { view_hop(props, at, hop, &texts) }
                    if at == props.hop { <div class="vlane-d">{ props.detail.clone() }</div> }
                </li>
            }
        </ol>
    }
}

fn view_hop(props: &UprightProps, at: usize, hop: &Hop, texts: &Texts) -> Html {
    let onclick = {
        let onchoose = props.onchoose.clone();
        move |_| onchoose.emit(at)
    };
    let quiet = match (&hop.note, hop.kind.is_empty()) {
        (Note::Quiet(text), _) => text.clone(),
        (Note::Change(_), false) => hop.kind.clone(),
        (Note::Change(_), true) => "\u{a0}".into(),
    };
    html! {
        <button type="button" class="vh-b" aria-expanded={(at == props.hop).to_string()} {onclick}>
            <i class="nd"></i>
            <span class="what">
                <b>{ &hop.name }</b>
                if let Note::Change(text) = &hop.note { <span class="chip">{ text }</span> }
                <span class="vh">{ spoken_state(hop).map(|state| texts.get(&state)) }</span>
                <span class="k">{ quiet }</span>
            </span>
            <span class="ms">{ view_time(hop, texts) }</span>
        </button>
    }
}
