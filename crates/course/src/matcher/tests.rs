//! Patterns against values and records.

use serde_json::{Value, json};

use super::{OPERATORS, TYPE_NAMES, WORDS, compare, describe, fits, sentence, value_fits};
use crate::i18n::Texts;

fn check(pattern: Value, got: Value, expected: bool) {
    assert_eq!(value_fits(&pattern, &got), expected, "{pattern} {got}");
}

#[test]
fn data() {
    check(json!(3), json!(3), true);
    check(json!(3), json!(3.0), true);
    check(json!(3), json!("3"), false);
    check(json!("a"), json!("ab"), false);
    check(Value::Null, Value::Null, true);
    check(json!({ "a": 1 }), json!({ "a": 1, "b": 2 }), true);
    check(json!({ "a": 1 }), json!([1]), false);
    check(json!({}), json!([]), false);
    check(json!([1, 2]), json!([1, 2]), true);
    check(json!([1, 2]), json!([2, 1]), false);
    check(json!([1]), json!([1, 2]), false);
    check(json!({ "a": "<absent>" }), json!({ "b": 1 }), true);
    check(json!({ "a": "<absent>" }), json!({ "a": null }), false);
}

#[test]
fn paths() {
    let got = json!({ "items": [{ "id": 1 }, { "id": 2 }] });
    check(json!({ "$.items[*].id": [1, 2] }), got.clone(), true);
    check(json!({ "$.items.length": 2 }), got.clone(), true);
    check(json!({ "$.items[1].id": "<integer 3..>" }), got, false);
    check(json!({ "$.length": "<integer 1..>" }), json!([1]), true);
    check(json!({ "$[*].id": [1, 2], "$[1].id": 2 }), json!([{ "id": 1 }, { "id": 2 }]), true);
}

#[test]
fn operators() {
    check(json!({ "$has": "b" }), json!("abc"), true);
    check(json!({ "$has": ["a", "c"] }), json!("abc"), true);
    check(json!({ "$has": 2 }), json!([1, 2]), true);
    check(json!({ "$has": { "id": 2 } }), json!([{ "id": 2, "n": 1 }]), true);
    check(json!({ "$has": [1, 4] }), json!([1, 2]), false);
    check(json!({ "$lacks": "b" }), json!("abc"), false);
    check(json!({ "$lacks": ["x", "y"] }), json!(["a"]), true);
    check(json!({ "$lacks": ["x", "a"] }), json!(["a"]), false);
    check(json!({ "$any": [1, "<string>"] }), json!("x"), true);
    check(json!({ "$not": "x" }), json!("y"), true);
    check(json!({ "a": { "$not": "<absent>" } }), json!({}), false);
    check(json!({ "$match": "^\\d+$" }), json!("12"), true);
    check(json!({ "$match": "^\\d+$" }), json!(12), false);
    check(json!({ "$each": { "id": "<integer>" } }), json!([{ "id": 1 }, { "id": 2 }]), true);
    check(json!({ "$each": "<integer>" }), json!([1, "2"]), false);
    check(json!({ "$count": 2 }), json!([1, 2]), true);
    check(json!({ "$count": "<integer 1..>" }), json!([]), false);
    check(json!({ "$only": { "a": "<any>" } }), json!({ "a": 1 }), true);
    check(json!({ "$only": { "a": "<any>" } }), json!({ "a": 1, "b": 2 }), false);
    check(json!({ "$only": ["a", "b"] }), json!({ "a": 1 }), true);
    check(json!({ "$has": 1, "$count": 1 }), json!([1]), true);
    check(json!({ "$nonsense": 1 }), json!(1), false);
}

/// The place of the first difference, or an empty text.
fn differs(expect: Value, record: Value, request: bool, place: &str) {
    let found = compare(expect.as_object().unwrap(), &record, request);
    assert_eq!(found.map(|found| found.place).unwrap_or_default(), place, "{expect} {record}");
}

