//! What the learner has read, tried and passed. Pure; saved whenever it changes.

use backlab_course::fields;
use backlab_course::lesson::{Course, LessonCard};
use backlab_course::report::{CheckState, Report};
use backlab_course::table::Table;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// By lesson id.
    pub lessons: Table<LessonProgress>,
    /// By whole task id.
    pub tasks: Table<TaskProgress>,
    /// The lesson that was open last.
    pub last: Option<String>,
    pub requests: u64,
}

fields!(Progress {
    lessons,
    tasks,
    last,
    requests
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LessonProgress {
    /// The version that was read.
    pub version: u32,
    /// Milliseconds since the epoch.
    pub opened: f64,
    /// Ids of sections that were scrolled past.
    pub read: Vec<String>,
    /// The last section was reached.
    pub finished: bool,
    pub quizzes: Table<Answer>,
    /// Code of the examples that were changed, by snippet id.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub snippets: Table<String>,
    /// Quizzes and sorts that were begun and not answered, by their id.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub drafts: Table<Draft>,
}

fields!(LessonProgress {
    version,
    opened,
    read,
    finished,
    quizzes,
    snippets,
    drafts
});

impl LessonProgress {
    fn read_section(&mut self, section: &str) {
        if !self.has_read(section) {
            self.read.push(section.to_owned());
        }
    }

    pub fn has_read(&self, section: &str) -> bool {
        self.read.iter().any(|read| read == section)
    }
}

/// What lies in a quiz or a sort before it is answered.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Draft {
    /// Of the lesson: in another version the same numbers may mean other options.
    pub version: u32,
    pub chosen: Placement,
}

fields!(Draft { version, chosen });

/// Index of the marked option, or per card of a sort its bucket; a card without one lies nowhere yet.
pub type Placement = Vec<Option<usize>>;

/// What was answered in a quiz or a sort.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Index of the option, or of the bucket per card.
    pub chosen: Vec<usize>,
    pub right: bool,
}

fields!(Answer { chosen, right });

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskProgress {
    /// The version and the starter that were tried.
    pub version: u32,
    pub starter_digest: String,
    pub tries: u32,
    /// Of the last try.
    pub passed: u32,
    pub of: u32,
    /// It passed once; later tries do not take that away.
    pub done: bool,
    /// Hints opened.
    pub hints: u32,
    /// The solution was looked at.
    pub compared: bool,
    /// Kind predict: what was typed.
    pub prediction: Option<String>,
    /// The first check that failed last: its title as HTML, expected and got.
    pub failing: Option<Failing>,
}

