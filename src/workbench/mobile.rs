//! The bottom bar of a phone: one pane at a time.

use yew::prelude::*;

use super::tools::badges;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_services, use_text};
use crate::state::store::use_store_part;

/// A pane that fills a small screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PhonePane {
    #[default]
    Lesson,
    Code,
    Run,
}

impl PhonePane {
    /// Value of `data-pane`.
    pub fn name(self) -> &'static str {
        match self {
            PhonePane::Lesson => "lesson",
            PhonePane::Code => "code",
            PhonePane::Run => "run",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct BottomBarProps {
    pub pane: PhonePane,
    pub has_lesson: bool,
    pub onpane: Callback<PhonePane>,
}

#[component]
pub fn BottomBar(props: &BottomBarProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let (broken, checks) = use_store_part(&services.session, {
        let texts = texts.clone();
        move |session| (session.parse_error.is_some(), badges::checks(session.report.as_deref(), &texts))
    });
    let button = |pane: PhonePane, icon: &'static str, name: &'static str, badge: Html| {
        let onclick = {
            let onpane = props.onpane.clone();
            move |_| onpane.emit(pane)
        };
        html! { <button type="button" aria-current={(props.pane == pane).then_some("page")} {onclick}>{ draw_icon(icon, "") }{ name }{ badge }</button> }
    };
    let code = if broken {
        html! { <span class="bdg dot bad" title={texts.get(&words::CODE_NO_PARSE)}></span> }
    } else {
        Html::default()
    };
    let run = checks
        .map(|badge| html! { <span class={classes!("bdg", "count", badge.class)} aria-hidden="true">{ badge.text }</span> })
        .unwrap_or_default();
    // The code has a button Run of its own.
    let run = html! { <><span class="vh">{ texts.get(&words::PANE) }</span>{ run }</> };
    html! {
        <nav class="botnav" aria-label={texts.get(&words::PANES)}>
            if props.has_lesson { { button(PhonePane::Lesson, "book", texts.get(&words::LESSON), Html::default()) } }
            { button(PhonePane::Code, "code", texts.get(&words::CODE), code) }
            { button(PhonePane::Run, "play", texts.get(&words::RUN), run) }
        </nav>
    }
}
