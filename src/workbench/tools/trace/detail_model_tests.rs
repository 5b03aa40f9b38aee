//! Traces and what must be said about their hops.

use backlab_course::trace::{Change, DatabaseWork, Definition, TracedResponse};

use super::super::lane_model::Lane;
use super::*;

fn trace(layer: Layer, answered: bool) -> Trace {
    Trace {
        ms: 5000.0,
        response: answered.then(|| TracedResponse {
            status: 200,
            status_message: "OK".into(),
            body: "hi".into(),
            size: 2,
            ..TracedResponse::default()
        }),
        answered: answered.then(|| layer.clone()),
        stopped: (!answered).then(|| layer.clone()),
        layers: vec![layer],
        ..Trace::default()
    }
}

fn detail(trace: &Trace, hop: usize) -> Detail {
    of_hop(trace, &Lane::of(trace, &Texts::default()).hops[hop], &Texts::default())
}

#[test]
fn a_layer_that_stops_is_explained() {
    let layer = Layer {
        name: "auth".into(),
        file: Some("auth.js".into()),
        line: Some(4),
        ms: 0.5,
        returned: "undefined".into(),
        ..Layer::default()
    };
    let detail = detail(&trace(layer, false), 1);
    let stop = detail.stop.as_ref().map(|stop| (stop.title.as_str(), stop.why.as_str()));
    assert_eq!(
        stop,
        Some((
            "auth finished without next() or a response",
            "It returned nothing and Express kept waiting: only next() or a response moves a request on. Backlab stopped it after 5 s."
        ))
    );
    assert_eq!(
        detail.evidence,
        Evidence::Place {
            file: "auth.js".into(),
            line: 4,
            ended: false
        }
    );
}

#[test]
fn evidence_is_the_function_that_ran() {
    let written = Definition {
        file: "auth.js".into(),
        line: 10,
        last_line: 14,
    };
    for (does, line, ended) in [(Does::Next, 10, false), (Does::Nothing, 14, true)] {
        let layer = Layer {
            file: Some("server.js".into()),
            line: Some(4),
            definition: Some(written.clone()),
            does,
            ..Layer::default()
        };
        assert_eq!(
            detail(&trace(layer, does == Does::Next), 1).evidence,
            Evidence::Place {
                file: "auth.js".into(),
                line,
                ended
            }
        );
    }
}

#[test]
fn changes_show_before_and_after() {
    let change = |path: &str, kind: &str| Change {
        path: path.into(),
        kind: kind.into(),
        before: Some("200".into()),
        after: Some("401".into()),
    };
    let layer = Layer {
        does: Does::Next,
        changes: vec![change("res.statusCode", "change"), change("res.body", "add")],
        ..Layer::default()
    };
    let rows: Vec<String> = detail(&trace(layer, true), 1)
        .rows
        .iter()
        .map(|row| format!("{} {} {:?} {}", row.sign, row.path, row.before, row.after))
        .collect();
    assert_eq!(
        rows,
        ["~ res.statusCode Some(\"200\") 401", "+ res.body None 401", "= req None unchanged"]
    );
}

#[test]
fn database_work_that_scans_is_advised() {
    let work = DatabaseWork {
        op: "users.findOne".into(),
        on: "users".into(),
        plan: "COLLSCAN".into(),
        examined: 40,
        returned: 1,
        ms: 2.0,
        ..DatabaseWork::default()
    };
    let layer = Layer {
        name: "handler".into(),
        does: Does::Answers,
        work: vec![work],
        ..Layer::default()
    };
    assert_eq!(
        detail(&trace(layer, true), 2).text,
        "handler asked users and waited 2.0 ms. It read all 40 documents to find 1; an index on the field would find them directly."
    );
}

#[test]
fn the_wire_is_shown() {
    let trace = trace(
        Layer {
            does: Does::Answers,
            ..Layer::default()
        },
        true,
    );
    assert_eq!(
        detail(&trace, 2).evidence,
        Evidence::Wire {
            heading: &words::CAME_BACK,
            lines: vec!["HTTP/1.1 200 OK".into(), String::new(), "hi".into()]
        }
    );
}
