//! Reference: the mock API with its Try buttons, the modules on offer, the keys, and what is simulated.

mod modules;
mod route;

use yew::prelude::*;

use super::{Failed, Frame};
use crate::components::shortcuts::ShortcutList;
use crate::hooks::{use_services, use_text};
use crate::i18n::{pages as words, shell};
use crate::platform::{dom, history};
use crate::state::error::Loadable;
use crate::state::reference::MockRoute;
use crate::state::same::Same;
use crate::state::services::Services;
use crate::state::store::use_store;

/// Returns the routes of the mock API, fetched once.
#[hook]
pub fn use_mock_api() -> Loadable<Same<Vec<MockRoute>>> {
    let services = use_services();
    services.mock_api.take(&services.carried, "mock-api.json");
    let routes = use_store(&services.mock_api.value);
    use_effect_with(services, load);
    routes
}

fn load(services: &Services) {
    services.mock_api.load("mock-api.json");
}

#[component]
pub fn ReferencePage() -> Html {
    let texts = use_text();
    let services = use_services();
    let routes = use_mock_api();
    let retry = Callback::from(move |()| load(&services));
    // A link to a route is followed once its row is there.
    use_effect_with(routes.ready().is_some(), |there| {
        let hash = history::hash();
        if *there && !hash.is_empty() {
            dom::scroll_to(&hash);
        }
    });
    let list = match routes {
        Loadable::Ready(routes) => html! {
            <ul class="api">for at in 0..routes.len() { <route::RouteRow key={routes[at].anchor()} routes={routes.clone()} {at} /> }</ul>
        },
        Loadable::Failed(error) => html! { <Failed {error} {retry} /> },
        Loadable::Loading => html! { <p role="status" class="muted">{ texts.get(&words::LOADING) }</p> },
    };
    html! {
        <Frame title={format!("{} · Backlab", texts.get(&shell::REFERENCE))}>
            <section class="intro"><div><h1>{ texts.get(&shell::REFERENCE) }</h1><p>{ texts.get(&words::REFERENCE_LEDE) }</p></div></section>
            <section class="section" aria-labelledby="mock-api"><h2 id="mock-api">{ texts.get(&words::MOCK_API) }</h2><p>{ texts.get(&words::MOCK_API_WHY) }</p>{ list }</section>
            <modules::Modules />
            <section class="section" aria-labelledby="keys"><h2 id="keys">{ texts.get(&shell::SHORTCUTS) }</h2><p>{ texts.get(&shell::SHORTCUTS_NOTE) }</p><ShortcutList /></section>
            <section class="section" aria-labelledby="simulated"><h2 id="simulated">{ texts.get(&words::SIMULATED) }</h2><p>{ texts.get(&words::SIMULATED_WHY) }</p><p>{ texts.get(&words::STORED_WHY) }</p></section>
        </Frame>
    }
}
