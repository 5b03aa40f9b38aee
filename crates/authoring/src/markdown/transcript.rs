//! What a run prints and answers, written like `curl -v`.

use super::parse::Mistake;

/// The expected course of a snippet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transcript {
    /// Console lines of the start.
    pub console: Vec<String>,
    /// `! TypeError: …`: the error that ended the program.
    pub error: Option<String>,
    pub exchanges: Vec<Exchange>,
}

/// One request and what follows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exchange {
    pub line: usize,
    /// `GET /about`
    pub request: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    pub console: Vec<String>,
    pub answer: Option<Answer>,
    /// Header → value, or `None` when it must be absent.
    pub response_headers: Vec<(String, Option<String>)>,
    pub error: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Status(u16, String),
    /// `< no answer`
    Hang,
}

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Reads a transcript.
pub fn parse(lines: &[&str], first: usize) -> (Transcript, Vec<Mistake>) {
    let mut found = Transcript::default();
    let mut mistakes = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let number = first + index;
        let current = found.exchanges.last_mut();
        if let Some(sent) = line.strip_prefix("> ") {
            if METHODS.iter().any(|method| sent.split(' ').next() == Some(method)) {
                found.exchanges.push(request(sent, number));
            } else if let (Some(exchange), Some((name, value))) = (current, sent.split_once(": ")) {
                exchange.headers.push((name.to_owned(), value.to_owned()));
            } else {
                mistakes.push((
                    number,
                    "`>` sends a request, `> GET /path`, or adds a header to it, `> name: value`".into(),
                ));
            }
        } else if let Some(got) = line.strip_prefix("< ") {
            match current {
                Some(exchange) => answer(got, exchange, number, &mut mistakes),
                None => mistakes.push((number, "an answer, `<`, stands under its request, `>`".into())),
            }
        } else if let Some(error) = line.strip_prefix("! ") {
            match current {
                Some(exchange) => exchange.error = Some(error.to_owned()),
                None => found.error = Some(error.to_owned()),
            }
        } else {
            match current {
                Some(exchange) => exchange.console.push((*line).to_owned()),
                None => found.console.push((*line).to_owned()),
            }
        }
    }
    for exchange in found
        .exchanges
        .iter()
        .filter(|exchange| exchange.answer.is_none() && exchange.error.is_none())
    {
        mistakes.push((exchange.line, "this request has no answer: add `< 200 …` or `< no answer`".into()));
    }
    (found, mistakes)
}

fn request(sent: &str, line: usize) -> Exchange {
    let mut words = sent.splitn(3, ' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    Exchange {
        line,
        request: format!("{method} {path}"),
        body: words.next().map(str::to_owned),
        ..Exchange::default()
    }
}

fn answer(got: &str, exchange: &mut Exchange, line: usize, mistakes: &mut Vec<Mistake>) {
    if got.trim() == "no answer" {
        exchange.answer = Some(Answer::Hang);
        return;
    }
    let (first, rest) = got.split_once(' ').unwrap_or((got, ""));
    if let Ok(status) = first.parse::<u16>() {
        exchange.answer = Some(Answer::Status(status, rest.to_owned()));
    } else if let Some((name, value)) = got.split_once(": ") {
        let value = (value.trim() != "(none)").then(|| value.to_owned());
        exchange.response_headers.push((name.to_ascii_lowercase(), value));
    } else {
        mistakes.push((
            line,
            "`<` is a status and a body, `< 200 Hello`, a header, `< name: value`, or `< no answer`".into(),
        ));
    }
}

impl Exchange {
    /// The headers that are sent: a JSON body says so unless the transcript names a Content-Type. `(none)` sends it without.
    pub fn sent_headers(&self) -> Vec<(String, String)> {
        let named = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let json = self.body.as_deref().is_some_and(|body| body.trim_start().starts_with(['{', '[']));
        let own = (json && !named).then(|| ("Content-Type".to_owned(), "application/json".to_owned()));
        self.headers
            .iter()
            .filter(|(_, value)| value != "(none)")
            .cloned()
            .chain(own)
            .collect()
    }
}

/// Whether a text is what was written, `…` standing for any text.
pub fn fits(written: &str, got: &str) -> bool {
    let mut pieces = written.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = got.strip_prefix(first) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return rest.is_empty();
    };
    for piece in middle {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}
