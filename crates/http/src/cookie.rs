//! Cookies: the `Cookie` header read, a `Set-Cookie` header written.

use crate::HttpError;
use crate::encoding;
use crate::header::is_token;

/// Reads a `Cookie` header. Of a repeated name the first counts; a value that does not decode stays as it is.
pub fn parse(header: &str) -> Vec<(String, String)> {
    let mut cookies: Vec<(String, String)> = Vec::new();
    for pair in header.split(';') {
        let Some((name, value)) = pair.split_once('=') else { continue };
        let blank = [' ', '\t'];
        let (name, value) = (name.trim_matches(blank), value.trim_matches(blank));
        let value = value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(value);
        if !cookies.iter().any(|(known, _)| known == name) {
            cookies.push((
                name.to_owned(),
                encoding::decode_component(value).unwrap_or_else(|| value.to_owned()),
            ));
        }
    }
    cookies
}

/// Attributes of a cookie, in the words of Express.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes {
    /// Seconds.
    pub max_age: Option<f64>,
    pub domain: Option<String>,
    pub path: Option<String>,
    /// An HTTP date.
    pub expires: Option<String>,
    pub http_only: bool,
    pub secure: bool,
    pub partitioned: bool,
    /// `low`, `medium`, `high`.
    pub priority: Option<String>,
    /// `lax`, `strict`, `none`.
    pub same_site: Option<String>,
}

/// Writes a `Set-Cookie` header. `value` is encoded already.
pub fn serialize(name: &str, value: &str, attributes: &Attributes) -> Result<String, HttpError> {
    if !is_token(name) {
        return Err(HttpError::CookieName);
    }
    if !is_value(value) {
        return Err(HttpError::CookieValue);
    }
    let mut text = format!("{name}={value}");
    let mut add = |attribute: &str, value: &str| {
        text.push_str("; ");
        text.push_str(attribute);
        text.push_str(value);
    };
    if let Some(seconds) = attributes.max_age {
        if !seconds.is_finite() {
            return Err(HttpError::CookieOption("maxAge"));
        }
        add("Max-Age=", &format!("{:.0}", seconds.floor()));
    }
    if let Some(domain) = &attributes.domain {
        if !is_domain(domain) {
            return Err(HttpError::CookieOption("domain"));
        }
        add("Domain=", domain);
    }
    if let Some(path) = &attributes.path {
        if !path.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b';' && b != b'<') {
            return Err(HttpError::CookieOption("path"));
        }
        add("Path=", path);
    }
    if let Some(date) = &attributes.expires {
        add("Expires=", date);
    }
    for (set, name) in [
        (attributes.http_only, "HttpOnly"),
        (attributes.secure, "Secure"),
        (attributes.partitioned, "Partitioned"),
    ] {
        if set {
            add(name, "");
        }
    }
    if let Some(priority) = &attributes.priority {
        add(
            "Priority=",
            word(priority, &["Low", "Medium", "High"]).ok_or(HttpError::CookieOption("priority"))?,
        );
    }
    if let Some(same_site) = &attributes.same_site {
        add(
            "SameSite=",
            word(same_site, &["Lax", "Strict", "None"]).ok_or(HttpError::CookieOption("sameSite"))?,
        );
    }
    Ok(text)
}

fn word<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    known.iter().find(|word| word.eq_ignore_ascii_case(given)).copied()
}

fn is_value(value: &str) -> bool {
    let inner = value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(value);
    inner
        .bytes()
        .all(|b| matches!(b, b'!' | b'#'..=b'+' | b'-'..=b':' | b'<'..=b'[' | b']'..=b'~'))
}

fn is_domain(domain: &str) -> bool {
    domain.strip_prefix('.').unwrap_or(domain).split('.').all(|label| {
        let edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        label.len() <= 63
            && edge(label.as_bytes().first())
            && edge(label.as_bytes().last())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookie_headers_are_read() {
        let check = |header: &str, expected: &str| {
            let text: Vec<_> = parse(header).into_iter().map(|(name, value)| format!("{name}→{value}")).collect();
            assert_eq!(text.join(" "), expected, "{header}");
        };
        check("a=1; b=2", "a→1 b→2");
        check(" a = \"x%20y\" ;b=%zz;a=2;flag", "a→x y b→%zz");
        check("", "");
        check("=x", "→x");
    }

    #[test]
    fn set_cookie_headers_are_written() {
        let check = |name: &str, value: &str, attributes: Attributes, expected: Result<&str, HttpError>| {
            assert_eq!(serialize(name, value, &attributes).as_deref().map_err(Clone::clone), expected);
        };
        let all = Attributes {
            max_age: Some(60.9),
            domain: Some("x.test".into()),
            path: Some("/".into()),
            expires: Some("Thu, 01 Jan 1970 00:00:00 GMT".into()),
            http_only: true,
            secure: true,
            partitioned: true,
            priority: Some("high".into()),
            same_site: Some("lax".into()),
        };
        check(
            "a",
            "b",
            all,
            Ok(
                "a=b; Max-Age=60; Domain=x.test; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; Priority=High; SameSite=Lax",
            ),
        );
        check("a b", "", Attributes::default(), Err(HttpError::CookieName));
        check("a", "x y", Attributes::default(), Err(HttpError::CookieValue));
        let bad = Attributes {
            domain: Some("-x".into()),
            ..Attributes::default()
        };
        check("a", "b", bad, Err(HttpError::CookieOption("domain")));
        let bad = Attributes {
            same_site: Some("maybe".into()),
            ..Attributes::default()
        };
        check("a", "b", bad, Err(HttpError::CookieOption("sameSite")));
    }
}
