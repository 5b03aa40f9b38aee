//! `$regex` patterns (MongoDB manual: "$regex").

use bson::RawBsonRef;
use regex_lite::{Regex, RegexBuilder};

use crate::error::{Code, DocDbError, Result};

/// A compiled pattern with the options `i`, `m`, `s`, `x`; `u` is always on.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    options: String,
    regex: Regex,
}

impl Pattern {
    /// # Errors
    /// When the pattern or an option is not valid. Look-around and back-references are not supported by the
    /// linear-time engine and are refused here.
    pub(crate) fn new(source: &str, options: &str) -> Result<Self> {
        if let Some(bad) = options.chars().find(|c| !matches!(c, 'i' | 'm' | 's' | 'x' | 'u')) {
            return Err(DocDbError::bad_value(format!("invalid flag in regex options: {bad}")));
        }
        let regex = RegexBuilder::new(source)
            .case_insensitive(options.contains('i'))
            .multi_line(options.contains('m'))
            .dot_matches_new_line(options.contains('s'))
            .ignore_whitespace(options.contains('x'))
            .build()
            .map_err(|error| DocDbError::new(Code::Location(51091), format!("Regular expression is invalid: {error}")))?;
        Ok(Pattern {
            source: source.into(),
            options: options.into(),
            regex,
        })
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn regex(&self) -> &Regex {
        &self.regex
    }

    /// The text that every match starts with, when the pattern is anchored and says it plainly.
    pub(crate) fn prefix(&self) -> Option<&str> {
        if !self.options.is_empty() {
            return None;
        }
        let plain = self.source.strip_prefix('^')?;
        let end = plain
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '@' | '/' | ':')))
            .unwrap_or(plain.len());
        // A quantifier is about the letter before it; an alternative about the whole.
        let end = if plain[end..].starts_with(['*', '?', '{']) {
            plain[..end].char_indices().last().map_or(0, |(at, _)| at)
        } else {
            end
        };
        (end > 0 && !self.source.contains('|')).then(|| &plain[..end])
    }

    /// Strings are searched; a stored regular expression matches when it is the same.
    pub(crate) fn matches(&self, value: RawBsonRef) -> bool {
        match value {
            RawBsonRef::String(text) | RawBsonRef::Symbol(text) => self.regex.is_match(text),
            RawBsonRef::RegularExpression(other) => other.pattern.as_str() == self.source && other.options.as_str() == self.options,
            _ => false,
        }
    }
}
