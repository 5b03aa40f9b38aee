//! Addresses of the pages, relative to the deployment's root.

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Course,
    Practice,
    /// With the name of an own project, or none yet.
    Playground(Option<String>),
    Reference,
    Lesson(String),
    NotFound,
}

impl Route {
    /// Returns the address below the root: `lessons/<slug>/`, and an empty text for the course map.
    pub fn path(&self) -> String {
        match self {
            Self::Course => String::new(),
            Self::Practice => "practice/".into(),
            Self::Playground(None) => "playground/".into(),
            Self::Playground(Some(name)) => format!("playground/?project={}", encode(name)),
            Self::Reference => "reference/".into(),
            Self::Lesson(slug) => format!("lessons/{slug}/"),
            Self::NotFound => "404.html".into(),
        }
    }

    /// Returns what an `href` beside `<base href>` needs: never empty.
    pub fn href(&self) -> String {
        let path = self.path();
        if path.is_empty() { "./".into() } else { path }
    }

    /// Reads an address below the root, query included.
    pub fn parse(path: &str) -> Self {
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_matches('/');
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Course,
            ["practice"] => Self::Practice,
            ["playground"] => Self::Playground(query.split('&').find_map(|pair| pair.strip_prefix("project=")).map(decode)),
            ["reference"] => Self::Reference,
            ["lessons", slug] => Self::Lesson((*slug).into()),
            _ => Self::NotFound,
        }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn decode(text: &str) -> String {
    crate::state::encoding::decode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, route: Route, back: &str) {
        let read = Route::parse(path);
        assert_eq!(read, route, "{path}");
        assert_eq!(read.path(), back, "{path}");
    }

    #[test]
    fn reads_and_writes_addresses() {
        check("", Route::Course, "");
        check("index.html", Route::Course, "");
        check("practice", Route::Practice, "practice/");
        check(
            "lessons/express-hello/index.html#one-route",
            Route::Lesson("express-hello".into()),
            "lessons/express-hello/",
        );
        check(
            "playground/?x=1&project=My%20shop",
            Route::Playground(Some("My shop".into())),
            "playground/?project=My%20shop",
        );
        check("playground/", Route::Playground(None), "playground/");
        check("lessons/", Route::NotFound, "404.html");
    }
}
