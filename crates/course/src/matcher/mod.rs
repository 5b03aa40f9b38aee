//! The one pattern language: what must hold (`expect`) and which mistake this looks like (`when`).

mod dates;
mod differ;
mod people;
mod record;
#[cfg(test)]
mod tests;
mod types;
pub(crate) mod words;

use serde_json::Value;

pub use people::{describe, is, sentence};
pub use record::{WORDS, compare, fits};
pub use types::{NAMES as TYPE_NAMES, Type};

/// The `$` words of a matcher.
pub const OPERATORS: &[&str] = &["$has", "$lacks", "$any", "$not", "$match", "$each", "$count", "$only"];

/// The path of a key like `$.items[*].id` or `$[0].id`.
pub fn path(key: &str) -> Option<&str> {
    key.strip_prefix("$.")
        .or_else(|| key.strip_prefix('$').filter(|path| path.starts_with('[')))
}

/// The first place where a record is not what was expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// `status`, `headers.x-note`, `json.items[2].id`, `console`, `start`.
    pub place: String,
    pub expected: Value,
    /// Absent: nothing stands there.
    pub got: Option<Value>,
}

impl Difference {
    pub(crate) fn new(place: &str, expected: &Value, got: Option<&Value>) -> Self {
        Self {
            place: place.to_owned(),
            expected: expected.clone(),
            got: got.cloned(),
        }
    }
}

/// How the values at a place are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    /// The same value of the same type; a list is exactly these, in order.
    Data,
    /// A text: a number stands for its digits.
    Text,
    /// Data of which a list of patterns names the possible values (`status`).
    OneOf,
    /// A text of which a list of patterns names the possible values (a header).
    TextOneOf,
    /// A list in which others may stand between.
    Log,
    /// An entry of a log: a text needs to be contained only.
    Entry,
}

/// Whether a single value fits a pattern, as inside `json`.
pub fn value_fits(pattern: &Value, got: &Value) -> bool {
    differ::differ(pattern, Some(got), Mode::Data, "").is_none()
}

/// Whether a text fits a pattern: source files, file contents.
pub fn text_fits(pattern: &Value, got: &str) -> bool {
    differ::differ(pattern, Some(&Value::String(got.to_owned())), Mode::Text, "").is_none()
}
