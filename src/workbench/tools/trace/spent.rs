//! Where the time went: one bar, a piece per hop.

use std::rc::Rc;

use yew::prelude::*;

use super::lane_model::{Lane, Share, shares};
use super::words;
use crate::hooks::use_text;
use crate::platform::pane;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct SpentProps {
    pub lane: Rc<Lane>,
    pub ms: f64,
}

#[component]
pub fn Spent(props: &SpentProps) -> Html {
    let texts = use_text();
    if props.lane.back.is_none() {
        return html! { <div></div> };
    }
    html! {
        <div class="spent">
            <span class="label">{ texts.fill(&words::WHERE_WENT, &[("time", &format::duration(props.ms))]) }</span>
            <span class="spent-bar">
                for (at, Share { name, percent, database }) in shares(&props.lane, props.ms).into_iter().enumerate() {
                    <Piece key={at} name={name.unwrap_or_else(|| texts.get(&words::BETWEEN).to_owned())} {percent} {database} />
                }
            </span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PieceProps {
    name: String,
    percent: u32,
    database: bool,
}

#[component]
fn Piece(props: &PieceProps) -> Html {
    let node = use_node_ref();
    use_effect_with(props.percent, {
        let node = node.clone();
        move |percent| pane::set_property(&node, "--share", &percent.to_string())
    });
    let kind = if props.database {
        Some("d")
    } else {
        (props.percent >= 15).then_some("a")
    };
    html! {
        <i ref={node} class={classes!(kind)} title={format!("{} {}%", props.name, props.percent)}>
            if props.percent >= 8 { { &props.name }{ " " }<b class="num">{ format!("{}%", props.percent) }</b> }
        </i>
    }
}
