//! The state machine against a scripted sandbox.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{Grader, Submission};
use crate::report::{CheckState, Report};
use crate::task::{Cause, Check, Task};

/// Grades with a sandbox that answers by the command; returns the report and all commands.
fn grade(task: &Task, typed: &str, sandbox: impl Fn(&Value) -> Value) -> (Report, Vec<Value>, Vec<String>) {
    let answers = task.checks.iter().map(|check| (check.id.clone(), typed.to_owned())).collect();
    let catalogue = [Cause {
        id: "common".into(),
        when: json!({ "hang": true }),
        what: "~trace.stopped.name".into(),
        ..Cause::default()
    }];
    let mut grader = Grader::new(
        task,
        &catalogue,
        "7f3a",
        Submission {
            files: BTreeMap::new(),
            answers,
            ..Submission::default()
        },
    );
    assert!(grader.report().checks.iter().all(|check| check.state == CheckState::Waiting));
    let mut commands = Vec::new();
    while let Some(command) = grader.next() {
        assert_eq!(grader.next(), None, "one question at a time");
        let record = sandbox(&command);
        grader.answer(if record == "broken" {
            json!({ "ok": false, "message": "no" })
        } else {
            json!({ "ok": true, "record": record })
        });
        commands.push(command);
    }
    assert!(grader.is_done());
    (grader.report().clone(), commands, grader.unfilled().to_vec())
}

fn task(checks: Value) -> Task {
    let checks: Vec<Check> = serde_json::from_value(checks).unwrap();
    let seeds = BTreeMap::from([("id".to_owned(), json!("int 100..999"))]);
    Task {
        id: "l/t".into(),
        version: 1,
        checks,
        seeds,
        ..Task::default()
    }
}

fn states(report: &Report) -> Vec<CheckState> {
    report.checks.iter().map(|check| check.state).collect()
}

#[test]
fn values_travel_from_step_to_step() {
    let task = task(json!([{ "id": "a", "title": "user ~id", "steps": [
        { "request": "POST /users/~id", "expect": { "status": 201 }, "save": { "made": "json.id" } },
        { "advance": "61s" },
        { "request": "GET /users/~made", "expect": { "json": { "id": "~made" } } },
    ] }]));
    let (report, commands, _) = grade(&task, "", |command| {
        match command.pointer("/action/request").and_then(Value::as_str) {
            Some(request) if request.starts_with("POST") => json!({ "status": 201, "json": { "id": 5 }, "console": ["hi"] }),
            Some(request) => json!({ "status": 200, "json": { "id": request.rsplit('/').next().unwrap().parse::<u32>().unwrap() } }),
            None => json!({}),
        }
    });
    assert_eq!(states(&report), [CheckState::Pass]);
    assert!(report.is_passed());
    let words: Vec<&str> = commands.iter().filter_map(|command| command["do"].as_str()).collect();
    assert_eq!(words, ["open", "perform", "perform", "perform", "close"]);
    assert_eq!(commands[2]["action"], json!({ "advance": 61_000.0 }));
    assert_eq!(commands[3]["action"]["request"], "GET /users/5");
    let id = report.checks[0].title.strip_prefix("user ").unwrap();
    assert_eq!(commands[1]["action"]["request"], format!("POST /users/{id}"));
    assert_eq!(report.checks[0].console[0].text, "hi");
    assert_eq!(report.checks[0].steps.len(), 3);
}

