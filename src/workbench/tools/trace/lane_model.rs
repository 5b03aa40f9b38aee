//! A trace as the lane draws it: stations in order, what each changed, and where the way ended.

use backlab_course::trace::{Change, DatabaseWork, Does, Layer, LayerKind, Matched, Trace};

use super::outcome::{Outcome, back, early_layer, halt, outcome, summary};
use super::words;
use crate::i18n::Texts;
use crate::workbench::format;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HopState {
    Done,
    /// Answered before the request reached a route.
    Early,
    /// Neither `next()` nor an answer.
    Stopped,
    Threw,
    NotReached,
}

impl HopState {
    pub fn class(self) -> &'static str {
        match self {
            HopState::Done => "done",
            HopState::Early => "early",
            HopState::Stopped => "halt",
            HopState::Threw => "halt threw",
            HopState::NotReached => "off",
        }
    }
}

/// What a station stands for; indexes point into the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Station {
    Client,
    Layer(usize),
    /// Database work of a layer.
    Work(usize, usize),
    /// Express itself answered.
    Default,
    Missed(usize),
    /// This many more that were not reached.
    More(usize),
    Response,
}

/// One station of the lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    pub station: Station,
    pub name: String,
    /// The small text under the name: `yours`, `built in`, `GET /me`.
    pub kind: String,
    pub state: HopState,
    /// Milliseconds spent here; absent where the request did not come.
    pub ms: Option<f64>,
    /// The request waited here until it was stopped.
    pub waited: bool,
    pub note: Note,
}

/// The chip under a station.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// Something changed: `+ req.user`.
    Change(String),
    Quiet(String),
}

impl Note {
    pub fn text(&self) -> &str {
        match self {
            Note::Change(text) | Note::Quiet(text) => text,
        }
    }
}

/// A lane ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    pub hops: Vec<Hop>,
    pub outcome: Outcome,
    /// Index of the hop where the way ended.
    pub end: usize,
    /// The line back to the client; absent when nothing came back.
    pub back: Option<String>,
    /// The label where the request stopped.
    pub halt: Option<String>,
    /// `200 OK in 3.3 ms`, `Stopped at auth`, `401 answered by auth`.
    pub summary: String,
}

/// At most so many stations that were not reached are drawn one by one.
const MISSED: usize = 4;

impl Lane {
    pub fn of(trace: &Trace, texts: &Texts) -> Self {
        let early = early_layer(trace);
        let mut hops = vec![client(trace, texts)];
        for (index, layer) in trace.layers.iter().enumerate() {
            hops.push(layer_hop(trace, index, layer, early == Some(index), texts));
            for (at, work) in layer.work.iter().enumerate() {
                hops.push(work_hop(index, at, work, texts));
            }
        }
        if let Some(default) = default_hop(trace, texts) {
            hops.push(default);
        }
        let stuck = hops.iter().rposition(|hop| hop.state == HopState::Stopped);
        let last = hops.len() - 1;
        let ended_early = early.and_then(|index| hops.iter().position(|hop| hop.station == Station::Layer(index)));
        if ended_early.is_some() || trace.response.is_none() {
            hops.extend(missed_hops(trace, texts));
        }
        hops.push(response_hop(trace, ended_early.is_some(), texts));
        let end = match (&trace.response, ended_early, stuck) {
            (None, _, stuck) => stuck.unwrap_or(last),
            (Some(_), Some(at), _) => at,
            (Some(_), None, _) => hops.len() - 1,
        };
        Self {
            outcome: outcome(trace),
            back: back(trace, texts),
            halt: halt(trace, texts),
            summary: summary(trace, texts),
            end,
            hops,
        }
    }

    /// The hop that is shown first: where it ended badly, else the last of the learner's own that changed something.
    pub fn first_shown(&self) -> usize {
        let troubled = self
            .hops
            .iter()
            .position(|hop| matches!(hop.state, HopState::Stopped | HopState::Early | HopState::Threw));
        let own = || {
            self.hops
                .iter()
                .rposition(|hop| matches!(hop.station, Station::Layer(_)) && matches!(hop.note, Note::Change(_)))
        };
        let any = || {
            self.hops
                .iter()
                .rposition(|hop| matches!(hop.station, Station::Layer(_) | Station::Default))
        };
        troubled.or_else(own).or_else(any).unwrap_or(0)
    }
}

/// A part of the time that a request took.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Of a hop; of what lies between the hops when absent.
    pub name: Option<String>,
    pub percent: u32,
    pub database: bool,
}

