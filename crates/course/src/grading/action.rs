//! A step of the authoring format as an action of the sandbox's protocol, and in words.

use serde_json::{Map, Value, json};

use crate::duration;
use crate::i18n::Texts;
use crate::matcher::words;
use crate::values::{Scope, plain};

/// The words that make a step an action.
pub const ACTIONS: &[&str] = &[
    "request",
    "parallel",
    "advance",
    "restart",
    "command",
    "call",
    "query",
    "connect",
    "emit",
    "disconnect",
    "page",
];

/// Every word of a step.
pub const STEP_WORDS: &[&str] = &[
    "request",
    "headers",
    "query",
    "cookies",
    "json",
    "form",
    "text",
    "multipart",
    "bytes",
    "chunks",
    "as",
    "parallel",
    "advance",
    "restart",
    "command",
    "call",
    "args",
    "connect",
    "emit",
    "disconnect",
    "page",
    "expect",
    "save",
];

/// Whether a step does something; otherwise it looks at the server as it stands.
pub(super) fn acts(step: &Value) -> bool {
    step.as_object()
        .is_some_and(|map| map.keys().any(|key| ACTIONS.contains(&key.as_str())))
}

/// Whether a step sends requests, so that an answer is due.
pub(super) fn requests(step: &Value) -> bool {
    step.get("request").is_some()
        || step
            .get("parallel")
            .and_then(Value::as_array)
            .is_some_and(|steps| steps.iter().any(requests))
}

/// Whether a step works without the server: a command, a module call.
pub(super) fn stands_alone(step: &Value) -> bool {
    ["command", "call"].iter().any(|word| step.get(*word).is_some())
}

/// The action with its values filled in.
pub(super) fn action(step: &Value, scope: &Scope) -> Value {
    let mut action = Map::new();
    for (word, written) in step.as_object().into_iter().flatten() {
        let value = match word.as_str() {
            "expect" | "save" => continue,
            "advance" => match written {
                Value::String(text) => duration::milliseconds(text).map_or(Value::Null, |ms| json!(ms)),
                other => other.clone(),
            },
            "parallel" => match written {
                Value::Array(steps) => steps.iter().map(|step| self::action(step, scope)).collect(),
                other => scope.fill(other),
            },
            // A file of the learner keeps its text; the rest may bear values.
            _ => scope.fill(written),
        };
        action.insert(word.clone(), value);
    }
    Value::Object(action)
}

/// `GET /users/417`, `wait 61s`, `restart`: a step in a few words.
pub(super) fn title(step: &Value, scope: &Scope, texts: &Texts) -> String {
    let text = |word: &str| step.get(word).map(|written| plain(&scope.fill(written)));
    if let Some(parallel) = step.get("parallel") {
        return match parallel.as_array() {
            Some(steps) => steps.iter().map(|step| title(step, scope, texts)).collect::<Vec<_>>().join(" + "),
            None => format!("{} × {}", plain(parallel), text("request").unwrap_or_default()),
        };
    }
    if let Some(title) = text("request").or_else(|| text("command")) {
        return title;
    }
    let named = [
        ("advance", &words::WAIT),
        ("call", &words::CALL),
        ("connect", &words::CONNECT),
        ("emit", &words::EMIT),
    ];
    let title = named
        .iter()
        .find_map(|(word, message)| Some(texts.fill(message, &[("value", &text(word)?)])));
    title.unwrap_or_else(|| {
        let message = if step.get("restart").is_some() {
            &words::RESTART
        } else {
            &words::LOOK
        };
        texts.get(message).to_owned()
    })
}
