//! `~name`: the values of this run in requests, expectations and texts.

use serde_json::{Map, Value};

use crate::place;

/// The seeds and saved values of one check, and (in cause texts) the record of the failed step.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    values: Map<String, Value>,
    record: Value,
}

impl Scope {
    pub fn new(values: Map<String, Value>) -> Self {
        Self {
            values,
            record: Value::Null,
        }
    }

    /// Keeps a value under a name.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert(name.to_owned(), value);
    }

    /// Makes every place of a record nameable.
    pub fn with_record(mut self, record: Value) -> Self {
        self.record = record;
        self
    }

    fn get(&self, name: &str) -> Option<Value> {
        let first = name.split(['.', '[']).next().unwrap_or(name);
        if let Some(value) = self.values.get(first) {
            let rest = &name[first.len()..];
            return if rest.is_empty() {
                Some(value.clone())
            } else {
                place::get(value, rest)
            };
        }
        place::get(&self.record, name)
    }

    /// Fills a value of the authoring format. A text that is only `~x` becomes the value itself, with its type.
    pub fn fill(&self, written: &Value) -> Value {
        match written {
            Value::String(text) => match self.only(text) {
                Some(value) => value,
                None => Value::String(self.fill_text(text)),
            },
            Value::Array(items) => Value::Array(items.iter().map(|item| self.fill(item)).collect()),
            Value::Object(map) => Value::Object(map.iter().map(|(key, item)| (self.fill_text(key), self.fill(item))).collect()),
            other => other.clone(),
        }
    }

    fn only(&self, text: &str) -> Option<Value> {
        let name = text.strip_prefix('~')?;
        let name = name.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(name);
        if name.is_empty() || name.contains(['~', ' ', '/']) {
            return None;
        }
        self.get(name)
    }

    /// Fills a plain text. A name without a value stays as it is written.
    pub fn fill_text(&self, text: &str) -> String {
        self.expand(text, str::to_owned, &mut Vec::new())
    }

    /// Fills a piece of HTML with escaped values, and names those that have none.
    pub fn fill_html(&self, html: &str, missing: &mut Vec<String>) -> String {
        self.expand(html, escape, missing)
    }

    fn expand(&self, text: &str, write: impl Fn(&str) -> String, missing: &mut Vec<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('~') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('~') {
                out.push('~');
                rest = after;
                continue;
            }
            let Some((name, after)) = name_at(rest) else {
                out.push('~');
                continue;
            };
            let braced = rest.starts_with('{');
            match self.longest(name, braced) {
                Some((value, used)) => {
                    out.push_str(&write(&plain(&value)));
                    rest = if braced { after } else { &rest[used..] };
                }
                None => {
                    missing.push(name.to_owned());
                    out.push('~');
                    out.push_str(&rest[..rest.len() - after.len()]);
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// `~id.json` is the value `id` and the text `.json`, unless `id` has a field `json`.
    fn longest(&self, name: &str, whole: bool) -> Option<(Value, usize)> {
        if let Some(value) = self.get(name) {
            return Some((value, name.len()));
        }
        let mut end = name.len();
        while !whole && let Some(dot) = name[..end].rfind('.') {
            end = dot;
            if let Some(value) = self.get(&name[..end]) {
                return (!value.is_object() && !value.is_array()).then_some((value, end));
            }
        }
        None
    }
}

/// Returns the names that a text uses.
pub fn names(text: &str) -> Vec<String> {
    let mut missing = Vec::new();
    Scope::default().fill_html(text, &mut missing);
    missing
}

fn name_at(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix('{') {
        let end = inner.find('}')?;
        return (end > 0).then(|| (&inner[..end], &inner[end + 1..]));
    }
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let mut end = 0;
    loop {
        end += text[end..].find(|c| !word(c)).unwrap_or(text.len() - end);
        // A full stop belongs to the name only when a name goes on behind it.
        let next = &text[end..];
        if next.starts_with('.') && next[1..].starts_with(word) {
            end += 1;
        } else {
            return Some((&text[..end], &text[end..]));
        }
    }
}

/// A value as it stands in a text: digits for a number, nothing around a text, JSON for the rest.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Text made safe for HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn scope() -> Scope {
        let Value::Object(map) = json!({ "id": 417, "page": "zuvo", "row": { "a": 2 } }) else {
            return Scope::default();
        };
        Scope::new(map).with_record(json!({ "error": { "line": 6, "message": "x < y" }, "listening": [8080] }))
    }

    fn check(written: Value, expected: Value) {
        assert_eq!(scope().fill(&written), expected, "{written}");
    }

    #[test]
    fn filling() {
        check(json!("~id"), json!(417));
        check(json!("GET /users/~id"), json!("GET /users/417"));
        check(json!("/~id.json"), json!("/417.json"));
        check(json!("~{page}s"), json!("zuvos"));
        check(json!("~~id"), json!("~id"));
        check(json!("~row.a"), json!(2));
        check(json!("line ~error.line."), json!("line 6."));
        check(json!("port ~listening.0"), json!("port 8080"));
        check(json!({ "a": ["~id"] }), json!({ "a": [417] }));
        check(json!("~nobody.knows"), json!("~nobody.knows"));
        check(json!("~error.colour"), json!("~error.colour"));
        check(json!("~/home"), json!("~/home"));
    }

    #[test]
    fn html_is_escaped_and_gaps_are_named() {
        let mut missing = Vec::new();
        let html = scope().fill_html("<b>~error.message</b> ~gone.x ~~", &mut missing);
        assert_eq!(html, "<b>x &lt; y</b> ~gone.x ~");
        assert_eq!(missing, ["gone.x"]);
    }

    #[test]
    fn names_of_a_text() {
        assert_eq!(
            names("`~sent.path` at ~{error.line}, ~~ and ~got."),
            ["sent.path", "error.line", "got"]
        );
    }
}
