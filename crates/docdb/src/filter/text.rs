//! `$text`: search by words over the fields of a text index (MongoDB manual: "$text").

use std::sync::OnceLock;

use bson::{Bson, Document, RawBsonRef, RawDocument};

use crate::collation::fold_text;
use crate::error::{DocDbError, Result};
use crate::path::Path;
use crate::shell::type_name;

/// Words that say nothing in English.
const STOP_WORDS: [&str; 40] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his", "i", "if", "in", "is",
    "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "so", "that", "the", "their", "this", "to", "was", "were", "with",
];

/// The fields of a text index with their weights; an empty path is every string of the document.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextFields(pub(crate) Vec<(String, f64)>);

/// A parsed `$text`.
#[derive(Debug)]
pub(crate) struct TextQuery {
    terms: Vec<String>,
    phrases: Vec<String>,
    forbidden: Vec<String>,
    case_sensitive: bool,
    fields: OnceLock<TextFields>,
}

impl TextQuery {
    pub(crate) fn parse(operand: &Bson) -> Result<Self> {
        let Bson::Document(spec) = operand else {
            return Err(DocDbError::bad_value("$text expects an object"));
        };
        let search = match spec.get("$search") {
            Some(Bson::String(search)) => search,
            Some(other) => {
                return Err(DocDbError::mismatch(format!(
                    "\"$search\" had the wrong type. Expected string, found {}",
                    type_name(other)
                )));
            }
            None => {
                return Err(DocDbError::new(
                    crate::error::Code::Location(40414),
                    "Missing expected field \"$search\"",
                ));
            }
        };
        for field in spec.keys() {
            if !matches!(field.as_str(), "$search" | "$language" | "$caseSensitive" | "$diacriticSensitive") {
                return Err(DocDbError::bad_value(format!("extra fields in $text: {field}")));
            }
        }
        let mut query = TextQuery {
            terms: Vec::new(),
            phrases: Vec::new(),
            forbidden: Vec::new(),
            case_sensitive: matches!(spec.get("$caseSensitive"), Some(Bson::Boolean(true))),
            fields: OnceLock::new(),
        };
        // Every second part stands between quotation marks.
        for (place, part) in search.split('"').enumerate() {
            if place % 2 == 1 && !part.trim().is_empty() {
                query.phrases.push(fold_text(part.trim()));
                query.terms.extend(words(part));
                continue;
            }
            for word in part.split_whitespace() {
                match word.strip_prefix('-') {
                    Some(without) => query.forbidden.extend(words(without)),
                    None => query.terms.extend(words(word)),
                }
            }
        }
        Ok(query)
    }

    /// Says which fields are searched.
    pub(crate) fn bind(&self, fields: TextFields) {
        // A query is planned once; a second plan would find the same index.
        let _ = self.fields.set(fields);
    }

    fn texts(&self, document: &RawDocument) -> Vec<(String, f64)> {
        self.fields.get().map(|fields| fields.texts(document)).unwrap_or_default()
    }

    /// The stems of which a document must have one.
    pub(crate) fn terms(&self) -> &[String] {
        &self.terms
    }

    pub(crate) fn matches(&self, document: &RawDocument) -> bool {
        let texts = self.texts(document);
        let found: Vec<String> = texts.iter().flat_map(|(text, _)| words(text)).collect();
        let has = |term: &String| found.contains(term);
        let phrase = |phrase: &String| texts.iter().any(|(text, _)| fold_text(text).contains(phrase));
        self.terms.iter().any(has) && !self.forbidden.iter().any(has) && self.phrases.iter().all(phrase) && self.cases(&texts)
    }

    fn cases(&self, texts: &[(String, f64)]) -> bool {
        !self.case_sensitive
            || texts
                .iter()
                .any(|(text, _)| self.terms.iter().any(|term| text.contains(term.as_str())))
    }

    /// How well the document fits (`{ $meta: "textScore" }`).
    pub(crate) fn score(&self, document: &RawDocument) -> f64 {
        let mut score = 0.0;
        for (text, weight) in self.texts(document) {
            let found = words(&text);
            for term in &self.terms {
                let count = found.iter().filter(|word| *word == term).count() as f64;
                if count > 0.0 {
                    // Each further occurrence counts half as much; short texts count more.
                    let frequency = 2.0 - 0.5_f64.powf(count - 1.0);
                    let density = 0.5 * count / found.len() as f64 + 0.5;
                    score += weight * frequency * density;
                }
            }
        }
        score
    }
}

impl TextFields {
    pub(crate) fn texts(&self, document: &RawDocument) -> Vec<(String, f64)> {
        let mut texts = Vec::new();
        for (path, weight) in &self.0 {
            if path.is_empty() {
                document.iter().flatten().for_each(|(_, value)| strings(value, *weight, &mut texts));
                continue;
            }
            Path::new(path).any(document, &mut |value| {
                match value {
                    Some(RawBsonRef::String(text)) => texts.push((text.to_owned(), *weight)),
                    Some(RawBsonRef::Array(items)) => {
                        texts.extend(
                            items
                                .into_iter()
                                .flatten()
                                .filter_map(|item| Some((item.as_str()?.to_owned(), *weight))),
                        );
                    }
                    _ => {}
                }
                false
            });
        }
        texts
    }
}

fn strings(value: RawBsonRef, weight: f64, texts: &mut Vec<(String, f64)>) {
    match value {
        RawBsonRef::String(text) => texts.push((text.to_owned(), weight)),
        RawBsonRef::Document(inner) => inner.iter().flatten().for_each(|(_, value)| strings(value, weight, texts)),
        RawBsonRef::Array(items) => items.into_iter().flatten().for_each(|item| strings(item, weight, texts)),
        _ => {}
    }
}

/// The stems of the words that say something.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold_text(text)
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty() && !STOP_WORDS.contains(word))
        .map(stem)
        .collect()
}

/// Takes English endings off, so that "coffees" finds "coffee" and "running" finds "run".
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let enough = |stem: &&str| stem.chars().count() >= 3;
    for (ending, instead) in [("sses", "ss"), ("ies", "i"), ("ing", ""), ("ed", ""), ("es", "e"), ("ly", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(enough) {
            let mut stem = format!("{stem}{instead}");
            let letters: Vec<char> = stem.chars().rev().take(2).collect();
            if matches!(ending, "ing" | "ed") && letters.len() == 2 && letters[0] == letters[1] && !"lsz".contains(letters[0]) {
                stem.pop();
            }
            return trim(stem);
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 2 && !stem.ends_with('s') && !stem.ends_with('u') => trim(stem.to_owned()),
        _ => trim(word.to_owned()),
    }
}

fn trim(mut stem: String) -> String {
    if stem.chars().count() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.chars().count() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// The weights of a text index: `{ title: "text", body: "text" }` with `weights: { title: 5 }`.
pub(crate) fn fields_of(pattern: &[String], weights: &Document) -> Option<TextFields> {
    let weight = |path: &str| match weights.get(path) {
        Some(Bson::Int32(weight)) => f64::from(*weight),
        Some(Bson::Int64(weight)) => *weight as f64,
        Some(Bson::Double(weight)) => *weight,
        _ => 1.0,
    };
    Some(TextFields(
        pattern
            .iter()
            .map(|path| {
                if path == "$**" {
                    (String::new(), 1.0)
                } else {
                    (path.clone(), weight(path))
                }
            })
            .collect(),
    ))
}
