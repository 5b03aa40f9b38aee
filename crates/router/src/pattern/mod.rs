//! Path patterns as Express 5 reads them: `/users/:id`, `/files/*path`, `/:from{-:to}`, `/a\:b`.
//!
//! The grammar and the error texts are those of path-to-regexp 8; the matching is a small backtracking matcher instead of a
//! regular expression.

mod compile;
mod matcher;
mod parse;

use compile::Node;
pub use matcher::{Capture, Match};
pub use parse::{PatternError, Token, parse};

/// How a pattern is compared with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatternOptions {
    /// The path must end where the pattern ends (routes); otherwise at a `/` (middleware).
    pub end: bool,
    /// A trailing slash counts.
    pub strict: bool,
    /// Letter case counts.
    pub sensitive: bool,
}

impl PatternOptions {
    /// What `app.get` and its like use by default.
    pub const ROUTE: PatternOptions = PatternOptions {
        end: true,
        strict: false,
        sensitive: false,
    };
    /// What `app.use` uses by default.
    pub const PREFIX: PatternOptions = PatternOptions {
        end: false,
        strict: false,
        sensitive: false,
    };
}

/// What a capture takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// `:name`, within one segment.
    Param,
    /// `*name`, across segments; its value is the list of segments.
    Wildcard,
}

/// A name in a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: String,
    pub kind: KeyKind,
}

/// A compiled path pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    keys: Vec<Key>,
    /// One sequence for each way through the optional groups, in the order in which they are tried.
    sequences: Vec<Vec<Node>>,
    /// The second byte of all paths that fit: a quick no for most of many routes. None where they differ or it is not ASCII.
    second: Option<u8>,
    options: PatternOptions,
    /// What separates segments.
    delimiter: String,
}

impl Pattern {
    /// Compiles `path`. Without `strict`, trailing slashes of the pattern itself are dropped, as Express does.
    pub fn new(path: &str, options: PatternOptions) -> Result<Pattern, PatternError> {
        let source = if options.strict || path == "/" {
            path
        } else {
            path.trim_end_matches('/')
        };
        Pattern::exact(source, options, "/")
    }

    /// Compiles `path` to the letter, with segments that are separated by another text than a slash.
    pub fn exact(path: &str, options: PatternOptions, delimiter: &str) -> Result<Pattern, PatternError> {
        let tokens = parse::parse(path)?;
        let (keys, sequences) = compile::compile(&tokens, path, delimiter)?;
        Ok(Pattern {
            source: path.to_owned(),
            keys,
            second: second_of(&sequences),
            sequences,
            options,
            delimiter: delimiter.to_owned(),
        })
    }

    /// The pattern's text, as it is compared.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names, each once for each kind.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Compares a path (without query string) with the pattern. Offsets in the result are bytes.
    pub fn find(&self, path: &str) -> Option<Match> {
        if let (Some(wanted), Some(given)) = (self.second, path.as_bytes().get(1))
            && given.is_ascii()
            && !given.eq_ignore_ascii_case(&wanted)
        {
            return None;
        }
        matcher::find(&self.sequences, self.options, &self.delimiter, path)
    }
}

fn second_of(sequences: &[Vec<Node>]) -> Option<u8> {
    let mut seconds = sequences.iter().map(|nodes| match nodes.first() {
        Some(Node::Text(text)) => text.as_bytes().get(1).copied().filter(u8::is_ascii),
        _ => None,
    });
    let first = seconds.next()??;
    seconds
        .all(|second| second.is_some_and(|second| second.eq_ignore_ascii_case(&first)))
        .then_some(first)
}
