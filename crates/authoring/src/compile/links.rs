//! `lesson:`, `task:`, `concept:`, `api:` and `file:` links.

use backlab_course::values::escape;

use crate::finding::nearest;
use crate::markdown::Links;
use crate::source::Library;

/// Resolves the links of one lesson. Addresses are relative to the page's `<base>`; the app follows the data attributes.
pub struct CourseLinks<'a> {
    pub library: &'a Library,
    /// The lesson that the text stands in; empty for the catalogue.
    pub lesson: &'a str,
}

impl Links for CourseLinks<'_> {
    fn attributes(&self, target: &str) -> Result<String, String> {
        let (kind, rest) = target.split_once(':').unwrap_or(("", target));
        let safe = escape(rest);
        match kind {
            "lesson" => match self.library.number(rest) {
                Some(_) => Ok(format!("class=\"link\" data-lesson=\"{safe}\" href=\"lessons/{safe}/\"")),
                None => Err(format!("there is no lesson `{rest}`{}", nearest(rest, self.lessons()))),
            },
            "task" => {
                let (lesson, task) = rest.split_once('/').unwrap_or((self.lesson, rest));
                let found = self
                    .library
                    .lesson(lesson)
                    .is_some_and(|lesson| lesson.tasks.iter().any(|one| one.raw.id == task));
                let (lesson, task) = (escape(lesson), escape(task));
                if found {
                    Ok(format!(
                        "class=\"link\" data-task=\"{lesson}/{task}\" href=\"lessons/{lesson}/#task-{task}\""
                    ))
                } else {
                    Err(format!("there is no task `{rest}`: write `task:id` or `task:lesson/id`"))
                }
            }
            "concept" => match self.library.concepts.get(rest) {
                Some(concept) => Ok(format!(
                    "class=\"link\" data-concept=\"{safe}\" href=\"lessons/{}/\"",
                    escape(&concept.lesson)
                )),
                None => Err(format!(
                    "there is no concept `{rest}`{}",
                    nearest(rest, self.library.concepts.keys())
                )),
            },
            "api" => match api(rest) {
                Some(page) => Ok(outside(&page)),
                None => Err(format!(
                    "nothing says where `{rest}` is documented{}: add it to `NODE` or `EXPRESS` in crates/authoring/src/compile/links.rs",
                    nearest(rest, NODE.iter().map(|(name, _)| *name).chain(EXPRESS))
                )),
            },
            "file" => {
                let (path, line) = rest.rsplit_once(':').unwrap_or((rest, "1"));
                match line.parse::<usize>() {
                    Ok(line) if !self.is_in_a_project(path, line) => {
                        Err(format!("no project of this lesson has `{path}` with a line {line}"))
                    }
                    Ok(line) => Ok(format!(
                        "class=\"link\" data-file=\"{}\" data-line=\"{line}\" href=\"#editor\"",
                        escape(path)
                    )),
                    Err(_) => Err(format!("`{target}`: write `file:server.js:6`")),
                }
            }
            "https" => Ok(outside(target)),
            _ => Err(format!(
                "`{target}` is no link of the course: known are lesson: task: concept: api: file: and https:"
            )),
        }
    }
}

fn outside(address: &str) -> String {
    format!("class=\"link\" rel=\"noopener\" target=\"_blank\" href=\"{}\"", escape(address))
}

/// What Node documents, and the section that does.
const NODE: [(&str, &str); 2] = [
    ("res.writeHead", "responsewriteheadstatuscode-statusmessage-headers"),
    ("res.statusCode", "responsestatuscode"),
];
/// What Express documents, each in a section of its name.
const EXPRESS: [&str; 5] = ["app.get.method", "req.originalUrl", "res.json", "res.redirect", "res.status"];

/// Where the makers of a function document it.
fn api(name: &str) -> Option<String> {
    let node = NODE.iter().find(|(known, _)| *known == name);
    let node = node.map(|(_, section)| format!("https://nodejs.org/docs/latest-v20.x/api/http.html#{section}"));
    node.or_else(|| {
        EXPRESS
            .contains(&name)
            .then(|| format!("https://expressjs.com/en/5x/api.html#{name}"))
    })
}

impl CourseLinks<'_> {
    /// Whether a file of the lesson, or of a starter or program of its tasks, is that long.
    fn is_in_a_project(&self, path: &str, line: usize) -> bool {
        let Some(lesson) = self.library.lesson(self.lesson) else {
            return false;
        };
        let of_tasks = lesson.tasks.iter().flat_map(|task| [task.starter.clone(), task.program.clone()]);
        of_tasks
            .chain([self.library.base(lesson)])
            .any(|files| files.get(path).is_some_and(|text| (1..=text.lines().count()).contains(&line)))
    }

    fn lessons(&self) -> impl Iterator<Item = &str> {
        let planned = self
            .library
            .plan
            .modules
            .iter()
            .flat_map(|module| &module.lessons)
            .map(|lesson| lesson.id.as_str());
        planned.chain(self.library.lessons.iter().map(|lesson| lesson.slug.as_str()))
    }
}
