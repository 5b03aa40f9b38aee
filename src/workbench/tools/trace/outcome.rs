//! How a request ended: judged, and said in one line, one sentence and the labels of the lane.

use backlab_course::trace::{Does, LayerKind, Trace};

use super::words;
use crate::i18n::Texts;
use crate::workbench::format;

/// What became of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    #[default]
    Ok,
    /// A 4xx answer, or one that began and did not end.
    Refused,
    /// A 5xx answer, or no answer.
    Failed,
}

impl Outcome {
    /// The design's word for it, used as a CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Refused => "warn",
            Outcome::Failed => "bad",
        }
    }
}

/// Judges a request by its answer.
pub fn outcome(trace: &Trace) -> Outcome {
    match (trace.response.as_ref().map(|response| response.status), trace.begun) {
        (None, None) | (Some(500..), _) => Outcome::Failed,
        (Some(400..), _) | (None, Some(_)) => Outcome::Refused,
        (Some(_), _) => Outcome::Ok,
    }
}

/// `Stopped at auth`, `401 answered by auth`, `200 OK in 3.3 ms`, `200 began, never ended`, `No answer`.
pub fn summary(trace: &Trace, texts: &Texts) -> String {
    let time = format::duration(trace.ms);
    if let Some(response) = &trace.response {
        return match early_layer(trace) {
            Some(index) => texts.fill(
                &words::ANSWERED_BY,
                &[("status", &response.status.to_string()), ("name", &trace.layers[index].name)],
            ),
            None => texts.fill(
                &words::STATUS_IN,
                &[
                    ("status", &format::status_line(response.status, &response.status_message)),
                    ("time", &time),
                ],
            ),
        };
    }
    match (trace.begun, &trace.stopped) {
        (Some(status), _) => texts.fill(&words::UNFINISHED, &[("status", &status.to_string())]),
        (None, Some(layer)) => texts.fill(&words::STOPPED_AT, &[("name", &layer.name)]),
        (None, None) => texts.fill(&words::NO_ANSWER_AFTER, &[("time", &time)]),
    }
}

/// One sentence for ears: the slider, the live region.
pub fn spoken(trace: &Trace, texts: &Texts) -> String {
    let time = format::spoken_duration(trace.ms);
    let what = match (&trace.response, &trace.stopped) {
        (Some(response), _) => {
            let status = format::status_line(response.status, &response.status_message);
            match early_layer(trace) {
                Some(index) => texts.fill(
                    &words::SPOKEN_BY,
                    &[("status", &status), ("name", &trace.layers[index].name), ("time", &time)],
                ),
                None => texts.fill(&words::STATUS_IN, &[("status", &status), ("time", &time)]),
            }
        }
        _ if trace.begun.is_some() => summary(trace, texts),
        (None, Some(layer)) => texts.fill(&words::SPOKEN_STOPPED, &[("name", &layer.name)]),
        (None, None) => texts.get(&words::SPOKEN_NONE).to_owned(),
    };
    texts.fill(
        &words::SPOKEN,
        &[
            ("id", &trace.id.to_string()),
            ("method", &trace.request.method),
            ("url", &trace.request.url),
            ("what", &what),
        ],
    )
}

/// The middleware that refused before any route, if one did.
pub(super) fn early_layer(trace: &Trace) -> Option<usize> {
    let status = trace.response.as_ref()?.status;
    let index = trace.layers.iter().rposition(|layer| layer.does == Does::Answers)?;
    let layer = &trace.layers[index];
    (status >= 400 && trace.error.is_none() && !matches!(layer.kind, LayerKind::Route | LayerKind::Error)).then_some(index)
}

/// The label of the way back.
pub(super) fn back(trace: &Trace, texts: &Texts) -> Option<String> {
    let response = trace.response.as_ref()?;
    Some(texts.fill(
        &words::BACK,
        &[
            ("status", &format::status_line(response.status, &response.status_message)),
            ("size", &format::size(response.size)),
            ("time", &format::duration(trace.ms)),
        ],
    ))
}

/// The label where a request stopped.
pub fn halt(trace: &Trace, texts: &Texts) -> Option<String> {
    if trace.response.is_some() {
        return None;
    }
    let stopped = trace.stopped.as_ref()?;
    let message = if trace.begun.is_some() {
        &words::NEVER_ENDED
    } else if stopped.kind == LayerKind::Route {
        &words::NO_ANSWER_SENT
    } else {
        &words::NEVER_NEXT
    };
    Some(texts.get(message).to_owned())
}
