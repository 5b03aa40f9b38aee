//! The practice page.

use yew::prelude::*;

use super::Frame;
use crate::hooks::use_text;
use crate::i18n::shell;

#[component]
pub fn PracticePage() -> Html {
    let texts = use_text();
    html! { <Frame title="Practice · Backlab"><section class="intro"><div><h1>{ texts.get(&shell::PRACTICE) }</h1></div></section></Frame> }
}
