//! Small counts on the tool tabs.

use backlab_course::report::Report;
use backlab_course::trace::ConsoleLine;

use crate::i18n::Texts;
use crate::i18n::pages::CHECKS_PASS;

/// A count, its colour, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    pub text: String,
    pub class: &'static str,
    pub title: String,
}

/// Errors and warnings in the console; errors win.
pub fn console(lines: &[ConsoleLine]) -> Option<Badge> {
    let count = |level: &str| lines.iter().filter(|line| line.level == level).count();
    let (errors, warnings) = (count("error"), count("warn"));
    let badge = |number: usize, class, what| Badge {
        text: number.to_string(),
        class,
        title: super::super::format::count(number, what),
    };
    match (errors, warnings) {
        (0, 0) => None,
        (0, warnings) => Some(badge(warnings, "warn", "warning")),
        (errors, _) => Some(badge(errors, "bad", "error")),
    }
}

/// Checks that pass, once there are results.
pub fn checks(report: Option<&Report>, texts: &Texts) -> Option<Badge> {
    let report = report.filter(|report| report.of > 0)?;
    Some(Badge {
        text: format!("{}/{}", report.passed, report.of),
        class: if report.is_passed() { "ok" } else { "bad" },
        title: texts.fill(&CHECKS_PASS, &[("n", &report.passed.to_string()), ("of", &report.of.to_string())]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges() {
        let line = |level: &str| ConsoleLine {
            level: level.into(),
            ..ConsoleLine::default()
        };
        let text = |lines: &[ConsoleLine]| console(lines).map(|badge| format!("{} {} {}", badge.text, badge.class, badge.title));
        assert_eq!(text(&[line("log")]), None);
        assert_eq!(text(&[line("warn"), line("warn")]).as_deref(), Some("2 warn 2 warnings"));
        assert_eq!(text(&[line("warn"), line("error")]).as_deref(), Some("1 bad 1 error"));
        let report = Report {
            passed: 4,
            of: 6,
            ..Report::default()
        };
        assert_eq!(
            checks(Some(&report), &Texts::default()).map(|badge| badge.text).as_deref(),
            Some("4/6")
        );
        assert_eq!(checks(None, &Texts::default()), None);
    }
}
