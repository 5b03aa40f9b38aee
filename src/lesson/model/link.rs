//! What a click on a link inside lesson text means.

/// Where a link of a lesson leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A place in this lesson: the id of a section, a quiz, or a task.
    Here(String),
    /// Another page of the course, relative to the deployment's root: `lessons/http-by-hand/#intro`.
    Page(String),
    /// Leaves the page; the browser handles it.
    Outside,
}

impl Link {
    /// Reads an `href` as the compiler writes it, below the deployment's root. `lesson` is the slug of the open lesson.
    pub fn read(href: &str, lesson: &str) -> Self {
        if let Some(id) = href.strip_prefix('#') {
            return Self::Here(id.to_owned());
        }
        if href.contains("://") || href.starts_with("//") || href.starts_with("mailto:") {
            return Self::Outside;
        }
        let path = href.trim_start_matches("./").to_owned();
        let own = format!("lessons/{lesson}/");
        match path.strip_prefix(own.as_str()) {
            Some("") => Self::Here(String::new()),
            Some(rest) => match rest.strip_prefix('#') {
                Some(id) => Self::Here(id.to_owned()),
                None => Self::Page(path),
            },
            None => Self::Page(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(href: &str, expected: Link) {
        assert_eq!(Link::read(href, "middleware"), expected, "{href}");
    }

    #[test]
    fn links_are_told_apart() {
        check("lessons/middleware/#task-hanging", Link::Here("task-hanging".into()));
        check("#step", Link::Here("step".into()));
        check("lessons/middleware/#step", Link::Here("step".into()));
        check("lessons/middleware/", Link::Here(String::new()));
        check("lessons/error-handling/", Link::Page("lessons/error-handling/".into()));
        check("./reference/#res-send", Link::Page("reference/#res-send".into()));
        check("https://nodejs.org/api/", Link::Outside);
        check("mailto:a@b.c", Link::Outside);
    }
}
