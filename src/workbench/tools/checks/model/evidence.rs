//! Where the evidence of a likely cause lies, and how to open it.

use backlab_course::report::CheckResult;

/// What the evidence link of a cause opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A line of the learner's code.
    Line { file: String, line: u32 },
    /// The answer, in "Your server sent".
    Response,
    /// What was printed during the check.
    Console,
    /// The way of the request.
    Trace,
}

/// The evidence that a cause names, as far as the failed step has it.
pub fn of(check: &CheckResult) -> Vec<Evidence> {
    let Some(cause) = &check.cause else { return Vec::new() };
    let step = check.steps.get(check.step).or(check.steps.last());
    let trace = step.and_then(|step| step.trace.as_ref());
    let line = |file: &Option<String>, line: Option<u32>| {
        Some(Evidence::Line {
            file: file.clone()?,
            line: line?,
        })
    };
    let (root, place) = cause.show.split_once('.').unwrap_or((cause.show.as_str(), ""));
    let mut found = Vec::new();
    match root {
        "error" => {
            let thrown = step
                .and_then(|step| step.error.as_ref())
                .or(trace.and_then(|trace| trace.error.as_ref()));
            found.extend(thrown.and_then(|error| line(&error.file, error.line)));
        }
        "response" => found.push(Evidence::Response),
        "console" => found.push(Evidence::Console),
        "trace" => {
            let layer = trace.and_then(|trace| match place {
                "answered" => trace.answered.as_ref(),
                "stopped" => trace.stopped.as_ref(),
                _ => None,
            });
            found.extend(layer.and_then(|layer| line(&layer.file, layer.line)));
            if trace.is_some() {
                found.push(Evidence::Trace);
            }
        }
        _ => {}
    }
    if found.is_empty() && !check.console.is_empty() {
        found.push(Evidence::Console);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(show: &str, trace: Value, expected: &[Evidence]) {
        let result: CheckResult = serde_json::from_value(json!({
            "cause": { "show": show },
            "steps": [{ "trace": trace }],
            "console": [{ "text": "printed" }],
        }))
        .unwrap();
        assert_eq!(of(&result), expected, "{show}");
    }

    #[test]
    fn an_error_of_the_start_has_a_line() {
        let result: CheckResult = serde_json::from_value(json!({
            "cause": { "show": "error" },
            "steps": [{ "error": { "name": "TypeError", "message": "x", "file": "server.js", "line": 2 } }],
        }))
        .unwrap();
        assert_eq!(
            of(&result),
            [Evidence::Line {
                file: "server.js".into(),
                line: 2
            }]
        );
    }

    #[test]
    fn a_cause_opens_what_it_names() {
        let line = |line| Evidence::Line {
            file: "server.js".into(),
            line,
        };
        let stopped = json!({ "stopped": { "name": "auth", "file": "server.js", "line": 7 } });
        check("error", json!({ "error": { "file": "server.js", "line": 3 } }), &[line(3)]);
        check("error", json!({}), &[Evidence::Console]);
        check("response", json!({}), &[Evidence::Response]);
        check("console", json!({}), &[Evidence::Console]);
        check("trace.stopped", stopped.clone(), &[line(7), Evidence::Trace]);
        check("trace", stopped, &[Evidence::Trace]);
        check("trace", Value::Null, &[Evidence::Console]);
    }
}