#[test]
fn records() {
    let json_type = json!({ "content-type": "application/json; charset=utf-8" });
    let record = json!({ "status": 200, "headers": { "content-type": "text/html", "set-cookie": ["a=1", "b=2"] }, "text": " Hi 5 \n",
        "console": ["visit 1", "GET / 200", "visit 2"], "listening": [3000] });
    differs(json!({ "status": [200, 201], "text": "Hi 5" }), record.clone(), true, "");
    differs(json!({ "text": "x", "status": 404 }), record.clone(), true, "status");
    differs(
        json!({ "headers": { "Content-Type": { "$match": "^text/" } } }),
        record.clone(),
        true,
        "",
    );
    differs(json!({ "headers": { "set-cookie": "b=2" } }), record.clone(), true, "");
    differs(
        json!({ "headers": { "content-type": ["text/plain", "text/html"] } }),
        record.clone(),
        true,
        "",
    );
    differs(json!({ "headers": { "x-note": "<any>" } }), record.clone(), true, "headers.x-note");
    differs(json!({ "console": ["visit 1", "visit"] }), record.clone(), true, "");
    differs(json!({ "console": ["visit 2", "visit 1"] }), record.clone(), true, "console");
    differs(json!({ "console": { "$lacks": "200" } }), record.clone(), true, "console");
    differs(json!({ "console": { "$count": 3 } }), record.clone(), true, "");
    differs(json!({ "console": { "$match": "^GET .* 200$" } }), record.clone(), true, "");
    differs(
        json!({ "console": { "$only": ["visit 1", "GET", "visit 2"] } }),
        record.clone(),
        true,
        "",
    );
    differs(json!({ "json": { "a": 1 } }), record.clone(), true, "headers.content-type");
    differs(json!({ "json": "<absent>" }), record, true, "");
    differs(
        json!({ "json": {} }),
        json!({ "status": 200, "headers": json_type, "text": "{" }),
        true,
        "json",
    );
    differs(
        json!({ "json": { "items": [{ "id": 1 }, { "id": 2 }] } }),
        json!({ "status": 200, "json": { "items": [{ "id": 1 }, { "id": 3 }] } }),
        true,
        "json.items[1].id",
    );
    differs(json!({}), json!({ "hang": true }), true, "hang");
    differs(json!({ "hang": true }), json!({ "hang": true }), true, "");
    differs(json!({}), json!({ "refused": true }), true, "refused");
    differs(json!({}), json!({ "status": 200, "exit": 1 }), true, "exit");
    differs(json!({}), json!({ "exit": 0 }), false, "");
    differs(json!({ "text": 7 }), json!({ "text": "7" }), true, "");
    differs(json!({ "within": "2.1s" }), json!({ "within": 2100 }), true, "");
    differs(json!({ "within": 100 }), json!({ "within": 101 }), true, "within");
    differs(
        json!({ "tally": { "201": 3, "500": "<absent>" } }),
        json!({ "tally": { "201": 3, "409": 7 } }),
        true,
        "",
    );
    differs(
        json!({ "files": { "data.json": { "$has": "x" } } }),
        json!({ "files": {} }),
        false,
        "files.data.json",
    );
}

fn when(pattern: Value, record: &Value, at: &str, expected: bool) {
    assert_eq!(fits(&pattern, record, at), expected, "{pattern}");
}

#[test]
fn mistakes() {
    let record = json!({ "status": 404, "sent": { "path": "/x" }, "trace": { "stopped": { "kind": "route", "returned": "string" },
        "layers": [{ "name": "a", "next": 2, "kind": "middleware",
            "changes": [{ "path": "req.x" }, { "path": "req.body" }] }], "tried": [{ "name": "GET x", "matched": "path" }] } });
    when(json!({ "differs": "json" }), &record, "json.id", true);
    when(json!({ "differs": "json" }), &record, "jsonish", false);
    when(json!({ "differs": "json" }), &record, "json[0].id", true);
    when(json!({ "differs": { "$match": "^json\\." } }), &record, "json.id", true);
    when(json!({ "differs": { "$match": "^json\\." } }), &record, "status", false);
    when(
        json!({ "trace": { "layers": { "name": "a", "changes": { "path": "req.body" } } } }),
        &record,
        "",
        true,
    );
    when(
        json!({ "trace": { "layers": { "name": "a", "changes": { "path": "req.y" } } } }),
        &record,
        "",
        false,
    );
    when(json!({ "trace": { "layers": { "next": 2 } } }), &record, "", true);
    when(json!({ "trace": { "layers": { "name": "a", "next": 1 } } }), &record, "", false);
    when(
        json!({ "trace": { "layers": { "$lacks": { "kind": "route" } } } }),
        &record,
        "",
        true,
    );
    when(json!({ "trace": { "layers": { "$lacks": { "next": 2 } } } }), &record, "", false);
    when(json!({ "trace": { "tried": { "matched": "path" } } }), &record, "", true);
    when(
        json!({ "trace": { "tried": { "name": { "$match": "^(use|[A-Z]+) [^/]" } } } }),
        &record,
        "",
        true,
    );
    when(json!({ "trace": { "missed": { "name": "x" } } }), &record, "", false);
    when(
        json!({ "trace": { "stopped": { "returned": { "$any": ["string", "object"] } } } }),
        &record,
        "",
        true,
    );
    when(json!({ "trace": { "answered": { "name": "express" } } }), &record, "", false);
    when(json!({ "status": [403, 404], "error": "<absent>" }), &record, "", true);
    when(json!({ "error": "<object>" }), &record, "", false);
    when(json!({ "sent": { "path": "/x" } }), &record, "", true);
    when(json!({ "trace": { "layers": "<any>" } }), &json!({}), "", false);
    when(json!({ "console": { "$count": 0 } }), &json!({ "console": [] }), "", true);
    when(json!({ "listening": [] }), &json!({ "listening": [] }), "", true);
    when(json!({ "listening": "<array 1..>" }), &json!({ "listening": [] }), "", false);
}

