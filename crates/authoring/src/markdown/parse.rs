//! Cuts a lesson into sections and blocks, line by line.

use super::attributes::{self, Attributes};
use super::{Block, Document, Piece, Section, SnippetSource, exercise, transcript};

/// Line and message of a mistake.
pub type Mistake = (usize, String);

/// Splits off the front matter: its YAML, the body, and the line (1-based) on which the body starts.
pub fn split_front(text: &str) -> (&str, &str, usize) {
    let Some(rest) = text.strip_prefix("---\n") else {
        return ("", text, 1);
    };
    match rest.find("\n---\n") {
        Some(end) => (&rest[..end + 1], &rest[end + 5..], rest[..end].lines().count() + 3),
        None => (rest, "", 1),
    }
}

struct Parser<'a> {
    lines: Vec<&'a str>,
    first: usize,
    at: usize,
    document: Document,
    prose: Vec<&'a str>,
    prose_line: usize,
    mistakes: Vec<Mistake>,
}

/// Reads the body of a lesson.
pub fn parse(body: &str, first_line: usize) -> (Document, Vec<Mistake>) {
    let mut parser = Parser {
        lines: body.lines().collect(),
        first: first_line,
        at: 0,
        document: Document {
            sections: vec![Section {
                id: "intro".into(),
                line: first_line,
                ..Section::default()
            }],
        },
        prose: Vec::new(),
        prose_line: 0,
        mistakes: Vec::new(),
    };
    while parser.at < parser.lines.len() {
        parser.line();
    }
    parser.end_prose();
    // A lesson that begins with a heading has no introduction; in a translation it falls back.
    if parser.document.sections.first().is_some_and(|intro| intro.blocks.is_empty()) {
        parser.document.sections.remove(0);
    }
    (parser.document, parser.mistakes)
}

impl<'a> Parser<'a> {
    fn line(&mut self) {
        let line = self.lines[self.at];
        let start = self.at;
        let number = self.first + start;
        if line.starts_with("```") {
            self.fence(number);
        } else if line.starts_with("## ") {
            self.end_prose();
            let (title, found) = attributes::split(line);
            if found.id.is_empty() {
                self.mistakes.push((number, "a heading needs an id: `## Title {#id}`".into()));
            }
            let title = title.trim_start_matches("## ").to_owned();
            self.document.sections.push(Section {
                id: found.id,
                title,
                line: number,
                ..Section::default()
            });
            self.at += 1;
            return;
        } else if line.starts_with(":::") {
            self.container(number);
        } else if line.starts_with("::") {
            self.directive(line, number);
            self.at += 1;
        } else {
            if self.prose.is_empty() {
                self.prose_line = number;
            }
            self.prose.push(line);
            self.at += 1;
        }
        let text = self.lines[start..self.at].join("\n");
        if let Some(section) = self.document.sections.last_mut() {
            section.text.push_str(&text);
            section.text.push('\n');
        }
    }

    fn push(&mut self, line: usize, piece: Piece) {
        self.end_prose();
        if let Some(section) = self.document.sections.last_mut() {
            section.blocks.push(Block { line, piece });
        }
    }

    fn end_prose(&mut self) {
        let text = self.prose.join("\n");
        self.prose.clear();
        if !text.trim().is_empty()
            && let Some(section) = self.document.sections.last_mut()
        {
            section.blocks.push(Block {
                line: self.prose_line,
                piece: Piece::Prose(text.trim().to_owned()),
            });
        }
    }

