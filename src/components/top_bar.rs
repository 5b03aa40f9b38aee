//! The bar at the top of every page that is not the workbench.

use yew::prelude::*;

use super::icon::logo;
use super::{Link, draw_icon};
use crate::hooks::{use_route, use_services, use_settings, use_text};
use crate::i18n::shell;
use crate::platform::media;
use crate::routes::Route;
use crate::state::services::Dialog;
use crate::state::settings::Theme;

/// The logo, which leads to the course map.
#[component]
pub fn Brand() -> Html {
    let texts = use_text();
    html! { <Link to={Route::Course} class="brand" label={texts.get(&shell::HOME)}>{ logo() }<span>{ "backlab" }</span></Link> }
}

/// Search, theme and settings; the workbench's bar ends with them too.
#[component]
pub fn TopTools() -> Html {
    let services = use_services();
    let texts = use_text();
    let settings = use_settings();
    let open = |dialog: Dialog| {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(Some(dialog.clone())))
    };
    let theme = Callback::from(move |_: MouseEvent| {
        settings.update(|settings| {
            let dark = match settings.theme {
                Theme::System => media::matches("(prefers-color-scheme: dark)"),
                theme => theme == Theme::Dark,
            };
            settings.theme = if dark { Theme::Light } else { Theme::Dark };
        });
    });
    html! {
        <>
            <button type="button" class="searchbtn" aria-keyshortcuts="Control+K Meta+K" onclick={open(Dialog::Palette)}>
                { draw_icon("search", "s") }<span>{ texts.get(&shell::SEARCH) }</span><span class="keys" aria-hidden="true"><kbd>{ "Ctrl" }</kbd><kbd>{ "K" }</kbd></span>
            </button>
            <button type="button" class="ib theme-toggle" aria-label={texts.get(&shell::SWITCH_THEME)} onclick={theme}>{ draw_icon("moon", "moon") }{ draw_icon("sun", "sun") }</button>
            <button type="button" class="ib" aria-label={texts.get(&shell::SETTINGS)} onclick={open(Dialog::Settings)}>{ draw_icon("more", "") }</button>
        </>
    }
}

#[component]
pub fn TopBar() -> Html {
    let texts = use_text();
    let route = use_route();
    let entry = |to: Route, message: &crate::i18n::Message| {
        let here = std::mem::discriminant(&to) == std::mem::discriminant(&route);
        html! { <Link {to} current={here.then_some(AttrValue::Static("page"))}>{ texts.get(message) }</Link> }
    };
    html! {
        <header class="top">
            <Brand />
            <nav class="main" aria-label={texts.get(&shell::MAIN)}>
                { entry(Route::Course, &shell::COURSE) }
                { entry(Route::Practice, &shell::PRACTICE) }
                { entry(Route::Playground(None), &shell::PLAYGROUND) }
                { entry(Route::Reference, &shell::REFERENCE) }
            </nav>
            <span class="grow"></span>
            <TopTools />
        </header>
    }
}
