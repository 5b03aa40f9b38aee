//! What components read: each hook redraws its component when its value changes. All need `app::Provider` above.

mod code_lines;
mod content;
mod kept_later;
mod ready_made;
mod session;

use yew::prelude::*;

pub use code_lines::use_code_lines;
pub use content::{load_course, load_lesson, use_course, use_course_when, use_lesson, use_module, use_search};
pub use kept_later::use_kept_later;
pub use ready_made::{Soon, use_piece, use_wanted};
pub use session::{use_session, use_session_part};

use crate::i18n::Texts;
use crate::routes::Route;
use crate::state::progress::Progress;
use crate::state::services::Services;
use crate::state::settings::Settings;
use crate::state::store::{Store, use_store, use_store_part};
use crate::state::toasts::Toasts;

/// Returns the page's services. Outside `app::Provider` they are empty ones, cut off from the browser.
#[hook]
pub fn use_services() -> Services {
    use_context::<Services>().unwrap_or_else(|| Services::detached(Route::Course))
}

/// A shared value as shown, with the way to change it.
#[derive(Clone, PartialEq)]
pub struct Handle<T: Clone + PartialEq + 'static> {
    shown: T,
    store: Store<T>,
}

impl<T: Clone + PartialEq + 'static> std::ops::Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.shown
    }
}

impl<T: Clone + PartialEq + 'static> Handle<T> {
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        self.store.update(change)
    }
}

pub type SettingsHandle = Handle<Settings>;
pub type ProgressHandle = Handle<Progress>;

#[hook]
pub fn use_settings() -> SettingsHandle {
    let services = use_services();
    let shown = use_store(&services.settings);
    Handle {
        shown,
        store: services.settings.clone(),
    }
}

#[hook]
pub fn use_progress() -> ProgressHandle {
    let services = use_services();
    let shown = use_store(&services.progress);
    Handle {
        shown,
        store: services.progress.clone(),
    }
}

#[hook]
pub fn use_toasts() -> Toasts {
    let services = use_services();
    services.toasts.clone()
}

/// Returns a callback that says one sentence in the polite live region.
#[hook]
pub fn use_announce() -> Callback<String> {
    let services = use_services();
    use_callback(services, |sentence: String, services| services.announce(sentence))
}

/// Returns the texts in the learner's language.
#[hook]
pub fn use_text() -> Texts {
    let services = use_services();
    let language = use_store_part(&services.settings, |settings: &Settings| settings.language.clone());
    Texts { language }
}

#[hook]
pub fn use_route() -> Route {
    let services = use_services();
    use_store(&services.route)
}

/// Returns a callback that opens a page.
#[hook]
pub fn use_navigate() -> Callback<Route> {
    let services = use_services();
    use_callback(services, |route: Route, services| crate::app::navigate(services, route, ""))
}

/// The texts outside components.
pub fn texts(services: &Services) -> Texts {
    Texts {
        language: services.settings.read(|settings| settings.language.clone()),
    }
}