    /// Takes the lines up to the closing one; the cursor ends behind it.
    fn until(&mut self, close: impl Fn(&str) -> bool, number: usize, what: &str) -> Vec<&'a str> {
        self.at += 1;
        let start = self.at;
        while self.at < self.lines.len() && !close(self.lines[self.at]) {
            self.at += 1;
        }
        if self.at >= self.lines.len() {
            self.mistakes.push((number, format!("{what} is not closed")));
        }
        let taken = self.lines[start..self.at].to_vec();
        self.at = (self.at + 1).min(self.lines.len());
        taken
    }

    fn fence(&mut self, number: usize) {
        let info = self.lines[self.at].trim_start_matches('`').trim();
        let mut words = info.split_whitespace();
        let mut snippet = SnippetSource {
            language: words.next().unwrap_or_default().to_owned(),
            ..SnippetSource::default()
        };
        for word in words {
            match word.strip_prefix('#') {
                Some(id) => snippet.id = id.to_owned(),
                None if word == "run" => snippet.runs = true,
                None => self
                    .mistakes
                    .push((number, format!("unknown word `{word}` after ```; known are run and #id"))),
            }
        }
        if snippet.language == "output" {
            self.mistakes
                .push((number, "a transcript stands directly under the code that it belongs to".into()));
        }
        let closes = |line: &str| line.trim_end() == "```";
        snippet.code = self.until(closes, number, "this code block").join("\n") + "\n";
        let mut next = self.at;
        while self.lines.get(next).is_some_and(|line| line.trim().is_empty()) {
            next += 1;
        }
        if snippet.runs && self.lines.get(next).is_some_and(|line| line.trim() == "```output") {
            self.at = next;
            let line = self.first + next + 1;
            let text = self.until(closes, line, "this transcript");
            let (read, mistakes) = transcript::parse(&text, line);
            snippet.transcript = Some(read);
            self.mistakes.extend(mistakes);
        }
        if snippet.runs && (snippet.id.is_empty() || snippet.transcript.is_none()) {
            self.mistakes.push((
                number,
                "a runnable snippet needs an #id and an ```output transcript under it".into(),
            ));
        }
        self.push(number, Piece::Snippet(snippet));
    }

    fn directive(&mut self, line: &str, number: usize) {
        let (name, found) = attributes::split(line);
        let Attributes { id, named } = found;
        let named = |key: &str| named.get(key).cloned().unwrap_or_default();
        let piece = match name {
            "::task" => Piece::Task(id),
            "::same" => Piece::Same(id),
            "::lane" => Piece::Lane {
                snippet: named("snippet"),
                send: named("send"),
            },
            other => {
                let hint = crate::finding::nearest(other, ["::task", "::same", "::lane", ":::quiz", ":::sort", ":::note", ":::warn"]);
                self.mistakes.push((number, format!("unknown directive `{other}`{hint}")));
                return;
            }
        };
        self.push(number, piece);
    }

    fn container(&mut self, number: usize) {
        let line = self.lines[self.at].trim();
        let (head, found) = attributes::split(line);
        let (name, title) = head
            .split_once('[')
            .map_or((head, ""), |(name, title)| (name, title.trim_end_matches(']')));
        let start = self.at + 1;
        let mut body = self.until(|line| line.trim() == ":::", number, &format!("`{name}`"));
        let first = number + 1;
        if let Some(at) = body.iter().position(|line| line.starts_with(":::")) {
            self.mistakes.push((
                number,
                format!(
                    "`{name}` is not closed before line {}: write `:::` on a line of its own",
                    first + at
                ),
            ));
            body.truncate(at);
            self.at = start + at;
        }
        let piece = match name {
            ":::note" | ":::warn" => Piece::Callout {
                warn: name == ":::warn",
                title: title.to_owned(),
                text: body.join("\n"),
            },
            ":::quiz" => Piece::Quiz(exercise::quiz(found.id, &body, first, &mut self.mistakes)),
            ":::sort" => Piece::Sort(exercise::sort(found.id, &body, first, &mut self.mistakes)),
            other => {
                let hint = crate::finding::nearest(other, [":::quiz", ":::sort", ":::note", ":::warn"]);
                self.mistakes.push((number, format!("unknown directive `{other}`{hint}")));
                return;
            }
        };
        self.push(number, piece);
    }
}
