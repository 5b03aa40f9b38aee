//! Which project a lesson opens with, and which task its checks belong to.

use std::collections::BTreeMap;

use backlab_course::lesson::{Block, Lesson};
use backlab_course::task::Task;

use crate::lesson::element_id;
use crate::state::session::ProjectId;

/// Tasks that are solved by writing code; the others are answered in the lesson.
pub fn is_coded(task: &Task) -> bool {
    !matches!(task.kind.as_str(), "predict" | "sort") && !task.starter.is_empty()
}

/// What stands in the editor when a lesson is opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// What is open already belongs to this lesson.
    Keep,
    Task(Box<Task>),
    /// The lesson's scratch project: its first runnable program.
    Scratch(BTreeMap<String, String>),
}

/// Chooses: the task that the address names (`task-hanging`), else what is open, else the first coded task that is not
/// done, else the first one, else a scratch project.
pub fn opening(lesson: &Lesson, named: &str, open: &ProjectId, is_done: impl Fn(&str) -> bool) -> Opening {
    let coded = || lesson.tasks.all().iter().filter(|task| is_coded(task));
    if let Some(task) = coded().find(|task| element_id(&task.id) == named) {
        return Opening::Task(Box::new(task.clone()));
    }
    let own = match open {
        ProjectId::Task(id) => lesson.tasks.ids().contains(id),
        ProjectId::Lesson(slug) => *slug == lesson.id,
        ProjectId::Own(_) => false,
    };
    if own {
        return Opening::Keep;
    }
    if let Some(task) = coded().find(|task| !is_done(&task.id)).or_else(|| coded().next()) {
        return Opening::Task(Box::new(task.clone()));
    }
    Opening::Scratch(scratch(lesson))
}

fn scratch(lesson: &Lesson) -> BTreeMap<String, String> {
    let mut files = lesson.files.clone();
    let program = lesson
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .find_map(|block| match block {
            Block::Snippet(snippet) if snippet.runs && snippet.language == "js" => Some(snippet.code.clone()),
            _ => None,
        });
    files
        .entry("server.js".into())
        .or_insert_with(|| program.unwrap_or_else(|| "// Write your server here.\n".into()));
    files
}

/// The open task of a lesson; without one the first coded task, so that Check always has something to check.
pub fn task_to_check<'a>(lesson: &'a Lesson, open: &ProjectId) -> Option<&'a Task> {
    let wanted = match open {
        ProjectId::Task(id) => lesson.tasks.find(id),
        _ => None,
    };
    wanted.or_else(|| lesson.tasks.all().iter().find(|task| is_coded(task)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, kind: &str) -> Task {
        Task {
            id: id.into(),
            kind: kind.into(),
            starter: [("server.js".to_owned(), String::new())].into(),
            ..Task::default()
        }
    }

    fn check(tasks: Vec<Task>, open: ProjectId, wanted: &str) {
        check_named("", tasks, open, wanted);
    }

    fn check_named(named: &str, tasks: Vec<Task>, open: ProjectId, wanted: &str) {
        let lesson = Lesson {
            id: "l".into(),
            tasks: tasks.into(),
            ..Lesson::default()
        };
        let got = match opening(&lesson, named, &open, |id| id == "l/a") {
            Opening::Keep => "keep".to_owned(),
            Opening::Task(task) => task.id,
            Opening::Scratch(files) => files.keys().cloned().collect::<Vec<_>>().join(" "),
        };
        assert_eq!(got, wanted);
    }

    #[test]
    fn openings() {
        let other = || ProjectId::Lesson("other".into());
        check(
            vec![task("l/p", "predict"), task("l/a", "open"), task("l/b", "debug")],
            other(),
            "l/b",
        );
        check(vec![task("l/a", "open")], other(), "l/a");
        check_named("task-a", vec![task("l/a", "open"), task("l/b", "debug")], other(), "l/a");
        check_named(
            "task-b",
            vec![task("l/a", "open"), task("l/b", "debug")],
            ProjectId::Task("l/a".into()),
            "l/b",
        );
        check_named("one-route", vec![task("l/a", "open"), task("l/b", "debug")], other(), "l/b");
        check(vec![task("l/p", "predict")], other(), "server.js");
        check(vec![task("l/a", "open")], ProjectId::Task("l/a".into()), "keep");
        check(vec![], ProjectId::Lesson("l".into()), "keep");
    }

    #[test]
    fn checks_belong_to_the_open_task() {
        let lesson = Lesson {
            tasks: vec![task("l/p", "predict"), task("l/a", "open"), task("l/b", "open")].into(),
            ..Lesson::default()
        };
        let id = |open| task_to_check(&lesson, &open).map(|task| task.id.as_str());
        assert_eq!(id(ProjectId::Task("l/b".into())), Some("l/b"));
        assert_eq!(id(ProjectId::Lesson("l".into())), Some("l/a"));
    }
}
