//! What a JWT says, read without checking its signature.

use serde_json::{Map, Value};
use yew::prelude::*;

use super::words;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::platform::time;
use crate::state::encoding::from_base64;
use crate::state::json;

/// The payload of a token in the compact form of RFC 7519; `None` when it is not one.
pub fn payload(token: &str) -> Option<Map<String, Value>> {
    let mut parts = token.trim().split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    json::read(std::str::from_utf8(&from_base64(payload)?).ok()?).ok()
}

/// How a claim reads beside its value: moments of RFC 7519 §4.1 in words.
fn remark(name: &str, value: &Value, now: f64, texts: &Texts) -> Option<String> {
    let seconds = value.as_f64().filter(|_| matches!(name, "exp" | "iat" | "nbf"))? - now / 1000.0;
    let minutes = (seconds.abs() / 60.0).round();
    let span = match minutes {
        ..120.0 => format!("{minutes} min"),
        ..2880.0 => format!("{} h", (minutes / 60.0).round()),
        _ => texts.fill(&words::DAYS, &[("n", &(minutes / 1440.0).round().to_string())]),
    };
    let message = match (name, seconds > 0.0) {
        ("exp", true) => &words::LEFT,
        ("exp", false) => &words::EXPIRED,
        (_, true) => &words::IN_SPAN,
        (_, false) => &words::AGO,
    };
    Some(texts.fill(message, &[("span", &span)]))
}

#[derive(Properties, PartialEq)]
pub struct ClaimsProps {
    pub token: String,
}

#[component]
pub fn Claims(props: &ClaimsProps) -> Html {
    let texts = use_text();
    let Some(claims) = payload(&props.token) else {
        return Html::default();
    };
    let now = time::now();
    html! {
        <div class="claims">
            <span class="label">{ texts.get(&words::CLAIMS) }</span>
            <dl class="kv">for (name, value) in &claims { <><dt>{ name }</dt><dd>{ value.to_string() }if let Some(remark) = remark(name, value, now, &texts) { <span class="muted">{ format!("  {remark}") }</span> }</dd></> }</dl>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tokens() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1XzIwNCIsImV4cCI6MTc2NzYwNDUwMH0.x";
        assert_eq!(
            payload(token).map(Value::Object),
            Some(json!({ "sub": "u_204", "exp": 1_767_604_500 }))
        );
        for wrong in ["", "a.b", "a.b.c.d", "a.!!.c"] {
            assert_eq!(payload(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments() {
        for (name, value, wanted) in [
            ("exp", json!(760), Some("11 min left")),
            ("exp", json!(40), Some("expired 1 min ago")),
            ("iat", json!(-86_300), Some("24 h ago")),
            ("iat", json!(-200_000), Some("2 days ago")),
            ("sub", json!(7), None),
        ] {
            assert_eq!(remark(name, &value, 100_000.0, &Texts::default()).as_deref(), wanted);
        }
    }
}
