//! Text of a pattern → tokens.

use unicode_ident::{is_xid_continue, is_xid_start};

use super::KeyKind;

/// Why a pattern is refused. The texts are those of path-to-regexp 8.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}{}{path}; visit https://git.new/pathToRegexpError for info", if path.is_empty() { "" } else { ": " })]
pub struct PatternError {
    pub problem: String,
    /// The pattern that was read.
    pub path: String,
}

impl PatternError {
    pub(super) fn new(problem: impl Into<String>, path: &str) -> PatternError {
        PatternError {
            problem: problem.into(),
            path: path.to_owned(),
        }
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Text(String),
    Key(KeyKind, String),
    /// Optional.
    Group(Vec<Token>),
}

/// Reads the text of a pattern.
pub fn parse(path: &str) -> Result<Vec<Token>, PatternError> {
    let mut parser = Parser {
        path,
        chars: path.chars().collect(),
        index: 0,
    };
    parser.until(None)
}

struct Parser<'a> {
    path: &'a str,
    chars: Vec<char>,
    /// In characters, as error texts count.
    index: usize,
}

impl Parser<'_> {
    fn until(&mut self, end: Option<char>) -> Result<Vec<Token>, PatternError> {
        let mut output = Vec::new();
        let mut text = String::new();
        let flush = |text: &mut String, output: &mut Vec<Token>| {
            if !text.is_empty() {
                output.push(Token::Text(std::mem::take(text)));
            }
        };
        while let Some(&value) = self.chars.get(self.index) {
            self.index += 1;
            match value {
                _ if Some(value) == end => {
                    flush(&mut text, &mut output);
                    return Ok(output);
                }
                '\\' => {
                    let Some(&escaped) = self.chars.get(self.index) else {
                        return self.fail(format!("Unexpected end after \\ at index {}", self.index));
                    };
                    self.index += 1;
                    text.push(escaped);
                }
                ':' | '*' => {
                    let kind = if value == ':' { KeyKind::Param } else { KeyKind::Wildcard };
                    let name = self.name()?;
                    if name.is_empty() {
                        return self.fail(format!("Missing parameter name at index {}", self.index));
                    }
                    flush(&mut text, &mut output);
                    output.push(Token::Key(kind, name));
                }
                '{' => {
                    flush(&mut text, &mut output);
                    output.push(Token::Group(self.until(Some('}'))?));
                }
                '}' | '(' | ')' | '[' | ']' | '+' | '?' | '!' => {
                    return self.fail(format!("Unexpected {value} at index {}", self.index - 1));
                }
                _ => text.push(value),
            }
        }
        if let Some(end) = end {
            return self.fail(format!("Unexpected end at index {}, expected {end}", self.index));
        }
        flush(&mut text, &mut output);
        Ok(output)
    }

    fn name(&mut self) -> Result<String, PatternError> {
        let mut name = String::new();
        match self.chars.get(self.index) {
            Some(&first) if starts_name(first) => {
                while let Some(&c) = self.chars.get(self.index).filter(|c| continues_name(**c)) {
                    name.push(c);
                    self.index += 1;
                }
            }
            Some('"') => {
                let start = self.index;
                loop {
                    self.index += 1;
                    match self.chars.get(self.index) {
                        None => return self.fail(format!("Unterminated quote at index {start}")),
                        Some('"') => {
                            self.index += 1;
                            break;
                        }
                        Some('\\') => {
                            self.index += 1;
                            name.extend(self.chars.get(self.index));
                        }
                        Some(&c) => name.push(c),
                    }
                }
            }
            _ => {}
        }
        Ok(name)
    }

    fn fail<T>(&self, problem: String) -> Result<T, PatternError> {
        Err(PatternError::new(problem, self.path))
    }
}

fn starts_name(c: char) -> bool {
    c == '$' || c == '_' || is_xid_start(c)
}

fn continues_name(c: char) -> bool {
    matches!(c, '$' | '\u{200c}' | '\u{200d}') || is_xid_continue(c)
}
