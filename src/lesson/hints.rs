//! Hints in three rungs, opened one at a time; opened ones stay open.

use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::i18n::Texts;

/// Draws the first `open` of them, which are ready-made HTML: an idea, where to look, the shape of the code. `on_open` takes the new number.
pub fn view_hints(hints: &[String], open: u32, on_open: &Callback<u32>, texts: &Texts) -> Html {
    let all = hints.len();
    let open = (open as usize).min(all);
    let label = match open {
        0 => &words::SHOW_HINT_IDEA,
        1 => &words::SHOW_HINT_WHERE,
        _ => &words::SHOW_HINT_SHAPE,
    };
    let more = on_open.reform(move |_: MouseEvent| open as u32 + 1);
    html! {
        if all > 0 {
            <section class="hints-box">
                <h3>
                    { draw_icon("bulb", "s") }
                    { texts.get(&words::HINTS) }
                    <span class="muted">{ texts.fill(&words::HINT_COUNT, &[("open", &open.to_string()), ("all", &all.to_string())]) }</span>
                </h3>
                <ol class="hints">
                    for (index, hint) in hints.iter().take(open).enumerate() {
                        <li key={index}>{ Html::from_html_unchecked(hint.clone().into()) }</li>
                    }
                    if open < all {
                        <li key="more">
                            <button type="button" class="link" onclick={more}>{ texts.fill(label, &[("number", &(open + 1).to_string())]) }</button>
                        </li>
                    }
                </ol>
            </section>
        }
    }
}
