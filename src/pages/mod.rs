//! One file per page; the workbench is a page of its own under `workbench`.

pub mod course;
pub mod lesson;
pub mod not_found;
pub mod playground;
pub mod practice;
pub mod reference;

use yew::prelude::*;

use crate::components::top_bar::TopBar;
use crate::i18n::{Message, shell};
use crate::routes::Route;

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Where the skip link leads.
    #[prop_or(AttrValue::Static("main"))]
    pub skip_to: AttrValue,
    #[prop_or(shell::SKIP_TO_PAGE)]
    pub skip: Message,
    pub title: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

/// The frame of every page outside the workbench.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let texts = crate::hooks::use_text();
    let services = crate::hooks::use_services();
    let route = crate::hooks::use_route();
    use_effect_with(props.title.clone(), |title| crate::platform::style::set_title(title));
    use_effect_with(services, |services| {
        // Without a page load, the focus has to be led to the new page by hand.
        if services.moved.get() {
            crate::platform::dom::focus_id("main");
        }
    });
    let skip = {
        let to = props.skip_to.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            crate::platform::dom::focus_id(&to);
        })
    };
    // A page that lives at any address can only name the place on itself.
    let skip_href = if route == Route::NotFound {
        format!("#{}", props.skip_to)
    } else {
        format!("{}#{}", route.href(), props.skip_to)
    };
    html! {
        <>
            <a class="skip" href={skip_href} onclick={skip}>{ texts.get(&props.skip) }</a>
            <TopBar />
            <main class="wrap" id="main" tabindex="-1">{ props.children.clone() }</main>
            <Foot />
        </>
    }
}

#[component]
fn Foot() -> Html {
    let services = crate::hooks::use_services();
    let texts = crate::hooks::use_text();
    let shortcuts = Callback::from(move |_: MouseEvent| services.dialog.set(Some(crate::state::services::Dialog::Shortcuts)));
    html! {
        <footer class="foot"><div class="wrap row">
            <span>{ texts.get(&crate::i18n::shell::WORKS_OFFLINE) }</span>
            <button type="button" class="link" onclick={shortcuts}>{ texts.get(&crate::i18n::shell::SHORTCUTS) }</button>
            <crate::components::Link to={Route::Reference} class="link">{ texts.get(&crate::i18n::shell::HOW_IT_WORKS) }</crate::components::Link>
        </div></footer>
    }
}

#[derive(Properties, PartialEq)]
pub struct FailedProps {
    pub error: crate::state::error::UiError,
    pub retry: Callback<()>,
}

/// Says what did not load, why, and offers to try again.
#[component]
pub fn Failed(props: &FailedProps) -> Html {
    let texts = crate::hooks::use_text();
    let retry = props.retry.reform(|_: MouseEvent| ());
    html! {
        <div class="empty failed" role="alert"><h3>{ &props.error.title }</h3><p>{ &props.error.detail }{ " " }{ &props.error.hint }</p>
            <div class="row"><button type="button" class="btn" onclick={retry}>{ texts.get(&crate::i18n::pages::TRY_AGAIN) }</button></div></div>
    }
}
