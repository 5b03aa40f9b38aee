//! The outcome of a check run in one sentence, for eyes and for ears.

use backlab_course::report::{CheckResult, CheckState, Report};

use super::super::words;
use crate::i18n::Texts;
use crate::i18n::pages::CHECKS_PASS;
use crate::lesson::model::text::plain;

/// For the live region: `4 of 6 checks pass, first failing: an expired token gets 401`.
pub fn spoken(report: &Report, texts: &Texts) -> String {
    let (passed, of) = (report.passed.to_string(), report.of.to_string());
    let sum = match report.of {
        1 if report.passed == 1 => texts.get(&words::THE_CHECK_PASSES).to_owned(),
        of if report.passed >= of => texts.fill(&words::ALL_PASS, &[("of", &of.to_string())]),
        _ => texts.fill(&CHECKS_PASS, &[("n", &passed), ("of", &of)]),
    };
    let Some(check) = first_failing(report) else { return sum };
    let message = if check.state == CheckState::CouldNotRun {
        &words::FIRST_BLOCKED
    } else {
        &words::FIRST_FAILING
    };
    texts.fill(message, &[("sum", &sum), ("check", &lower_first(&plain(&check.title)))])
}

/// The check that is opened after a run: the first that failed, else the first that could not run.
pub fn first_failing(report: &Report) -> Option<&CheckResult> {
    let with = |state| report.checks.iter().find(move |check| check.state == state);
    with(CheckState::Fail).or_else(|| with(CheckState::CouldNotRun))
}

/// A capital stays when the word is a name or a method: `GET`, `JSON`, `"…"`.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && (second.is_lowercase() || second == ' ') => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(states: &[(CheckState, &str)]) -> Report {
        let checks: Vec<CheckResult> = states
            .iter()
            .map(|(state, title)| CheckResult {
                state: *state,
                title: (*title).into(),
                ..CheckResult::default()
            })
            .collect();
        let passed = checks.iter().filter(|check| check.state == CheckState::Pass).count() as u32;
        Report {
            passed,
            of: checks.len() as u32,
            checks,
            ..Report::default()
        }
    }

    fn check(states: &[(CheckState, &str)], expected: &str) {
        assert_eq!(spoken(&report(states), &Texts::default()), expected);
    }

    #[test]
    fn a_run_is_one_sentence() {
        use CheckState::{CouldNotRun, Fail, Pass, Running, Waiting};
        check(&[(Pass, "a")], "The check passes");
        check(&[(Pass, "a"), (Pass, "b")], "All 2 checks pass");
        check(
            &[(Pass, "a"), (Fail, "An expired token gets 401")],
            "1 of 2 checks pass, first failing: an expired token gets 401",
        );
        check(
            &[(Fail, "<code>GET</code> /about says &lt;Hi&gt;")],
            "0 of 1 checks pass, first failing: GET /about says <Hi>",
        );
        check(
            &[(Pass, "a"), (CouldNotRun, "B is there")],
            "1 of 2 checks pass, could not run: b is there",
        );
        check(&[(Pass, "a"), (Running, "b"), (Waiting, "c")], "1 of 3 checks pass");
    }

    #[test]
    fn a_failure_is_opened_before_what_could_not_run() {
        let report = report(&[(CheckState::Pass, "a"), (CheckState::CouldNotRun, "b"), (CheckState::Fail, "c")]);
        assert_eq!(first_failing(&report).map(|check| check.title.as_str()), Some("c"));
    }
}
