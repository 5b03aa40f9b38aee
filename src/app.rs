//! The root of the page: services, the effects that tie them to the browser, and the page that the address names.

use std::rc::Rc;

use backlab_course::lesson::{Course, Lesson};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::components::{banners::Banners, icon::Sprite, live_region::LiveRegion, toasts::ToastList};
use crate::components::{palette::Palette, settings_dialog::SettingsDialog, shortcuts::Shortcuts};
use crate::hooks::use_route;
use crate::pages::{
    course::CoursePage, lesson::LessonPage, not_found::NotFoundPage, playground::PlaygroundPage, practice::PracticePage,
    reference::ReferencePage,
};
use crate::platform::{dom, history, local_storage};
use crate::routes::Route;
use crate::state::error::Loadable;
use crate::state::reference::MockRoute;
use crate::state::services::{Dialog, Services};
use crate::state::storage::{MemoryStore, Storage};
use crate::state::store::use_store;

/// What a pre-rendered page carries in `<script type="application/json" id="page-data">`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageData {
    pub course: Option<Course>,
    pub lesson: Option<Lesson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mock_api: Option<Vec<MockRoute>>,
}

/// Puts the app in the place of the pre-rendered page.
pub fn start() {
    crate::components::panic_page::install();
    let base_path = history::base_path().unwrap_or_else(|| "/".into());
    let storage = match local_storage::open() {
        Some(store) => Storage::new(store, &base_path),
        None => Storage::new(MemoryStore::default(), &base_path),
    };
    let services = Services::new(storage, history::current());
    let data = dom::text_of("page-data")
        .and_then(|text| serde_json::from_str::<PageData>(&text).ok())
        .unwrap_or_default();
    fill(&services, data);
    crate::wiring::connect(&services);
    if let Some(root) = dom::by_id("app") {
        // Replaced, not hydrated: the first render shows the same content, so nothing moves.
        root.set_inner_html("");
        yew::Renderer::<App>::with_root_and_props(root, AppProps { services }).render();
    }
}

/// Puts the data of a pre-rendered page where the hooks look for it.
pub fn fill(services: &Services, data: PageData) {
    if let Some(course) = data.course {
        services.course.set(course);
    }
    if let Some(routes) = data.mock_api {
        services.mock_api.set(routes);
    }
    if let Some(lesson) = data.lesson {
        let (language, slug) = (lesson.language.clone(), lesson.id.clone());
        services.put_lesson(&language, &slug, Loadable::Ready(Rc::new(lesson)));
    }
}

/// Opens a page, and optionally a place on it.
pub fn navigate(services: &Services, route: Route, hash: &str) {
    history::push(&route, hash);
    if services.route.get() != route {
        crate::state::workspace::SessionHandle::new(services.clone()).save_now();
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
    html! {
        <ContextProvider<Services> context={props.services.clone()}>
            <Sprite />
            <Page />
            <Overlays />
        </ContextProvider<Services>>
    }
}

#[component]
fn Page() -> Html {
    match use_route() {
        Route::Course => html! { <CoursePage /> },
        Route::Practice => html! { <PracticePage /> },
        Route::Playground(project) => html! { <PlaygroundPage {project} /> },
        Route::Reference => html! { <ReferencePage /> },
        Route::Lesson(slug) => html! { <LessonPage slug={slug} /> },
        Route::NotFound => html! { <NotFoundPage /> },
    }
}

/// What lies over every page.
#[component]
fn Overlays() -> Html {
    let services = crate::hooks::use_services();
    let dialog = use_store(&services.dialog.clone());
    let dialog = match dialog {
        Some(Dialog::Palette) => html! { <Palette /> },
        Some(Dialog::Settings) => html! { <SettingsDialog /> },
        Some(Dialog::Shortcuts) => html! { <Shortcuts /> },
        None => Html::default(),
    };
    html! {
        <>
            <Banners />
            { dialog }
            <ToastList />
            <LiveRegion />
        </>
    }
}
