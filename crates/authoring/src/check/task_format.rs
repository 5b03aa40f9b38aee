//! Tasks: ids, words of steps, patterns, seeds, causes that exist.

use backlab_course::grading::{ACTIONS, STEP_WORDS};
use backlab_course::seeds::Kind;
use serde_json::Value;
use std::collections::BTreeSet;

use super::matchers;
use crate::compile::CourseLinks;
use crate::finding::{Finding, line_of, nearest};
use crate::markdown::{Links, targets};
use crate::source::raw::{KINDS, RawCause, RawCheck};
use crate::source::{LessonSource, Library, TaskSource};

struct Findings<'a> {
    file: String,
    text: &'a str,
    found: &'a mut Vec<Finding>,
}

impl Findings<'_> {
    /// Adds a finding at the first line with `needle` below the first line with `after`.
    fn add(&mut self, after: &str, needle: &str, message: String) {
        self.found
            .push(Finding::new(&self.file, line_of(self.text, after, needle), message));
    }
}

pub(super) fn task(library: &Library, lesson: &LessonSource, task: &TaskSource, found: &mut Vec<Finding>) {
    let mut findings = Findings {
        file: format!("{}/task.yaml", task.folder),
        text: &task.text,
        found,
    };
    let raw = &task.raw;
    let folder = task.folder.rsplit('/').next().unwrap_or_default();
    if folder.split_once('-').map(|(_, name)| name) != Some(raw.id.as_str()) {
        findings.add(
            "",
            "id:",
            format!("the id is `{}` and the folder `{folder}`: they must agree", raw.id),
        );
    }
    if !KINDS.contains(&raw.kind.as_str()) {
        let hint = if raw.kind == "sort" {
            "; a sort stands in lesson.md as `:::sort`".into()
        } else {
            nearest(&raw.kind, KINDS)
        };
        findings.add("", "kind:", format!("unknown kind `{}`{hint}", raw.kind));
    }
    if raw.version == 0 || raw.minutes == 0 || raw.title.is_empty() || raw.goal.is_empty() || raw.checks.is_empty() {
        findings.add("", "id:", "a task needs version, title, minutes, goal and checks".into());
    }
    let project = crate::compile::compile_task(library, lesson, task, "en").starter;
    for path in raw.open.iter().chain(&raw.readonly).filter(|path| !project.contains_key(*path)) {
        findings.add("", path, format!("there is no file `{path}` in the project"));
    }
    for (name, seed) in &raw.seeds {
        if let Err(message) = Kind::parse(seed) {
            findings.add("seeds", name, format!("seed `{name}`: {message}"));
        }
    }
    ids(task, &mut findings);
    for check in &raw.checks {
        check_format(task, check, &mut findings);
    }
    for cause in &raw.causes {
        cause_format("", cause, &mut findings);
    }
    answers(library, task, &mut findings);
    let links = CourseLinks {
        library,
        lesson: &lesson.slug,
    };
    for text in [&raw.goal, &raw.after].into_iter().map(String::as_str).chain(raw.hints.rungs()) {
        for target in targets(text) {
            if let Err(message) = links.attributes(&target) {
                findings.add("", &target, message);
            }
        }
    }
}

fn ids(task: &TaskSource, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for check in &task.raw.checks {
        if check.id.is_empty() || !seen.insert(&check.id) {
            findings.add("checks", &check.id, format!("the check id `{}` is empty or there twice", check.id));
        }
    }
    let mut seen = BTreeSet::new();
    for cause in task.raw.checks.iter().flat_map(|check| &check.causes).chain(&task.raw.causes) {
        if cause.id.is_empty() || !seen.insert(&cause.id) {
            findings.add("causes", &cause.id, format!("the cause id `{}` is empty or there twice", cause.id));
        }
    }
}

fn check_format(task: &TaskSource, check: &RawCheck, findings: &mut Findings<'_>) {
    let at = format!("id: {}", check.id);
    if check.title.is_empty() || check.why.is_empty() {
        findings.add(&at, &at, format!("check `{}` needs a title and a why", check.id));
    }
    let pair = !check.attack.is_empty() && !check.honest.is_empty();
    let half = check.attack.is_empty() != check.honest.is_empty();
    let forms = usize::from(!check.steps.is_empty()) + usize::from(pair) + usize::from(!check.advice.is_empty());
    if forms != 1 || half {
        findings.add(
            &at,
            &at,
            format!("check `{}` has either steps, or attack and honest, or advice", check.id),
        );
    }
    for step in check.steps.iter().chain(&check.attack).chain(&check.honest) {
        step_format(task, &at, step, findings);
    }
    let mut mistakes = Vec::new();
    check.advice.values().for_each(|pattern| matchers::value(pattern, &mut mistakes));
    for mistake in mistakes {
        findings.add(&at, "advice", mistake);
    }
    for cause in &check.causes {
        cause_format(&at, cause, findings);
    }
}

