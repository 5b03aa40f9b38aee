//! The palette's search: every word must occur, beginnings of words come first.

use backlab_course::lesson::{SearchEntry, Text};

use super::reference::MockRoute;
use crate::i18n::{Texts, shell};
use crate::routes::Route;

/// Results shown.
const MOST: usize = 24;

/// Something that can be found and opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub group: &'static str,
    pub icon: &'static str,
    pub title: String,
    /// Words beside the title that are searched too.
    more: String,
    /// Set in code type.
    pub code: bool,
    pub meta: String,
    /// A task's whole id.
    pub task: Option<String>,
    pub route: Route,
    pub hash: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub entry: Entry,
    /// The title in pieces; true marks what was searched for.
    pub parts: Vec<(String, bool)>,
}

/// Lists everything that can be found.
pub fn index(course: &[SearchEntry], reference: &[MockRoute], texts: &Texts) -> Vec<Entry> {
    let blank = |group, icon, title: String, route| Entry {
        group,
        icon,
        title,
        more: String::new(),
        code: false,
        meta: String::new(),
        task: None,
        route,
        hash: String::new(),
    };
    let mut entries: Vec<Entry> = Vec::new();
    for (kind, group, icon) in [
        ("lesson", &shell::LESSONS, "book"),
        ("section", &shell::SECTIONS, "file"),
        ("task", &shell::PRACTICE, "tasks"),
        ("concept", &shell::CONCEPTS, "bulb"),
    ] {
        entries.extend(course.iter().filter(|entry| entry.kind == kind).map(|entry| Entry {
            more: format!("{} {}", texts.pick(&entry.text), in_english(&entry.title)),
            meta: if kind == "section" {
                texts.pick(&entry.text).into()
            } else {
                String::new()
            },
            task: (kind == "task").then(|| entry.id.clone()),
            hash: match kind {
                "task" => super::reference::task_hash(&entry.id),
                "section" => entry.id.split_once('#').map_or("", |(_, section)| section).into(),
                _ => String::new(),
            },
            ..blank(
                texts.get(group),
                icon,
                texts.pick(&entry.title).into(),
                Route::Lesson(entry.lesson.clone()),
            )
        }));
    }
    entries.extend(reference.iter().map(|route| Entry {
        more: crate::i18n::mock_api::summary(&route.summary, texts).to_owned(),
        code: true,
        meta: texts.get(&crate::i18n::pages::MOCK_API).into(),
        hash: route.anchor(),
        ..blank(
            texts.get(&shell::REFERENCE),
            "braces",
            format!("{} {}", route.method, route.path),
            Route::Reference,
        )
    }));
    let pages = [
        (&shell::COURSE, Route::Course),
        (&shell::PRACTICE, Route::Practice),
        (&shell::PLAYGROUND, Route::Playground(None)),
        (&shell::REFERENCE, Route::Reference),
    ];
    entries.extend(pages.map(|(message, route)| blank(texts.get(&shell::PAGES), "arrow-r", texts.get(message).into(), route)));
    entries
}

/// Finds entries that hold every word; groups stay together, better titles come first in each.
pub fn search(entries: &[Entry], query: &str) -> Vec<Found> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut hits: Vec<(usize, u32, &Entry)> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for entry in entries {
        if !groups.contains(&entry.group) {
            groups.push(entry.group);
        }
        let (title, more) = (entry.title.to_lowercase(), entry.more.to_lowercase());
        let cost = words.iter().try_fold(0, |sum, word| Some(sum + cost(&title, &more, word)?));
        if let Some(cost) = cost {
            hits.push((groups.iter().position(|group| *group == entry.group).unwrap_or(0), cost, entry));
        }
    }
    hits.sort_by_key(|(group, cost, _)| (*group, *cost));
    let most = if words.is_empty() { MOST / 2 } else { MOST };
    hits.into_iter()
        .take(most)
        .map(|(_, _, entry)| Found {
            parts: split(&entry.title, &words),
            entry: entry.clone(),
        })
        .collect()
}

/// English words find things in every language.
fn in_english(text: &Text) -> &str {
    text.get("en").map_or("", String::as_str)
}

fn cost(title: &str, more: &str, word: &str) -> Option<u32> {
    let starts = |text: &str| text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric));
    match () {
        () if starts(title) => Some(0),
        () if title.contains(word) => Some(1),
        () if starts(more) => Some(2),
        () if more.contains(word) => Some(3),
        () => None,
    }
}

/// Cuts a title where the words occur. Case folding that changes lengths leaves the title whole.
fn split(title: &str, words: &[String]) -> Vec<(String, bool)> {
    let lower = title.to_lowercase();
    if lower.len() != title.len() {
        return vec![(title.into(), false)];
    }
    let mut marked = vec![false; title.len()];
    for word in words {
        for (at, _) in lower.match_indices(word.as_str()) {
            marked[at..at + word.len()].fill(true);
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (at, letter) in title.char_indices() {
        match parts.last_mut() {
            Some((text, hit)) if *hit == marked[at] => text.push(letter),
            _ => parts.push((letter.to_string(), marked[at])),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[&str]) {
        let routes = [
            MockRoute {
                method: "GET".into(),
                path: "/api/users".into(),
                summary: "Lists users".into(),
                ..MockRoute::default()
            },
            MockRoute {
                method: "POST".into(),
                path: "/api/auth/login".into(),
                summary: "Signs a user in".into(),
                ..MockRoute::default()
            },
        ];
        let text = |en: &str| Text::from([("en".to_owned(), en.to_owned())]);
        let course = [
            SearchEntry {
                kind: "section".into(),
                id: "middleware#scope".into(),
                lesson: "middleware".into(),
                title: text("Scope of a layer"),
                text: text("Middleware chain"),
            },
            SearchEntry {
                kind: "lesson".into(),
                id: "middleware".into(),
                lesson: "middleware".into(),
                title: text("Middleware chain"),
                text: text("Order and next"),
            },
        ];
        let entries = index(&course, &routes, &Texts::default());
        let shown: Vec<String> = search(&entries, query)
            .iter()
            .map(|found| {
                found
                    .parts
                    .iter()
                    .map(|(text, hit)| if *hit { format!("[{text}]") } else { text.clone() })
                    .collect()
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn finds_by_every_word() {
        check("user", &["GET /api/[user]s", "POST /api/auth/login"]);
        check("post log", &["[POST] /api/auth/[log]in"]);
        check("practice", &["[Practice]"]);
        check("layer", &["Scope of a [layer]"]);
        check("chain", &["Middleware [chain]", "Scope of a layer"]);
        check("nothing", &[]);
    }
}
