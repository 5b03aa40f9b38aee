//! Answers of a predict task: one box per check, kept as one text each.

use backlab_course::task::Task;
use std::collections::BTreeMap;

use crate::i18n::Message;
use crate::lesson::words;

/// Check id → what the learner wrote.
pub type Answers = BTreeMap<String, String>;

/// Reads the answers kept in the progress; a text of another shape counts as none.
pub fn read(kept: Option<&str>) -> Answers {
    kept.and_then(|text| crate::state::json::read(text).ok()).unwrap_or_default()
}

/// Writes the answers as the progress keeps them.
pub fn write(answers: &Answers) -> String {
    serde_json::to_string(answers).unwrap_or_default()
}

/// The request that a check's box asks about, `GET /shop/cart`.
pub fn question(task: &Task, check: usize) -> Option<String> {
    task.checks.get(check)?.steps.iter().rev().find_map(|step| {
        let request = step.get("request")?;
        Some(request.as_str()?.to_owned())
    })
}

/// What a box expects, by the task's `answer`.
pub fn shape(task: &Task) -> &'static Message {
    match task.answer.as_deref() {
        Some("status") => &words::PREDICT_STATUS,
        Some("text") => &words::PREDICT_BODY,
        _ => &words::PREDICT_ORDER,
    }
}

/// Every check has an answer to judge.
pub fn complete(task: &Task, answers: &Answers) -> bool {
    task.checks
        .iter()
        .all(|check| answers.get(&check.id).is_some_and(|answer| !answer.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::task::Check;
    use serde_json::json;

    fn task() -> Task {
        let check = |id: &str, path: &str| Check {
            id: id.into(),
            steps: vec![json!({ "request": path }), json!({ "advance": 5 })],
            ..Check::default()
        };
        Task {
            checks: vec![check("one", "GET /a"), check("two", "POST /b")],
            answer: Some("console".into()),
            ..Task::default()
        }
    }

    fn check(answers: &[(&str, &str)], expected: bool) {
        let answers = answers.iter().map(|(id, text)| ((*id).into(), (*text).into())).collect();
        assert_eq!(complete(&task(), &answers), expected);
    }

    #[test]
    fn all_boxes_need_something() {
        check(&[], false);
        check(&[("one", "A"), ("two", " ")], false);
        check(&[("one", "A"), ("two", "B")], true);
        check(&[("one", "A"), ("three", "B")], false);
    }

    #[test]
    fn answers_are_kept() {
        let answers = Answers::from([("one".to_owned(), "A → B".to_owned())]);
        assert_eq!(read(Some(&write(&answers))), answers);
        assert_eq!(read(Some("A B C")), Answers::new());
        assert_eq!(read(None), Answers::new());
    }

    #[test]
    fn a_box_asks_about_its_request() {
        assert_eq!(question(&task(), 1).as_deref(), Some("POST /b"));
        assert_eq!(question(&task(), 2), None);
    }
}