fields!(TaskProgress {
    version, starter_digest as "starterDigest", tries, passed, of, done, hints, compared, prediction, failing
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failing {
    pub title: String,
    pub expected: String,
    pub got: String,
}

fields!(Failing { title, expected, got });

/// Where a lesson stands on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Done,
    Partly,
    Here,
    Ahead,
}

impl Progress {
    /// Takes in what was done elsewhere: nothing that was passed, read or answered in either is lost.
    pub fn merge(&mut self, other: Progress) {
        for (id, theirs) in other.lessons {
            let ours = self.lessons.at(&id);
            ours.version = ours.version.max(theirs.version);
            ours.opened = ours.opened.max(theirs.opened);
            theirs.read.iter().for_each(|section| ours.read_section(section));
            ours.finished |= theirs.finished;
            ours.snippets.extend(theirs.snippets);
            ours.drafts.extend(theirs.drafts);
            for (quiz, answer) in theirs.quizzes {
                let known = ours.quizzes.at(&quiz);
                if !known.right {
                    *known = answer;
                }
            }
        }
        for (id, theirs) in other.tasks {
            let ours = self.tasks.at(&id);
            let (done, tries, hints, compared) = (
                ours.done || theirs.done,
                ours.tries + theirs.tries,
                ours.hints.max(theirs.hints),
                ours.compared || theirs.compared,
            );
            if (theirs.version, theirs.done, theirs.passed) >= (ours.version, ours.done, ours.passed) {
                *ours = theirs;
            }
            (ours.done, ours.tries, ours.hints, ours.compared) = (done, tries, hints, compared);
        }
        self.requests += other.requests;
        self.last = other.last.or(self.last.take());
    }

    pub fn lesson(&self, id: &str) -> Option<&LessonProgress> {
        self.lessons.get(id)
    }

    /// Whether the learner has done something with an exercise of a lesson.
    pub fn has_begun(&self, lesson: &str) -> bool {
        let kept = self.lesson(lesson);
        let of_it = |task: &str| task.split_once('/').is_some_and(|(of, _)| of == lesson);
        kept.is_some_and(|kept| !kept.quizzes.is_empty() || !kept.drafts.is_empty() || !kept.snippets.is_empty())
            || self.tasks.iter().any(|(task, _)| of_it(task))
    }

    pub fn task(&self, id: &str) -> Option<&TaskProgress> {
        self.tasks.get(id)
    }

    pub fn task_done(&self, id: &str) -> bool {
        self.task(id).is_some_and(|task| task.done)
    }

    /// Notes that a lesson is open now.
    pub fn open_lesson(&mut self, id: &str, version: u32, now: f64) {
        let lesson = self.lessons.at(id);
        lesson.version = version;
        lesson.opened = now;
        self.last = Some(id.into());
    }

    pub fn read_section(&mut self, lesson: &str, section: &str, last: bool) {
        let lesson = self.lessons.at(lesson);
        lesson.read_section(section);
        lesson.finished |= last;
    }

    pub fn answer(&mut self, lesson: &str, quiz: &str, chosen: Vec<usize>, right: bool) {
        let lesson = self.lessons.at(lesson);
        lesson.drafts.remove(quiz);
        lesson.quizzes.insert(quiz.into(), Answer { chosen, right });
    }

    /// Keeps what lies in a quiz or a sort that is not answered; `None` when nothing does.
    pub fn draft(&mut self, lesson: &str, version: u32, quiz: &str, chosen: Option<Placement>) {
        let drafts = &mut self.lessons.at(lesson).drafts;
        drafts.retain(|draft| draft.version == version);
        match chosen {
            Some(chosen) => drafts.insert(quiz.into(), Draft { version, chosen }),
            None => drafts.remove(quiz),
        };
    }

    /// Returns what was kept by `draft` in this version of the lesson.
    pub fn drafted(&self, lesson: &str, version: u32, quiz: &str) -> Option<&Placement> {
        let draft = self.lesson(lesson)?.drafts.get(quiz)?;
        (draft.version == version).then_some(&draft.chosen)
    }

    /// Keeps the changed code of an example; `None` when it is the lesson's own again.
    pub fn edit_snippet(&mut self, lesson: &str, snippet: &str, code: Option<String>) {
        let kept = &mut self.lessons.at(lesson).snippets;
        match code {
            Some(code) => kept.insert(snippet.into(), code),
            None => kept.remove(snippet),
        };
    }

    pub fn open_hint(&mut self, task: &str, count: u32) {
        let task = self.tasks.at(task);
        task.hints = task.hints.max(count);
    }

    pub fn compared(&mut self, task: &str) {
        self.tasks.at(task).compared = true;
    }

    pub fn predicted(&mut self, task: &str, text: &str) {
        self.tasks.at(task).prediction = Some(text.into());
    }

    /// Takes the outcome of one try.
    pub fn graded(&mut self, report: &Report, starter_digest: &str) {
        let task = self.tasks.at(&report.task);
        task.version = report.version;
        task.starter_digest = starter_digest.into();
        task.tries += 1;
        task.passed = report.passed;
        task.of = report.of;
        task.done |= report.of > 0 && report.passed >= report.of;
        task.failing = report
            .checks
            .iter()
            .find(|check| check.state == CheckState::Fail && !check.extra)
            .map(|check| Failing {
                title: check.title.clone(),
                expected: check.expected_text.clone(),
                got: check.got_text.clone(),
            });
    }

    /// A lesson is done when its tasks are, or, without tasks, when it was read to its end.
    pub fn lesson_done(&self, card: &LessonCard) -> bool {
        if card.tasks.is_empty() {
            self.lesson(&card.id).is_some_and(|lesson| lesson.finished)
        } else {
            card.tasks.iter().all(|task| self.task_done(&task.id))
        }
    }

    pub fn standing(&self, card: &LessonCard, here: Option<&str>) -> Standing {
        if self.lesson_done(card) {
            Standing::Done
        } else if here == Some(card.id.as_str()) {
            Standing::Here
        } else if self.lesson(&card.id).is_some_and(|lesson| !lesson.read.is_empty())
            || card.tasks.iter().any(|task| self.task(&task.id).is_some())
        {
            Standing::Partly
        } else {
            Standing::Ahead
        }
    }

    /// Returns the lesson to go on with: the one open last, or, when that is done, the first after it that is not.
    pub fn next_lesson<'a>(&self, course: &'a Course) -> Option<&'a LessonCard> {
        let ready: Vec<&LessonCard> = course
            .modules
            .iter()
            .flat_map(|module| &module.lessons)
            .filter(|lesson| lesson.ready)
            .collect();
        let at = self
            .last
            .as_ref()
            .and_then(|last| ready.iter().position(|lesson| lesson.id == *last))
            .unwrap_or(0);
        ready[at.min(ready.len())..]
            .iter()
            .chain(&ready)
            .find(|lesson| !self.lesson_done(lesson))
            .copied()
    }

    pub fn is_first_visit(&self) -> bool {
        self.last.is_none() && self.tasks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::lesson::{Module, TaskCard};

    fn card(id: &str, tasks: &[&str], ready: bool) -> LessonCard {
        let tasks = tasks
            .iter()
            .map(|task| TaskCard {
                id: format!("{id}/{task}"),
                ..TaskCard::default()
            })
            .collect();
        LessonCard {
            id: id.into(),
            tasks,
            ready,
            ..LessonCard::default()
        }
    }

    fn passed(task: &str, passed: u32, of: u32) -> Report {
        Report {
            task: task.into(),
            passed,
            of,
            version: 1,
            ..Report::default()
        }
    }

    #[test]
    fn merging_loses_nothing() {
        let task = |done: bool, passed: u32, tries: u32| TaskProgress {
            version: 1,
            done,
            passed,
            of: 3,
            tries,
            ..TaskProgress::default()
        };
        let of = |id: &str, task: TaskProgress| Progress {
            tasks: [(id.to_owned(), task)].into_iter().collect(),
            ..Progress::default()
        };
        for (ours, theirs, expected) in [
            (
                of("a/b", task(true, 3, 2)),
                of("a/b", task(false, 1, 5)),
                of("a/b", task(true, 3, 7)),
            ),
            (
                of("a/b", task(false, 1, 1)),
                of("a/b", task(true, 3, 1)),
                of("a/b", task(true, 3, 2)),
            ),
            (Progress::default(), of("c/d", task(false, 2, 1)), of("c/d", task(false, 2, 1))),
        ] {
            let mut merged = ours;
            merged.merge(theirs);
            assert_eq!(merged, expected);
        }
    }

    #[test]
    fn a_lesson_is_begun_by_its_exercises() {
        let check = |change: fn(&mut Progress), expected: bool| {
            let mut progress = Progress::default();
            change(&mut progress);
            assert_eq!(progress.has_begun("a"), expected);
        };
        check(|progress| progress.read_section("a", "intro", false), false);
        check(|progress| progress.open_hint("a/one", 1), true);
        check(|progress| progress.open_hint("ab/one", 1), false);
        check(|progress| progress.draft("a", 1, "verbs", Some(vec![None])), true);
        check(|progress| progress.answer("a", "verbs", vec![0], true), true);
        check(|progress| progress.answer("b", "verbs", vec![0], true), false);
    }

    #[test]
    fn a_draft_lives_until_it_is_answered_or_the_lesson_changes() {
        let check = |change: fn(&mut Progress), version: u32, expected: Option<&[Option<usize>]>| {
            let mut progress = Progress::default();
            progress.draft("a", 1, "verbs", Some(vec![Some(1), None]));
            change(&mut progress);
            let read: Progress = crate::state::json::read(&serde_json::to_string(&progress).unwrap()).unwrap();
            assert_eq!(read.drafted("a", version, "verbs").map(Vec::as_slice), expected);
        };
        check(|_| (), 1, Some(&[Some(1), None]));
        check(|_| (), 2, None);
        check(|progress| progress.draft("a", 2, "other", Some(vec![Some(0)])), 1, None);
        check(|progress| progress.draft("a", 1, "verbs", None), 1, None);
        check(|progress| progress.answer("a", "other", vec![0], true), 1, Some(&[Some(1), None]));
        check(|progress| progress.answer("a", "verbs", vec![1, 0], false), 1, None);
        check(
            |progress| {
                let mut merged = Progress::default();
                merged.merge(std::mem::take(progress));
                *progress = merged;
            },
            1,
            Some(&[Some(1), None]),
        );
    }

    #[test]
    fn follows_a_learner_through_two_lessons() {
        let (a, b, c) = (card("a", &["one"], true), card("b", &[], true), card("c", &[], false));
        let course = Course {
            modules: vec![Module {
                lessons: vec![a.clone(), b.clone(), c],
                ..Module::default()
            }],
            ..Course::default()
        };
        let mut progress = Progress::default();
        let check = |progress: &Progress, next: Option<&str>, standing: [Standing; 2]| {
            let here = progress.next_lesson(&course).map(|card| card.id.as_str());
            assert_eq!(here, next);
            assert_eq!([progress.standing(&a, here), progress.standing(&b, here)], standing);
        };
        check(&progress, Some("a"), [Standing::Here, Standing::Ahead]);
        progress.open_lesson("b", 1, 5.0);
        progress.read_section("b", "intro", false);
        progress.graded(&passed("a/one", 1, 2), "");
        check(&progress, Some("b"), [Standing::Partly, Standing::Here]);
        progress.read_section("b", "end", true);
        check(&progress, Some("a"), [Standing::Here, Standing::Done]);
        progress.graded(&passed("a/one", 2, 2), "");
        progress.graded(&passed("a/one", 0, 2), "");
        check(&progress, None, [Standing::Done, Standing::Done]);
    }
}
