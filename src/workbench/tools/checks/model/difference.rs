//! Expected against got, line by line, with the first difference marked.

use backlab_course::report::{CheckResult, StepResult};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};
use std::ops::Range;

use super::super::words;
use crate::i18n::Texts;

/// One line of a column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    pub text: String,
    /// This line is part of the difference.
    pub differs: bool,
    /// Bytes of `text` that differ within the line.
    pub mark: Option<Range<usize>>,
}

/// Two columns and the sentence below them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub expected: Vec<Line>,
    pub got: Vec<Line>,
    /// `status code`, `header x-note`, `items[2].id of the body`.
    pub place: String,
}

/// Lines of an answer's body that are kept as context.
const CONTEXT: usize = 12;

impl Difference {
    /// Of a failed check; none when it says nothing about a difference.
    pub fn of(check: &CheckResult, texts: &Texts) -> Option<Self> {
        let differs = check.differs.as_deref()?;
        let step = check.steps.get(check.step);
        let (root, rest) = differs.split_once(['.', '[']).unwrap_or((differs, ""));
        let mut difference = match root {
            "status" => status(check, step),
            "headers" => header(check, step, rest, texts),
            "hang" | "refused" | "start" | "exit" | "error" | "within" => sentences(check),
            _ => values(check),
        };
        difference.place = place(differs, texts);
        Some(difference)
    }
}

/// What a place in the record is called.
pub fn place(differs: &str, texts: &Texts) -> String {
    let (root, name) = differs.split_once('.').unwrap_or((differs, ""));
    let message = match (root, name) {
        ("status", _) => &words::PLACE_STATUS,
        ("headers", name) if !name.is_empty() => &words::PLACE_HEADER,
        ("json", path) if !path.is_empty() => &words::PLACE_IN_BODY,
        ("cookies", name) if !name.is_empty() => &words::PLACE_COOKIE,
        ("json", _) => &words::PLACE_JSON,
        ("text", _) => &words::PLACE_TEXT,
        ("console", _) => &words::PLACE_CONSOLE,
        ("hang", _) => &words::PLACE_ANSWER,
        ("refused" | "listening", _) => &words::PLACE_PORT,
        ("error" | "start" | "exit", _) => &words::PLACE_PROGRAM,
        ("answer", _) => &words::PLACE_YOURS,
        _ => return differs.to_owned(),
    };
    texts.fill(message, &[("name", name)])
}

fn status(check: &CheckResult, step: Option<&StepResult>) -> Difference {
    let expected = match check.expected.as_ref().and_then(Value::as_u64) {
        Some(status) => status_line(status as u16, reason(status as u16)),
        None => check.expected_text.clone(),
    };
    let mut got = vec![Line {
        text: got_status(check, step),
        differs: true,
        mark: None,
    }];
    got.extend(context(step));
    Difference {
        expected: vec![Line {
            text: expected,
            differs: true,
            mark: None,
        }],
        got,
        place: String::new(),
    }
}

fn header(check: &CheckResult, step: Option<&StepResult>, name: &str, texts: &Texts) -> Difference {
    let first: Vec<Line> = step
        .and_then(|step| step.status)
        .map(|_| Line {
            text: got_status(check, step),
            ..Line::default()
        })
        .into_iter()
        .collect();
    let line = |text: String| Line {
        text,
        differs: true,
        mark: None,
    };
    let value = |value: &Option<Value>, text: &str| match value {
        Some(Value::String(word)) => format!("{name}: {word}"),
        Some(Value::Null) | None => format!("{name}: {}", texts.get(&words::NOT_THERE)),
        Some(_) => format!("{name}: {text}"),
    };
    let (mut expected, mut got) = (first.clone(), first);
    expected.push(line(value(&check.expected, &check.expected_text)));
    got.push(line(value(&check.got, &check.got_text)));
    Difference {
        expected,
        got,
        place: String::new(),
    }
}

