//! What is said about the stations that are no layer of the learner's: both ends, the database, and Express itself.

use backlab_course::trace::{Matched, Trace};

use super::detail_model::{Detail, Evidence, Row, plain};
use super::outcome::status_line;
use crate::workbench::format;

pub(super) fn client(trace: &Trace) -> Detail {
    let request = &trace.request;
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    let added = |path: &str, after: String| Row {
        sign: "+",
        path: path.into(),
        before: None,
        after,
    };
    let mut rows = vec![added("req.method", request.method.clone()), added("req.url", request.url.clone())];
    if !names.is_empty() {
        rows.push(added("req.headers", names.join(", ").to_ascii_lowercase()));
    }
    let mut lines = vec![
        format!("{} {} HTTP/1.1", request.method, request.url),
        format!("Host: {}", trace.host),
    ];
    lines.extend(
        request
            .headers
            .iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("host"))
            .map(|(name, value)| format!("{name}: {value}")),
    );
    with_body(&mut lines, &request.body);
    Detail {
        rows,
        evidence: Evidence::Wire {
            heading: "What left the client",
            lines,
        },
        ..plain("The request left the client like this.".into())
    }
}

pub(super) fn response(trace: &Trace) -> Detail {
    let Some(response) = &trace.response else {
        return plain(format!(
            "No response was sent. The client waited {} and gave up.",
            format::duration(trace.ms)
        ));
    };
    let mut lines = vec![format!("HTTP/1.1 {}", status_line(response.status, &response.status_message))];
    lines.extend(response.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    with_body(&mut lines, &response.body);
    let from = trace
        .answered
        .as_ref()
        .map_or_else(String::new, |layer| format!("The response left from {}. ", layer.name));
    let rows = response
        .headers
        .iter()
        .map(|(name, value)| Row {
            sign: "+",
            path: name.clone(),
            before: None,
            after: format::clip(value, 80),
        })
        .collect();
    Detail {
        rows,
        tried: trace.tried.clone(),
        evidence: Evidence::Wire {
            heading: "What came back",
            lines,
        },
        ..plain(format!("{from}{} in {}.", format::size(response.size), format::duration(trace.ms)))
    }
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

pub(super) fn database(trace: &Trace, layer: usize, work: usize) -> Detail {
    let layer = &trace.layers[layer];
    let work = &layer.work[work];
    let mut rows = vec![
        ("asked", format::clip(&work.detail, 300)),
        ("plan", work.plan.clone()),
        ("read", format::count(work.examined as usize, "document")),
        ("found", work.returned.to_string()),
    ];
    if work.changed > 0 {
        rows.push(("changed", work.changed.to_string()));
    }
    rows.retain(|(_, value)| !value.is_empty());
    let scan = work.plan.starts_with("COLLSCAN") && work.examined > work.returned + work.changed;
    let advice = if scan {
        format!(
            " It read all {} to find {}; an index on the field would find them directly.",
            format::count(work.examined as usize, "document"),
            work.returned.max(work.changed)
        )
    } else {
        String::new()
    };
    Detail {
        evidence: Evidence::Facts {
            heading: "How it ran",
            rows,
        },
        ..plain(format!(
            "{} asked {} and waited {}.{advice}",
            layer.name,
            work.on,
            format::duration(work.ms)
        ))
    }
}

pub(super) fn by_express(trace: &Trace) -> Detail {
    let text = match &trace.error {
        Some(error) => format!(
            "No error handler took {}, so Express sent its own page with status 500.",
            error.name
        ),
        None => {
            let path = trace
                .tried
                .iter()
                .filter(|tried| tried.matched == Matched::Path)
                .map(|tried| tried.name.as_str())
                .collect::<Vec<_>>();
            let fits = if path.is_empty() {
                String::new()
            } else {
                format!(" {} has this path with another method.", path.join(", "))
            };
            format!(
                "No layer answered {} {}, so Express sent its own 404.{fits}",
                trace.request.method, trace.request.url
            )
        }
    };
    Detail {
        tried: trace.tried.clone(),
        ..plain(text)
    }
}

pub(super) fn not_reached(trace: &Trace) -> String {
    match (&trace.stopped, &trace.answered) {
        (Some(stopped), _) => format!("{} never handed the request on, so this did not run.", stopped.name),
        (None, Some(answered)) => format!(
            "Not reached: {} answered first. What answers early ends the request.",
            answered.name
        ),
        (None, None) => "Not reached.".into(),
    }
}
