//! Limits that keep a lesson readable and a task well proved.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::markdown::{Piece, plain_text};
use crate::source::{LessonSource, TaskSource};

const LESSON_LINES: usize = 250;
const WORDS_BEFORE_RUN: usize = 600;
const STARTER_LINES: usize = 60;
const HINTS: usize = 3;
const RIGHT_ANSWERS: usize = 2;
const WRONG_CAUSES: usize = 4;

pub(super) fn lesson(lesson: &LessonSource, findings: &mut Vec<Finding>) {
    let lines = lesson.text.lines().count();
    if lines > LESSON_LINES {
        findings.push(Finding::new(
            lesson.file(),
            LESSON_LINES,
            format!("{lines} lines; a lesson has at most {LESSON_LINES}"),
        ));
    }
    let mut words = 0;
    for block in lesson.document.blocks() {
        if matches!(&block.piece, Piece::Snippet(snippet) if snippet.runs) {
            break;
        }
        words += super::texts(&block.piece)
            .into_iter()
            .map(|text| plain_text(text).split_whitespace().count())
            .sum::<usize>();
        if words > WORDS_BEFORE_RUN {
            let message = format!("more than {WORDS_BEFORE_RUN} words before the first run: let the learner run something earlier");
            findings.push(Finding::new(lesson.file(), block.line, message));
            break;
        }
    }
    for task in &lesson.tasks {
        self::task(task, findings);
    }
}

fn task(task: &TaskSource, findings: &mut Vec<Finding>) {
    let file = format!("{}/task.yaml", task.folder);
    for (path, text) in task.starter.iter().chain(&task.program) {
        let lines = text.lines().count();
        if lines > STARTER_LINES {
            findings.push(Finding::new(
                &task.folder,
                0,
                format!("{path} has {lines} lines; a learner opens at most {STARTER_LINES}"),
            ));
        }
    }
    if task.raw.hints.rungs().len() < HINTS {
        findings.push(Finding::new(&file, 0, "a task has three hints: idea, where, shape"));
    }
    let predict = task.raw.kind == "predict";
    if !predict && task.right.len() < RIGHT_ANSWERS {
        findings.push(Finding::new(
            &file,
            0,
            format!(
                "{} other right answers; at least {RIGHT_ANSWERS}, each of another shape, in right/",
                task.right.len()
            ),
        ));
    }
    let folders = task.wrong.keys().map(|name| name.split('.').next().unwrap_or_default());
    let samples = task.raw.checks.iter().flat_map(|check| check.wrong.keys().map(String::as_str));
    let causes: BTreeSet<&str> = folders.chain(samples).collect();
    if causes.len() < WRONG_CAUSES {
        findings.push(Finding::new(
            &file,
            0,
            format!("wrong answers for {} causes; at least {WRONG_CAUSES}", causes.len()),
        ));
    }
}
