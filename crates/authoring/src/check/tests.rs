//! The checker must be able to fail: each test breaks a small lesson and expects the finding.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, check_with};
use crate::sandbox::Sandbox;

const LESSON: &str = "---
id: hello
title: Hello
summary: A summary.
minutes: 5
version: 1
objectives: [Do one thing., Do another.]
teaches: [answer]
needs: []
capabilities: [http]
---

Intro with a [link](concept:answer).

## One {#one}

```js run #snip
ready
/ 200 hi
```

```output
ready
> GET /
< 200 hi
```

::lane{snippet=snip send=\"GET /\"}

:::quiz{#q}
What?

- [x] This
  > Yes.
- [ ] That
  > No.
:::

::task{#first}
";

const TASK: &str = "id: first
version: 1
kind: open
title: First
minutes: 3
goal: Do it.
open: [server.js]
seeds: { id: int 1..9 }
checks:
  - id: home
    title: \"`GET /` says hi\"
    why: Because.
    steps:
      - request: GET /
        expect: { status: 200, text: hi }
    causes:
      - { id: gone, when: { status: 404 }, what: \"It got ~got.\", why: w, next: n, show: response }
      - { id: upper, when: { text: HI }, what: w, why: w, next: n, show: response }
causes:
  - { id: broken, when: { status: 500 }, what: w, why: w, next: n, show: response }
  - { id: empty, when: { text: '' }, what: w, why: w, next: n, show: response }
hints: { idea: Think., where: Here., shape: So. }
";

/// Answers from the program itself: a line `/path 200 text` is a route, a line `noise` prints another line each time, the rest is printed.
#[derive(Default)]
struct Fake {
    code: String,
    runs: u32,
}

impl Sandbox for Fake {
    fn ask(&mut self, command: &Value) -> Result<Value, String> {
        let record = match command["do"].as_str() {
            Some("open") => {
                self.runs += 1;
                self.code = command["project"]["files"]["server.js"].as_str().unwrap_or_default().to_owned();
                let printed = self.code.lines().filter(|line| !line.starts_with('/'));
                let printed: Vec<String> = printed
                    .map(|line| {
                        if line == "noise" {
                            format!("noise {}", self.runs)
                        } else {
                            line.to_owned()
                        }
                    })
                    .collect();
                json!({ "console": printed, "listening": [3000] })
            }
            Some("perform") => {
                let path = command["action"]["request"]
                    .as_str()
                    .and_then(|request| request.split(' ').nth(1))
                    .unwrap_or_default();
                let route = self.code.lines().find_map(|line| line.strip_prefix(path)?.strip_prefix(' '));
                let (status, text) = route.and_then(|route| route.split_once(' ')).unwrap_or(("404", "none"));
                json!({ "status": status.parse::<u32>().unwrap_or(0), "text": text, "console": [], "listening": [3000], "headers": {} })
            }
            _ => json!({}),
        };
        Ok(json!({ "ok": true, "record": record }))
    }
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BASE: &str = "00-web/01-hello";

fn healthy() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut put = |path: &str, text: &str| files.insert(path.to_owned(), text.to_owned());
    put(
        "plan.yaml",
        "modules:\n  - { id: web, number: 0, title: { en: Web }, lessons: [{ id: hello, number: 1, title: Hello }, { id: later, number: 2, title: Later }] }\n",
    );
    put(
        "concepts.yaml",
        "answer: { title: Answer, lesson: hello }\nredirect: { title: Redirect, lesson: later, code: ['moveTo('] }\n",
    );
    put("causes.yaml", "[]\n");
    put(&format!("{BASE}/lesson.md"), LESSON);
    let task = format!("{BASE}/tasks/01-first");
    put(&format!("{task}/task.yaml"), TASK);
    put(&format!("{task}/starter/server.js"), "ready\n");
    put(&format!("{task}/solution/server.js"), "/ 200 hi\n");
    put(&format!("{task}/right/other/server.js"), "x\n/ 200 hi\n");
    put(&format!("{task}/right/third/server.js"), "/ 200 hi\ny\n");
    put(&format!("{task}/wrong/gone/server.js"), "z\n");
    put(&format!("{task}/wrong/upper/server.js"), "/ 200 HI\n");
    put(&format!("{task}/wrong/broken/server.js"), "/ 500 no\n");
    put(&format!("{task}/wrong/empty/server.js"), "/ 200 \n");
    files
}

fn write(name: &str, files: &BTreeMap<String, String>) -> Folder {
    let root = std::env::temp_dir().join(format!("backlab-lessons-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Folder(root)
}

fn run(root: &Path) -> Outcome {
    check_with(root, None, &|_| {}, &|| Ok(Box::new(Fake::default()))).unwrap()
}

/// Replaces `from` by `to` in a file of the healthy lesson (a missing `from` writes a new file) and expects one finding to say `part`.
fn check(name: &str, path: &str, from: &str, to: &str, part: &str) {
    let mut files = healthy();
    let path = if path.starts_with("tasks/") || path.starts_with("lesson") {
        format!("{BASE}/{path}")
    } else {
        path.to_owned()
    };
    let text = files.entry(path.clone()).or_default();
    assert!(from.is_empty() || text.contains(from), "{name}: {from} stands in {path}");
    *text = if from.is_empty() {
        to.to_owned()
    } else {
        text.replacen(from, to, 1)
    };
    let folder = write(name, &files);
    let outcome = run(&folder.0);
    let found: Vec<String> = outcome.findings.iter().map(ToString::to_string).collect();
    assert!(found.iter().any(|finding| finding.contains(part)), "{name}: {found:#?}");
}

#[test]
fn a_healthy_lesson_has_no_findings() {
    let folder = write("healthy", &healthy());
    let outcome = run(&folder.0);
    assert_eq!(outcome.findings, []);
    assert!(outcome.held > 10);
    let lock = fs::read_to_string(folder.0.join("lessons.lock")).unwrap();
    assert!(lock.contains("hello/first"));
}

#[test]
fn reading_finds() {
    let task = "tasks/01-first/task.yaml";
    check(
        "typo",
        task,
        "title: First",
        "titel: First",
        "task.yaml:4: unknown word `titel`; did you mean `title`?",
    );
    check(
        "word",
        task,
        "status: 200, text: hi",
        "stats: 200, text: hi",
        "a record has no `stats`; did you mean `status`?",
    );
    check(
        "step",
        task,
        "- request: GET /",
        "- requst: GET /",
        "a step has no `requst`; did you mean `request`?",
    );
    check("type", task, "text: hi", "text: <strng 1..>", "did you mean `string`");
    check("inside", task, "text: hi", "trace: { layers: <any> }", "looks inside");
    check("seed", task, "int 1..9", "integer 1..9", "unknown seed `integer`");
    check("kind", task, "kind: open", "kind: opne", "did you mean `open`?");
    check("open", task, "open: [server.js]", "open: [sever.js]", "there is no file `sever.js`");
    check("why", task, "why: Because.", "why: ''", "needs a title and a why");
    check(
        "twice",
        task,
        "id: upper",
        "id: gone",
        "the cause id `gone` is empty or there twice",
    );
    check(
        "unknown-cause",
        "tasks/01-first/wrong/gonne/server.js",
        "",
        "z",
        "there is no cause with this id; did you mean `gone`?",
    );
    check("section", "lesson.md", "## One {#one}", "## One", "needs an id");
    check("link", "lesson.md", "concept:answer", "concept:anser", "did you mean `answer`?");
    check("lane", "lesson.md", "send=\"GET /\"", "send=\"GET /x\"", "lane sends `GET /x`");
    check("lane-id", "lesson.md", "snippet=snip", "snippet=snap", "did you mean `snip`?");
    check("quiz", "lesson.md", "- [ ] That", "- [x] That", "one right option");
    check("feedback", "lesson.md", "  > No.\n", "", "no feedback");
    check("task-place", "lesson.md", "::task{#first}", "", "every task is placed once");
    check(
        "front",
        "lesson.md",
        "summary: A summary.",
        "sumary: A summary.",
        "lesson.md:4: unknown word `sumary`; did you mean `summary`?",
    );
    check("slug", "lesson.md", "id: hello", "id: helo", "must agree");
    check("teaches", "lesson.md", "teaches: [answer]", "teaches: []", "add it to `teaches`");
    check("needs", "lesson.md", "needs: []", "needs: [redirect]", "not earlier");
    check(
        "objectives",
        "lesson.md",
        "[Do one thing., Do another.]",
        "[One.]",
        "2 to 4 objectives",
    );
    check(
        "too-early",
        "tasks/01-first/solution/server.js",
        "/ 200 hi\n",
        "/ 200 hi\nmoveTo(1)\n",
        "which `later` teaches later",
    );
    check(
        "long",
        "tasks/01-first/starter/server.js",
        "ready\n",
        &"line\n".repeat(61),
        "61 lines",
    );
    check("plan", "plan.yaml", "id: hello", "id: hallo", "not in plan.yaml");
}

#[test]
fn running_finds() {
    let task = "tasks/01-first/";
    let at = |path: &str| format!("{task}{path}/server.js");
    check("starter-passes", &at("starter"), "ready", "/ 200 hi", "the starter passes");
    check("solution-fails", &at("solution"), "200 hi", "200 ho", "must pass and fails");
    check(
        "right-fails",
        &at("right/other"),
        "200 hi",
        "200 ho",
        "right/other: must pass and fails",
    );
    check("wrong-passes", &at("wrong/gone"), "z", "/ 200 hi", "must fail and passes");
    check(
        "wrong-cause",
        &at("wrong/gone"),
        "z",
        "/ 500 x",
        "must get `gone` and gets `broken`",
    );
    check("no-cause", &at("wrong/upper"), "HI", "other", "must get `upper` and gets no cause");
    check(
        "dead-cause",
        &format!("{task}task.yaml"),
        "hints:",
        "  - { id: never, when: { status: 418 }, what: w, why: w, next: n, show: response }\nhints:",
        "no answer gets the cause `never`",
    );
    check(
        "dead-check",
        &format!("{task}task.yaml"),
        "causes:\n  - { id: broken",
        "  - { id: easy, title: t, why: w, steps: [{ request: GET / }] }\ncauses:\n  - { id: broken",
        "no answer fails the check `easy`",
    );
    check(
        "no-value",
        &format!("{task}task.yaml"),
        "~got",
        "~error.line",
        "`~error.line` has no value",
    );
    check(
        "noise",
        &at("solution"),
        "/ 200 hi",
        "noise\n/ 200 hi",
        "the same seed gave two reports",
    );
    check(
        "transcript",
        "lesson.md",
        "< 200 hi",
        "< 200 ho",
        "`< 200 ho` was expected, and `200 hi` came",
    );
    check(
        "transcript-header",
        "lesson.md",
        "< 200 hi",
        "< 200 hi\n< x-a: 1",
        "header `x-a: 1` was expected",
    );
    check(
        "transcript-console",
        "lesson.md",
        "```output\nready",
        "```output\nsteady",
        "the console should print",
    );
}

#[test]
fn a_translated_catalogue_is_whole() {
    let mut files = healthy();
    let cause = "- { id: gone, when: { status: 404 }, what: w, why: y, next: n, show: response }\n";
    files.insert("causes.yaml".into(), cause.into());
    for (texts, missing) in [("{}\n", true), ("gone: { what: w, why: y, next: n }\n", false)] {
        files.insert("causes.hi-Latn.yaml".into(), texts.into());
        let folder = write("catalogue", &files);
        let found = run(&folder.0).findings;
        assert_eq!(
            found.iter().any(|finding| finding.message.contains("`gone` is not translated")),
            missing,
            "{found:?}"
        );
    }
}

#[test]
fn translations_and_the_lock() {
    let own = "---\nid: hello\ntitle: Namaste\n---\n\n## Ek {#one}\n\n::same{#snip}\n\n::lane{snippet=snip send=\"GET /\"}\n\n:::quiz{#q}\nKya?\n\n- [x] Ye\n  > Haan.\n- [ ] Wo\n  > Na.\n:::\n\n::task{#first}\n";
    let mut files = healthy();
    files.insert(format!("{BASE}/lesson.hi-Latn.md"), own.to_owned());
    let folder = write("translated", &files);
    let outcome = run(&folder.0);
    assert_eq!(outcome.findings, []);
    let notes: Vec<String> = outcome.notes.iter().map(ToString::to_string).collect();
    assert!(
        notes.iter().any(|note| note.contains("section `intro` falls back")) && notes.len() == 2,
        "{notes:?}"
    );
    let path = folder.0.join(format!("{BASE}/lesson.md"));
    fs::write(&path, LESSON.replace("What?", "What now?")).unwrap();
    assert!(run(&folder.0).notes.iter().any(|note| note.message.contains("out of date")));
    fs::write(&path, LESSON).unwrap();
    let task = folder.0.join(format!("{BASE}/tasks/01-first/task.yaml"));
    fs::write(&task, TASK.replace("status: 200, text: hi", "text: hi")).unwrap();
    assert!(
        run(&folder.0)
            .findings
            .iter()
            .any(|finding| finding.message.contains("write `version: 2`"))
    );
    fs::write(
        &task,
        TASK.replace("version: 1", "version: 2\nchanges: { 2: More. }")
            .replace("status: 200, text: hi", "text: hi"),
    )
    .unwrap();
    assert_eq!(run(&folder.0).findings, []);
    for (name, from, to, part) in [
        ("moved-mark", "- [x] Ye", "- [ ] Ye", "one right option"),
        (
            "mark",
            "- [x] Ye\n  > Haan.\n- [ ] Wo",
            "- [ ] Ye\n  > Haan.\n- [x] Wo",
            "in the same place",
        ),
        ("lost", "::same{#snip}\n", "", "in English it is code #snip"),
        ("stray", "{#one}", "{#onne}", "did you mean `one`?"),
    ] {
        let mut files = healthy();
        files.insert(format!("{BASE}/lesson.hi-Latn.md"), own.replacen(from, to, 1));
        let folder = write(name, &files);
        let found: Vec<String> = run(&folder.0).findings.iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|finding| finding.contains(part)), "{name}: {found:?}");
    }
}
