//! Expected and got side by side, and the first difference in a sentence.

use backlab_course::report::CheckResult;
use serde_json::Value;
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
    let Some(difference) = Difference::of(&props.check, &texts) else {
        return Html::default();
    };
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
    html! {
        <>
            <div class="ea" id="ck-got">
                <div><h4>{ texts.get(&words::EXPECTED) }</h4>{ column(&difference.expected, "add") }</div>
                <div><h4>{ texts.get(got) }</h4>{ column(&difference.got, "del") }</div>
            </div>
            <p class="first">
                <b>{ texts.get(&words::FIRST) }</b>
                <span>
                    if let (Some(expected), Some(got)) = (scalar(props.check.expected.as_ref()), scalar(props.check.got.as_ref())) {
                        { filled(texts.get(&words::EXPECTED_GOT), &[("place", html! { { difference.place.clone() } }), ("expected", html! { <code>{ expected }</code> }), ("got", html! { <code>{ got }</code> })]) }
                    } else {
                        { texts.fill(&words::EXPECTED_THEN, &[("expected", &props.check.expected_text), ("got", &props.check.got_text)]) }
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

/// A value short enough to stand in a sentence.
fn scalar(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if text.starts_with('<') || text.is_empty() || text.contains('\n') || text.chars().count() > 60 => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(_) | Value::Array(_) | Value::Null | Value::Bool(_) => None,
        other => Some(other.to_string()),
    }
}

/// A text whose `{name}` marks become markup.
fn filled(text: &str, values: &[(&str, Html)]) -> Html {
    let pieces = text.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
        Some((name, rest)) if index > 0 => {
            let value = values.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone());
            html! { <>{ value.unwrap_or_default() }{ rest.to_owned() }</> }
        }
        _ => html! { { piece.to_owned() } },
    });
    pieces.collect()
}
