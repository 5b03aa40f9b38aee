//! Under the code on a phone: Run and Check.

use yew::prelude::*;

use crate::components::Icon;

#[derive(Properties, PartialEq)]
pub struct PhoneFootProps {
    pub onrun: Callback<()>,
    pub oncheck: Option<Callback<()>>,
}

#[component]
pub fn PhoneFoot(props: &PhoneFootProps) -> Html {
    let run = props.onrun.reform(|_: MouseEvent| ());
    html! {
        <div class="go">
            <button type="button" class="btn" onclick={run}><Icon name="play" class="s" />{ "Run" }</button>
            if let Some(oncheck) = &props.oncheck { <button type="button" class="btn marker" onclick={oncheck.reform(|_: MouseEvent| ())}>{ "Check" }</button> }
        </div>
    }
}
