//! How a request ended: judged, and said in one line, one sentence and the labels of the lane.

use backlab_course::trace::{Does, LayerKind, Trace};

use crate::workbench::format;

/// What became of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outcome {
    #[default]
    Ok,
    /// Refused: a 4xx answer.
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
    match trace.response.as_ref().map(|response| response.status) {
        None | Some(500..) => Outcome::Failed,
        Some(400..) => Outcome::Refused,
        Some(_) => Outcome::Ok,
    }
}

/// `Stopped at auth`, `401 answered by auth`, `200 OK in 3.3 ms`, `No answer`.
pub fn summary(trace: &Trace) -> String {
    if let Some(response) = &trace.response {
        return match early_layer(trace) {
            Some(index) => format!("{} answered by {}", response.status, trace.layers[index].name),
            None => format!(
                "{} in {}",
                status_line(response.status, &response.status_message),
                format::duration(trace.ms)
            ),
        };
    }
    match &trace.stopped {
        Some(layer) => format!("Stopped at {}", layer.name),
        None => format!("No answer after {}", format::duration(trace.ms)),
    }
}

/// One sentence for ears: the slider, the live region.
pub fn spoken(trace: &Trace) -> String {
    let what = match (&trace.response, &trace.stopped) {
        (Some(response), _) => {
            let mut text = status_line(response.status, &response.status_message);
            if let Some(index) = early_layer(trace) {
                text = format!("{text}, answered by {}", trace.layers[index].name);
            }
            format!("{text}, in {}", format::spoken_duration(trace.ms))
        }
        (None, Some(layer)) => format!("stopped at {}", layer.name),
        (None, None) => "no answer".to_owned(),
    };
    format!("Request {}, {} {}, {what}", trace.id, trace.request.method, trace.request.url)
}

/// `200 OK`; a status without a message stands alone.
pub fn status_line(status: u16, message: &str) -> String {
    if message.is_empty() {
        status.to_string()
    } else {
        format!("{status} {message}")
    }
}

/// The middleware that refused before any route, if one did.
pub(super) fn early_layer(trace: &Trace) -> Option<usize> {
    let status = trace.response.as_ref()?.status;
    let index = trace.layers.iter().rposition(|layer| layer.does == Does::Answers)?;
    let layer = &trace.layers[index];
    (status >= 400 && trace.error.is_none() && !matches!(layer.kind, LayerKind::Route | LayerKind::Error)).then_some(index)
}

/// The label of the way back.
pub(super) fn back(trace: &Trace) -> Option<String> {
    let response = trace.response.as_ref()?;
    Some(format!(
        "{}, {}, back at the client after {}",
        status_line(response.status, &response.status_message),
        format::size(response.size),
        format::duration(trace.ms)
    ))
}

/// The label where a request stopped.
pub(super) fn halt(trace: &Trace) -> Option<String> {
    if trace.response.is_some() {
        return None;
    }
    let stopped = trace.stopped.as_ref()?;
    Some(if stopped.kind == LayerKind::Route {
        "no answer was sent".into()
    } else {
        "next() was never called".into()
    })
}