fn says(expect: Value, record: Value, expected: &str, got: &str) {
    let difference = compare(expect.as_object().unwrap(), &record, true).unwrap();
    assert_eq!(
        sentence(&difference, &record, &Texts::default()),
        (expected.to_owned(), got.to_owned())
    );
}

#[test]
fn sentences() {
    says(json!({ "status": 200 }), json!({ "status": 404 }), "Status 200.", "Status 404.");
    says(
        json!({ "text": "<string 1..>" }),
        json!({ "text": "" }),
        "The body is a text that is not empty.",
        "The body is \u{201c}\u{201d}.",
    );
    says(
        json!({ "headers": { "x-a": ["1", "2"] } }),
        json!({ "headers": {} }),
        "Header x-a: \u{201c}1\u{201d} or \u{201c}2\u{201d}.",
        "There is no header x-a.",
    );
    says(
        json!({ "console": { "$lacks": "E" } }),
        json!({ "console": ["E"] }),
        "The console does not print \u{201c}E\u{201d}.",
        "It printed \u{201c}E\u{201d}.",
    );
    says(
        json!({ "listening": { "$has": 3000 } }),
        json!({ "listening": [] }),
        "The open ports: something with 3000.",
        "No port is open.",
    );
    assert_eq!(
        describe(&json!({ "id": "<integer 1..>" }), &Texts::default()),
        "{ id: a whole number of at least 1 }"
    );
    assert_eq!(describe(&json!([1, 2]), &Texts::default()), "[1,2]");
}

fn hinglish() -> Texts {
    Texts {
        language: "hi-Latn".into(),
    }
}

#[test]
fn sentences_in_hinglish() {
    let says = |expect: Value, record: Value, expected: &str, got: &str| {
        let difference = compare(expect.as_object().unwrap(), &record, true).unwrap();
        assert_eq!(sentence(&difference, &record, &hinglish()), (expected.to_owned(), got.to_owned()));
    };
    says(
        json!({ "text": "<string 1..>" }),
        json!({ "text": "" }),
        "Body hai: text jo khaali na ho.",
        "Body hai: \u{201c}\u{201d}.",
    );
    says(
        json!({ "headers": { "x-a": ["1", "2"] } }),
        json!({ "headers": {} }),
        "Header x-a: \u{201c}1\u{201d} ya \u{201c}2\u{201d}.",
        "x-a naam ka header nahi hai.",
    );
    says(
        json!({ "listening": { "$has": 3000 } }),
        json!({ "listening": [] }),
        "Khule ports: kuch jismein 3000 ho.",
        "Koi port khula nahi hai.",
    );
    let stopped = json!({ "exit": 1, "error": { "name": "TypeError", "message": "x", "file": "server.js", "line": 3 } });
    says(
        json!({}),
        stopped,
        "Program chalta rehta hai.",
        "Woh server.js ki line 3 par ruk gaya: TypeError: x.",
    );
}

/// Words that only an English sentence has.
const ENGLISH: [&str; 14] = [
    "is", "are", "the", "that", "there", "without", "with", "not", "of", "from", "or", "and", "least", "most",
];

fn in_hinglish(text: &str) {
    let found: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| ENGLISH.contains(&word.to_lowercase().as_str()))
        .collect();
    assert!(found.is_empty() && !text.is_empty(), "{text}: {found:?}");
}

#[test]
fn no_word_of_the_language_is_said_in_english_only() {
    for word in WORDS {
        for (expected, got) in [
            (json!(true), Some(json!(false))),
            (json!([1, 2]), Some(json!([3]))),
            (json!("<absent>"), None),
        ] {
            let difference = super::Difference::new(word, &expected, got.as_ref());
            let (expected, got) = sentence(&difference, &json!({ "exit": 1 }), &hinglish());
            in_hinglish(&expected);
            in_hinglish(&got);
        }
    }
    for operator in OPERATORS {
        in_hinglish(&describe(&json!({ *operator: [1, 2] }), &hinglish()));
    }
    for name in TYPE_NAMES {
        for range in ["", " 2", " 1..", " 2..", " ..9", " 1..9"] {
            in_hinglish(&describe(&json!(format!("<{name}{range}>")), &hinglish()));
        }
    }
}

#[test]
fn what_people_read_stands_with_the_words() {
    for (file, source) in [
        ("people.rs", include_str!("people.rs")),
        ("check.rs", include_str!("../grading/check.rs")),
        ("action.rs", include_str!("../grading/action.rs")),
    ] {
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let literals = code.split('"').skip(1).step_by(2);
        let sentences: Vec<&str> = literals
            .filter(|literal| {
                literal
                    .split(' ')
                    .filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic))
                    .count()
                    > 1
            })
            .collect();
        assert!(sentences.is_empty(), "{file}: {sentences:?}");
    }
}
