//! Under the code on a phone: Run and Check.

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::workbench::words;

#[derive(Properties, PartialEq)]
pub struct PhoneFootProps {
    pub onrun: Callback<()>,
    pub oncheck: Option<Callback<()>>,
}

#[component]
pub fn PhoneFoot(props: &PhoneFootProps) -> Html {
    let texts = use_text();
    let run = props.onrun.reform(|_: MouseEvent| ());
    html! {
        <div class="go">
            <button type="button" class="btn" onclick={run}>{ draw_icon("play", "s") }{ texts.get(&words::RUN) }</button>
            if let Some(oncheck) = &props.oncheck { <button type="button" class="btn marker" onclick={oncheck.reform(|_: MouseEvent| ())}>{ texts.get(&words::CHECK) }</button> }
        </div>
    }
}
