//! The polite live region: one sentence at a time.

use yew::prelude::*;

use crate::hooks::use_services;
use crate::state::store::use_store;

#[component]
pub fn LiveRegion() -> Html {
    let services = use_services();
    let (count, sentence) = use_store(&services.said);
    // A no-break space makes the same sentence new, so that it is said again.
    let again = if count % 2 == 0 { "" } else { "\u{a0}" };
    html! { <div class="vh" role="status" aria-live="polite">{ sentence }{ again }</div> }
}