/// Any other place: the two values, or their sentences where one of them is a pattern.
fn values(check: &CheckResult) -> Difference {
    let plain = |value: &Option<Value>| value.as_ref().filter(|value| is_plain(value)).map(lines_of);
    let (Some(expected), Some(got)) = (plain(&check.expected), plain(&check.got)) else {
        let got = check
            .got
            .as_ref()
            .filter(|value| value.is_object() || value.is_array())
            .map(lines_of);
        return Difference {
            got: got.map_or_else(|| column(&check.got_text), |got| column(&got)),
            ..sentences(check)
        };
    };
    let diff = TextDiff::from_lines(&expected, &got);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        let line = |differs| Line {
            text: change.value().trim_end_matches('\n').to_owned(),
            differs,
            mark: None,
        };
        match change.tag() {
            ChangeTag::Equal => {
                align(&mut left, &mut right);
                left.push(line(false));
                right.push(line(false));
            }
            ChangeTag::Delete => left.push(line(true)),
            ChangeTag::Insert => right.push(line(true)),
        }
    }
    mark_first(&mut left, &mut right);
    Difference {
        expected: left,
        got: right,
        place: String::new(),
    }
}

/// What is no value of the answer is said in words.
fn sentences(check: &CheckResult) -> Difference {
    Difference {
        expected: column(&check.expected_text),
        got: column(&check.got_text),
        place: String::new(),
    }
}

fn column(text: &str) -> Vec<Line> {
    text.lines()
        .map(|line| Line {
            text: line.to_owned(),
            differs: true,
            mark: None,
        })
        .collect()
}

/// Pads the shorter column so that equal lines stand beside each other.
fn align(left: &mut Vec<Line>, right: &mut Vec<Line>) {
    let rows = left.len().max(right.len());
    left.resize(rows, Line::default());
    right.resize(rows, Line::default());
}

/// Marks the part that differs within the first pair of differing lines.
fn mark_first(left: &mut [Line], right: &mut [Line]) {
    let Some((one, other)) = left
        .iter_mut()
        .zip(right.iter_mut())
        .find(|(one, other)| one.differs && other.differs)
    else {
        return;
    };
    let start = one
        .text
        .char_indices()
        .zip(other.text.chars())
        .find(|((_, a), b)| a != b)
        .map_or_else(|| one.text.len().min(other.text.len()), |((at, _), _)| at);
    let tail: usize = one.text[start..]
        .chars()
        .rev()
        .zip(other.text[start..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    // With nothing in common a mark over the whole line says no more than its colour.
    if start == 0 && tail == 0 {
        return;
    }
    one.mark = Some(start..one.text.len() - tail);
    other.mark = Some(start..other.text.len() - tail);
}

/// No pattern words: what stands there is what is meant.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().all(|(key, value)| !key.starts_with('$') && is_plain(value)),
        Value::Array(list) => list.iter().all(is_plain),
        Value::String(text) => !(text.starts_with('<') && text.ends_with('>')),
        _ => true,
    }
}

fn lines_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) && !list.is_empty() => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        _ => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

fn got_status(check: &CheckResult, step: Option<&StepResult>) -> String {
    match step.and_then(|step| step.status).filter(|status| *status > 0) {
        Some(status) => status_line(status, reason(status)),
        None => check.got_text.clone(),
    }
}

fn context(step: Option<&StepResult>) -> Vec<Line> {
    let Some(response) = step.and_then(|step| step.trace.as_ref()).and_then(|trace| trace.response.as_ref()) else {
        return Vec::new();
    };
    let kind = response
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| format!("Content-Type: {value}"));
    let blank = (!response.body.is_empty()).then(String::new);
    let body = response.body.lines().take(CONTEXT).map(str::to_owned);
    kind.into_iter()
        .chain(blank)
        .chain(body)
        .map(|text| Line { text, ..Line::default() })
        .collect()
}

fn status_line(status: u16, reason: &str) -> String {
    format!("HTTP/1.1 {status} {reason}").trim_end().to_owned()
}

/// Reason phrases of RFC 9110 that lessons meet.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        410 => "Gone",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
