//! Which server an address names, and the same path on the other one.

/// The server of the learner's code.
pub const YOURS: &str = "http://localhost:3000";
/// The built-in mock API.
pub const MOCK: &str = "http://localhost:4000";

/// Which of the two servers an address names; `None` for any other.
pub fn server(url: &str) -> Option<&'static str> {
    let url = if url.starts_with("localhost") {
        format!("http://{url}")
    } else {
        url.to_owned()
    };
    if url.starts_with('/') {
        return Some(YOURS);
    }
    [YOURS, MOCK].into_iter().find(|origin| {
        url.strip_prefix(origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    })
}

/// The same path on another server; the mock API's root is `/api`.
pub fn on_server(url: &str, origin: &str) -> String {
    let path = path(url);
    if origin == MOCK && path == "/" {
        format!("{MOCK}/api/health")
    } else {
        format!("{origin}{path}")
    }
}

/// Path and query of an absolute or relative address.
pub fn path(url: &str) -> &str {
    let rest = match url.find("://") {
        Some(at) => &url[at + 3..],
        None if url.starts_with("localhost") => url,
        None => return if url.is_empty() { "/" } else { url },
    };
    rest.find(['/', '?', '#']).map_or("/", |from| &rest[from..])
}

/// Host and port of a whole address: `localhost:4000`; empty for a path alone.
pub fn host(url: &str) -> &str {
    url.split_once("://")
        .map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers() {
        for (url, wanted) in [
            ("http://localhost:3000", Some(YOURS)),
            ("localhost:4000/api", Some(MOCK)),
            ("/users", Some(YOURS)),
            ("http://localhost:30001/", None),
            ("https://api.test/x", None),
        ] {
            assert_eq!(server(url), wanted, "{url}");
        }
    }

    #[test]
    fn paths() {
        for (url, wanted) in [
            ("http://localhost:3000", "/"),
            ("http://localhost:3000/a?b=1", "/a?b=1"),
            ("localhost:3000/x", "/x"),
            ("/y", "/y"),
            ("", "/"),
        ] {
            assert_eq!(path(url), wanted, "{url}");
        }
        assert_eq!(on_server("http://localhost:3000/a?b=1", MOCK), "http://localhost:4000/a?b=1");
        assert_eq!(on_server("http://localhost:3000/", MOCK), "http://localhost:4000/api/health");
        assert_eq!(host("http://localhost:4000/api"), "localhost:4000");
    }
}
