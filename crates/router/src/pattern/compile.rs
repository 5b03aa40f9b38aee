//! Tokens → one node sequence for each way through the optional groups.

use super::parse::{PatternError, Token};
use super::{Key, KeyKind};

/// A pattern with more ways than this is refused.
const MOST_SEQUENCES: usize = 256;

/// One step of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    /// `key` is a position in the pattern's keys; the forms are tried in order.
    Capture {
        key: usize,
        forms: Vec<Form>,
    },
}

/// What a capture may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// One or more characters, at none of which one of these texts begins; as many as possible first.
    Run(Vec<String>),
    /// Exactly this text.
    Exactly(String),
}

pub(super) fn compile(tokens: &[Token], path: &str, delimiter: &str) -> Result<(Vec<Key>, Vec<Vec<Node>>), PatternError> {
    let mut flat = Vec::new();
    flatten(tokens.iter().collect(), Vec::new(), &mut flat);
    if flat.len() > MOST_SEQUENCES {
        return Err(PatternError::new("Too many path combinations", path));
    }
    let mut keys = Vec::new();
    let sequences = flat
        .iter()
        .map(|tokens| sequence(tokens, &mut keys, path, delimiter))
        .collect::<Result<_, _>>()?;
    Ok((keys, sequences))
}

/// Writes out each group as "with it" first, then "without it". Stops just past the limit.
fn flatten<'a>(mut rest: Vec<&'a Token>, mut done: Vec<&'a Token>, output: &mut Vec<Vec<&'a Token>>) {
    if output.len() > MOST_SEQUENCES {
        return;
    }
    let mut at = 0;
    while at < rest.len() {
        let token = rest[at];
        at += 1;
        if let Token::Group(inner) = token {
            let after = rest.split_off(at);
            flatten(inner.iter().chain(after.iter().copied()).collect(), done.clone(), output);
            rest = after;
            at = 0;
        } else {
            done.push(token);
        }
    }
    output.push(done);
}

fn sequence(tokens: &[&Token], keys: &mut Vec<Key>, path: &str, delimiter: &str) -> Result<Vec<Node>, PatternError> {
    let mut nodes = Vec::new();
    // Literal text since the last capture, and since the last wildcard.
    let mut before = String::new();
    let mut since_wildcard = String::new();
    let mut previous: Option<KeyKind> = None;
    // What this segment has captured so far.
    let (mut seen_param, mut seen_wildcard) = (false, false);

    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) => {
                nodes.push(Node::Text(text.clone()));
                before.push_str(text);
                if previous == Some(KeyKind::Wildcard) {
                    since_wildcard.push_str(text);
                }
                if text.contains(delimiter) {
                    (seen_param, seen_wildcard) = (false, false);
                }
            }
            Token::Key(kind, name) => {
                if previous.is_some() && before.is_empty() {
                    let kind = if *kind == KeyKind::Param { "param" } else { "wildcard" };
                    return Err(PatternError::new(format!("Missing text before \"{name}\" {kind}"), path));
                }
                let rest = &tokens[index + 1..];
                let forms = match kind {
                    KeyKind::Param if seen_wildcard => vec![run(&[delimiter, &before])],
                    KeyKind::Param if wildcard_follows(rest, delimiter) => vec![run(&[delimiter, &text_that_follows(rest)])],
                    KeyKind::Param if seen_param => vec![run(&[delimiter, &before]), Form::Exactly(before.clone())],
                    KeyKind::Param => vec![run(&[delimiter])],
                    KeyKind::Wildcard if seen_wildcard => vec![run(&[&before])],
                    KeyKind::Wildcard if !since_wildcard.is_empty() => vec![run(&[&since_wildcard]), run(&[delimiter])],
                    KeyKind::Wildcard => vec![run(&[])],
                };
                match kind {
                    KeyKind::Param => seen_param = true,
                    KeyKind::Wildcard => {
                        seen_wildcard = true;
                        since_wildcard.clear();
                    }
                }
                previous = Some(*kind);
                nodes.push(Node::Capture {
                    key: key_index(keys, *kind, name),
                    forms,
                });
                before.clear();
            }
            Token::Group(_) => {}
        }
    }
    Ok(nodes)
}

fn run(stops: &[&str]) -> Form {
    Form::Run(
        stops
            .iter()
            .filter(|stop| !stop.is_empty())
            .map(|stop| (*stop).to_owned())
            .collect(),
    )
}

fn wildcard_follows(rest: &[&Token], delimiter: &str) -> bool {
    for token in rest {
        match token {
            Token::Key(KeyKind::Wildcard, _) => return true,
            Token::Text(text) if text.contains(delimiter) => return false,
            _ => {}
        }
    }
    false
}

fn text_that_follows(rest: &[&Token]) -> String {
    rest.iter()
        .map_while(|token| if let Token::Text(text) = token { Some(text.as_str()) } else { None })
        .collect()
}

fn key_index(keys: &mut Vec<Key>, kind: KeyKind, name: &str) -> usize {
    keys.iter().position(|key| key.kind == kind && key.name == name).unwrap_or_else(|| {
        keys.push(Key {
            name: name.to_owned(),
            kind,
        });
        keys.len() - 1
    })
}
