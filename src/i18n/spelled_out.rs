//! No screen spells a word out: what people read is a [`Message`](super::Message), which has both languages.

use std::fs;
use std::path::{Path, PathBuf};

/// Files that hold words, or what is no screen; what is wrong with a filter is said in English, as MongoDB says it.
const EXEMPT: [&str; 5] = ["i18n/", "words.rs", "bin/", "prerender.rs", "tools/database/filter.rs"];

/// What stands in the code and is not translated: names, keys, marks of the wire, and starts of a learner's own code.
const NAMES: [&str; 15] = [
    "Backlab",
    "backlab",
    "ms",
    "English",
    "Hinglish",
    "Ctrl",
    "esc",
    "GET",
    " /hello ",
    "HTTP/1.1",
    "Host",
    " localhost:3000",
    "HTTP/1.1 200 OK",
    "Content-Type",
    " text/plain",
];

/// The string literals of a source text that stand in no `Message`, each with what stands before it on its line.
fn literals(source: &str) -> Vec<(&str, &str)> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut in_message = false;
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut rest = 0;
        while let Some(start) = line[rest..].find('"').map(|at| rest + at) {
            let Some(length) = end(&line[start + 1..]) else { break };
            let between = &line[rest..start];
            in_message = between.contains("Message::") || in_message && !between.contains(')');
            if !in_message {
                found.push((&line[..start], &line[start + 1..start + 1 + length]));
            }
            rest = start + length + 2;
        }
        let between = &line[rest.min(line.len())..];
        in_message = between.contains("Message::") && between.ends_with('(') || in_message && !between.contains(')');
    }
    found
}

/// Where a literal ends.
fn end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, one)| {
        let ends = one == '"' && !escaped;
        escaped = one == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// True for a literal that people would read: it stands where words are drawn, or it is a sentence.
fn is_read(before: &str, literal: &str) -> bool {
    let words = || {
        literal
            .split(' ')
            .filter(|word| word.len() > 1 && word.chars().all(|one| one.is_alphabetic() || ".,:’'".contains(one)))
    };
    let capital = literal.chars().next().is_some_and(char::is_uppercase);
    let lower = words().any(|word| word.chars().all(char::is_lowercase));
    let letters = literal.chars().filter(|one| one.is_alphabetic()).count() > 1;
    let named = ["aria-label", "title", "placeholder", "label", "why", "next", "alt"]
        .iter()
        .any(|name| before.ends_with(&format!(" {name}=")));
    let drawn = named || before.ends_with("{ ");
    let read = before.ends_with(">{ ") || drawn && (capital || words().count() > 1) || capital && lower && words().count() > 1;
    letters && !literal.starts_with('{') && !NAMES.contains(&literal) && read
}

fn check(source: &str, expected: &[&str]) {
    let read: Vec<&str> = literals(source)
        .into_iter()
        .filter(|(before, literal)| is_read(before, literal))
        .map(|(_, literal)| literal)
        .collect();
    assert_eq!(read, expected);
}

#[test]
fn words_are_told_from_other_literals() {
    check(
        "<button class=\"btn sm\" aria-label=\"Close\">{ \"Run\" }</button>",
        &["Close", "Run"],
    );
    check("UiError::new(\"The editor did not start\", why)", &["The editor did not start"]);
    check("match key {\n    \"Enter\" | \"Home\" => {}\n}", &[]);
    check("let class = if good { \"ok\" } else { \"bad wide\" };", &["bad wide"]);
    check(
        "Message::new(\n    \"A text\",\n    \"Ek text hai\",\n);\nsay(\"A text of its own\");",
        &["A text of its own"],
    );
    check("format!(\"HTTP/1.1 {status}\"); \"Content-Type\"; { \"Ctrl\" }", &[]);
    check("// said \"The word\"\n#[cfg(test)]\nlet a = \"A text of a test\";", &[]);
    check("format!(\"Says \\\"go on\\\" then\")", &["Says \\\"go on\\\" then"]);
}

#[test]
fn no_screen_spells_words_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut left = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                left.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("_tests.rs") && !EXEMPT.iter().any(|exempt| name.contains(exempt)) {
                let source = fs::read_to_string(&path).unwrap();
                let read = literals(&source).into_iter().filter(|(before, literal)| is_read(before, literal));
                found.extend(read.map(|(_, literal)| format!("{name}: {literal}")));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