fn step_format(task: &TaskSource, at: &str, step: &Value, findings: &mut Findings<'_>) {
    let Some(map) = step.as_object() else {
        return findings.add(at, "steps", format!("a step is a map; this is {step}"));
    };
    for word in map.keys().filter(|word| !STEP_WORDS.contains(&word.as_str())) {
        findings.add(
            at,
            &format!("{word}:"),
            format!("a step has no `{word}`{}", nearest(word, STEP_WORDS)),
        );
    }
    // `query` beside a request is its query; alone it is an action of its own. `parallel` with a number goes with a request.
    let actions: Vec<&str> = ACTIONS.iter().copied().filter(|word| map.contains_key(*word)).collect();
    let several = actions.iter().filter(|word| !matches!(**word, "query" | "parallel")).count();
    if several > 1 {
        findings.add(
            at,
            actions[0],
            format!("a step does one thing; this one does {}", actions.join(" and ")),
        );
    }
    for word in ["call", "query", "connect", "emit", "disconnect", "page"]
        .into_iter()
        .filter(|word| actions.contains(word))
    {
        if !(word == "query" && map.contains_key("request")) && word != "call" {
            findings.add(at, word, format!("the sandbox cannot do `{word}` yet"));
        }
    }
    for word in ["multipart", "bytes"].into_iter().filter(|word| map.contains_key(*word)) {
        findings.add(at, word, format!("the sandbox cannot send `{word}` yet"));
    }
    if let Some(Value::String(wait)) = map.get("advance")
        && backlab_course::duration::milliseconds(wait).is_none()
    {
        findings.add(at, "advance", format!("`advance: {wait}`: write a number and ms, s, m, h or d"));
    }
    for inner in map.get("parallel").and_then(Value::as_array).into_iter().flatten() {
        step_format(task, at, inner, findings);
    }
    if let Some(expect) = map.get("expect") {
        for mistake in matchers::expect(expect) {
            findings.add(at, "expect", mistake);
        }
        let inside = ["trace", "queries"].into_iter().find(|word| expect.get(word).is_some());
        if let (Some(word), None) = (inside, &task.raw.inside) {
            findings.add(
                at,
                word,
                format!("`{word}` looks inside: give the task an `inside:` that says why, or ask for what is seen from outside"),
            );
        }
    }
}

fn cause_format(after: &str, cause: &RawCause, findings: &mut Findings<'_>) {
    let at = format!("id: {}", cause.id);
    let after = if after.is_empty() { at.as_str() } else { after };
    if [&cause.what, &cause.why, &cause.next, &cause.show]
        .into_iter()
        .any(String::is_empty)
    {
        findings.add(after, &at, format!("cause `{}` needs what, why, next and show", cause.id));
    }
    let shows = ["error", "response", "console", "trace", "db", "files"];
    let first = cause.show.split('.').next().unwrap_or_default();
    if !cause.show.is_empty() && !shows.contains(&first) {
        findings.add(
            after,
            &at,
            format!("cause `{}` shows `{}`; known are {}", cause.id, cause.show, shows.join(", ")),
        );
    }
    for mistake in matchers::when(&cause.when) {
        findings.add(after, &at, format!("cause `{}`: {mistake}", cause.id));
    }
}

/// Answer folders name causes that exist.
fn answers(library: &Library, task: &TaskSource, findings: &mut Findings<'_>) {
    let own = task.raw.checks.iter().flat_map(|check| &check.causes).chain(&task.raw.causes);
    let causes: BTreeSet<&str> = own.chain(&library.causes).map(|cause| cause.id.as_str()).collect();
    let folders = task.wrong.keys().map(|name| name.split('.').next().unwrap_or_default());
    let samples = task.raw.checks.iter().flat_map(|check| check.wrong.keys().map(String::as_str));
    for cause in folders.chain(samples).filter(|cause| !causes.contains(cause)) {
        findings.add(
            "",
            cause,
            format!("wrong answer `{cause}`: there is no cause with this id{}", nearest(cause, &causes)),
        );
    }
    for (name, wrong) in &task.raw.wrong {
        if !task.wrong.contains_key(name) {
            findings.add(
                "wrong:",
                name,
                format!("there is no folder wrong/{name}{}", nearest(name, task.wrong.keys())),
            );
        }
        for cause in wrong.also.iter().filter(|cause| !causes.contains(cause.as_str())) {
            findings.add(
                "wrong:",
                cause,
                format!("`also` names the cause `{cause}`, which is not there{}", nearest(cause, &causes)),
            );
        }
    }
    if task.raw.kind == "predict" {
        if task.program.is_empty() {
            findings.add("", "kind:", "kind predict needs a folder `program`".into());
        }
    } else if task.solution.is_empty() || task.starter.is_empty() {
        findings.add("", "kind:", "a task needs the folders `starter` and `solution`".into());
    }
}
