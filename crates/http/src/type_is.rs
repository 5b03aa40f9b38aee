//! Compares a request's Content-Type with the types that a server is prepared to read.

use crate::media;

/// Returns the normalised essence of a Content-Type, or `None` when it is not one.
pub fn essence(content_type: &str) -> Option<String> {
    let essence = media::trim(content_type.split(';').next()?).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    (is_name(kind, "!#$&^_-") && is_name(subtype, "!#$&^_.+-")).then(|| essence.clone())
}

fn is_name(text: &str, marks: &str) -> bool {
    text.len() <= 127
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
}

/// Returns what the first fitting type calls it: the type as given, or the essence where the type has a wildcard.
pub fn find(content_type: &str, types: &[&str]) -> Option<String> {
    let actual = essence(content_type)?;
    if types.is_empty() {
        return Some(actual);
    }
    let found = types
        .iter()
        .find(|wanted| normalise(wanted).is_some_and(|wanted| fits(&wanted, &actual)))?;
    Some(if found.starts_with('+') || found.contains('*') {
        actual
    } else {
        (*found).to_owned()
    })
}

/// `json` → `application/json`, `+json` → `*/*+json`, `multipart` → `multipart/*`.
fn normalise(wanted: &str) -> Option<String> {
    match wanted {
        "urlencoded" => Some("application/x-www-form-urlencoded".to_owned()),
        "multipart" => Some("multipart/*".to_owned()),
        _ if wanted.starts_with('+') => Some(format!("*/*{wanted}")),
        _ if wanted.contains('/') => Some(wanted.to_owned()),
        _ => media::lookup(wanted),
    }
}

fn fits(wanted: &str, actual: &str) -> bool {
    let (Some((kind, subtype)), Some((actual_kind, actual_subtype))) = (wanted.split_once('/'), actual.split_once('/')) else {
        return false;
    };
    if subtype.contains('/') || (kind != "*" && kind != actual_kind) {
        return false;
    }
    match subtype.strip_prefix('*') {
        Some("") => true,
        Some(suffix) if suffix.starts_with('+') => actual_subtype.ends_with(suffix),
        _ => subtype == actual_subtype,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_compared() {
        for (given, types, expected) in [
            ("application/json; charset=utf-8", &["json"][..], Some("json")),
            ("application/json", &["application/*"], Some("application/json")),
            ("application/vnd.api+json", &["json", "+json"], Some("application/vnd.api+json")),
            ("application/vnd.api+json", &["json"], None),
            ("application/x-www-form-urlencoded", &["urlencoded"], Some("urlencoded")),
            ("multipart/form-data; boundary=x", &["multipart"], Some("multipart")),
            ("text/html", &["json", "*/*"], Some("text/html")),
            ("TEXT/html", &[], Some("text/html")),
            ("nonsense", &["*/*"], None),
            ("", &["json"], None),
        ] {
            assert_eq!(find(given, types).as_deref(), expected, "{given} {types:?}");
        }
    }
}
