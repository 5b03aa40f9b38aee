//! What is said about one station of the lane: changes, evidence, and why it stopped.

use backlab_course::trace::{Does, Layer, LayerKind, ProgramError, Trace, Tried};

use super::detail_ends::{by_express, client, database, not_reached, response};
use super::lane_model::{Hop, HopState, Station, sign};
use crate::workbench::format;

/// A row of "Changed on req and res".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `+`, `~`, `−` or `=`.
    pub sign: &'static str,
    pub path: String,
    pub before: Option<String>,
    pub after: String,
}

/// Why a request stopped or failed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub title: String,
    pub why: String,
    pub next: String,
}

/// The evidence beside the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    None,
    /// The place in the learner's code.
    Place {
        file: String,
        line: u32,
    },
    /// Lines of a message on the wire, under a heading.
    Wire {
        heading: &'static str,
        lines: Vec<String>,
    },
    /// Names and values, under a heading.
    Facts {
        heading: &'static str,
        rows: Vec<(&'static str, String)>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    pub rows: Vec<Row>,
    pub text: String,
    pub stop: Option<Stop>,
    pub evidence: Evidence,
    /// Layers that were looked at.
    pub tried: Vec<Tried>,
}

/// Says what happened at a hop.
pub fn of_hop(trace: &Trace, hop: &Hop) -> Detail {
    match hop.station {
        Station::Client => client(trace),
        Station::Layer(at) => layer(trace, &trace.layers[at], hop),
        Station::Work(at, work) => database(trace, at, work),
        Station::Default => by_express(trace),
        Station::Missed(_) | Station::More(_) => plain(not_reached(trace)),
        Station::Response => response(trace),
    }
}

/// A sentence and nothing else.
pub(super) fn plain(text: String) -> Detail {
    Detail {
        rows: Vec::new(),
        text,
        stop: None,
        evidence: Evidence::None,
        tried: Vec::new(),
    }
}

fn layer(trace: &Trace, layer: &Layer, hop: &Hop) -> Detail {
    let mut rows: Vec<Row> = layer
        .changes
        .iter()
        .map(|change| Row {
            sign: sign(change),
            path: change.path.clone(),
            before: change.before.clone().filter(|_| change.kind == "change"),
            after: change.after.clone().unwrap_or_else(|| change.before.clone().unwrap_or_default()),
        })
        .collect();
    for side in ["req", "res"] {
        let told = rows.iter().any(|row| row.path.starts_with(side));
        let answered = side == "res" && layer.does == Does::Answers;
        if !told && !answered {
            rows.push(Row {
                sign: "=",
                path: side.into(),
                before: None,
                after: "unchanged".into(),
            });
        }
    }
    let evidence = match (&layer.file, layer.line) {
        (Some(file), Some(line)) => Evidence::Place {
            file: file.clone(),
            line: error_line(layer).unwrap_or(line),
        },
        _ => Evidence::None,
    };
    let stop = match hop.state {
        HopState::Stopped => Some(stopped(trace, layer)),
        HopState::Threw => layer.error.as_ref().or(trace.error.as_ref()).map(|error| threw(layer, error)),
        _ => None,
    };
    let tried = if layer.kind == LayerKind::Route || stop.is_some() {
        trace.tried.clone()
    } else {
        Vec::new()
    };
    Detail {
        rows,
        text: said(layer),
        stop,
        evidence,
        tried,
    }
}

/// The line of the error, when it is in the layer's own file.
fn error_line(layer: &Layer) -> Option<u32> {
    layer.error.as_ref().filter(|error| error.file == layer.file)?.line
}

fn said(layer: &Layer) -> String {
    let after = format::duration(layer.ms);
    let many = if layer.next > 1 {
        format!(" It called next() {} times; once is enough.", layer.next)
    } else {
        String::new()
    };
    match (layer.does, layer.kind) {
        (Does::Next, _) => format!("Called next() after {after}.{many}"),
        (Does::Answers, _) if layer.next > 0 => "Sent a response and also called next(): what runs below can no longer change it.".into(),
        (Does::Answers, LayerKind::Route | LayerKind::Error) => format!("Sent the response after {after}."),
        (Does::Answers, _) => "Sent a response and did not call next(), so nothing below it ran.".into(),
        (Does::Fails, _) => "Passed an error to next(), so Express looked for an error handler.".into(),
        (Does::Throws, _) => "Threw an error, so Express looked for an error handler.".into(),
        (Does::Nothing, _) => format!("Returned {} after {after} without next() or a response.", returned(layer)),
    }
}

fn returned(layer: &Layer) -> String {
    match layer.returned.as_str() {
        "" | "undefined" => "nothing".into(),
        "promise" => "a promise".into(),
        other => other.to_owned(),
    }
}

fn stopped(trace: &Trace, layer: &Layer) -> Stop {
    let waited = format::duration(trace.ms);
    let route = matches!(layer.kind, LayerKind::Route | LayerKind::Error);
    Stop {
        title: if route {
            format!("{} finished without a response", layer.name)
        } else {
            format!("{} finished without next() or a response", layer.name)
        },
        why: format!(
            "It returned {} and Express kept waiting: only next() or a response moves a request on. Backlab stopped it after {waited}.",
            returned(layer)
        ),
        next: if route {
            "Send a response on every way through this handler, for example with res.json().".into()
        } else {
            "Call next() where the request may go on, or send a response where it may not.".into()
        },
    }
}

fn threw(layer: &Layer, error: &ProgramError) -> Stop {
    let place = match (&error.file, error.line) {
        (Some(file), Some(line)) => format!(" at {file}:{line}"),
        _ => String::new(),
    };
    let verb = if layer.does == Does::Fails {
        "passed an error to next()"
    } else {
        "threw"
    };
    Stop {
        title: format!("{} {verb}", layer.name),
        why: format!("{}: {}{place}.", error.name, error.message.trim_end_matches('.')),
        next: "Go to the line and look at the values it uses, or catch the error and answer with a status of your own.".into(),
    }
}

#[cfg(test)]
#[path = "detail_model_tests.rs"]
mod tests;
