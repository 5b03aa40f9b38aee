//! Where a learner stands with a task, and what its card shows.

use backlab_course::report::{CheckState, Report};
use backlab_course::task::Task;

use crate::state::progress::TaskProgress;

/// How far the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    New,
    /// Passed checks of the last try, of all.
    Tried {
        passed: u32,
        of: u32,
    },
    Passed,
    /// Passed after the solution was looked at. Said plainly, without a penalty.
    PassedCompared,
}

/// One piece of the meter, one per check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    Empty,
    Running,
    Pass,
    Fail,
}

impl Segment {
    /// The design's class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Empty => "",
            Self::Running => "now",
            Self::Pass => "ok",
            Self::Fail => "bad",
        }
    }
}

pub fn standing(progress: Option<&TaskProgress>) -> Standing {
    match progress {
        Some(task) if task.done && task.compared => Standing::PassedCompared,
        Some(task) if task.done => Standing::Passed,
        Some(task) if task.tries > 0 => Standing::Tried {
            passed: task.passed,
            of: task.of,
        },
        _ => Standing::New,
    }
}

/// The meter of a task: from the report while there is one of this task, else from the kept outcome.
pub fn segments(task: &Task, progress: Option<&TaskProgress>, report: Option<&Report>) -> Vec<Segment> {
    if let Some(report) = report.filter(|report| report.task == task.id && !report.checks.is_empty()) {
        return report.checks.iter().map(|check| segment(check.state)).collect();
    }
    let count = task.checks.len();
    let (passed, failed) = match standing(progress) {
        Standing::New => (0, 0),
        Standing::Passed | Standing::PassedCompared => (count, 0),
        Standing::Tried { passed, of } => (passed as usize, of.saturating_sub(passed) as usize),
    };
    (0..count)
        .map(|index| match index {
            _ if index < passed => Segment::Pass,
            _ if index < passed + failed => Segment::Fail,
            _ => Segment::Empty,
        })
        .collect()
}

pub fn segment(state: CheckState) -> Segment {
    match state {
        CheckState::Waiting => Segment::Empty,
        CheckState::Running => Segment::Running,
        CheckState::Pass => Segment::Pass,
        CheckState::Fail | CheckState::CouldNotRun => Segment::Fail,
    }
}

/// What changed in a task since the learner's try: the newest line of `changes` after it, as HTML.
pub fn change_since<'task>(task: &'task Task, progress: Option<&TaskProgress>) -> Option<Vec<&'task str>> {
    let tried = progress.filter(|progress| progress.version > 0 && progress.version < task.version)?;
    Some(task.changes.range(tried.version + 1..).map(|(_, html)| html.as_str()).collect())
}

/// The project that the learner started from is no longer the one of the lesson.
pub fn starter_changed(task: &Task, progress: Option<&TaskProgress>) -> bool {
    progress.is_some_and(|progress| !progress.starter_digest.is_empty() && progress.starter_digest != task.starter_digest)
}

/// The solution may be looked at from the first failed try on.
pub fn may_compare(task: &Task, progress: Option<&TaskProgress>) -> bool {
    !task.solution.is_empty() && progress.is_some_and(|progress| progress.tries > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::report::CheckResult;
    use backlab_course::task::Check;

    fn task(checks: usize) -> Task {
        Task {
            id: "a/b".into(),
            version: 3,
            checks: vec![Check::default(); checks],
            starter_digest: "new".into(),
            ..Task::default()
        }
    }

    fn tried(passed: u32, of: u32, done: bool) -> TaskProgress {
        TaskProgress {
            tries: 1,
            passed,
            of,
            done,
            version: 1,
            ..TaskProgress::default()
        }
    }

    fn meter(segments: &[Segment]) -> String {
        segments
            .iter()
            .map(|segment| match segment {
                Segment::Empty => '.',
                Segment::Running => '>',
                Segment::Pass => '+',
                Segment::Fail => '-',
            })
            .collect()
    }

    fn check(progress: Option<TaskProgress>, report: Option<(&str, &[CheckState])>, expected: &str) {
        let report = report.map(|(task, states)| Report {
            task: task.into(),
            checks: states
                .iter()
                .map(|state| CheckResult {
                    state: *state,
                    ..CheckResult::default()
                })
                .collect(),
            ..Report::default()
        });
        assert_eq!(meter(&segments(&task(4), progress.as_ref(), report.as_ref())), expected);
    }

    #[test]
    fn the_meter_shows_the_newest_outcome() {
        use CheckState::{CouldNotRun, Fail, Pass, Running, Waiting};
        check(None, None, "....");
        check(Some(tried(2, 4, false)), None, "++--");
        check(Some(tried(1, 4, true)), None, "++++");
        check(Some(tried(2, 3, false)), None, "++-.");
        check(None, Some(("a/b", &[Pass, Running, Waiting, Waiting])), "+>..");
        check(None, Some(("a/b", &[Fail, CouldNotRun, CouldNotRun, CouldNotRun])), "----");
        check(Some(tried(2, 4, false)), Some(("other/task", &[Pass])), "++--");
    }

    #[test]
    fn standings_are_told_apart() {
        assert_eq!(standing(None), Standing::New);
        assert_eq!(
            standing(Some(&TaskProgress {
                hints: 2,
                ..TaskProgress::default()
            })),
            Standing::New
        );
        assert_eq!(standing(Some(&tried(1, 4, false))), Standing::Tried { passed: 1, of: 4 });
        assert_eq!(standing(Some(&tried(1, 4, true))), Standing::Passed);
        assert_eq!(
            standing(Some(&TaskProgress {
                compared: true,
                ..tried(4, 4, true)
            })),
            Standing::PassedCompared
        );
    }

    #[test]
    fn changes_after_the_try_are_told() {
        let mut task = task(1);
        task.changes = [(1, "one".to_owned()), (2, "two".to_owned()), (3, "three".to_owned())].into();
        assert_eq!(change_since(&task, Some(&tried(1, 1, true))), Some(vec!["two", "three"]));
        let current = TaskProgress {
            version: 3,
            ..tried(1, 1, true)
        };
        assert_eq!(change_since(&task, Some(&current)), None);
        assert_eq!(change_since(&task, None), None);
    }

    #[test]
    fn a_starter_is_compared_by_its_digest() {
        assert!(!starter_changed(&task(1), Some(&tried(0, 1, false))));
        assert!(starter_changed(
            &task(1),
            Some(&TaskProgress {
                starter_digest: "old".into(),
                ..tried(0, 1, false)
            })
        ));
    }
}
