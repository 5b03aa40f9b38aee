//! String comparison by a language's rules (MongoDB manual: "Collation"): strength 1 and 2 fold, 3 breaks ties.

use std::cmp::Ordering;

use bson::{Bson, Document};

use crate::error::{Code, DocDbError, Result};
use crate::number::truncated;

/// How strings compare. Letters of the Latin script know their accents; others compare by code point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collation {
    /// 1: base letters only; 2: accents too; 3 and above: case too.
    strength: u8,
    /// Whether case counts at strength 1 and 2.
    case_level: bool,
    upper_first: bool,
    /// Runs of digits compare as numbers.
    numeric: bool,
    /// `alternate: "shifted"`: spaces and punctuation count at strength 4 only.
    shifted: bool,
    /// `maxVariable: "space"`: of these, only spaces are shifted.
    only_spaces: bool,
    /// What the user wrote, for answers.
    locale: [u8; 12],
}

/// Base letters and the accented letters that fold to them.
const ACCENTED: [(char, &str); 30] = [
    ('a', "àáâãäåāăąǎ"),
    ('c', "çćĉċč"),
    ('d', "ďđ"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŉ"),
    ('o', "òóôõöøōŏőǒ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűųǔ"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('α', "ά"),
    ('ε', "έ"),
    ('η', "ή"),
    ('ι', "ίϊΐ"),
    ('ο', "ό"),
    ('υ', "ύϋΰ"),
    ('ω', "ώ"),
    ('и', "й"),
    ('е', "ё"),
    ('б', ""),
    ('в', ""),
];

impl Collation {
    /// Reads `{ locale: "en", strength: 2 }`; `None` for the simple collation, which compares bytes.
    ///
    /// # Errors
    /// With MongoDB's code and text when the locale is missing or a field is unknown.
    pub fn parse(spec: &Document) -> Result<Option<Self>> {
        let Some(Bson::String(locale)) = spec.get("locale") else {
            if spec.is_empty() {
                return Ok(None);
            }
            return Err(DocDbError::new(
                Code::Location(40414),
                "BSON field 'collation.locale' is missing but a required field",
            ));
        };
        if locale == "simple" {
            return Ok(None);
        }
        let is_known = locale.bytes().take_while(u8::is_ascii_lowercase).count().clamp(0, 9) >= 2 && locale.len() <= 12;
        if !is_known {
            return Err(DocDbError::bad_value(format!(
                "Field 'locale' is invalid in: {}",
                crate::shell_document(spec)
            )));
        }
        let mut name = [0; 12];
        name[..locale.len()].copy_from_slice(locale.as_bytes());
        let mut collation = Collation {
            strength: 3,
            case_level: false,
            upper_first: false,
            numeric: false,
            shifted: false,
            only_spaces: false,
            locale: name,
        };
        for (field, value) in spec {
            match (field.as_str(), value) {
                ("strength", value) => {
                    collation.strength = match truncated(value) {
                        Some(number @ 1..=5) => number as u8,
                        _ => {
                            return Err(DocDbError::new(
                                Code::Location(51024),
                                format!(
                                    "BSON field 'strength' value must be >= 1 and <= 5, actual value '{}'",
                                    crate::shell_value(value)
                                ),
                            ));
                        }
                    }
                }
                ("caseLevel", Bson::Boolean(on)) => collation.case_level = *on,
                ("numericOrdering", Bson::Boolean(on)) => collation.numeric = *on,
                ("caseFirst", Bson::String(first)) => collation.upper_first = first == "upper",
                ("alternate", value) => collation.shifted = choice(field, value, ["non-ignorable", "shifted"])?,
                ("maxVariable", value) => collation.only_spaces = choice(field, value, ["punct", "space"])?,
                ("locale" | "backwards" | "normalization" | "version", _) => {}
                _ => {
                    return Err(DocDbError::new(
                        Code::Location(40415),
                        format!("BSON field 'collation.{field}' is an unknown field."),
                    ));
                }
            }
        }
        Ok(Some(collation))
    }

    /// The collation with all its settings, as `listIndexes` shows it.
    pub fn to_document(self) -> Document {
        let end = self.locale.iter().position(|byte| *byte == 0).unwrap_or(self.locale.len());
        bson::doc! {
            "locale": String::from_utf8_lossy(&self.locale[..end]).into_owned(),
            "caseLevel": self.case_level,
            "caseFirst": if self.upper_first { "upper" } else { "off" },
            "strength": i32::from(self.strength),
            "numericOrdering": self.numeric,
            "alternate": if self.shifted { "shifted" } else { "non-ignorable" },
            "maxVariable": if self.only_spaces { "space" } else { "punct" },
            "normalization": false,
            "backwards": false,
            "version": "57.1",
        }
    }

    /// Orders two strings.
    pub(crate) fn compare(self, left: &str, right: &str) -> Ordering {
        self.sort_key(left).cmp(&self.sort_key(right))
    }

    /// Bytes whose order is the order of the strings; equal strings have equal keys.
    pub(crate) fn sort_key(self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let mut accents = Vec::new();
        let mut cases = Vec::new();
        let mut shifted = Vec::new();
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if self.shifted && (character.is_whitespace() || !self.only_spaces && is_punctuation(character)) {
                push(&mut shifted, character);
                continue;
            }
            shifted.push(255);
            if self.numeric && character.is_ascii_digit() {
                let mut digits = String::from(character);
                while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                    digits.push(digit);
                }
                let digits = digits.trim_start_matches('0');
                key.extend([3, (digits.len() >> 8) as u8, digits.len() as u8]);
                key.extend(digits.bytes());
                continue;
            }
            for lower in character.to_lowercase() {
                let (base, accent) = fold(lower);
                push(&mut key, base);
                accents.push(accent);
            }
            cases.push(if character.is_uppercase() == self.upper_first { 1 } else { 2 });
        }
        if self.strength >= 2 {
            key.extend([0, 0]);
            key.extend(accents);
        }
        if self.strength >= 3 || self.case_level {
            key.extend([0, 0]);
            key.extend(cases);
        }
        if self.strength >= 4 && self.shifted {
            key.extend([0, 0]);
            key.extend(shifted);
        }
        key
    }
}

