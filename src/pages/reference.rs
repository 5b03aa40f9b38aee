//! Reference: the mock API, the modules on offer, the keys.

use std::rc::Rc;

use yew::prelude::*;

use super::Frame;
use crate::hooks::use_services;
use crate::hooks::use_text;
use crate::i18n::shell;
use crate::platform::{content, spawn};
use crate::state::error::Loadable;
use crate::state::reference::MockRoute;
use crate::state::store::use_store;

/// Returns the routes of the mock API, fetched once.
#[hook]
pub fn use_mock_api() -> Loadable<Rc<Vec<MockRoute>>> {
    let services = use_services();
    let routes = use_store(&services.mock_api.clone());
    use_effect_with(services, |services| {
        if services.mock_api_asked.replace(true) {
            return;
        }
        let services = services.clone();
        spawn(async move {
            let fetched = content::fetch::<Vec<MockRoute>>("mock-api.json").await;
            services.mock_api_asked.set(fetched.is_ok());
            services.mock_api.set(match fetched {
                Ok(routes) => Loadable::Ready(Rc::new(routes)),
                Err(error) => Loadable::Failed(error),
            });
        });
    });
    routes
}

#[component]
pub fn ReferencePage() -> Html {
    let texts = use_text();
    html! { <Frame title="Reference · Backlab"><section class="intro"><div><h1>{ texts.get(&shell::REFERENCE) }</h1></div></section></Frame> }
}
