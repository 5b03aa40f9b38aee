//! One segment per check.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MeterProps {
    pub passed: u32,
    pub of: u32,
    /// Shows the checks that did not pass as failed rather than as not tried.
    #[prop_or_default]
    pub failed: bool,
    /// Spoken; without it the meter is decoration.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

#[component]
pub fn Meter(props: &MeterProps) -> Html {
    let class = |at: u32| match at < props.passed {
        true => "ok",
        false if props.failed => "bad",
        false => "",
    };
    let segments = (0..props.of).map(|at| html! { <i class={class(at)}></i> });
    match &props.label {
        Some(label) => html! { <span class="meter" role="img" aria-label={label.clone()}>{ for segments }</span> },
        None => html! { <span class="meter" aria-hidden="true">{ for segments }</span> },
    }
}