/// Where `ms` went: a share per hop with time, then what was spent between them.
pub fn shares(lane: &Lane, ms: f64) -> Vec<Share> {
    let named: f64 = lane.hops.iter().filter_map(|hop| hop.ms).sum();
    let whole = named.max(ms);
    if whole <= 0.0 {
        return Vec::new();
    }
    let percent = |part: f64| (part / whole * 100.0).round() as u32;
    let hops = lane.hops.iter().filter_map(|hop| {
        hop.ms.map(|ms| Share {
            name: Some(hop.name.clone()),
            percent: percent(ms),
            database: matches!(hop.station, Station::Work(..)),
        })
    });
    let between = Share {
        name: None,
        percent: percent(whole - named),
        database: false,
    };
    hops.chain([between]).filter(|share| share.percent > 0).collect()
}

fn client(trace: &Trace, texts: &Texts) -> Hop {
    let note = if trace.request.size > 0 {
        texts.fill(&words::SENT_SIZE, &[("size", &format::size(trace.request.size))])
    } else {
        texts.get(&words::SENT).to_owned()
    };
    Hop {
        station: Station::Client,
        name: texts.get(&words::CLIENT).into(),
        kind: texts.get(&words::REQUEST).into(),
        state: HopState::Done,
        ms: Some(0.0),
        waited: false,
        note: Note::Quiet(note),
    }
}

fn layer_hop(trace: &Trace, index: usize, layer: &Layer, early: bool, texts: &Texts) -> Hop {
    let stopped = trace.response.is_none()
        && layer.does == Does::Nothing
        && trace
            .stopped
            .as_ref()
            .is_some_and(|stopped| stopped.start == layer.start && stopped.name == layer.name);
    let state = if early {
        HopState::Early
    } else if stopped {
        HopState::Stopped
    } else if matches!(layer.does, Does::Throws | Does::Fails) {
        HopState::Threw
    } else {
        HopState::Done
    };
    Hop {
        station: Station::Layer(index),
        name: shown_name(layer),
        kind: kind(layer, texts),
        state,
        ms: Some(layer.ms),
        waited: stopped,
        note: note(trace, layer, texts),
    }
}

/// The name that learners write: Express calls its own parsers differently.
pub fn shown_name(layer: &Layer) -> String {
    match (layer.kind, layer.name.as_str()) {
        (LayerKind::Builtin, "jsonParser") => "express.json".into(),
        (LayerKind::Builtin, "urlencodedParser") => "express.urlencoded".into(),
        (LayerKind::Builtin, "textParser") => "express.text".into(),
        (LayerKind::Builtin, "rawParser") => "express.raw".into(),
        (LayerKind::Builtin, "serveStatic") => "express.static".into(),
        (_, name) => name.to_owned(),
    }
}

/// What stands under a layer's name.
fn kind(layer: &Layer, texts: &Texts) -> String {
    match layer.kind {
        LayerKind::Route => layer.at.clone(),
        LayerKind::Error => texts.get(&words::ERROR_HANDLER).into(),
        LayerKind::Builtin | LayerKind::Native => texts.get(&words::BUILT_IN).into(),
        LayerKind::Middleware => match layer.at.strip_prefix("use ") {
            Some("/") | None => texts.get(&words::MIDDLEWARE).into(),
            Some(path) => texts.fill(&words::ON_PATH, &[("path", path)]),
        },
    }
}

fn note(trace: &Trace, layer: &Layer, texts: &Texts) -> Note {
    if let Some(error) = &layer.error {
        return Note::Change(format!("! {}", error.name));
    }
    let telling = layer.changes.iter().min_by_key(|change| weight(change));
    match telling {
        Some(change) => Note::Change(chip(change, texts)),
        None if layer.does == Does::Answers => Note::Change("+ res.body".into()),
        None if shown_name(layer) == "express.json" && trace.request.size == 0 => Note::Quiet(texts.get(&words::NO_BODY).into()),
        None => Note::Quiet(texts.get(&words::NO_CHANGE).into()),
    }
}

/// The most telling change first.
fn weight(change: &Change) -> u8 {
    match change.path.as_str() {
        "res.statusCode" => 0,
        path if path.starts_with("req.") => 1,
        path if path.starts_with("res.headers") => 3,
        _ => 2,
    }
}

