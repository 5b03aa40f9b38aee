//! A note or a warning beside the text.

use backlab_course::lesson::CalloutKind;
use yew::prelude::*;

use crate::components::Icon;

#[derive(Properties, PartialEq)]
pub struct CalloutProps {
    pub kind: CalloutKind,
    pub title: AttrValue,
    /// Ready-made HTML.
    pub html: AttrValue,
}

#[component]
pub fn Callout(props: &CalloutProps) -> Html {
    let (class, icon) = match props.kind {
        CalloutKind::Note => ("info", "info"),
        CalloutKind::Warn => ("warn", "warn"),
    };
    html! {
        <aside class={classes!("callout", class)}>
            <Icon name={icon} class="l" />
            <div>
                if !props.title.is_empty() {
                    <h3>{ Html::from_html_unchecked(props.title.clone()) }</h3>
                }
                { Html::from_html_unchecked(props.html.clone()) }
            </div>
        </aside>
    }
}
