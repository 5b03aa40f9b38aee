//! What the shown request left in a file: the lines it ran, the line where it went wrong, and values beside them.

use std::collections::BTreeMap;

use backlab_course::trace::{Does, Layer, Trace};

use crate::i18n::Texts;
use crate::platform::editor::{Lens, Marks};
use crate::workbench::format::{clip, status_line};
use crate::workbench::tools::trace::outcome::halt;

/// Characters of a value beside its line.
const VALUE: usize = 48;
/// Values beside one line.
const VALUES: usize = 3;

/// The marks that a trace leaves in `path`.
pub fn of_trace(trace: &Trace, path: &str, texts: &Texts) -> Marks {
    let here = |file: &Option<String>| file.as_deref().is_some_and(|file| same_file(file, path));
    let line_here = |place: Option<(&str, u32)>| place.filter(|(file, _)| same_file(file, path)).map(|(_, line)| line);
    let mut values: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for layer in &trace.layers {
        if let Some(line) = line_here(layer.place()) {
            values.entry(line).or_default().extend(told(trace, layer));
        }
    }
    for printed in trace.console.iter().filter(|line| here(&line.file)) {
        if let Some(line) = printed.line {
            values.entry(line).or_default().push(printed.text.clone());
        }
    }
    let thrown = trace
        .layers
        .iter()
        .filter_map(|layer| layer.error.as_ref())
        .chain(trace.error.as_ref())
        .find(|error| here(&error.file))
        .and_then(|error| Some((error.line?, format!("{}: {}", error.name, error.message))));
    let stopped = trace
        .stopped
        .as_ref()
        .filter(|layer| layer.does == Does::Nothing)
        .and_then(|layer| Some((line_here(layer.end())?, halt(trace, texts)?)));
    let failed = thrown.or(stopped);
    let ran = values.keys().copied().collect();
    let lens = |line: u32, text: &str, bad: bool| Lens {
        line,
        text: clip(text.lines().next().unwrap_or_default(), VALUE),
        bad,
    };
    let mut lenses: Vec<Lens> = values
        .iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(line, values)| lens(*line, &values[..values.len().min(VALUES)].join(", "), false))
        .collect();
    lenses.extend(failed.as_ref().map(|(line, why)| lens(*line, why, true)));
    Marks {
        ran,
        fail: failed.map(|(line, _)| line),
        lenses,
    }
}

/// What a layer did, in values: its answer, and what it put on `req`. The headers of a response are in the trace.
fn told(trace: &Trace, layer: &Layer) -> Vec<String> {
    let answer = trace.response.as_ref().filter(|_| layer.does == Does::Answers);
    let mut told: Vec<String> = answer
        .map(|response| status_line(response.status, &response.status_message))
        .into_iter()
        .collect();
    let values = layer.changes.iter().filter(|change| change.path.starts_with("req."));
    told.extend(values.filter_map(|change| Some(format!("{} = {}", change.path, change.after.as_deref()?))));
    told
}

/// Files are named with or without a leading `./` or `/`.
pub fn same_file(one: &str, other: &str) -> bool {
    let bare = |path: &str| path.trim_start_matches("./").trim_start_matches('/').to_owned();
    bare(one) == bare(other)
}

/// The project's file that a trace names: by its whole path, else the only one with that ending.
pub fn find_file(files: &BTreeMap<String, String>, named: &str) -> Option<String> {
    if let Some(path) = files.keys().find(|path| same_file(path, named)) {
        return Some(path.clone());
    }
    let mut ends = files.keys().filter(|path| named.ends_with(&format!("/{path}")));
    ends.next().filter(|_| ends.next().is_none()).cloned()
}

#[cfg(test)]
mod tests {
    use backlab_course::trace::{Change, ConsoleLine, Definition, ProgramError};

    use super::*;

    fn layer(file: &str, line: u32) -> Layer {
        Layer {
            file: Some(file.into()),
            line: Some(line),
            does: Does::Next,
            ..Layer::default()
        }
    }

    #[test]
    fn files_are_found_by_what_traces_call_them() {
        let files = BTreeMap::from([("server.js".to_owned(), String::new()), ("routes/a.js".to_owned(), String::new())]);
        for (named, wanted) in [
            ("./server.js", Some("server.js")),
            ("/app/routes/a.js", Some("routes/a.js")),
            ("node:http", None),
        ] {
            assert_eq!(find_file(&files, named).as_deref(), wanted);
        }
    }

    fn check(trace: &Trace, path: &str, ran: &[u32], fail: Option<u32>, lenses: &[(u32, &str)]) {
        let marks = of_trace(trace, path, &Texts::default());
        assert_eq!((marks.ran.as_slice(), marks.fail), (ran, fail), "{path}");
        let shown: Vec<(u32, &str)> = marks.lenses.iter().map(|lens| (lens.line, lens.text.as_str())).collect();
        assert_eq!(shown, lenses, "{path}");
    }

    #[test]
    fn a_request_leaves_lines_and_values() {
        let mut trace = Trace {
            layers: vec![layer("server.js", 8), layer("/auth.js", 4), layer("server.js", 8)],
            ..Trace::default()
        };
        trace.console = vec![ConsoleLine {
            file: Some("server.js".into()),
            line: Some(3),
            text: "GET /me\nmore".into(),
            ..ConsoleLine::default()
        }];
        trace.layers[1].changes = vec![Change {
            path: "req.user".into(),
            kind: "add".into(),
            before: None,
            after: Some("\"Asha\"".into()),
        }];
        check(&trace, "server.js", &[3, 8], None, &[(3, "GET /me")]);
        check(&trace, "auth.js", &[4], None, &[(4, "req.user = \"Asha\"")]);
        trace.layers[1].error = Some(ProgramError {
            name: "TypeError".into(),
            message: "x is not a function".into(),
            file: Some("auth.js".into()),
            line: Some(6),
            ..ProgramError::default()
        });
        let lenses = [(4, "req.user = \"Asha\""), (6, "TypeError: x is not a function")];
        check(&trace, "auth.js", &[4], Some(6), &lenses);
        trace.layers[1].error = None;
        trace.stopped = Some(Layer {
            does: Does::Nothing,
            ..layer("auth.js", 4)
        });
        let lenses = [(4, "req.user = \"Asha\""), (4, "next() was never called")];
        check(&trace, "auth.js", &[4], Some(4), &lenses);
        let written = Definition {
            file: "auth.js".into(),
            line: 10,
            last_line: 14,
        };
        trace.layers[1].definition = Some(written.clone());
        trace.stopped.as_mut().expect("it stopped").definition = Some(written);
        let lenses = [(10, "req.user = \"Asha\""), (14, "next() was never called")];
        check(&trace, "auth.js", &[10], Some(14), &lenses);
        check(&trace, "other.js", &[], None, &[]);
    }
}
