//! A note or a warning beside the text.

use backlab_course::lesson::CalloutKind;
use yew::prelude::*;

use crate::components::draw_icon;

/// Draws it; title and text are ready-made HTML.
pub fn callout(kind: CalloutKind, title: &str, text: &str) -> Html {
    let (class, icon) = match kind {
        CalloutKind::Note => ("info", "info"),
        CalloutKind::Warn => ("warn", "warn"),
    };
    html! {
        <aside class={classes!("callout", class)}>
            { draw_icon(icon, "l") }
            <div>
                if !title.is_empty() {
                    <h3>{ Html::from_html_unchecked(title.to_owned().into()) }</h3>
                }
                { Html::from_html_unchecked(text.to_owned().into()) }
            </div>
        </aside>
    }
}
