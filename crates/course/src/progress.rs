//! What a learner has done, and how two records of it merge.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::report::Report;
use crate::task::Task;

/// The version of [`Progress`] and of exported files that this build writes.
pub const VERSION: u32 = 1;

/// Everything that is remembered of a learner, apart from code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Progress {
    pub version: u32,
    /// By `lesson/task`.
    pub tasks: BTreeMap<String, TaskProgress>,
    /// By lesson id.
    pub lessons: BTreeMap<String, LessonProgress>,
    /// The lesson to go on with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_lesson: Option<String>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            version: VERSION,
            tasks: BTreeMap::new(),
            lessons: BTreeMap::new(),
            last_lesson: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskProgress {
    /// The newest version that was passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<u32>,
    /// Digest of the starter that the learner's files began from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub starter: String,
    /// Digest of the newer starter that the learner has compared with and set aside.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub compared: String,
    /// How often it was checked.
    pub tries: u32,
    /// Most checks that passed at once.
    pub best: u32,
    /// Whether the solution was opened.
    pub solution_seen: bool,
    /// Rungs of the hint ladder that were opened.
    pub hints_seen: u32,
    /// Milliseconds since the epoch of the last change.
    pub at: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LessonProgress {
    /// Quiz id → options tried, in order.
    pub quizzes: BTreeMap<String, Vec<usize>>,
    /// Ids of sorts that were solved.
    pub sorts: Vec<String>,
    /// Ids of sections that were reached.
    pub read: Vec<String>,
    /// Milliseconds since the epoch of the last visit.
    pub at: f64,
}

/// How a task stands with a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    New,
    Begun,
    Passed,
    /// Passed in an older version. It stays passed; the screen says what changed.
    PassedBefore,
}

impl Progress {
    /// Notes a finished check of a task. `at`: milliseconds since the epoch.
    pub fn note(&mut self, task: &Task, report: &Report, at: f64) {
        let entry = self.tasks.entry(task.id.clone()).or_default();
        entry.tries += 1;
        entry.best = entry.best.max(report.passed);
        entry.at = at;
        if report.is_passed() {
            entry.passed = entry.passed.max(Some(task.version));
        }
    }

    /// How a task stands.
    pub fn standing(&self, id: &str, version: u32) -> Standing {
        match self.tasks.get(id) {
            Some(TaskProgress { passed: Some(passed), .. }) if *passed >= version => Standing::Passed,
            Some(TaskProgress { passed: Some(_), .. }) => Standing::PassedBefore,
            Some(entry) if entry.tries > 0 || !entry.starter.is_empty() => Standing::Begun,
            _ => Standing::New,
        }
    }

    /// The lines of `changes` that a learner who passed an older version has not read: newest first.
    pub fn changes<'a>(&self, task: &'a Task) -> Vec<&'a str> {
        let Some(passed) = self.tasks.get(&task.id).and_then(|entry| entry.passed) else {
            return Vec::new();
        };
        task.changes.range(passed + 1..).rev().map(|(_, line)| line.as_str()).collect()
    }

    /// Whether the starter has changed since the learner began, and the learner has not compared yet.
    pub fn starter_changed(&self, task: &Task) -> bool {
        self.tasks
            .get(&task.id)
            .is_some_and(|entry| !entry.starter.is_empty() && entry.starter != task.starter_digest && entry.compared != task.starter_digest)
    }

    /// Adds what another record knows. Nothing that was reached is lost; of two starters the later one counts.
    pub fn merge(&mut self, other: Self) {
        for (id, theirs) in other.tasks {
            let ours = self.tasks.entry(id).or_default();
            if theirs.at > ours.at || ours.starter.is_empty() {
                ours.starter = theirs.starter;
                ours.compared = theirs.compared;
            }
            ours.passed = ours.passed.max(theirs.passed);
            ours.tries = ours.tries.max(theirs.tries);
            ours.best = ours.best.max(theirs.best);
            ours.hints_seen = ours.hints_seen.max(theirs.hints_seen);
            ours.solution_seen |= theirs.solution_seen;
            ours.at = ours.at.max(theirs.at);
        }
        let newest = |progress: &BTreeMap<String, LessonProgress>| progress.values().map(|one| one.at).fold(0.0, f64::max);
        if self.last_lesson.is_none() || newest(&other.lessons) > newest(&self.lessons) {
            self.last_lesson = other.last_lesson.or(self.last_lesson.take());
        }
        for (id, theirs) in other.lessons {
            let ours = self.lessons.entry(id).or_default();
            for (quiz, tried) in theirs.quizzes {
                let mine = ours.quizzes.entry(quiz).or_default();
                if tried.len() > mine.len() {
                    *mine = tried;
                }
            }
            union(&mut ours.sorts, theirs.sorts);
            union(&mut ours.read, theirs.read);
            ours.at = ours.at.max(theirs.at);
        }
    }
}

