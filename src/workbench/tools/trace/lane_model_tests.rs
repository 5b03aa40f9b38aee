//! Traces and the lanes they must give.

use backlab_course::trace::{ProgramError, TracedRequest, TracedResponse, Tried};

use super::super::outcome::spoken;
use super::*;

fn layer(name: &str, kind: LayerKind, does: Does) -> Layer {
    Layer {
        name: name.into(),
        at: "use /".into(),
        kind,
        does,
        ms: 0.5,
        ..Layer::default()
    }
}

fn trace(layers: Vec<Layer>, status: Option<(u16, &str)>) -> Trace {
    Trace {
        id: 7,
        ms: if status.is_some() { 3.3 } else { 5000.0 },
        request: TracedRequest {
            method: "GET".into(),
            url: "/api/me".into(),
            ..TracedRequest::default()
        },
        response: status.map(|(status, message)| TracedResponse {
            status,
            status_message: message.into(),
            size: 212,
            ..TracedResponse::default()
        }),
        answered: layers.iter().find(|layer| layer.does == Does::Answers).cloned(),
        stopped: if status.is_none() { layers.last().cloned() } else { None },
        layers,
        ..Trace::default()
    }
}

/// The lane in one line per hop: state, name, note.
fn check(trace: &Trace, wanted: &[&str], summary: &str) {
    let lane = Lane::of(trace, &Texts::default());
    let hops: Vec<String> = lane
        .hops
        .iter()
        .map(|hop| format!("{} {} ({})", hop.state.class(), hop.name, hop.note.text()))
        .collect();
    assert_eq!(hops, wanted);
    assert_eq!(lane.summary, summary);
}

#[test]
fn a_request_that_reaches_its_route() {
    let mut auth = layer("auth", LayerKind::Middleware, Does::Next);
    auth.changes = vec![
        Change {
            path: "res.headers.x-a".into(),
            kind: "add".into(),
            ..Change::default()
        },
        Change {
            path: "req.user".into(),
            kind: "add".into(),
            ..Change::default()
        },
    ];
    let mut handler = layer("handler", LayerKind::Route, Does::Answers);
    handler.at = "GET /api/me".into();
    handler.work = vec![DatabaseWork {
        op: "users.findOne".into(),
        returned: 1,
        ms: 1.9,
        ..DatabaseWork::default()
    }];
    let trace = trace(
        vec![layer("jsonParser", LayerKind::Builtin, Does::Next), auth, handler],
        Some((200, "OK")),
    );
    check(
        &trace,
        &[
            "done client (sent)",
            "done express.json (no body)",
            "done auth (+ req.user)",
            "done handler (+ res.body)",
            "done db.users.findOne (read 1)",
            "done response (+ 0 headers)",
        ],
        "200 OK in 3.3 ms",
    );
    let lane = Lane::of(&trace, &Texts::default());
    assert_eq!(lane.end, 5);
    assert_eq!(lane.back.as_deref(), Some("200 OK, 212 B, back at the client after 3.3 ms"));
    let shared = |ms| -> Vec<String> {
        shares(&lane, ms)
            .iter()
            .map(|share| format!("{} {}", share.name.as_deref().unwrap_or("-"), share.percent))
            .collect()
    };
    let hops = ["express.json", "auth", "handler", "db.users.findOne"];
    let with = |percents: &[u32]| -> Vec<String> {
        hops.iter()
            .chain(&["-"])
            .zip(percents)
            .map(|(hop, percent)| format!("{hop} {percent}"))
            .collect()
    };
    assert_eq!(shared(3.3), with(&[15, 15, 15, 56]));
    assert_eq!(shared(6.8), with(&[7, 7, 7, 28, 50]));
    assert_eq!(
        spoken(&trace, &Texts::default()),
        "Request 7, GET /api/me, 200 OK in 3.3 milliseconds"
    );
}

#[test]
fn a_middleware_that_refuses() {
    let mut auth = layer("auth", LayerKind::Middleware, Does::Answers);
    auth.changes = vec![Change {
        path: "res.statusCode".into(),
        kind: "change".into(),
        after: Some("401".into()),
        ..Change::default()
    }];
    let mut trace = trace(vec![auth], Some((401, "Unauthorized")));
    trace.missed = vec![Tried {
        name: "GET /api/me".into(),
        ..Tried::default()
    }];
    check(
        &trace,
        &[
            "done client (sent)",
            "early auth (~ status 401)",
            "off GET /api/me (not reached)",
            "off response (401 left early)",
        ],
        "401 answered by auth",
    );
    assert_eq!(Lane::of(&trace, &Texts::default()).end, 1);
    assert_eq!(Lane::of(&trace, &Texts::default()).first_shown(), 1);
    assert_eq!(outcome(&trace), Outcome::Refused);
}

#[test]
fn a_middleware_that_stops() {
    let mut trace = trace(vec![layer("auth", LayerKind::Middleware, Does::Nothing)], None);
    trace.missed = (0..7)
        .map(|at| Tried {
            name: format!("GET /{at}"),
            ..Tried::default()
        })
        .collect();
    check(
        &trace,
        &[
            "done client (sent)",
            "halt auth (no change)",
            "off GET /0 (not reached)",
            "off GET /1 (not reached)",
            "off GET /2 (not reached)",
            "off GET /3 (not reached)",
            "off 3 more (not reached)",
            "off response (not reached)",
        ],
        "Stopped at auth",
    );
    assert_eq!(Lane::of(&trace, &Texts::default()).halt.as_deref(), Some("next() was never called"));
    assert_eq!(spoken(&trace, &Texts::default()), "Request 7, GET /api/me, stopped at auth");
}

#[test]
fn a_handler_that_throws_and_express_answers() {
    let mut handler = layer("handler", LayerKind::Route, Does::Throws);
    handler.error = Some(ProgramError {
        name: "TypeError".into(),
        ..ProgramError::default()
    });
    let mut trace = trace(vec![handler], Some((500, "Internal Server Error")));
    trace.error = trace.layers[0].error.clone();
    trace.answered = Some(Layer {
        name: "express".into(),
        ..Layer::default()
    });
    check(
        &trace,
        &[
            "done client (sent)",
            "halt threw handler (! TypeError)",
            "early express (~ status 500)",
            "done response (+ 0 headers)",
        ],
        "500 Internal Server Error in 3.3 ms",
    );
    assert_eq!(outcome(&trace), Outcome::Failed);
}

#[test]
fn nothing_takes_the_request() {
    let mut trace = trace(vec![layer("logger", LayerKind::Middleware, Does::Next)], Some((404, "Not Found")));
    trace.answered = Some(Layer {
        name: "express".into(),
        ..Layer::default()
    });
    check(
        &trace,
        &[
            "done client (sent)",
            "done logger (no change)",
            "early express (~ status 404)",
            "done response (+ 0 headers)",
        ],
        "404 Not Found in 3.3 ms",
    );
}

#[test]
fn an_answer_that_begins_and_never_ends() {
    let mut trace = trace(vec![layer("handler", LayerKind::Route, Does::Answers)], None);
    trace.begun = Some(200);
    check(
        &trace,
        &["done client (sent)", "done handler (+ res.body)", "off response (not ended)"],
        "200 began, never ended",
    );
    assert_eq!(Lane::of(&trace, &Texts::default()).halt.as_deref(), Some("the answer never ended"));
    assert_eq!(spoken(&trace, &Texts::default()), "Request 7, GET /api/me, 200 began, never ended");
}
