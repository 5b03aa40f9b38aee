//! Every snippet runs as its transcript says.

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::markdown::{Answer, Exchange, SnippetSource, fits};
use crate::sandbox::{Proof, Sandbox};
use crate::source::{Files, LessonSource, Library};

pub(super) fn prove(sandbox: &mut dyn Sandbox, library: &Library, lesson: &LessonSource) -> Proof {
    let mut proof = Proof::default();
    let base = library.base(lesson);
    for (line, snippet) in lesson.document.snippets().filter(|(_, snippet)| snippet.runs) {
        match replay(sandbox, &base, snippet, line) {
            Ok(differences) if differences.is_empty() => proof.held += 1,
            Ok(differences) => {
                let named =
                    |(line, message): (usize, String)| Finding::new(lesson.file(), line, format!("snippet `{}`: {message}", snippet.id));
                proof.findings.extend(differences.into_iter().map(named));
            }
            Err(message) => proof.findings.push(Finding::new(
                lesson.file(),
                line,
                format!("snippet `{}` could not be run: {message}", snippet.id),
            )),
        }
    }
    proof
}

/// Runs a snippet; returns the line and words of each difference.
fn replay(sandbox: &mut dyn Sandbox, base: &Files, snippet: &SnippetSource, line: usize) -> Result<Vec<(usize, String)>, String> {
    let Some(transcript) = &snippet.transcript else {
        return Ok(Vec::new());
    };
    let mut files = base.clone();
    files.insert("server.js".into(), snippet.code.clone());
    let project = json!({ "files": files, "entry": "server.js", "clock": "virtual", "seed": "snippet" });
    let name = format!("snippet-{}", snippet.id);
    let opened = ask(sandbox, json!({ "do": "open", "sandbox": name, "project": project, "start": true }));
    let differences = opened.and_then(|record| {
        let mut found: Vec<(usize, String)> = [
            console(&transcript.console, &record, transcript.error.is_some()),
            error(transcript.error.as_deref(), &record),
        ]
        .into_iter()
        .flatten()
        .map(|message| (line, message))
        .collect();
        for exchange in &transcript.exchanges {
            let record = ask(sandbox, json!({ "do": "perform", "sandbox": name, "action": action(exchange) }))?;
            found.extend(
                compare(exchange, &record)
                    .into_iter()
                    .map(|message| (exchange.line, format!("{}: {message}", exchange.request))),
            );
        }
        Ok(found)
    });
    // A failed close shows up in the next open.
    let _ = ask(sandbox, json!({ "do": "close", "sandbox": name }));
    differences
}

fn ask(sandbox: &mut dyn Sandbox, command: Value) -> Result<Value, String> {
    let mut answer = sandbox.ask(&command)?;
    if answer["ok"] != Value::Bool(true) {
        return Err(answer["message"].as_str().unwrap_or("the sandbox gave no reason").to_owned());
    }
    Ok(answer.get_mut("record").map(Value::take).unwrap_or(Value::Null))
}

fn action(exchange: &Exchange) -> Value {
    let headers: serde_json::Map<String, Value> = exchange
        .sent_headers()
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect();
    let mut action = json!({ "request": exchange.request, "headers": headers });
    if let Some(body) = &exchange.body {
        action["text"] = body.clone().into();
    }
    action
}

fn compare(exchange: &Exchange, record: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match &exchange.answer {
        Some(Answer::Hang) if record["hang"] != true => found.push(format!("no answer was expected, and {} came", answer_words(record))),
        Some(Answer::Status(status, body)) => {
            let text = record["text"].as_str().unwrap_or_default().trim();
            if record["status"] != *status || !fits(body.trim(), text) {
                found.push(format!("`< {status} {body}` was expected, and {} came", answer_words(record)));
            }
        }
        _ => {}
    }
    for (name, wanted) in &exchange.response_headers {
        let got = record["headers"].get(name);
        let values: Vec<&str> = match got {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(value) => value.as_str().into_iter().collect(),
            None => Vec::new(),
        };
        let right = match wanted {
            Some(wanted) => values.iter().any(|value| fits(wanted, value)),
            None => values.is_empty(),
        };
        if !right {
            let wanted = wanted.as_deref().unwrap_or("(none)");
            found.push(format!(
                "header `{name}: {wanted}` was expected, and `{}` came",
                if values.is_empty() { "(none)".into() } else { values.join(", ") }
            ));
        }
    }
    found.extend(console(&exchange.console, record, exchange.error.is_some()));
    found.extend(error(exchange.error.as_deref(), record).filter(|_| exchange.error.is_some() || !record["exit"].is_null()));
    found
}

fn answer_words(record: &Value) -> String {
    match record["status"].as_u64() {
        Some(status) => format!("`{status} {}`", record["text"].as_str().unwrap_or_default().trim()),
        None if record["refused"] == true => "nothing: no server listens there".into(),
        None => "no answer".into(),
    }
}

/// Compares what was printed. After an error that ended the program its stack may follow.
fn console(wanted: &[String], record: &Value, ended: bool) -> Option<String> {
    let got: Vec<&str> = record["console"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let got = got.join("\n");
    let wanted = wanted.join("\n");
    let right = fits(&wanted, &got) || (ended && fits(&format!("{wanted}…"), &got));
    (!right).then(|| {
        format!(
            "the console should print\n    {}\n  and prints\n    {}",
            indent(&wanted),
            indent(&got)
        )
    })
}

fn indent(text: &str) -> String {
    if text.is_empty() {
        "(nothing)".into()
    } else {
        text.replace('\n', "\n    ")
    }
}

fn error(wanted: Option<&str>, record: &Value) -> Option<String> {
    let got = record.get("error").filter(|error| !error.is_null());
    let text = got.map(|error| {
        format!(
            "{}: {}",
            error["name"].as_str().unwrap_or("Error"),
            error["message"].as_str().unwrap_or_default()
        )
    });
    match (wanted, text) {
        (None, None) => None,
        (Some(wanted), Some(text)) if fits(wanted, &text) => None,
        (Some(wanted), text) => Some(format!(
            "`! {wanted}` was expected; the error is {}",
            text.unwrap_or_else(|| "missing".into())
        )),
        (None, Some(text)) => Some(format!(
            "the program ended with {text} (line {})",
            got.map_or(Value::Null, |error| error["line"].clone())
        )),
    }
}
