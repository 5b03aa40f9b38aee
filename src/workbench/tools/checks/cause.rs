//! The likely cause of a failure: what happened, why, what to do next, and its evidence.

use backlab_course::report::CheckResult;
use yew::prelude::*;

use super::model::evidence::{self, Evidence};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct CauseProps {
    pub check: CheckResult,
    pub on_evidence: Callback<Evidence>,
}

#[component]
pub fn Cause(props: &CauseProps) -> Html {
    let texts = use_text();
    let label = |found: &Evidence| match found {
        Evidence::Line { file, line } => texts.fill(&words::GO_TO, &[("file", file), ("line", &line.to_string())]),
        Evidence::Response => texts.get(&words::SEE_RESPONSE).to_owned(),
        Evidence::Console => texts.get(&words::SEE_CONSOLE).to_owned(),
        Evidence::Trace => texts.get(&words::SEE_TRACE).to_owned(),
    };
    html! {
        <section class="ck-cause">
            <h4>{ draw_icon("search", "s") }{ texts.get(&words::CAUSE) }</h4>
            if let Some(cause) = &props.check.cause {
                <p class="ck-what">{ Html::from_html_unchecked(cause.what.clone().into()) }</p>
                <p>{ Html::from_html_unchecked(cause.why.clone().into()) }</p>
                <p><b>{ texts.get(&words::NEXT) }{ ": " }</b>{ Html::from_html_unchecked(cause.next.clone().into()) }</p>
            } else {
                <p>{ texts.get(&words::NO_CAUSE) }</p>
            }
            <p class="row ck-links">
                for found in evidence::of(&props.check).into_iter() {
                    <button type="button" class="link" onclick={let found = found.clone(); props.on_evidence.reform(move |_: MouseEvent| found.clone())}>{ label(&found) }</button>
                }
            </p>
        </section>
    }
}
