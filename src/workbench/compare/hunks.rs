//! Two versions of a file side by side: rows that align, hunks that can be taken over one by one.

use similar::{DiffOp, TextDiff};
use std::ops::Range;

use super::words;
use crate::i18n::Texts;

/// Lines that differ, as ranges of lines counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    pub mine: Range<usize>,
    pub other: Range<usize>,
}

/// A line with its number, counted from 1.
pub type Numbered = (usize, String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Same {
        mine: Numbered,
        other: Numbered,
    },
    /// One line of a hunk; a side that is shorter leaves a blank.
    Changed {
        hunk: usize,
        mine: Option<Numbered>,
        other: Option<Numbered>,
    },
    /// So many equal lines are left out.
    Gap(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    pub rows: Vec<Row>,
    pub hunks: Vec<Hunk>,
}

/// Equal lines kept around a hunk.
const CONTEXT: usize = 4;

pub fn compare(mine: &str, other: &str) -> Comparison {
    let (left, right) = (lines(mine), lines(other));
    let diff = TextDiff::from_slices(&left, &right);
    let mut comparison = Comparison::default();
    let operations = diff.ops();
    for (index, operation) in operations.iter().enumerate() {
        match *operation {
            DiffOp::Equal { old_index, new_index, len } => {
                let before = if index == 0 { 0 } else { CONTEXT };
                let after = if index + 1 == operations.len() { 0 } else { CONTEXT };
                let row = |offset: usize| Row::Same {
                    mine: (old_index + offset + 1, left[old_index + offset].to_owned()),
                    other: (new_index + offset + 1, right[new_index + offset].to_owned()),
                };
                // A gap that hides one line would be as tall as the line.
                if operations.len() == 1 || len <= before + after + 1 {
                    comparison.rows.extend((0..len).map(row));
                } else {
                    comparison.rows.extend((0..before).map(row));
                    comparison.rows.push(Row::Gap(len - before - after));
                    comparison.rows.extend((len - after..len).map(row));
                }
            }
            _ => {
                let hunk = Hunk {
                    mine: operation.old_range(),
                    other: operation.new_range(),
                };
                let number = comparison.hunks.len();
                for offset in 0..hunk.mine.len().max(hunk.other.len()) {
                    let line = |range: &Range<usize>, lines: &[&str]| {
                        let at = range.start + offset;
                        (at < range.end).then(|| (at + 1, lines[at].to_owned()))
                    };
                    comparison.rows.push(Row::Changed {
                        hunk: number,
                        mine: line(&hunk.mine, &left),
                        other: line(&hunk.other, &right),
                    });
                }
                comparison.hunks.push(hunk);
            }
        }
    }
    comparison
}

/// `mine` with the lines of one hunk taken from `other`; all else stays as it is.
pub fn apply(mine: &str, other: &str, hunk: &Hunk) -> String {
    let (left, right) = (lines(mine), lines(other));
    let mut result: Vec<&str> = Vec::with_capacity(left.len() + hunk.other.len());
    result.extend(&left[..hunk.mine.start.min(left.len())]);
    result.extend(right.get(hunk.other.clone()).unwrap_or_default());
    result.extend(&left[hunk.mine.end.min(left.len())..]);
    let mut text = result.join("\n");
    if !text.is_empty() && (mine.ends_with('\n') || mine.is_empty()) {
        text.push('\n');
    }
    text
}

/// The label of the button that takes a hunk over: what happens to which lines.
pub fn action(hunk: &Hunk, texts: &Texts) -> String {
    let (range, message) = match (hunk.other.len(), hunk.mine.len()) {
        (0, 1) => (&hunk.mine, &words::REMOVE_LINE),
        (0, _) => (&hunk.mine, &words::REMOVE_LINES),
        (1, _) => (&hunk.other, &words::USE_LINE),
        _ => (&hunk.other, &words::USE_LINES),
    };
    texts.fill(message, &[("from", &(range.start + 1).to_string()), ("to", &range.end.to_string())])
}

/// The lines without their ends, so that a missing last line feed is no difference.
fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter per row: `=` same, `~` both sides, `-` mine only, `+` other only, `.` a gap.
    fn shape(mine: &str, other: &str) -> String {
        compare(mine, other)
            .rows
            .iter()
            .map(|row| match row {
                Row::Same { .. } => '=',
                Row::Gap(_) => '.',
                Row::Changed {
                    mine: Some(_),
                    other: Some(_),
                    ..
                } => '~',
                Row::Changed { mine: Some(_), .. } => '-',
                Row::Changed { .. } => '+',
            })
            .collect()
    }

    fn check(mine: &str, other: &str, rows: &str, actions: &[&str]) {
        assert_eq!(shape(mine, other), rows, "{mine:?} {other:?}");
        let comparison = compare(mine, other);
        let labels: Vec<String> = comparison.hunks.iter().map(|hunk| action(hunk, &Texts::default())).collect();
        assert_eq!(labels, actions, "{mine:?} {other:?}");
    }

    #[test]
    fn rows_align() {
        check("a\nb\n", "a\nb\n", "==", &[]);
        check("a\nb\n", "a\nb", "==", &[]);
        check("a\nx\nc\n", "a\nb\nc\n", "=~=", &["Use line 2"]);
        check("a\nx\nc\n", "a\nb\nb2\nc\n", "=~+=", &["Use lines 2 to 3"]);
        check("a\nx\ny\nc\n", "a\nc\n", "=--=", &["Remove lines 2 to 3"]);
        check("", "a\nb\n", "++", &["Use lines 1 to 2"]);
    }

    #[test]
    fn long_equal_runs_are_folded() {
        let equal = |count: usize| "same\n".repeat(count);
        let (mine, other) = (
            format!("{}x\n{}z\n", equal(9), equal(20)),
            format!("{}y\n{}z\n", equal(9), equal(20)),
        );
        assert_eq!(shape(&mine, &other), ".====~====.");
    }

    #[test]
    fn one_hunk_is_taken_at_a_time() {
        let (mine, other) = ("1\nx\n3\n4\ny\n6\n", "1\n2\n3\n4\n5\n6\n");
        let hunks = compare(mine, other).hunks;
        assert_eq!(hunks.len(), 2);
        let first = apply(mine, other, &hunks[0]);
        assert_eq!(first, "1\n2\n3\n4\ny\n6\n");
        let rest = compare(&first, other).hunks;
        assert_eq!(apply(&first, other, &rest[0]), other);
    }

    #[test]
    fn taking_all_hunks_gives_the_other_file() {
        for (mine, other) in [("", "a\n"), ("a\n", ""), ("a\nb\nc\n", "c\nb\na\n"), ("x\n", "x\ny\nz\n")] {
            let mut text = mine.to_owned();
            while let Some(hunk) = compare(&text, other).hunks.first().cloned() {
                text = apply(&text, other, &hunk);
            }
            assert_eq!(text, other, "{mine:?}");
        }
    }
}
