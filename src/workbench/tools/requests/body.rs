//! The Body tab: nothing, JSON, a form, text, or raw.

use yew::prelude::*;

use super::key_value_rows::KeyValueRows;
use super::words as own;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Message, Texts};
use crate::platform::dom;
use crate::state::request::{BodyKind, Pair};
use crate::workbench::view::{Tab, Tabs};
use crate::workbench::{tools::json_lines, words};

const KINDS: [(BodyKind, &str, Message); 5] = [
    (BodyKind::None, "b-none", own::NONE),
    (BodyKind::Json, "b-json", own::JSON),
    (BodyKind::Form, "b-form", own::FORM),
    (BodyKind::Text, "b-text", own::TEXT),
    (BodyKind::Raw, "b-raw", own::RAW),
];

#[component]
pub fn BodyEditor() -> Html {
    let texts = use_text();
    let ((kind, body, form, method), session) = use_session_part(|session| {
        let draft = &session.draft;
        (draft.body_kind, draft.body.clone(), draft.form.clone(), draft.method.clone())
    });
    let onselect = {
        let session = session.clone();
        Callback::from(move |id: AttrValue| {
            if let Some((kind, _, _)) = KINDS.iter().find(|(_, known, _)| id == *known) {
                session.draft(|draft| draft.body_kind = *kind);
            }
        })
    };
    let selected = KINDS.iter().find(|(one, _, _)| *one == kind).map_or("b-none", |(_, id, _)| id);
    let tabs = KINDS
        .iter()
        .map(|(_, id, name)| Tab {
            id: (*id).into(),
            name: texts.get(name).into(),
            ..Tab::default()
        })
        .collect::<Vec<_>>();
    let error = (kind == BodyKind::Json && !body.trim().is_empty())
        .then(|| json_error(&body, &texts))
        .flatten();
    let format = {
        let session = session.clone();
        move |_| {
            session.draft(|draft| {
                if let Some(lines) = json_lines::pretty(&draft.body) {
                    draft.body = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
                }
            });
        }
    };
    let onform = {
        let session = session.clone();
        Callback::from(move |pairs: Vec<Pair>| session.draft(|draft| draft.form = pairs))
    };
    let oninput = Callback::from(move |event: InputEvent| {
        let text = dom::value(&event);
        session.draft(|draft| {
            // Who writes a body means to send it.
            if draft.body_kind == BodyKind::None {
                draft.body_kind = BodyKind::Json;
            }
            draft.body = text;
        });
    });
    let shown = if kind == BodyKind::None { String::new() } else { body.clone() };
    html! {
        <>
            <div class="tools">
                <Tabs {tabs} {selected} {onselect} label={texts.get(&own::BODY_TYPE)} panel="b-panel" seg={true} />
                <span class="grow"></span>
                if kind == BodyKind::Json { <button type="button" class="btn sm quiet" disabled={error.is_some() || body.is_empty()} onclick={format}>{ texts.get(&own::FORMAT) }</button> }
            </div>
            <div role="tabpanel" id="b-panel" aria-labelledby={selected}>
                { match kind {
                    BodyKind::Form => html! { <div class="goes"><KeyValueRows pairs={form} onchange={onform} add={own::ADD_FIELD} /></div> },
                    _ => html! {
                        <>
                            <textarea class="field" aria-label={texts.get(&own::REQUEST_BODY)} rows="7" spellcheck="false" autocapitalize="off" autocomplete="off" value={shown} {oninput} aria-invalid={error.is_some().then_some("true")} aria-describedby={error.is_some().then_some("b-why")} />
                            if kind == BodyKind::None { <p class="soft goes">{ texts.get(if method == "GET" || method == "HEAD" { &words::NO_BODY_GET } else { &words::NO_BODY }) }</p> }
                            if let Some(error) = error { <p class="why" id="b-why">{ error }</p> }
                        </>
                    },
                } }
            </div>
        </>
    }
}

/// Says where a text stops being JSON; it is sent all the same, as a real client would.
fn json_error(text: &str, texts: &Texts) -> Option<String> {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let reason = error.to_string();
    let reason = reason.split(" at line").next().unwrap_or_default();
    Some(texts.fill(
        &own::NOT_JSON,
        &[
            ("reason", reason),
            ("line", &error.line().to_string()),
            ("column", &error.column().to_string()),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_errors_name_the_place() {
        for (text, wanted) in [
            ("{}", None),
            (
                "{\n \"a\": x }",
                Some("Not JSON yet: expected value at line 2, column 7. It would be sent as it stands."),
            ),
        ] {
            assert_eq!(json_error(text, &Texts::default()).as_deref(), wanted, "{text}");
        }
    }
}
