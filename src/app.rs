//! The root of the page: services, the effects that tie them to the browser, and the page that the address names.

use yew::prelude::*;

use crate::components::{live_region::LiveRegion, toasts::ToastList};
use crate::hooks::use_route;
use crate::i18n::RENDERED;
use crate::lesson::EXERCISES;
use crate::parts;
use crate::platform::{dom, history, local_storage, ready_made, style};
use crate::routes::Route;
use crate::state::json;
use crate::state::services::{Services, Status};
use crate::state::storage::{MemoryStore, Storage};
use crate::state::store::{use_store, use_store_part};

/// Puts the app in the place of the pre-rendered page.
pub fn start() {
    crate::components::panic_page::install();
    let base_path = history::base_path().unwrap_or_else(|| "/".into());
    let storage = match local_storage::open() {
        Some(store) => Storage::new(store, &base_path),
        None => Storage::new(MemoryStore::default(), &base_path),
    };
    let services = Services::new(storage, history::current());
    if let Some(carried) = dom::text_of("page-data").and_then(|text| json::read(&text).ok()) {
        services.carried.set(carried);
    }
    crate::wiring::connect(&services);
    let Some(root) = dom::by_id("app") else { return };
    crate::platform::spawn(async move {
        parts::load_page(&services.route.get(), differs(&services)).await;
        // Replaced, not hydrated: the first render shows the same content, so nothing moves.
        ready_made::keep(&root, crate::workbench::PIECES.into_iter().chain(EXERCISES));
        root.set_inner_html("");
        yew::Renderer::<App>::with_root_and_props(root, AppProps { services }).render();
    });
}

/// Tells whether this reader's exercises are others than the ready-made ones: they are then drawn with the lesson, and not after it.
fn differs(services: &Services) -> bool {
    let Route::Lesson(slug) = services.route.get() else { return false };
    services.settings.read(|settings| settings.language != RENDERED) || services.progress.read(|progress| progress.has_begun(&slug))
}

/// Opens a page, and optionally a place on it.
pub fn navigate(services: &Services, route: Route, hash: &str) {
    history::push(&route, hash);
    if services.route.get() != route {
        services.save_now();
        services.moved.set(true);
        services.route.set(route);
        dom::scroll_to_top();
    } else if !hash.is_empty() {
        dom::scroll_to(hash);
        dom::focus_id(hash);
    }
}

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub services: Services,
}

#[component]
pub fn App(props: &AppProps) -> Html {
    use_effect_with((), |()| style::set_here());
    html! {
        <ContextProvider<Services> context={props.services.clone()}>
            <Page />
            <Overlays />
        </ContextProvider<Services>>
    }
}

#[component]
fn Page() -> Html {
    let route = use_route();
    let name = match &route {
        Route::Lesson(slug) => Some(slug.clone().into()),
        Route::Playground(project) => project.clone().map(AttrValue::from),
        _ => None,
    };
    parts::lazy(parts::page(&route), name)
}

/// What lies over every page.
#[component]
fn Overlays() -> Html {
    let services = crate::hooks::use_services();
    let dialog = use_store(&services.dialog);
    let is_shared = use_store_part(&services.session, |session| session.shared.is_some());
    let has_banners = use_store_part(&services.status, Status::has_news) || is_shared;
    html! {
        <>
            <div class="banners">
                if has_banners { { parts::lazy_when(&parts::BANNERS, (), true, Some(Html::default())) } }
            </div>
            if let Some(dialog) = dialog { { parts::lazy(&parts::DIALOGS, dialog) } }
            <ToastList />
            <LiveRegion />
        </>
    }
}
