//! What is said about one station of the lane: changes, evidence, and why it stopped.

use backlab_course::trace::{Does, Layer, LayerKind, Matched, ProgramError, Trace, Tried};

use super::lane_model::{Hop, HopState, Station, sign, status_line};
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
    Place { file: String, line: u32 },
    /// Lines of a message on the wire, under a heading.
    Wire { heading: &'static str, lines: Vec<String> },
    /// Names and values, under a heading.
    Facts { heading: &'static str, rows: Vec<(&'static str, String)> },
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

fn plain(text: String) -> Detail {
    Detail { rows: Vec::new(), text, stop: None, evidence: Evidence::None, tried: Vec::new() }
}

fn client(trace: &Trace) -> Detail {
    let request = &trace.request;
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    let added = |path: &str, after: String| Row { sign: "+", path: path.into(), before: None, after };
    let mut rows = vec![added("req.method", request.method.clone()), added("req.url", request.url.clone())];
    if !names.is_empty() {
        rows.push(added("req.headers", names.join(", ").to_ascii_lowercase()));
    }
    let mut lines = vec![format!("{} {} HTTP/1.1", request.method, request.url), format!("Host: {}", trace.host)];
    lines.extend(request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host")).map(|(name, value)| format!("{name}: {value}")));
    with_body(&mut lines, &request.body);
    Detail { rows, evidence: Evidence::Wire { heading: "What left the client", lines }, ..plain("The request left the client like this.".into()) }
}

fn response(trace: &Trace) -> Detail {
    let Some(response) = &trace.response else {
        return plain(format!("No response was sent. The client waited {} and gave up.", format::duration(trace.ms)));
    };
    let mut lines = vec![format!("HTTP/1.1 {}", status_line(response.status, &response.status_message))];
    lines.extend(response.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    with_body(&mut lines, &response.body);
    let from = trace.answered.as_ref().map_or_else(String::new, |layer| format!("The response left from {}. ", layer.name));
    let rows = response.headers.iter().map(|(name, value)| Row { sign: "+", path: name.clone(), before: None, after: format::clip(value, 80) }).collect();
    Detail { rows, tried: trace.tried.clone(), evidence: Evidence::Wire { heading: "What came back", lines }, ..plain(format!("{from}{} in {}.", format::size(response.size), format::duration(trace.ms))) }
}

/// Adds at most a dozen lines of a body.
fn with_body(lines: &mut Vec<String>, body: &str) {
    if body.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.extend(body.lines().take(12).map(|line| format::clip(line, 400)));
    if body.lines().nth(12).is_some() {
        lines.push("…".into());
    }
}

fn layer(trace: &Trace, layer: &Layer, hop: &Hop) -> Detail {
    let mut rows: Vec<Row> = layer
        .changes
        .iter()
        .map(|change| Row { sign: sign(change), path: change.path.clone(), before: change.before.clone().filter(|_| change.kind == "change"), after: change.after.clone().unwrap_or_else(|| change.before.clone().unwrap_or_default()) })
        .collect();
    for side in ["req", "res"] {
        if !rows.iter().any(|row| row.path.starts_with(side)) && !(side == "res" && layer.does == Does::Answers) {
            rows.push(Row { sign: "=", path: side.into(), before: None, after: "unchanged".into() });
        }
    }
    let evidence = match (&layer.file, layer.line) {
        (Some(file), Some(line)) => Evidence::Place { file: file.clone(), line: error_line(layer).unwrap_or(line) },
        _ => Evidence::None,
    };
    let stop = match hop.state {
        HopState::Stopped => Some(stopped(trace, layer)),
        HopState::Threw => layer.error.as_ref().or(trace.error.as_ref()).map(|error| threw(layer, error)),
        _ => None,
    };
    let tried = if layer.kind == LayerKind::Route || stop.is_some() { trace.tried.clone() } else { Vec::new() };
    Detail { rows, text: said(layer), stop, evidence, tried }
}

/// The line of the error, when it is in the layer's own file.
fn error_line(layer: &Layer) -> Option<u32> {
    layer.error.as_ref().filter(|error| error.file == layer.file)?.line
}

fn said(layer: &Layer) -> String {
    let after = format::duration(layer.ms);
    let many = if layer.next > 1 { format!(" It called next() {} times; once is enough.", layer.next) } else { String::new() };
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
        title: if route { format!("{} finished without a response", layer.name) } else { format!("{} finished without next() or a response", layer.name) },
        why: format!("It returned {} after {} and Express kept waiting: only next() or a response moves a request on. Backlab stopped it after {waited}.", returned(layer), format::duration(layer.ms)),
        next: if route { "Send a response on every way through this handler, for example with res.json().".into() } else { "Call next() where the request may go on, or send a response where it may not.".into() },
    }
}

fn threw(layer: &Layer, error: &ProgramError) -> Stop {
    let place = match (&error.file, error.line) {
        (Some(file), Some(line)) => format!(" at {file}:{line}"),
        _ => String::new(),
    };
    let verb = if layer.does == Does::Fails { "passed an error to next()" } else { "threw" };
    Stop {
        title: format!("{} {verb}", layer.name),
        why: format!("{}: {}{place}.", error.name, error.message.trim_end_matches('.')),
        next: "Go to the line and look at the values it uses, or catch the error and answer with a status of your own.".into(),
    }
}

fn database(trace: &Trace, layer: usize, work: usize) -> Detail {
    let layer = &trace.layers[layer];
    let work = &layer.work[work];
    let mut rows = vec![("asked", format::clip(&work.detail, 300)), ("plan", work.plan.clone()), ("read", format::count(work.examined as usize, "document")), ("found", work.returned.to_string())];
    if work.changed > 0 {
        rows.push(("changed", work.changed.to_string()));
    }
    rows.retain(|(_, value)| !value.is_empty());
    let scan = work.plan.starts_with("COLLSCAN") && work.examined > work.returned + work.changed;
    let advice = if scan { format!(" It read all {} to find {}; an index on the field would find them directly.", format::count(work.examined as usize, "document"), work.returned.max(work.changed)) } else { String::new() };
    Detail { evidence: Evidence::Facts { heading: "How it ran", rows }, ..plain(format!("{} asked {} and waited {}.{advice}", layer.name, work.on, format::duration(work.ms))) }
}

fn by_express(trace: &Trace) -> Detail {
    let text = match &trace.error {
        Some(error) => format!("No error handler took {}, so Express sent its own page with status 500.", error.name),
        None => {
            let path = trace.tried.iter().filter(|tried| tried.matched == Matched::Path).map(|tried| tried.name.as_str()).collect::<Vec<_>>();
            let fits = if path.is_empty() { String::new() } else { format!(" {} has this path with another method.", path.join(", ")) };
            format!("No layer answered {} {}, so Express sent its own 404.{fits}", trace.request.method, trace.request.url)
        }
    };
    Detail { tried: trace.tried.clone(), ..plain(text) }
}

fn not_reached(trace: &Trace) -> String {
    match (&trace.stopped, &trace.answered) {
        (Some(stopped), _) => format!("{} never handed the request on, so this did not run.", stopped.name),
        (None, Some(answered)) => format!("Not reached: {} answered first. What answers early ends the request.", answered.name),
        (None, None) => "Not reached.".into(),
    }
}

#[cfg(test)]
mod tests {
    use backlab_course::trace::{Change, DatabaseWork, TracedResponse};

    use super::super::lane_model::Lane;
    use super::*;

    fn trace(layer: Layer, answered: bool) -> Trace {
        Trace {
            ms: 5000.0,
            response: answered.then(|| TracedResponse { status: 200, status_message: "OK".into(), body: "hi".into(), size: 2, ..TracedResponse::default() }),
            answered: answered.then(|| layer.clone()),
            stopped: (!answered).then(|| layer.clone()),
            layers: vec![layer],
            ..Trace::default()
        }
    }

    fn detail(trace: &Trace, hop: usize) -> Detail {
        of_hop(trace, &Lane::of(trace).hops[hop])
    }

    #[test]
    fn a_layer_that_stops_is_explained() {
        let layer = Layer { name: "auth".into(), file: Some("auth.js".into()), line: Some(4), ms: 0.5, returned: "undefined".into(), ..Layer::default() };
        let detail = detail(&trace(layer, false), 1);
        let stop = detail.stop.as_ref().map(|stop| (stop.title.as_str(), stop.why.as_str()));
        assert_eq!(stop, Some(("auth finished without next() or a response", "It returned nothing after 0.5 ms and Express kept waiting: only next() or a response moves a request on. Backlab stopped it after 5 s.")));
        assert_eq!(detail.evidence, Evidence::Place { file: "auth.js".into(), line: 4 });
    }

    #[test]
    fn changes_show_before_and_after() {
        let change = |path: &str, kind: &str| Change { path: path.into(), kind: kind.into(), before: Some("200".into()), after: Some("401".into()) };
        let layer = Layer { does: Does::Next, changes: vec![change("res.statusCode", "change"), change("res.body", "add")], ..Layer::default() };
        let rows: Vec<String> = detail(&trace(layer, true), 1).rows.iter().map(|row| format!("{} {} {:?} {}", row.sign, row.path, row.before, row.after)).collect();
        assert_eq!(rows, ["~ res.statusCode Some(\"200\") 401", "+ res.body None 401", "= req None unchanged"]);
    }

    #[test]
    fn database_work_that_scans_is_advised() {
        let work = DatabaseWork { op: "users.findOne".into(), on: "users".into(), plan: "COLLSCAN".into(), examined: 40, returned: 1, ms: 2.0, ..DatabaseWork::default() };
        let layer = Layer { name: "handler".into(), does: Does::Answers, work: vec![work], ..Layer::default() };
        assert_eq!(detail(&trace(layer, true), 2).text, "handler asked users and waited 2.0 ms. It read all 40 documents to find 1; an index on the field would find them directly.");
    }

    #[test]
    fn the_wire_is_shown() {
        let trace = trace(Layer { does: Does::Answers, ..Layer::default() }, true);
        assert_eq!(detail(&trace, 2).evidence, Evidence::Wire { heading: "What came back", lines: vec!["HTTP/1.1 200 OK".into(), String::new(), "hi".into()] });
    }
}
