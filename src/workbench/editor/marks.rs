//! Lines of a file that the shown request ran, and the line where it went wrong.

use std::collections::BTreeMap;

use backlab_course::trace::{Does, Trace};

/// Marks of one file; lines are 1-based.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    pub ran: Vec<u32>,
    pub fail: Option<u32>,
}

/// The marks that a trace leaves in `path`.
pub fn of_trace(trace: &Trace, path: &str) -> Marks {
    let here = |file: &Option<String>| file.as_deref().is_some_and(|file| same_file(file, path));
    let mut ran: Vec<u32> = trace
        .layers
        .iter()
        .filter(|layer| here(&layer.file))
        .filter_map(|layer| layer.line)
        .collect();
    ran.extend(trace.console.iter().filter(|line| here(&line.file)).filter_map(|line| line.line));
    let thrown = trace
        .layers
        .iter()
        .filter_map(|layer| layer.error.as_ref())
        .chain(trace.error.as_ref())
        .find(|error| here(&error.file))
        .and_then(|error| error.line);
    let stopped = trace
        .stopped
        .as_ref()
        .filter(|layer| layer.does == Does::Nothing && here(&layer.file))
        .and_then(|layer| layer.line);
    ran.sort_unstable();
    ran.dedup();
    Marks {
        ran,
        fail: thrown.or(stopped),
    }
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
    use backlab_course::trace::{ConsoleLine, Layer, ProgramError};

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

    #[test]
    fn marks() {
        let mut trace = Trace {
            layers: vec![layer("server.js", 8), layer("/auth.js", 4), layer("server.js", 8)],
            ..Trace::default()
        };
        trace.console = vec![ConsoleLine {
            file: Some("server.js".into()),
            line: Some(3),
            ..ConsoleLine::default()
        }];
        assert_eq!(
            of_trace(&trace, "server.js"),
            Marks {
                ran: vec![3, 8],
                fail: None
            }
        );
        trace.layers[1].error = Some(ProgramError {
            file: Some("auth.js".into()),
            line: Some(6),
            ..ProgramError::default()
        });
        assert_eq!(
            of_trace(&trace, "auth.js"),
            Marks {
                ran: vec![4],
                fail: Some(6)
            }
        );
        trace.layers[1].error = None;
        trace.stopped = Some(Layer {
            does: Does::Nothing,
            ..layer("auth.js", 4)
        });
        assert_eq!(of_trace(&trace, "auth.js").fail, Some(4));
        assert_eq!(of_trace(&trace, "other.js"), Marks::default());
    }
}
