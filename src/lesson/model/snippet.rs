//! A snippet's project and requests, as commands to a sandbox of its own.

use backlab_course::lesson::SnippetRequest;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The file that a snippet becomes.
pub const ENTRY: &str = "server.js";

/// Name of the sandbox of one snippet; never that of the learner's project.
pub fn sandbox(lesson: &str, snippet: &str) -> String {
    format!("snippet:{lesson}/{snippet}")
}

/// Starts `code` with the lesson's files beside it, on a clock that moves only when needed.
pub fn open(sandbox: &str, code: &str, files: &BTreeMap<String, String>) -> Value {
    let mut files = files.clone();
    files.insert(ENTRY.to_owned(), code.to_owned());
    json!({
        "do": "open",
        "sandbox": sandbox,
        "project": { "files": files, "entry": ENTRY, "clock": "virtual", "seed": "snippet" },
    })
}

pub fn close(sandbox: &str) -> Value {
    json!({ "do": "close", "sandbox": sandbox })
}

/// Sends one request of the snippet. A body that is JSON travels as JSON unless a Content-Type says otherwise.
pub fn perform(sandbox: &str, request: &SnippetRequest) -> Value {
    let mut action = json!({ "request": request.request });
    let mut headers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &request.headers {
        headers.entry(name).or_default().push(value);
    }
    if !headers.is_empty() {
        action["headers"] = headers
            .iter()
            .map(|(name, values)| match values.as_slice() {
                [one] => ((*name).to_owned(), json!(one)),
                many => ((*name).to_owned(), json!(many)),
            })
            .collect::<serde_json::Map<_, _>>()
            .into();
    }
    if let Some(body) = &request.body {
        let typed = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        match serde_json::from_str::<Value>(body) {
            Ok(value) if !typed && (value.is_object() || value.is_array()) => action["json"] = value,
            _ => action["text"] = json!(body),
        }
    }
    json!({ "do": "perform", "sandbox": sandbox, "action": action })
}

/// Each request once with its index: a transcript that sends the same one twice needs one button, pressed twice.
pub fn distinct(requests: &[SnippetRequest]) -> impl Iterator<Item = (usize, &SnippetRequest)> {
    requests
        .iter()
        .enumerate()
        .filter(|(index, request)| !requests[..*index].contains(request))
}

/// `GET` and `/about?x=1` of `GET /about?x=1`.
pub fn parts(request: &str) -> (&str, &str) {
    match request.split_once(' ') {
        Some((method, path)) => (method, path.trim()),
        None => ("GET", request),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str, headers: &[(&str, &str)], body: Option<&str>) -> SnippetRequest {
        SnippetRequest {
            request: line.into(),
            headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
            body: body.map(Into::into),
        }
    }

    fn check(request: SnippetRequest, action: Value) {
        let command = perform("s", &request);
        assert_eq!(command, json!({ "do": "perform", "sandbox": "s", "action": action }));
    }

    #[test]
    fn requests_become_actions() {
        check(request("GET /a", &[], None), json!({ "request": "GET /a" }));
        check(
            request("POST /u", &[], Some("{\"a\":1}")),
            json!({ "request": "POST /u", "json": { "a": 1 } }),
        );
        check(
            request("POST /u", &[], Some("{broken")),
            json!({ "request": "POST /u", "text": "{broken" }),
        );
        check(request("POST /u", &[], Some("5")), json!({ "request": "POST /u", "text": "5" }));
        check(
            request("POST /u", &[("Content-Type", "text/plain")], Some("{\"a\":1}")),
            json!({ "request": "POST /u", "headers": { "Content-Type": "text/plain" }, "text": "{\"a\":1}" }),
        );
        check(
            request("GET /a", &[("X-A", "1"), ("X-A", "2")], None),
            json!({ "request": "GET /a", "headers": { "X-A": ["1", "2"] } }),
        );
    }

    #[test]
    fn the_snippet_is_the_entry_of_its_project() {
        let files = BTreeMap::from([("users.js".to_owned(), "1".to_owned()), (ENTRY.to_owned(), "old".to_owned())]);
        let command = open("s", "new", &files);
        assert_eq!(command["project"]["files"], json!({ "server.js": "new", "users.js": "1" }));
        assert_eq!(command["project"]["clock"], "virtual");
    }

    #[test]
    fn a_request_is_offered_once() {
        let all = [
            request("GET /", &[], None),
            request("GET /a", &[], None),
            request("GET /", &[], None),
            request("GET /", &[("A", "1")], None),
        ];
        assert_eq!(distinct(&all).map(|(index, _)| index).collect::<Vec<_>>(), [0, 1, 3]);
    }

    #[test]
    fn a_request_line_has_two_parts() {
        assert_eq!(parts("POST /users?x=1"), ("POST", "/users?x=1"));
        assert_eq!(parts("/users"), ("GET", "/users"));
    }
}
