//! Hints in three rungs, opened one at a time; opened ones stay open.

use yew::prelude::*;

use super::words;
use crate::components::Icon;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct HintsProps {
    /// Ready-made HTML: an idea, where to look, the shape of the code.
    pub hints: Vec<String>,
    /// How many are open.
    pub open: u32,
    /// The new number of open hints.
    pub on_open: Callback<u32>,
}

#[component]
pub fn Hints(props: &HintsProps) -> Html {
    let texts = use_text();
    let all = props.hints.len();
    let open = (props.open as usize).min(all);
    let label = match open {
        0 => &words::SHOW_HINT_IDEA,
        1 => &words::SHOW_HINT_WHERE,
        _ => &words::SHOW_HINT_SHAPE,
    };
    let more = props.on_open.reform(move |_: MouseEvent| open as u32 + 1);
    html! {
        if all > 0 {
            <section class="hints-box">
                <h3>
                    <Icon name="bulb" class="s" />
                    { texts.get(&words::HINTS) }
                    <span class="muted">{ texts.fill(&words::HINT_COUNT, &[("open", &open.to_string()), ("all", &all.to_string())]) }</span>
                </h3>
                <ol class="hints">
                    for (index, hint) in props.hints.iter().take(open).enumerate() {
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
