//! Code as highlighted lines: `<span class="ln"><i class="k">const</i> …</span>`, the classes of the design.

use backlab_course::values::escape;
use std::sync::OnceLock;
use tree_sitter_highlight::{HighlightConfiguration, HighlightEvent, Highlighter};

/// Names of the grammars' captures, and the class each gets.
const NAMES: &[(&str, &str)] = &[
    ("keyword", "k"),
    ("string", "s"),
    ("string.special", "s"),
    ("escape", "s"),
    ("number", "n"),
    ("constant.builtin", "n"),
    ("function", "f"),
    ("function.method", "f"),
    ("function.builtin", "f"),
    ("constructor", "f"),
    ("comment", "c"),
    ("property", "p"),
    ("attribute", "p"),
    ("tag", "k"),
    ("operator", "o"),
    ("punctuation.bracket", "o"),
    ("punctuation.delimiter", "o"),
    ("punctuation.special", "o"),
];

/// The grammar's own query cannot tell a key from a value once both are captured.
const JSON_QUERY: &str = r#"
(pair key: (string) @property)
(pair value: (string) @string)
(array (string) @string)
(number) @number
[(null) (true) (false)] @constant.builtin
["{" "}" "[" "]"] @punctuation.bracket
[":" ","] @punctuation.delimiter
"#;

fn grammar(language: &str) -> Option<&'static HighlightConfiguration> {
    static JAVASCRIPT: OnceLock<Option<HighlightConfiguration>> = OnceLock::new();
    static JSON: OnceLock<Option<HighlightConfiguration>> = OnceLock::new();
    static HTML: OnceLock<Option<HighlightConfiguration>> = OnceLock::new();
    let configured = |configuration: Result<HighlightConfiguration, _>| {
        let mut configuration = configuration.ok()?;
        configuration.configure(&NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        Some(configuration)
    };
    match language {
        "js" | "javascript" | "mjs" => JAVASCRIPT
            .get_or_init(|| {
                use tree_sitter_javascript as js;
                configured(HighlightConfiguration::new(
                    js::LANGUAGE.into(),
                    "javascript",
                    js::HIGHLIGHT_QUERY,
                    "",
                    js::LOCALS_QUERY,
                ))
            })
            .as_ref(),
        "json" => JSON
            .get_or_init(|| {
                configured(HighlightConfiguration::new(
                    tree_sitter_json::LANGUAGE.into(),
                    "json",
                    JSON_QUERY,
                    "",
                    "",
                ))
            })
            .as_ref(),
        "html" => HTML
            .get_or_init(|| {
                let query = tree_sitter_html::HIGHLIGHTS_QUERY;
                configured(HighlightConfiguration::new(
                    tree_sitter_html::LANGUAGE.into(),
                    "html",
                    query,
                    "",
                    "",
                ))
            })
            .as_ref(),
        _ => None,
    }
}

/// Returns the code as lines, highlighted when the language is known.
pub fn lines(language: &str, code: &str) -> String {
    let code = code.trim_end_matches('\n');
    let pieces = if language == "http" {
        http(code)
    } else {
        coloured(language, code).unwrap_or_else(|| vec![(code.to_owned(), "")])
    };
    let mut html = String::from("<span class=\"ln\">");
    for (text, class) in pieces {
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 {
                html.push_str("</span><span class=\"ln\">");
            }
            match (part.is_empty(), class.is_empty()) {
                (true, _) => {}
                (_, true) => html.push_str(&escape(part)),
                _ => html.push_str(&format!("<i class=\"{class}\">{}</i>", escape(part))),
            }
        }
    }
    html.push_str("</span>");
    // An empty line keeps its height.
    html.replace("<span class=\"ln\"></span>", "<span class=\"ln\"> </span>")
}

fn coloured(language: &str, code: &str) -> Option<Vec<(String, &'static str)>> {
    let grammar = grammar(language)?;
    let mut highlighter = Highlighter::new();
    let events = highlighter.highlight(grammar, code.as_bytes(), None, |_| None).ok()?;
    let mut pieces: Vec<(String, &'static str)> = Vec::new();
    let mut open: Vec<&'static str> = Vec::new();
    for event in events {
        match event.ok()? {
            HighlightEvent::HighlightStart(highlight) => open.push(NAMES.get(highlight.0).map_or("", |(_, class)| *class)),
            HighlightEvent::HighlightEnd => {
                open.pop();
            }
            HighlightEvent::Source { start, end } => {
                let text = code.get(start..end)?;
                let mut class = open.last().copied().unwrap_or("");
                // A key of an object literal is marked; a member that is read (`req.user`) is not.
                if class == "p" && pieces.last().is_some_and(|(before, _)| before.ends_with('.')) {
                    class = "";
                }
                join(&mut pieces, text, class);
            }
        }
    }
    Some(pieces)
}

/// Adds a piece to the last one when both look the same, so that `);` is one element.
fn join(pieces: &mut Vec<(String, &'static str)>, text: &str, class: &'static str) {
    if class == "o"
        && let [.., (before, "o"), (space, "")] = &mut pieces[..]
        && !space.is_empty()
        && space.trim().is_empty()
    {
        before.push_str(space);
        pieces.pop();
    }
    match pieces.last_mut() {
        Some((before, last)) if *last == class => before.push_str(text),
        _ => pieces.push((text.to_owned(), class)),
    }
}

/// A request or an answer as it travels: the first line, then headers, then the body.
fn http(code: &str) -> Vec<(String, &'static str)> {
    let mut pieces = Vec::new();
    let mut head = true;
    for (index, line) in code.split('\n').enumerate() {
        if index > 0 {
            pieces.push(("\n".to_owned(), ""));
        }
        head &= !line.is_empty();
        let header = line.split_once(':').filter(|(name, _)| !name.contains([' ', '/', '{']));
        match (index, head, line.split_once(' '), header) {
            (0, _, Some((word, rest)), _) => {
                pieces.push((word.to_owned(), "k"));
                pieces.push((format!(" {rest}"), ""));
            }
            (_, true, _, Some((name, value))) => {
                pieces.push((name.to_owned(), "p"));
                pieces.push((":".to_owned(), ""));
                pieces.push((value.to_owned(), "s"));
            }
            _ => pieces.push((line.to_owned(), "")),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn check(language: &str, code: &str, expected: &str) {
        assert_eq!(lines(language, code), expected);
    }

    #[test]
    fn classes_of_the_design() {
        check(
            "js",
            "const a = f('x');\n\nreq.b = { c: 1 };\n",
            "<span class=\"ln\"><i class=\"k\">const</i> a <i class=\"o\">=</i> <i class=\"f\">f</i><i class=\"o\">(</i><i class=\"s\">'x'</i><i class=\"o\">);</i></span><span class=\"ln\"> </span><span class=\"ln\">req<i class=\"o\">.</i>b <i class=\"o\">= {</i> <i class=\"p\">c</i>: <i class=\"n\">1</i> <i class=\"o\">};</i></span>",
        );
        check("text", "a < b", "<span class=\"ln\">a &lt; b</span>");
        check(
            "http",
            "GET / HTTP/1.1\nHost: x",
            "<span class=\"ln\"><i class=\"k\">GET</i> / HTTP/1.1</span><span class=\"ln\"><i class=\"p\">Host</i>:<i class=\"s\"> x</i></span>",
        );
        assert!(lines("json", "{\"a\": 1}").contains("<i class=\"p\">"));
        assert!(lines("html", "<p class=\"x\">Hi</p>").contains("<i class=\"k\">p</i>"));
    }
}
