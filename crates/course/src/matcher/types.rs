//! `<integer 1..>`, `<string 1..40>`, `<array 3>`, `<date>`, `<absent>`: type patterns with a range.

use serde_json::Value;

use super::dates;

/// The names a type pattern can have.
pub const NAMES: &[&str] = &["string", "integer", "number", "boolean", "array", "object", "date", "any", "absent"];

/// A parsed type pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Type<'a> {
    pub name: &'a str,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl<'a> Type<'a> {
    /// Reads `<name>`, `<name 3>`, `<name 1..>`, `<name ..9>` or `<name 1..9>`; `None` for any other text (`<h1>` is a text).
    pub fn parse(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?.strip_suffix('>')?;
        let (name, range) = inner.split_once(' ').unwrap_or((inner, ""));
        if !NAMES.contains(&name) {
            return None;
        }
        let range = range.trim();
        let bound = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        let (low, high) = match range.split_once("..") {
            Some((low, high)) => (bound(low.trim())?, bound(high.trim())?),
            None => {
                let exact = bound(range)?;
                (exact, exact)
            }
        };
        Some(Self { name, low, high })
    }

    /// Whether a value (or its absence) has this type and lies in the range. In a text, digits count as a number.
    pub fn fits(&self, got: Option<&Value>, text: bool) -> bool {
        let Some(got) = got else {
            return self.name == "absent";
        };
        match self.name {
            "any" => true,
            "absent" => false,
            "string" => got.as_str().is_some_and(|text| self.within(text.chars().count() as f64)),
            "boolean" => got.is_boolean(),
            "array" => got.as_array().is_some_and(|items| self.within(items.len() as f64)),
            "object" => got.as_object().is_some_and(|map| self.within(map.len() as f64)),
            "date" => got.as_str().is_some_and(dates::is_date),
            "number" => number(got, text).is_some_and(|number| self.within(number)),
            "integer" => number(got, text).is_some_and(|number| number.fract() == 0.0 && self.within(number)),
            _ => false,
        }
    }

    fn within(&self, size: f64) -> bool {
        self.low.is_none_or(|low| size >= low) && self.high.is_none_or(|high| size <= high)
    }
}

fn number(got: &Value, text: bool) -> Option<f64> {
    match got {
        Value::Number(number) => number.as_f64(),
        Value::String(digits) if text => digits.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Type;
    use serde_json::{Value, json};

    fn check(pattern: &str, got: Value, expected: bool) {
        let parsed = Type::parse(pattern);
        assert_eq!(
            parsed.is_some_and(|parsed| parsed.fits(Some(&got), false)),
            expected,
            "{pattern} {got}"
        );
    }

    #[test]
    fn types() {
        check("<integer 1..>", json!(1), true);
        check("<integer 1..>", json!(0), false);
        check("<integer>", json!(1.5), false);
        check("<integer>", json!("1"), false);
        check("<number ..9.5>", json!(9.5), true);
        check("<string 1..3>", json!("अबक"), true);
        check("<string 1..>", json!(""), false);
        check("<array 2>", json!([1, 2]), true);
        check("<array 2>", json!([1]), false);
        check("<boolean>", json!(false), true);
        check("<object>", json!({}), true);
        check("<any>", Value::Null, true);
        check("<absent>", Value::Null, false);
        check("<date>", json!("2026-01-05T09:00:00.000Z"), true);
        check("<date>", json!("yesterday"), false);
    }

    #[test]
    fn absence_and_texts() {
        assert!(Type::parse("<absent>").is_some_and(|parsed| parsed.fits(None, false)));
        assert!(Type::parse("<any>").is_some_and(|parsed| !parsed.fits(None, false)));
        assert!(Type::parse("<integer 5..>").is_some_and(|parsed| parsed.fits(Some(&json!("10")), true)));
        assert_eq!(Type::parse("<h1>"), None);
        assert_eq!(Type::parse("<string x..>"), None);
    }
}
