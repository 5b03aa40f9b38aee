//! Header names, header values, and lists in headers.

use crate::HttpError;

/// Tells whether a text is a token of RFC 9110, as header names and methods are.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Tells whether a text may be a header's value: no control characters but tab, nothing beyond Latin-1.
pub fn is_value(text: &str) -> bool {
    text.chars().all(|c| c == '\t' || (c >= ' ' && c != '\x7f' && c <= '\u{ff}'))
}

/// Splits a comma-separated list into its trimmed elements, empty ones included.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(|element| element.trim_matches(' '))
}

/// Returns a `Vary` header with further fields; each stands there once, and `*` swallows all.
pub fn vary(current: &str, fields: &str) -> Result<String, HttpError> {
    if list(fields).any(|field| !is_token(field)) {
        return Err(HttpError::FieldName);
    }
    if current == "*" || list(current).chain(list(fields)).any(|field| field == "*") {
        return Ok("*".to_owned());
    }
    let mut text = current.to_owned();
    for field in list(fields) {
        if !list(&text).any(|present| present.eq_ignore_ascii_case(field)) {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(field);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        assert!(is_token("X-Note") && !is_token("X Note") && !is_token(""));
        assert!(is_value("a\tb é") && !is_value("a\nb") && !is_value("ā"));
    }

    #[test]
    fn vary_adds_each_field_once() {
        let check = |current: &str, fields: &str, expected: &str| assert_eq!(vary(current, fields).as_deref(), Ok(expected));
        check("", "Accept", "Accept");
        check("Accept", "accept", "Accept");
        check("Accept", "Origin, Accept, Cookie", "Accept, Origin, Cookie");
        check("Accept", "*", "*");
        check("*", "Accept", "*");
        assert_eq!(vary("", "a b"), Err(HttpError::FieldName));
    }
}
