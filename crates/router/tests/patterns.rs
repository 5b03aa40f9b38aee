//! Patterns against paths, with the answers that path-to-regexp 8.4.2 gives.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use backlab_router::{KeyKind, Pattern, PatternOptions, Token, parse};

/// Every path that the table names; a pattern fits exactly those in its row.
const PATHS: &str = "/ /users /USERS/ /users/7 /users/7/ /users/7/x /a-b /a--b /a-b-c /a- /1-2 /files/a/b/c /files/ \
    /files /a /a/b /a/b/c /a/b/c/ /a:b /a.b /a.b.c /x/1/2/y /x/y /p/x/q /x/x/x /flights/del-bom /user /straße/1 \
    /7.json /x1 /a~b /a//b // /a/1/c/2/3/e/4 /%41/x";

fn found(pattern: &Pattern, path: &str) -> Option<String> {
    let found = pattern.find(path)?;
    let mut text = path[..found.end].to_owned();
    for capture in &found.captures {
        let key = &pattern.keys()[capture.key];
        text += &format!(" {}={}", key.name, &path[capture.start..capture.end]);
    }
    Some(text)
}

#[test]
fn paths_are_matched_as_in_express() {
    let mut rows = 0;
    for line in include_str!("data/patterns.txt").lines() {
        let (head, row) = line.rsplit_once("  [").unwrap();
        let (kind, pattern) = head.split_once(' ').unwrap();
        let options = if kind == "route" {
            PatternOptions::ROUTE
        } else {
            PatternOptions::PREFIX
        };
        let pattern = Pattern::new(pattern.trim_start(), options).unwrap();
        let answers: Vec<_> = PATHS
            .split_whitespace()
            .filter_map(|path| Some(format!("{path} => {}", found(&pattern, path)?)))
            .collect();
        assert_eq!(answers.join(" | "), row.trim_end_matches(']'), "{head}");
        rows += 1;
    }
    assert_eq!(rows, 50);
}

#[test]
fn options_decide_on_slashes_and_case() {
    let check = |path: &str, strict: bool, sensitive: bool, given: &str, expected: bool| {
        let pattern = Pattern::new(
            path,
            PatternOptions {
                end: true,
                strict,
                sensitive,
            },
        )
        .unwrap();
        assert_eq!(pattern.find(given).is_some(), expected, "{path} {strict} {sensitive} {given}");
    };
    check("/a", false, false, "/A/", true);
    check("/a/", false, false, "/a", true);
    check("/a", true, false, "/a/", false);
    check("/a/", true, false, "/a/", true);
    check("/a/", true, false, "/a", false);
    check("/a", false, true, "/A", false);
    check("", false, false, "", true);
}

#[test]
fn bad_patterns_are_refused_with_the_texts_of_path_to_regexp() {
    let check = |path: &str, expected: &str| {
        let error = Pattern::new(path, PatternOptions::ROUTE).expect_err(path).to_string();
        assert_eq!(error, format!("{expected}; visit https://git.new/pathToRegexpError for info"));
    };
    check("*", "Missing parameter name at index 1: *");
    check("/*", "Missing parameter name at index 2: /*");
    check("/:", "Missing parameter name at index 2: /:");
    check("/:/x", "Missing parameter name at index 2: /:/x");
    check("/a(b)", "Unexpected ( at index 2: /a(b)");
    check("/a?", "Unexpected ? at index 2: /a?");
    check("/{a", "Unexpected end at index 3, expected }: /{a");
    check("/a}", "Unexpected } at index 2: /a}");
    check("/:\"x", "Unterminated quote at index 2: /:\"x");
    check("/a\\", "Unexpected end after \\ at index 3: /a\\");
    check("/:a:b", "Missing text before \"b\" param: /:a:b");
    check("/*a*b", "Missing text before \"b\" wildcard: /*a*b");
    check("/:a*b", "Missing text before \"b\" wildcard: /:a*b");
    check("[x]", "Unexpected [ at index 0: [x]");
    check(
        "/{a}{b}{c}{d}{e}{f}{g}{h}{i}",
        "Too many path combinations: /{a}{b}{c}{d}{e}{f}{g}{h}{i}",
    );
}

#[test]
fn segments_may_end_at_another_text_than_a_slash() {
    let check = |path: &str, delimiter: &str, end: bool, given: &str, expected: Option<&str>| {
        let options = PatternOptions {
            end,
            ..PatternOptions::ROUTE
        };
        let pattern = Pattern::exact(path, options, delimiter).unwrap();
        assert_eq!(found(&pattern, given).as_deref(), expected, "{path} {delimiter} {given}");
    };
    check(":a.com", ".", true, "example.com", Some("example.com a=example"));
    check(":a.com", ".", true, "x.example.com", None);
    check("a{.:b}.com", ".", true, "a.b.com", Some("a.b.com b=b"));
    check("one", " ", false, "one two", Some("one"));
    check("one", " ", false, "one/two", None);
    check(":a<>:b", "<>", true, "1<>2/3", Some("1<>2/3 a=1 b=2/3"));
    check("/a/", "/", true, "/a", None);
    check("/a/", "/", true, "/a//", Some("/a//"));
}

#[test]
fn a_pattern_is_read_into_its_parts() {
    let text = |value: &str| Token::Text(value.to_owned());
    let tokens = parse("/a\\:{/:b*c}").unwrap();
    let key = |kind, name: &str| Token::Key(kind, name.to_owned());
    let group = vec![text("/"), key(KeyKind::Param, "b"), key(KeyKind::Wildcard, "c")];
    assert_eq!(tokens, [text("/a:"), Token::Group(group)]);
}