fn union(ours: &mut Vec<String>, theirs: Vec<String>) {
    for one in theirs {
        if !ours.contains(&one) {
            ours.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(version: u32) -> Task {
        let changes = BTreeMap::from([(2, "two".to_owned()), (3, "three".to_owned())]);
        Task {
            id: "l/t".into(),
            version,
            starter_digest: format!("d{version}"),
            changes,
            ..Task::default()
        }
    }

    fn passed(version: u32) -> Progress {
        let mut progress = Progress::default();
        progress.note(
            &task(version),
            &Report {
                passed: 2,
                of: 2,
                ..Report::default()
            },
            5.0,
        );
        progress
    }

    fn check(progress: &Progress, version: u32, expected: Standing) {
        assert_eq!(progress.standing("l/t", version), expected);
    }

    #[test]
    fn standing() {
        check(&Progress::default(), 1, Standing::New);
        let mut progress = Progress::default();
        progress.note(
            &task(1),
            &Report {
                passed: 1,
                of: 2,
                ..Report::default()
            },
            1.0,
        );
        check(&progress, 1, Standing::Begun);
        check(&passed(1), 1, Standing::Passed);
        check(&passed(1), 2, Standing::PassedBefore);
        assert_eq!(passed(1).changes(&task(3)), ["three", "two"]);
        assert_eq!(passed(3).changes(&task(3)), Vec::<&str>::new());
    }

    #[test]
    fn a_new_starter_is_offered_until_compared() {
        let mut progress = passed(1);
        progress.tasks.get_mut("l/t").unwrap().starter = "d1".into();
        assert!(!progress.starter_changed(&task(1)));
        assert!(progress.starter_changed(&task(2)));
        progress.tasks.get_mut("l/t").unwrap().compared = "d2".into();
        assert!(!progress.starter_changed(&task(2)));
    }

    #[test]
    fn merging_loses_nothing() {
        let mut ours = passed(1);
        let mut theirs = Progress::default();
        theirs.tasks.insert(
            "l/t".into(),
            TaskProgress {
                tries: 9,
                best: 1,
                starter: "d1".into(),
                at: 9.0,
                ..TaskProgress::default()
            },
        );
        theirs.lessons.insert(
            "l".into(),
            LessonProgress {
                read: vec!["intro".into()],
                at: 9.0,
                ..LessonProgress::default()
            },
        );
        theirs.last_lesson = Some("l".into());
        ours.merge(theirs.clone());
        let entry = &ours.tasks["l/t"];
        assert_eq!(
            (entry.passed, entry.tries, entry.best, entry.starter.as_str()),
            (Some(1), 9, 2, "d1")
        );
        assert_eq!(ours.last_lesson.as_deref(), Some("l"));
        let once = ours.clone();
        ours.merge(theirs);
        assert_eq!(ours, once, "merging twice changes nothing");
    }
}
