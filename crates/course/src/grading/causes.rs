//! Which likely mistake a failed step looks like.

use serde_json::Value;

use crate::matcher;
use crate::report::{CheckResult, FoundCause};
use crate::task::Cause;
use crate::values::Scope;

/// Returns the first cause whose pattern fits. A list of patterns: these in some steps so far, in order, the last in the failed one.
pub(super) fn find<'a>(
    mut candidates: impl Iterator<Item = &'a Cause>,
    failed: &Value,
    earlier: &[Value],
    differs: &str,
    scope: &Scope,
) -> Option<&'a Cause> {
    candidates.find(|cause| match scope.fill(&cause.when) {
        Value::Array(patterns) => {
            let Some((last, before)) = patterns.split_last() else {
                return false;
            };
            let mut records = earlier.iter();
            before
                .iter()
                .all(|pattern| records.any(|record| matcher::fits(pattern, record, "")))
                && matcher::fits(last, failed, differs)
        }
        pattern => matcher::fits(&pattern, failed, differs),
    })
}

/// Fills the texts of a cause with the values of the failed step, and names what has no value.
pub(super) fn fill(cause: &Cause, record: &Value, result: &CheckResult, scope: Scope) -> (FoundCause, Vec<String>) {
    let mut record = record.clone();
    if let Some(map) = record.as_object_mut() {
        for (word, value) in [("expected", &result.expected), ("got", &result.got)] {
            if let Some(value) = value {
                map.insert(word.into(), value.clone());
            }
        }
    }
    let scope = scope.with_record(record);
    let mut missing = Vec::new();
    let mut text = |html: &str| scope.fill_html(html, &mut missing);
    let found = FoundCause {
        id: cause.id.clone(),
        what: text(&cause.what),
        why: text(&cause.why),
        next: text(&cause.next),
        show: cause.show.clone(),
    };
    let missing = missing.into_iter().map(|name| format!("{}: ~{name}", cause.id)).collect();
    (found, missing)
}
