//! Expected and got side by side, and the first difference in a sentence.

use backlab_course::report::CheckResult;
use yew::prelude::*;

use super::model::difference::{Difference, Line};
use super::words;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    pub check: CheckResult,
}

#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let texts = use_text();
    let Some(difference) = Difference::of(&props.check) else { return Html::default() };
    let differs = props.check.differs.as_deref().unwrap_or_default();
    let got = match differs.split('.').next() {
        Some("console") => &words::GOT_PRINTED,
        Some("answer") => &words::GOT_ANSWER,
        _ => &words::GOT,
    };
    let column = |lines: &[Line], kind: &'static str| {
        html! {
            <div class="code s12 wrap">
                if lines.is_empty() {
                    <span class={classes!("ln", kind)}><em class="muted">{ texts.get(&words::EMPTY_VALUE) }</em></span>
                }
                for line in lines.iter() {
                    <span class={classes!("ln", line.differs.then_some(kind))}>{ marked(line) }</span>
                }
            </div>
        }
    };
    let short = |text: &str| text.chars().count() <= 80 && !text.contains('\n');
    let (expected_text, got_text) = (&props.check.expected_text, &props.check.got_text);
    html! {
        <>
            <div class="ea" id="ck-got">
                <div><h4>{ texts.get(&words::EXPECTED) }</h4>{ column(&difference.expected, "add") }</div>
                <div><h4>{ texts.get(got) }</h4>{ column(&difference.got, "del") }</div>
            </div>
            <p class="first">
                <b>{ texts.get(&words::FIRST) }</b>
                <span>
                    if short(expected_text) && short(got_text) && !expected_text.is_empty() && !got_text.is_empty() {
                        { difference.place.clone() }{ ": " }{ expected_text.clone() }{ ". " }{ got_text.clone() }
                    } else {
                        { difference.place.clone() }
                    }
                </span>
            </p>
        </>
    }
}

fn marked(line: &Line) -> Html {
    match &line.mark {
        Some(mark) => html! { <>{ &line.text[..mark.start] }<mark>{ &line.text[mark.clone()] }</mark>{ &line.text[mark.end..] }</> },
        // An empty line keeps its height.
        None if line.text.is_empty() => html! { "\u{a0}" },
        None => html! { { line.text.clone() } },
    }
}
