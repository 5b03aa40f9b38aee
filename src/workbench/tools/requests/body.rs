//! The Body tab: nothing, JSON, a form, text, or raw.

use yew::prelude::*;

use super::key_value_rows::KeyValueRows;
use crate::hooks::{use_session_part, use_text};
use crate::platform::dom;
use crate::state::request::{BodyKind, Pair};
use crate::workbench::view::{Tab, Tabs};
use crate::workbench::{tools::json_lines, words};

const KINDS: [(BodyKind, &str, &str); 5] = [
    (BodyKind::None, "b-none", "None"),
    (BodyKind::Json, "b-json", "JSON"),
    (BodyKind::Form, "b-form", "Form"),
    (BodyKind::Text, "b-text", "Text"),
    (BodyKind::Raw, "b-raw", "Raw"),
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
            name: (*name).into(),
            ..Tab::default()
        })
        .collect::<Vec<_>>();
    let error = (kind == BodyKind::Json && !body.trim().is_empty())
        .then(|| json_error(&body))
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
                <Tabs {tabs} {selected} {onselect} label="Body type" panel="b-panel" seg={true} />
                <span class="grow"></span>
                if kind == BodyKind::Json { <button type="button" class="btn sm quiet" disabled={error.is_some() || body.is_empty()} onclick={format}>{ "Format" }</button> }
            </div>
            <div role="tabpanel" id="b-panel" aria-labelledby={selected}>
                { match kind {
                    BodyKind::Form => html! { <div class="goes"><KeyValueRows pairs={form} onchange={onform} what="a field" /></div> },
                    _ => html! {
                        <>
                            <textarea class="field" aria-label="Request body" rows="7" spellcheck="false" autocapitalize="off" autocomplete="off" value={shown} {oninput} aria-invalid={error.is_some().then_some("true")} aria-describedby={error.is_some().then_some("b-why")} />
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
fn json_error(text: &str) -> Option<String> {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    let reason = error.to_string();
    let reason = reason.split(" at line").next().unwrap_or_default();
    Some(format!(
        "Not JSON yet: {reason} at line {}, column {}. It would be sent as it stands.",
        error.line(),
        error.column()
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
            assert_eq!(json_error(text).as_deref(), wanted, "{text}");
        }
    }
}
