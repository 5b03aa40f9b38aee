//! The course page.

use yew::prelude::*;

use super::Frame;
use crate::hooks::use_text;
use crate::i18n::shell;

#[component]
pub fn CoursePage() -> Html {
    let texts = use_text();
    html! { <Frame title="Course · Backlab"><section class="intro"><div><h1>{ texts.get(&shell::COURSE) }</h1></div></section></Frame> }
}
