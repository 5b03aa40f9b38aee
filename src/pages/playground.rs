//! The playground page.

use yew::prelude::*;

use super::Frame;
use crate::hooks::use_text;
use crate::i18n::shell;

#[derive(Properties, PartialEq)]
pub struct PlaygroundProps {
    pub project: Option<String>,
}

#[component]
pub fn PlaygroundPage(_props: &PlaygroundProps) -> Html {
    let texts = use_text();
    html! { <Frame title="Playground · Backlab"><section class="intro"><div><h1>{ texts.get(&shell::PLAYGROUND) }</h1></div></section></Frame> }
}
