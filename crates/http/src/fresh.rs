//! Freshness: may a client go on using what it has?

use crate::header::list;

/// The headers of the request that decide.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions<'a> {
    pub if_none_match: Option<&'a str>,
    pub if_modified_since: Option<&'a str>,
    pub cache_control: Option<&'a str>,
}

/// Tells whether the client's copy is still good.
pub fn is_fresh(conditions: Conditions, etag: Option<&str>, last_modified: Option<&str>) -> bool {
    let filled = |header: Option<&'_ str>| header.is_some_and(|text| !text.is_empty());
    if !filled(conditions.if_none_match) && !filled(conditions.if_modified_since) {
        return false;
    }
    if conditions
        .cache_control
        .is_some_and(|text| text.split(',').any(|directive| directive.trim() == "no-cache"))
    {
        return false;
    }
    if let Some(tags) = conditions.if_none_match.filter(|tags| !tags.is_empty()) {
        return tags == "*" || etag.is_some_and(|etag| list(tags).any(|tag| weakly_equal(tag, etag)));
    }
    match (last_modified.and_then(seconds), conditions.if_modified_since.and_then(seconds)) {
        (Some(modified), Some(since)) => modified <= since,
        _ => false,
    }
}

/// Compares tags without regard to `W/`.
pub fn weakly_equal(a: &str, b: &str) -> bool {
    a.strip_prefix("W/").unwrap_or(a) == b.strip_prefix("W/").unwrap_or(b)
}

/// Seconds since the epoch of an HTTP date.
pub fn seconds(date: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(date.trim()).ok()?;
    time.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freshness() {
        const JAN: &str = "Mon, 05 Jan 2026 09:00:00 GMT";
        const FEB: &str = "Thu, 05 Feb 2026 09:00:00 GMT";
        let check =
            |none: &'static str, since: &'static str, cache: &'static str, etag: &'static str, modified: &'static str, expected: bool| {
                let some = |text: &'static str| (!text.is_empty()).then_some(text);
                let conditions = Conditions {
                    if_none_match: some(none),
                    if_modified_since: some(since),
                    cache_control: some(cache),
                };
                assert_eq!(
                    is_fresh(conditions, some(etag), some(modified)),
                    expected,
                    "{none} {since} {cache} {etag} {modified}"
                );
            };
        check("", "", "", "\"a\"", "", false);
        check("\"a\"", "", "", "W/\"a\"", "", true);
        check("\"b\", W/\"a\"", "", "", "\"a\"", "", true);
        check("*", "", "", "", "", true);
        check("\"b\"", FEB, "", "\"a\"", JAN, false);
        check("", FEB, "", "", JAN, true);
        check("", JAN, "", "", FEB, false);
        check("", "nonsense", "", "", JAN, false);
        check("\"a\"", "", "max-age=0, no-cache", "\"a\"", "", false);
    }
}
