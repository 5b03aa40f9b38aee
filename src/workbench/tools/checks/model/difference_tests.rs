//! Columns of typical failures, written as text: `!` before a line that differs, `[…]` around the marked part.

use super::*;
use serde_json::json;

fn column(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let text = match &line.mark {
                Some(mark) => format!(
                    "{}[{}]{}",
                    &line.text[..mark.start],
                    &line.text[mark.clone()],
                    &line.text[mark.end..]
                ),
                None => line.text.clone(),
            };
            if line.differs { format!("!{text}") } else { text }
        })
        .collect()
}

fn check(result: Value, expected: &[&str], got: &[&str]) {
    let result: CheckResult = serde_json::from_value(result).unwrap();
    let difference = Difference::of(&result, &Texts::default()).unwrap();
    assert_eq!(column(&difference.expected), expected);
    assert_eq!(column(&difference.got), got);
}

#[test]
fn a_wrong_status_stands_above_its_answer() {
    let response = json!({ "status": 403, "headers": [["content-type", "application/json"]], "body": "{\"error\":\"jwt expired\"}" });
    check(
        json!({ "differs": "status", "expected": 401, "got": 403, "steps": [{ "status": 403, "trace": { "response": response } }] }),
        &["!HTTP/1.1 401 Unauthorized"],
        &[
            "!HTTP/1.1 403 Forbidden",
            "Content-Type: application/json",
            "",
            "{\"error\":\"jwt expired\"}",
        ],
    );
    check(
        json!({ "differs": "status", "expected": [200, 201], "expectedText": "200 or 201", "got": 404, "steps": [{ "status": 404 }] }),
        &["!200 or 201"],
        &["!HTTP/1.1 404 Not Found"],
    );
}

#[test]
fn a_missing_header_says_so() {
    check(
        json!({ "differs": "headers.x-note", "expected": "Hi", "steps": [{ "status": 200 }] }),
        &["HTTP/1.1 200 OK", "!x-note: Hi"],
        &["HTTP/1.1 200 OK", "!x-note: (not there)"],
    );
}

#[test]
fn texts_are_marked_where_they_part() {
    check(
        json!({ "differs": "text", "expected": "Hello, Asha", "got": "Hallo, Asha" }),
        &["!H[e]llo, Asha"],
        &["!H[a]llo, Asha"],
    );
    check(json!({ "differs": "text", "expected": "Hi", "got": "" }), &["!Hi"], &[]);
    check(
        json!({ "differs": "text", "expected": "नमस्ते", "got": "नमस्तx" }),
        &["!नमस्त[े]"],
        &["!नमस्त[x]"],
    );
    check(json!({ "differs": "text", "expected": "abc", "got": "xyz" }), &["!abc"], &["!xyz"]);
}

#[test]
fn json_keeps_its_equal_lines_beside_each_other() {
    check(
        json!({ "differs": "json", "expected": { "id": 1, "name": "A" }, "got": { "id": 1, "hash": "x", "name": "A" } }),
        &["{", "  \"id\": 1,", "", "  \"name\": \"A\"", "}"],
        &["{", "  \"id\": 1,", "!  \"hash\": \"x\",", "  \"name\": \"A\"", "}"],
    );
}

#[test]
fn patterns_are_said_in_words() {
    check(
        json!({ "differs": "console", "expected": { "$lacks": "Error" }, "expectedText": "no line with Error", "got": ["visit 1", "Error: x"] }),
        &["!no line with Error"],
        &["!visit 1", "!Error: x"],
    );
    check(
        json!({ "differs": "json.id", "expected": "<integer 1..>", "expectedText": "an integer from 1", "got": "7", "gotText": "the text \"7\"" }),
        &["!an integer from 1"],
        &["!the text \"7\""],
    );
}

#[test]
fn a_hang_is_said_in_words() {
    check(
        json!({ "differs": "hang", "expected": false, "got": true, "expectedText": "An answer within 5 s.", "gotText": "No answer came within 5 s." }),
        &["!An answer within 5 s."],
        &["!No answer came within 5 s."],
    );
}

#[test]
fn places_have_names() {
    for (differs, expected) in [
        ("status", "status code"),
        ("headers.x-note", "header x-note"),
        ("json.items[2].id", "items[2].id in the body"),
        ("json", "JSON body"),
        ("text", "text of the answer"),
        ("calls", "calls"),
    ] {
        assert_eq!(place(differs, &Texts::default()), expected);
    }
}
