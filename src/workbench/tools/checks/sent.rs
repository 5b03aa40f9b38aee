//! The request that a check sent, in one line, and the way to send it again.

use backlab_course::report::StepResult;
use serde::Deserialize;
use yew::prelude::*;

use super::words;
use crate::hooks::use_text;
use crate::lesson::transcript::method_class;
use crate::state::json;

/// A request as the record keeps it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub method: String,
    pub path: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// The request of a step, if it sent one.
pub fn sent(step: &StepResult) -> Option<Sent> {
    let sent: Sent = json::from_value(step.sent.clone()?).ok()?;
    (!sent.method.is_empty()).then_some(sent)
}

impl Sent {
    /// Headers that the check set; the sandbox adds the rest to every request.
    pub fn own_headers(&self) -> impl Iterator<Item = &(String, String)> {
        const ADDED: [&str; 7] = [
            "host",
            "connection",
            "content-length",
            "accept",
            "accept-encoding",
            "user-agent",
            "transfer-encoding",
        ];
        self.headers
            .iter()
            .filter(|(name, _)| !ADDED.contains(&name.to_ascii_lowercase().as_str()))
    }

    /// The address for the request lab.
    pub fn address(&self) -> &str {
        if self.url.contains("://") { &self.url } else { &self.path }
    }
}

#[derive(Properties, PartialEq)]
pub struct SentLineProps {
    pub sent: Sent,
}

#[component]
pub fn SentLine(props: &SentLineProps) -> Html {
    let texts = use_text();
    let sent = &props.sent;
    let headers: Vec<&(String, String)> = sent.own_headers().collect();
    html! {
        <p class="sent">
            <span class="label">{ texts.get(&words::SENT) }</span>
            <b class={method_class(&sent.method)}>{ &sent.method }</b>
            <code>{ if sent.path.is_empty() { sent.url.clone() } else { sent.path.clone() } }</code>
            if !headers.is_empty() || !sent.body.is_empty() {
                <span class="muted">{ texts.get(&words::WITH) }</span>
            }
            for (name, value) in headers.into_iter() {
                <code>{ format!("{name}: {}", crate::workbench::format::clip(value, 60)) }</code>
            }
            if !sent.body.is_empty() {
                <code>{ crate::workbench::format::clip(&sent.body, 160) }</code>
            }
        </p>
    }
}