/// A change on a chip: `+ req.user`, `~ status 401`.
pub fn chip(change: &Change, texts: &Texts) -> String {
    if change.path == "res.statusCode" {
        return texts.fill(&words::STATUS, &[("status", change.after.as_deref().unwrap_or("?"))]);
    }
    let name = match change.path.strip_prefix("res.headers.") {
        Some(header) => header,
        None => change.path.as_str(),
    };
    format!("{} {}", sign(change), format::clip(name, 16))
}

/// `+`, `~` or `-`.
pub fn sign(change: &Change) -> &'static str {
    match change.kind.as_str() {
        "add" => "+",
        "remove" => "−",
        _ => "~",
    }
}

fn work_hop(layer: usize, at: usize, work: &DatabaseWork, texts: &Texts) -> Hop {
    let note = match (work.changed, work.returned) {
        (0, returned) => Note::Quiet(texts.fill(&words::READ, &[("count", &returned.to_string())])),
        (changed, _) => Note::Change(format!("~ {}", format::count(changed as usize, "document"))),
    };
    let name = if work.op.starts_with("db.") {
        work.op.clone()
    } else {
        format!("db.{}", work.op)
    };
    Hop {
        station: Station::Work(layer, at),
        name,
        kind: texts.get(&words::DATABASE).into(),
        state: HopState::Done,
        ms: Some(work.ms),
        waited: false,
        note,
    }
}

/// Express answered by itself: 404 for a way without an answer, 500 for an error nobody took.
fn default_hop(trace: &Trace, texts: &Texts) -> Option<Hop> {
    let answered = trace.answered.as_ref().filter(|layer| layer.name == "express")?;
    if trace.layers.iter().any(|layer| layer.name == "express") {
        return None;
    }
    let status = trace.response.as_ref().map_or(404, |response| response.status);
    Some(Hop {
        station: Station::Default,
        name: "express".into(),
        kind: texts.get(&words::BUILT_IN).into(),
        state: HopState::Early,
        // It logs the error after it has answered; that is not the request's time.
        ms: Some(answered.ms.min(trace.ms)),
        waited: false,
        note: Note::Change(texts.fill(&words::STATUS, &[("status", &status.to_string())])),
    })
}

fn missed_hops<'trace>(trace: &'trace Trace, texts: &'trace Texts) -> impl Iterator<Item = Hop> + 'trace {
    let all = trace.missed.iter().filter(|missed| missed.matched != Matched::Error).count();
    let shown = if all > MISSED + 1 { MISSED } else { all };
    let not_reached = texts.get(&words::NOT_REACHED);
    let more = move |left: usize| {
        let name = texts.fill(&words::MORE, &[("count", &left.to_string())]);
        off(Station::More(left), name, not_reached)
    };
    trace
        .missed
        .iter()
        .enumerate()
        .filter(|(_, missed)| missed.matched != Matched::Error)
        .take(shown)
        .map(move |(index, missed)| off(Station::Missed(index), missed.name.clone(), not_reached))
        .chain((all > shown).then(|| more(all - shown)))
}

fn off(station: Station, name: String, note: &str) -> Hop {
    Hop {
        station,
        name,
        kind: String::new(),
        state: HopState::NotReached,
        ms: None,
        waited: false,
        note: Note::Quiet(note.into()),
    }
}

fn response_hop(trace: &Trace, early: bool, texts: &Texts) -> Hop {
    let name = || texts.get(&words::RESPONSE).to_owned();
    match &trace.response {
        Some(response) if early => Hop {
            kind: trace
                .answered
                .as_ref()
                .map_or_else(String::new, |layer| texts.fill(&words::BY, &[("name", &layer.name)])),
            ..off(
                Station::Response,
                name(),
                &texts.fill(&words::LEFT_EARLY, &[("status", &response.status.to_string())]),
            )
        },
        Some(response) => Hop {
            station: Station::Response,
            name: name(),
            kind: format::status_line(response.status, &response.status_message),
            state: HopState::Done,
            ms: None,
            waited: false,
            note: Note::Change(format!("+ {}", format::count(response.headers.len(), "header"))),
        },
        None if trace.begun.is_some() => Hop {
            kind: trace.begun.map_or_else(String::new, |status| status.to_string()),
            ..off(Station::Response, name(), texts.get(&words::NOT_ENDED))
        },
        None => Hop {
            kind: texts.get(&words::NONE_SENT).into(),
            ..off(Station::Response, name(), texts.get(&words::NOT_REACHED))
        },
    }
}

#[cfg(test)]
#[path = "lane_model_tests.rs"]
mod tests;
