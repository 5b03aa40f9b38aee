//! Texts in English and in Hinglish. A text that lacks one of them does not compile.

use crate::lesson::Text;

/// One text. `{name}` marks a value to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    pub en: &'static str,
    pub hi: &'static str,
}

impl Message {
    /// A text in both languages.
    pub const fn new(en: &'static str, hi: &'static str) -> Self {
        Self { en, hi }
    }

    /// A text that reads the same in both: technical words stay technical.
    pub const fn same(text: &'static str) -> Self {
        Self { en: text, hi: text }
    }
}

/// The texts in the learner's language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// `en` or `hi-Latn`; anything else reads as English.
    pub language: String,
}

impl Texts {
    pub fn get(&self, message: &Message) -> &'static str {
        if self.language == "hi-Latn" { message.hi } else { message.en }
    }

    /// Returns the text with each `{name}` replaced by its value; braces in a value stay as they are.
    pub fn fill(&self, message: &Message, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(message);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let found = values
                .iter()
                .find_map(|(name, value)| Some((value, after.strip_prefix(name)?.strip_prefix('}')?)));
            match found {
                Some((value, behind)) => {
                    filled.push_str(value);
                    rest = behind;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled + rest
    }

    /// Picks from a course text: the learner's language, or English.
    pub fn pick<'a>(&self, text: &'a Text) -> &'a str {
        text.get(&self.language).or_else(|| text.get("en")).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_in_values() {
        let texts = Texts {
            language: "hi-Latn".into(),
        };
        assert_eq!(
            texts.fill(&Message::new("Go to line {line}", "Line {line} par jao"), &[("line", "7")]),
            "Line 7 par jao"
        );
        assert_eq!(texts.get(&Message::same("Trace")), "Trace");
        let values = [("name", "{value}"), ("value", "1")];
        assert_eq!(
            texts.fill(&Message::same("{name} is {value}, {} or {x}"), &values),
            "{value} is 1, {} or {x}"
        );
    }
}