#[test]
fn the_first_difference_gets_a_cause() {
    let causes = json!([
        { "id": "gap", "when": { "status": 404 }, "what": "~gone" },
        { "id": "list", "when": [{ "status": 200 }, { "status": 404 }], "what": "`~sent.path` got ~got, not ~expected" },
        { "id": "late", "when": { "status": 404 }, "what": "" },
    ]);
    let task = task(json!([{ "id": "a", "causes": causes, "steps": [
        { "request": "GET /one", "expect": { "status": 200 } },
        { "request": "GET /two", "expect": { "status": [200, 204] } },
        { "request": "GET /three" },
    ] }]));
    let (report, commands, unfilled) = grade(&task, "", |command| {
        match command.pointer("/action/request").and_then(Value::as_str) {
            Some("GET /one") => json!({ "status": 200 }),
            Some(_) => json!({ "status": 404, "sent": { "path": "/<two>" } }),
            None => json!({}),
        }
    });
    let check = &report.checks[0];
    assert_eq!(
        (check.state, check.step, check.differs.as_deref()),
        (CheckState::Fail, 1, Some("status"))
    );
    assert_eq!(
        (check.expected_text.as_str(), check.got_text.as_str()),
        ("Status 200 or 204.", "Status 404.")
    );
    let cause = check.cause.as_ref().unwrap();
    assert_eq!(
        (cause.id.as_str(), cause.what.as_str()),
        ("list", "`/&lt;two&gt;` got 404, not [200,204]")
    );
    assert_eq!(unfilled, ["gap: ~gone"], "a sentence with a gap is passed over");
    assert_eq!(commands.len(), 4, "the rest of the check is not run");
}

#[test]
fn a_program_that_does_not_start() {
    let task = task(json!([{ "id": "a", "steps": [{ "request": "GET /" }] }, { "id": "b", "steps": [{ "request": "GET /" }] }]));
    let (report, commands, _) = grade(
        &task,
        "",
        |_| json!({ "error": { "name": "TypeError", "message": "x", "file": "server.js", "line": 3 }, "exit": 1 }),
    );
    assert_eq!(states(&report), [CheckState::Fail, CheckState::CouldNotRun]);
    assert_eq!(report.checks[0].differs.as_deref(), Some("start"));
    assert_eq!(report.checks[0].got_text, "It stopped on line 3 of server.js: TypeError: x.");
    assert_eq!(commands.len(), 2);
    let expects = self::task(json!([{ "id": "a", "steps": [{ "expect": { "exit": 1, "error": { "name": "TypeError" } } }] }]));
    let (report, ..) = grade(&expects, "", |_| json!({ "error": { "name": "TypeError" }, "exit": 1 }));
    assert_eq!(states(&report), [CheckState::Pass]);
}

#[test]
fn requests_must_be_answered_and_the_program_must_run_on() {
    let task = task(json!([{ "id": "a", "steps": [{ "request": "GET /" }] }]));
    for (record, place) in [
        (json!({ "hang": true, "trace": { "stopped": { "name": "<b>" } } }), "hang"),
        (json!({ "refused": true }), "refused"),
        (json!({ "status": 200, "exit": 1 }), "exit"),
    ] {
        let (report, ..) = grade(
            &task,
            "",
            |command| if command["do"] == "perform" { record.clone() } else { json!({}) },
        );
        assert_eq!(report.checks[0].differs.as_deref(), Some(place));
        assert_eq!(report.checks[0].cause.is_some(), place == "hang");
    }
}

#[test]
fn attack_honest_extra_and_advice() {
    let mut task = task(json!([
        { "id": "a", "attack": [{ "request": "GET /secret", "expect": { "status": 403 } }], "honest": [{ "request": "GET /open", "expect": { "status": 200 } }] },
        { "id": "more", "extra": true, "steps": [{ "request": "GET /extra", "expect": { "status": 200 } }] },
        { "id": "source", "extra": true, "advice": { "*": { "$lacks": "sk_live" } } },
    ]));
    let (report, ..) = grade(&task, "", |command| {
        match command.pointer("/action/request").and_then(Value::as_str) {
            Some("GET /secret") => json!({ "status": 403 }),
            Some("GET /extra") => json!({ "status": 404 }),
            _ => json!({ "status": 200 }),
        }
    });
    assert_eq!(states(&report), [CheckState::Pass, CheckState::Fail, CheckState::Pass]);
    assert_eq!((report.passed, report.of, report.is_passed()), (1, 1, true));
    task.checks.truncate(1);
    let (report, ..) = grade(&task, "", |_| json!({ "status": 200 }));
    assert_eq!((states(&report), report.checks[0].step), (vec![CheckState::Fail], 0));
    let (report, ..) = grade(
        &task,
        "",
        |command| if command["do"] == "perform" { "broken".into() } else { json!({}) },
    );
    assert_eq!(
        (states(&report), report.checks[0].got_text.as_str()),
        (vec![CheckState::CouldNotRun], "no")
    );
}

