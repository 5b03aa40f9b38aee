//! Icons on a 16-pixel grid. Their symbols (`assets/icons.svg`) stand in every page beside the app, so that `<use href="#i-…">` needs no request.

use yew::prelude::*;

/// Draws one icon: a symbol of `assets/icons.svg` without its `i-`, with classes beside `i` (`s`, `l`, `c-ok` and the like). It says
/// nothing to a screen reader, the words beside it do.
pub fn draw_icon(name: &str, class: &str) -> Html {
    html! { <svg class={classes!("i", class.to_owned())} aria-hidden="true"><use href={format!("#i-{name}")} /></svg> }
}

/// The logo.
pub fn logo() -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <rect class="tile" width="24" height="24" rx="6.5" />
            <path class="b" d="M7.2 4.6v14.3M7.2 10.3h4.7a4.3 4.3 0 0 1 0 8.6H7.2" />
            <circle class="dot" cx="16.4" cy="14.6" r="2.9" />
        </svg>
    }
}
