//! `{#id key=value key="two words"}` and the words of a fence line.

use std::collections::BTreeMap;

/// The id and the named values in braces.
#[derive(Debug, Default, PartialEq)]
pub struct Attributes {
    pub id: String,
    pub named: BTreeMap<String, String>,
}

/// Splits `## Title {#id}` or `::task{#id}` into the text before the braces and what they hold.
pub fn split(line: &str) -> (&str, Attributes) {
    let line = line.trim();
    match line.strip_suffix('}').and_then(|inner| inner.split_once('{')) {
        Some((before, inner)) => (before.trim_end(), read(inner)),
        None => (line, Attributes::default()),
    }
}

fn read(inner: &str) -> Attributes {
    let mut found = Attributes::default();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('#') {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            found.id = after[..end].to_owned();
            rest = after[end..].trim_start();
            continue;
        }
        let Some((key, after)) = rest.split_once('=') else { break };
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.named.insert(key.trim().to_owned(), value.to_owned());
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::split;

    fn check(line: &str, text: &str, id: &str, named: &[(&str, &str)]) {
        let (before, found) = split(line);
        let named = named.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        assert_eq!((before, found.id.as_str(), found.named), (text, id, named), "{line}");
    }

    #[test]
    fn braces() {
        check("## One route {#one-route}", "## One route", "one-route", &[]);
        check(
            "::lane{snippet=hello send=\"GET /about\"}",
            "::lane",
            "",
            &[("snippet", "hello"), ("send", "GET /about")],
        );
        check("## No braces", "## No braces", "", &[]);
        check("::x{#a b=c}", "::x", "a", &[("b", "c")]);
    }
}
