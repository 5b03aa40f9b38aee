//! What is said about the stations that are no layer of the learner's: both ends, the database, and Express itself.

use backlab_course::trace::{Matched, Trace};

use super::detail_model::{Detail, Evidence, Row, plain};
use super::words;
use crate::i18n::Texts;
use crate::workbench::format;

pub(super) fn client(trace: &Trace, texts: &Texts) -> Detail {
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
            heading: &words::LEFT_CLIENT,
            lines,
        },
        ..plain(texts.get(&words::LEFT_LIKE_THIS).into())
    }
}

pub(super) fn response(trace: &Trace, texts: &Texts) -> Detail {
    let Some(response) = &trace.response else {
        let time = format::duration(trace.ms);
        return plain(match trace.begun {
            Some(status) => texts.fill(&words::UNFINISHED_WHY, &[("status", &status.to_string()), ("time", &time)]),
            None => texts.fill(&words::NONE_SENT_WHY, &[("time", &time)]),
        });
    };
    let mut lines = vec![format!(
        "HTTP/1.1 {}",
        format::status_line(response.status, &response.status_message)
    )];
    lines.extend(response.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    with_body(&mut lines, &response.body);
    let from = trace
        .answered
        .as_ref()
        .map_or_else(String::new, |layer| texts.fill(&words::LEFT_FROM, &[("name", &layer.name)]));
    let size_in = texts.fill(
        &words::SIZE_IN,
        &[("size", &format::size(response.size)), ("time", &format::duration(trace.ms))],
    );
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
            heading: &words::CAME_BACK,
            lines,
        },
        ..plain(format!("{from}{size_in}"))
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

pub(super) fn database(trace: &Trace, layer: usize, work: usize, texts: &Texts) -> Detail {
    let layer = &trace.layers[layer];
    let work = &layer.work[work];
    let mut rows = vec![
        (words::ASKED, format::clip(&work.detail, 300)),
        (words::PLAN, work.plan.clone()),
        (words::EXAMINED, format::count(work.examined as usize, "document")),
        (words::FOUND, work.returned.to_string()),
    ];
    if work.changed > 0 {
        rows.push((words::WROTE, work.changed.to_string()));
    }
    rows.retain(|(_, value)| !value.is_empty());
    let scan = work.plan.starts_with("COLLSCAN") && work.examined > work.returned + work.changed;
    let advice = if scan {
        texts.fill(
            &words::SCAN,
            &[
                ("all", &format::count(work.examined as usize, "document")),
                ("found", &work.returned.max(work.changed).to_string()),
            ],
        )
    } else {
        String::new()
    };
    Detail {
        evidence: Evidence::Facts {
            heading: &words::HOW_IT_RAN,
            rows,
        },
        ..plain(
            texts.fill(
                &words::ASKED_AND_WAITED,
                &[("name", &layer.name), ("on", &work.on), ("time", &format::duration(work.ms))],
            ) + &advice,
        )
    }
}

pub(super) fn by_express(trace: &Trace, texts: &Texts) -> Detail {
    let text = match &trace.error {
        Some(error) => texts.fill(&words::NO_HANDLER, &[("error", &error.name)]),
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
                texts.fill(&words::OTHER_METHOD, &[("names", &path.join(", "))])
            };
            let (method, url) = (&trace.request.method, &trace.request.url);
            texts.fill(&words::NO_LAYER, &[("method", method), ("url", url)]) + &fits
        }
    };
    Detail {
        tried: trace.tried.clone(),
        ..plain(text)
    }
}

pub(super) fn not_reached(trace: &Trace, texts: &Texts) -> String {
    match (&trace.stopped, &trace.answered) {
        (Some(stopped), _) => texts.fill(&words::NEVER_HANDED_ON, &[("name", &stopped.name)]),
        (None, Some(answered)) => texts.fill(&words::ANSWERED_FIRST, &[("name", &answered.name)]),
        (None, None) => texts.get(&words::NOT_REACHED_FULL).into(),
    }
}
