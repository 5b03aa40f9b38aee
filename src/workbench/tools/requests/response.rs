//! The response's frame: status, time and size, and what is shown below.

use yew::prelude::*;

use super::answer::{AnswerProps, Show};
use super::words as own;
use crate::hooks::{use_session_part, use_text};
use crate::parts::{ANSWER, lazy};
use crate::state::protocol::WireResponse;
use crate::state::request::Exchange;
use crate::workbench::view::pill_class;
use crate::workbench::{format, words};

/// Letters of a reason phrase that fit beside the times of a narrow response.
const SHORT_REASON: usize = 7;

#[component]
pub fn ResponseView() -> Html {
    let texts = use_text();
    let (exchange, _) = use_session_part(|session| session.exchange.clone());
    let show = use_state_eq(|| Show::Body);
    let choose = |one: Show| {
        let show = show.clone();
        move |_: MouseEvent| show.set(one)
    };
    let pressed = |one: Show| (*show == one).to_string();
    let response = exchange.response();
    html! {
        <section class="rq-col" aria-label={texts.get(&own::RESPONSE)}>
            <div class="bar">
                <div class="views" role="group" aria-label={texts.get(&own::SHOW)}>
                    <button type="button" aria-pressed={pressed(Show::Body)} onclick={choose(Show::Body)}>{ texts.get(&own::BODY) }</button>
                    <button type="button" aria-pressed={pressed(Show::Headers)} onclick={choose(Show::Headers)}>{ texts.get(&own::HEADERS) }if let Some(response) = response { <span class="count" aria-hidden="true">{ response.headers.len() }</span> }</button>
                    <button type="button" aria-pressed={pressed(Show::Raw)} onclick={choose(Show::Raw)}>{ texts.get(&own::RAW) }</button>
                </div>
                if let Some(response) = response { { view_meta(response) } }
            </div>
            { match &exchange {
                Exchange::Idle => html! { <div class="empty"><h3>{ texts.get(&words::NO_RESPONSE) }</h3><p>{ texts.get(&words::NO_RESPONSE_NEXT) }</p></div> },
                _ => lazy(&ANSWER, AnswerProps { exchange: exchange.clone(), show: *show }),
            } }
        </section>
    }
}

fn view_meta(response: &WireResponse) -> Html {
    html! {
        <span class="rs-meta num">
            <span class={classes!("pill", pill_class(response.status))}>{ view_status(response) }</span>
            <span>{ format::duration(response.ms) }</span>
            <span>{ format::size(response.body.len()) }</span>
        </span>
    }
}

/// The code, and its reason, which gives way where there is no room for it.
fn view_status(response: &WireResponse) -> Html {
    let reason = &response.status_message;
    html! { <>{ response.status }if !reason.is_empty() { <span class={(reason.len() > SHORT_REASON).then_some("long")}>{ format!(" {reason}") }</span> }</> }
}