#[test]
fn predictions_are_measured() {
    let causes = json!([{ "id": "past", "when": { "answer": ["A", "B", "C"] } }, { "id": "none", "when": { "answer": { "$any": [["nothing"], [404]] } } }, { "id": "other", "when": { "answer": "<array 0..>" } }]);
    let mut task = task(json!([{ "id": "a", "causes": causes, "steps": [{ "request": "GET /" }] }]));
    task.kind = "predict".into();
    task.answer = Some("console".into());
    for (typed, cause) in [
        ("a, b", None),
        ("A B C", Some("past")),
        ("abc", Some("past")),
        ("Nothing.", Some("none")),
        ("404", Some("none")),
        ("", Some("other")),
    ] {
        let (report, ..) = grade(&task, typed, |command| {
            if command["do"] == "perform" {
                json!({ "status": 200, "console": ["A", "B"] })
            } else {
                json!({})
            }
        });
        assert_eq!(report.checks[0].cause.as_ref().map(|cause| cause.id.as_str()), cause, "{typed}");
        assert_eq!(report.checks[0].differs.as_deref(), cause.map(|_| "answer"));
    }
}

#[test]
fn commands_and_environment() {
    let command = task(json!([{ "id": "a", "steps": [{ "command": "node sum.js ~id" }, { "request": "GET /" }] }]));
    let (_, commands, _) = grade(&command, "", |_| json!({}));
    assert_eq!(commands[0]["start"], false);
    assert_eq!(
        commands[2]["action"],
        json!({ "restart": {} }),
        "without a server file, it starts when it is first needed"
    );
    let env = task(json!([{ "id": "a", "steps": [{ "restart": { "env": { "PORT": "~id" } }, "expect": { "listening": [3000] } }] }]));
    let (report, commands, _) = grade(&env, "", |_| json!({ "listening": [3000] }));
    assert_eq!(states(&report), [CheckState::Pass]);
    assert!(commands[0]["project"]["env"]["PORT"].is_string());
    assert_eq!(commands.len(), 2);
}

#[test]
fn the_world_is_filled() {
    let mut task = task(json!([{ "id": "a", "steps": [{ "request": "GET /", "expect": { "db": { "users": "unchanged" } } }] }]));
    task.world = BTreeMap::from([
        (
            "data".to_owned(),
            json!({ "users": [{ "id": "~id" }], "books": { "repeat": 3, "seeds": { "t": "word" }, "row": { "n": "~row", "t": "~t" } } }),
        ),
        ("env".to_owned(), json!({ "LIMIT": 5 })),
        ("clock".to_owned(), json!("2026-02-01T00:00:00Z")),
    ]);
    let (report, commands, _) = grade(
        &task,
        "",
        |command| json!({ "status": 200, "db": { "users": command.pointer("/project/data/users").cloned().unwrap_or(json!([])) } }),
    );
    let project = &commands[0]["project"];
    assert_eq!(project["env"]["LIMIT"], "5");
    assert_eq!(project["now"], "2026-02-01T00:00:00Z");
    assert!(project["data"]["users"][0]["id"].is_u64() || project["data"]["users"][0]["id"].is_i64());
    assert_eq!(project["data"]["books"].as_array().map(Vec::len), Some(3));
    assert_eq!(report.checks[0].differs.as_deref(), Some("db.users"));
}