/// Tells which of two words a setting has: false for the first, which is its default.
fn choice(field: &str, value: &Bson, words: [&str; 2]) -> Result<bool> {
    let place = value.as_str().and_then(|text| words.iter().position(|word| *word == text));
    let shown = || {
        format!(
            "Enumeration value '{}' for field 'collation.{field}' is not a valid value.",
            value.as_str().unwrap_or_default()
        )
    };
    Ok(place.ok_or_else(|| DocDbError::bad_value(shown()))? == 1)
}

/// Punctuation by Unicode's general category, as far as texts commonly have it; `$ + < = > ^ | ~` and the grave are symbols.
fn is_punctuation(character: char) -> bool {
    match character {
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => false,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}' => true,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '।' | '॥' => true,
        other => other.is_ascii_punctuation(),
    }
}

/// Letters sort after digits, digits after everything else of ASCII.
fn push(key: &mut Vec<u8>, base: char) {
    let class = if base.is_alphabetic() {
        4
    } else if base.is_ascii_digit() {
        3
    } else {
        2
    };
    key.push(class);
    let code = base as u32;
    key.extend([(code >> 16) as u8, (code >> 8) as u8, code as u8]);
}

fn fold(lower: char) -> (char, u8) {
    if lower.is_ascii() {
        return (lower, 1);
    }
    for (base, variants) in ACCENTED {
        if let Some(place) = variants.chars().position(|variant| variant == lower) {
            return (base, place as u8 + 2);
        }
    }
    (lower, 1)
}

/// The text without case and accents, for text search.
pub(crate) fn fold_text(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|letter| fold(letter).0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    #[test]
    fn folds_by_strength() {
        #[track_caller]
        fn check(spec: Document, left: &str, right: &str, expected: Ordering) {
            let collation = Collation::parse(&spec).unwrap().unwrap();
            assert_eq!(collation.compare(left, right), expected);
        }
        check(doc! { "locale": "en", "strength": 1 }, "Cafe", "café", Ordering::Equal);
        check(doc! { "locale": "en", "strength": 2 }, "CAFÉ", "café", Ordering::Equal);
        check(doc! { "locale": "en", "strength": 2 }, "cafe", "café", Ordering::Less);
        check(doc! { "locale": "en" }, "a", "A", Ordering::Less);
        check(doc! { "locale": "en" }, "b", "A", Ordering::Greater);
        check(doc! { "locale": "en", "numericOrdering": true }, "a10", "a9", Ordering::Greater);
        check(
            doc! { "locale": "en", "strength": 1, "caseLevel": true },
            "A",
            "a",
            Ordering::Greater,
        );
        let shifted = |strength: i32| doc! { "locale": "en", "strength": strength, "alternate": "shifted" };
        check(shifted(1), "U.S.A.", "USA", Ordering::Equal);
        check(shifted(3), "black bird", "blackbird", Ordering::Equal);
        check(shifted(3), "black-bird", "Blackbird", Ordering::Less);
        check(shifted(3), "a+b", "ab", Ordering::Less);
        check(shifted(4), "black bird", "black-bird", Ordering::Less);
        check(shifted(4), "black-bird", "blackbird", Ordering::Less);
        let spaces = doc! { "locale": "en", "strength": 3, "alternate": "shifted", "maxVariable": "space" };
        check(spaces.clone(), "black bird", "blackbird", Ordering::Equal);
        check(spaces, "black-bird", "blackbird", Ordering::Less);
        let wrong = Collation::parse(&doc! { "locale": "en", "alternate": "moved" }).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "Enumeration value 'moved' for field 'collation.alternate' is not a valid value."
        );
    }
}
