//! What is said about one station of the lane: changes, evidence, and why it stopped.

use backlab_course::trace::{Does, Layer, LayerKind, ProgramError, Trace, Tried};

use super::detail_ends::{by_express, client, database, not_reached, response};
use super::lane_model::{Hop, HopState, Station, sign};
use super::words;
use crate::i18n::{Message, Texts};
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
    /// The place in the learner's code; `ended` when the function ran to this line and called nothing.
    Place {
        file: String,
        line: u32,
        ended: bool,
    },
    /// Lines of a message on the wire, under a heading.
    Wire {
        heading: &'static Message,
        lines: Vec<String>,
    },
    /// Names and values, under a heading.
    Facts {
        heading: &'static Message,
        rows: Vec<(Message, String)>,
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
pub fn of_hop(trace: &Trace, hop: &Hop, texts: &Texts) -> Detail {
    match hop.station {
        Station::Client => client(trace, texts),
        Station::Layer(at) => layer(trace, &trace.layers[at], hop, texts),
        Station::Work(at, work) => database(trace, at, work, texts),
        Station::Default => by_express(trace, texts),
        Station::Missed(_) | Station::More(_) => plain(not_reached(trace, texts)),
        Station::Response => response(trace, texts),
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

fn layer(trace: &Trace, layer: &Layer, hop: &Hop, texts: &Texts) -> Detail {
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
                after: texts.get(&words::UNCHANGED).into(),
            });
        }
    }
    let ended = hop.state == HopState::Stopped && layer.definition.is_some();
    let place = error_place(layer).or(if ended { layer.end() } else { layer.place() });
    let evidence = place.map_or(Evidence::None, |(file, line)| Evidence::Place {
        file: file.to_owned(),
        line,
        ended,
    });
    let stop = match hop.state {
        HopState::Stopped => Some(stopped(trace, layer, texts)),
        HopState::Threw => layer
            .error
            .as_ref()
            .or(trace.error.as_ref())
            .map(|error| threw(layer, error, texts)),
        _ => None,
    };
    let tried = if layer.kind == LayerKind::Route || stop.is_some() {
        trace.tried.clone()
    } else {
        Vec::new()
    };
    Detail {
        rows,
        text: said(layer, texts),
        stop,
        evidence,
        tried,
    }
}

/// Where the layer's error was thrown, when that is in its own file.
fn error_place(layer: &Layer) -> Option<(&str, u32)> {
    let error = layer.error.as_ref()?;
    let place = error.file.as_deref().zip(error.line)?;
    layer.place().filter(|(file, _)| *file == place.0).map(|_| place)
}

fn said(layer: &Layer, texts: &Texts) -> String {
    let after = format::duration(layer.ms);
    let timed = |message: &Message| texts.fill(message, &[("time", &after), ("value", &returned(layer, texts))]);
    match (layer.does, layer.kind) {
        (Does::Next, _) if layer.next > 1 => {
            timed(&words::CALLED_NEXT) + &texts.fill(&words::MANY_NEXT, &[("count", &layer.next.to_string())])
        }
        (Does::Next, _) => timed(&words::CALLED_NEXT),
        (Does::Answers, _) if layer.next > 0 => timed(&words::SENT_AND_NEXT),
        (Does::Answers, LayerKind::Route | LayerKind::Error) => timed(&words::SENT_AFTER),
        (Does::Answers, _) => timed(&words::SENT_NO_NEXT),
        (Does::Fails, _) => timed(&words::PASSED_ERROR),
        (Does::Throws, _) => timed(&words::THREW),
        (Does::Nothing, _) => timed(&words::RETURNED),
    }
}

fn returned(layer: &Layer, texts: &Texts) -> String {
    match layer.returned.as_str() {
        "" | "undefined" => texts.get(&words::NOTHING).into(),
        "promise" => texts.get(&words::A_PROMISE).into(),
        other => other.to_owned(),
    }
}

fn stopped(trace: &Trace, layer: &Layer, texts: &Texts) -> Stop {
    let (title, next) = if matches!(layer.kind, LayerKind::Route | LayerKind::Error) {
        (&words::NO_RESPONSE, &words::SEND_ON_EVERY_WAY)
    } else {
        (&words::NO_NEXT, &words::NEXT_OR_RESPONSE)
    };
    Stop {
        title: texts.fill(title, &[("name", &layer.name)]),
        why: texts.fill(
            &words::STOPPED_WHY,
            &[("value", &returned(layer, texts)), ("time", &format::duration(trace.ms))],
        ),
        next: texts.get(next).into(),
    }
}

fn threw(layer: &Layer, error: &ProgramError, texts: &Texts) -> Stop {
    let title = if layer.does == Does::Fails {
        &words::PASSED_TITLE
    } else {
        &words::THREW_TITLE
    };
    let said = format!("{}: {}", error.name, error.message.trim_end_matches('.'));
    Stop {
        title: texts.fill(title, &[("name", &layer.name)]),
        why: match (&error.file, error.line) {
            (Some(file), Some(line)) => texts.fill(&words::THREW_AT, &[("error", &said), ("place", &format!("{file}:{line}"))]),
            _ => texts.fill(&words::THREW_WHY, &[("error", &said)]),
        },
        next: texts.get(&words::THREW_NEXT).into(),
    }
}

#[cfg(test)]
#[path = "detail_model_tests.rs"]
mod tests;
