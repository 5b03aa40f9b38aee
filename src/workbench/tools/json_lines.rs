//! JSON text laid out in lines that fold, without changing a single number or string of it.

/// One line of a laid-out text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// Index of the line with the closing bracket, on a line that opens one.
    pub closes: Option<usize>,
}

/// What a piece of a line is; the class names are those of highlighted code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Key,
    Text,
    Number,
    Word,
    Mark,
}

impl Kind {
    pub fn class(self) -> &'static str {
        match self {
            Kind::Key => "p",
            Kind::Text => "s",
            Kind::Number => "n",
            Kind::Word => "k",
            Kind::Mark => "o",
        }
    }
}

/// Texts above this are shown as they came: laying them out would cost more than it tells.
const MOST: usize = 2_000_000;

/// Lays out a JSON text; `None` when it is not JSON or too large.
pub fn pretty(text: &str) -> Option<Vec<Line>> {
    if text.len() > MOST || serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return None;
    }
    let mut lines = Layout::default();
    let mut chars = text.chars().peekable();
    while let Some(one) = chars.next() {
        match one {
            '"' => {
                lines.current.push('"');
                let mut escaped = false;
                for inner in chars.by_ref() {
                    lines.current.push(inner);
                    match inner {
                        '\\' if !escaped => escaped = true,
                        '"' if !escaped => break,
                        _ => escaped = false,
                    }
                }
            }
            '{' | '[' => {
                while chars.peek().is_some_and(|next| next.is_ascii_whitespace()) {
                    chars.next();
                }
                lines.current.push(one);
                match chars.peek() {
                    Some(close @ ('}' | ']')) => {
                        lines.current.push(*close);
                        chars.next();
                    }
                    _ => lines.open(),
                }
            }
            '}' | ']' => lines.close(one),
            ',' => {
                lines.current.push(',');
                lines.end();
            }
            ':' => lines.current.push_str(": "),
            white if white.is_ascii_whitespace() => {}
            other => lines.current.push(other),
        }
    }
    lines.end();
    Some(lines.done)
}

/// A text that is not JSON, line by line; endless lines are cut into pieces.
pub fn plain(text: &str) -> Vec<Line> {
    text.lines().flat_map(pieces).map(|text| Line { text, closes: None }).collect()
}

/// Characters of a line that a browser still lays out quickly.
const WIDEST: usize = 4000;

fn pieces(line: &str) -> Vec<String> {
    if line.len() <= WIDEST {
        return vec![line.to_owned()];
    }
    let chars: Vec<char> = line.chars().collect();
    chars.chunks(WIDEST).map(|piece| piece.iter().collect()).collect()
}

#[derive(Default)]
struct Layout {
    done: Vec<Line>,
    current: String,
    /// Lines that opened a bracket which is still open.
    open: Vec<usize>,
}

impl Layout {
    fn end(&mut self) {
        if self.current.trim().is_empty() {
            self.current.clear();
        } else {
            self.done.push(Line {
                text: std::mem::take(&mut self.current),
                closes: None,
            });
        }
        self.current = "  ".repeat(self.open.len());
    }

    fn open(&mut self) {
        self.open.push(self.done.len());
        self.end();
    }

    fn close(&mut self, bracket: char) {
        let opened = self.open.pop();
        self.end();
        self.current.push(bracket);
        let closing = self.done.len();
        if let Some(line) = opened.and_then(|at| self.done.get_mut(at)) {
            line.closes = Some(closing);
        }
    }
}

/// Indexes of the lines left when the lines in `folded` hide what they opened.
pub fn visible(lines: &[Line], folded: &[usize]) -> Vec<usize> {
    let mut left = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        left.push(at);
        at = match lines[at].closes {
            Some(close) if folded.contains(&at) => close + 1,
            _ => at + 1,
        };
    }
    left
}

/// What a folded line shows: `"user": { … }`.
pub fn folded_text(lines: &[Line], at: usize) -> String {
    let tail = lines[at]
        .closes
        .and_then(|close| lines.get(close))
        .map_or("", |line| line.text.trim_start());
    format!("{} … {tail}", lines[at].text)
}

/// The pieces of a laid-out line for highlighting.
pub fn tokens(line: &str) -> Vec<(Kind, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let (kind, length) = match rest.as_bytes()[0] {
            b'"' => {
                let length = string_length(rest);
                let key = rest[length..].trim_start().starts_with(':');
                (if key { Kind::Key } else { Kind::Text }, length)
            }
            b'-' | b'0'..=b'9' => (Kind::Number, span(rest, |one| one.is_ascii_alphanumeric() || "+-.".contains(one))),
            b'a'..=b'z' => (Kind::Word, span(rest, |one| one.is_ascii_alphabetic())),
            _ => (
                Kind::Mark,
                span(rest, |one| !one.is_ascii_alphanumeric() && one != '"' && one != '-'),
            ),
        };
        pieces.push((kind, &rest[..length]));
        at += length;
    }
    pieces
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.char_indices()
        .find(|(at, one)| *at > 0 && !belongs(*one))
        .map_or(text.len(), |(at, _)| at)
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, one) in text.char_indices().skip(1) {
        match one {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str]) {
        let lines: Vec<String> = pretty(text).unwrap_or_default().into_iter().map(|line| line.text).collect();
        assert_eq!(lines, wanted, "{text}");
    }

    #[test]
    fn layouts() {
        check("{}", &["{}"]);
        check("[ ]", &["[]"]);
        check("12345678901234567890.10", &["12345678901234567890.10"]);
        check(
            r#"{"a":1,"b":[true,null,{"c":"x, {y}: \"z\""}]}"#,
            &[
                "{",
                "  \"a\": 1,",
                "  \"b\": [",
                "    true,",
                "    null,",
                "    {",
                r#"      "c": "x, {y}: \"z\"""#,
                "    }",
                "  ]",
                "}",
            ],
        );
        check("not json", &[]);
    }

    #[test]
    fn folding() {
        let lines = pretty(r#"{"a":{"b":1},"c":[1,2]}"#).unwrap_or_default();
        assert_eq!(visible(&lines, &[1]), [0, 1, 4, 5, 6, 7, 8]);
        assert_eq!(folded_text(&lines, 1), "  \"a\": { … },");
        assert_eq!(visible(&lines, &[0, 1]), [0]);
    }

    #[test]
    fn highlighting() {
        let pieces = tokens(r#"  "né": "a\"b", -1.5e3 true"#);
        let kinds: Vec<(Kind, &str)> = pieces.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        assert_eq!(
            kinds,
            [
                (Kind::Key, "\"né\""),
                (Kind::Mark, ": "),
                (Kind::Text, r#""a\"b""#),
                (Kind::Mark, ", "),
                (Kind::Number, "-1.5e3"),
                (Kind::Word, "true")
            ]
        );
    }
}
