//! The random values of one check: `int 100..999`, `word`, `name`, `email`, `text 1..40`, `hex 8`, or one of a list.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

use crate::random::Random;

/// No name of the lessons' own sample data is among them, so that a fixed answer cannot fit by chance.
const NAMES: &[&str] = &[
    "Meera", "Kabir", "Leela", "Arjun", "Diya", "Rohan", "Isha", "Vikram", "Tara", "Nikhil", "Sana", "Farah", "Omar", "Grace", "Mateo",
    "Yuki", "Ingrid", "Tomas", "Amara", "Kwame", "Noor", "Elena", "Bruno", "Hana",
];

/// What a seed is written as; the error names what was expected.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Word,
    Name,
    Email,
    Text(i64, i64),
    Int(i64, i64),
    Hex(i64),
    Pick(Vec<Value>),
}

impl Kind {
    /// Reads a seed of the authoring format.
    pub fn parse(written: &Value) -> Result<Self, String> {
        let text = match written {
            Value::Array(items) if !items.is_empty() => return Ok(Self::Pick(items.clone())),
            Value::String(text) => text.trim(),
            other => {
                return Err(format!(
                    "a seed is word, name, email, text a..b, int a..b, hex n or a list; this is {other}"
                ));
            }
        };
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let range = || {
            let (low, high) = rest.split_once("..")?;
            Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
        };
        match word {
            "word" => Ok(Self::Word),
            "name" => Ok(Self::Name),
            "email" => Ok(Self::Email),
            "int" => range()
                .map(|(low, high)| Self::Int(low, high))
                .ok_or_else(|| "write int 1..9".into()),
            "text" => range()
                .map(|(low, high)| Self::Text(low, high))
                .ok_or_else(|| "write text 1..40".into()),
            "hex" => rest.trim().parse().map(Self::Hex).map_err(|_| "write hex 8".into()),
            _ => Err(format!(
                "unknown seed `{word}`: word, name, email, text a..b, int a..b, hex n or a list"
            )),
        }
    }

    fn draw(&self, random: &mut Random) -> Value {
        match self {
            Self::Word => random.word().into(),
            Self::Name => random.pick(NAMES).copied().unwrap_or("Tara").into(),
            Self::Email => format!("{}@example.com", random.word()).into(),
            Self::Int(low, high) => random.between(*low, *high).into(),
            Self::Hex(length) => (0..*length)
                .map(|_| format!("{:x}", random.between(0, 15)))
                .collect::<String>()
                .into(),
            Self::Text(low, high) => {
                let length = usize::try_from(random.between(*low, *high)).unwrap_or(0);
                let mut text = String::new();
                while text.len() < length {
                    text.push_str(&random.word());
                    text.push(' ');
                }
                text.truncate(length);
                // A text that ends in white space would be compared without it.
                if text.ends_with(' ') {
                    text.pop();
                    text.push('o');
                }
                text.into()
            }
            Self::Pick(items) => random.pick(items).cloned().unwrap_or(Value::Null),
        }
    }
}

/// Draws every seed. Two seeds of one check differ as far as their kind allows. What does not parse is left out.
pub fn draw(seeds: &BTreeMap<String, Value>, parts: &[&str]) -> Map<String, Value> {
    let mut random = Random::of(parts);
    let mut drawn = Map::new();
    for (name, written) in seeds {
        let Ok(kind) = Kind::parse(written) else { continue };
        let mut value = kind.draw(&mut random);
        for _ in 0..20 {
            if !drawn.values().any(|other| *other == value) {
                break;
            }
            value = kind.draw(&mut random);
        }
        drawn.insert(name.clone(), value);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(written: Value, fits: impl Fn(&Value) -> bool) {
        let seeds = BTreeMap::from([("x".to_owned(), written.clone())]);
        for seed in ["1", "2", "3", "4"] {
            let drawn = draw(&seeds, &[seed]);
            assert_eq!(drawn, draw(&seeds, &[seed]), "repeatable");
            assert!(drawn.get("x").is_some_and(&fits), "{written}: {drawn:?}");
        }
    }

    #[test]
    fn kinds() {
        check(json!("word"), |value| {
            value.as_str().is_some_and(|text| (6..=8).contains(&text.len()))
        });
        check(json!("int 100..102"), |value| {
            value.as_i64().is_some_and(|number| (100..=102).contains(&number))
        });
        check(json!("int -5..-5"), |value| value == -5);
        check(json!("text 3..3"), |value| {
            value.as_str().is_some_and(|text| text.trim().len() == 3)
        });
        check(json!("hex 8"), |value| value.as_str().is_some_and(|text| text.len() == 8));
        check(json!("email"), |value| value.as_str().is_some_and(|text| text.contains('@')));
        check(json!([{ "a": 1, "sum": 3 }]), |value| value["sum"] == 3);
    }

    #[test]
    fn two_seeds_differ() {
        let seeds = BTreeMap::from([("a".to_owned(), json!("int 1..2")), ("b".to_owned(), json!("int 1..2"))]);
        for seed in ["1", "2", "3", "4", "5"] {
            let drawn = draw(&seeds, &[seed]);
            assert_ne!(drawn["a"], drawn["b"]);
        }
    }

    #[test]
    fn mistakes_are_named() {
        for written in [json!("int"), json!("wrd"), json!(3), json!([])] {
            assert!(Kind::parse(&written).is_err(), "{written}");
        }
    }
}
