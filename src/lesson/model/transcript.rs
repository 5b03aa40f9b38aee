//! What a snippet's run said: console, requests and answers in the order in which they happened.

use crate::state::same::Same;
use backlab_course::lesson::SnippetRequest;
use backlab_course::trace::{ProgramError, Trace};
use serde::Deserialize;
use serde_json::Value;
/// One line or block of the transcript.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    Listening(Vec<u16>),
    Console(String),
    Sent(SnippetRequest),
    Answer(Answer),
    /// 5 virtual seconds went by.
    NoAnswer,
    /// Nothing listens on the port.
    Refused,
    Ended(i32),
    Failed(ProgramError),
    /// The page could not run the snippet.
    Problem(String),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    pub status: u16,
    /// Pretty-printed when it is JSON.
    pub body: String,
    /// Headers that a lesson talks about.
    pub headers: Vec<(String, String)>,
    /// The everyday ones, folded away.
    pub more: Vec<(String, String)>,
    /// Virtual milliseconds.
    pub ms: Option<f64>,
}

/// What was seen during one step of the sandbox; `Record_` of the protocol, as far as a snippet shows it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Record {
    pub status: Option<u16>,
    pub headers: serde_json::Map<String, Value>,
    pub json: Option<Value>,
    pub text: Option<String>,
    pub hang: bool,
    pub refused: bool,
    pub within: Option<f64>,
    pub console: Vec<String>,
    pub error: Option<ProgramError>,
    pub exit: Option<i32>,
    pub listening: Vec<u16>,
    pub trace: Option<Trace>,
}

/// Headers that every answer has and no lesson of this kind looks at first.
const EVERYDAY: [&str; 9] = [
    "connection",
    "content-length",
    "content-type",
    "date",
    "etag",
    "keep-alive",
    "transfer-encoding",
    "vary",
    "x-powered-by",
];

/// The transcript of one run and the traces of its requests.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transcript {
    pub entries: Vec<Entry>,
    /// Index of the snippet's request and its newest trace.
    pub traces: Vec<(usize, Same<Trace>)>,
    /// The program runs and takes requests.
    pub serving: bool,
}

impl Transcript {
    /// The record of the start.
    pub fn start(record: Record) -> Self {
        let mut transcript = Self::default();
        transcript.console(&record);
        transcript.serving = record.error.is_none() && record.exit.is_none() && !record.listening.is_empty();
        if transcript.serving {
            transcript.entries.push(Entry::Listening(record.listening.clone()));
        }
        transcript.end(&record);
        transcript
    }

    /// The record of one request. What it printed stands between the request and its answer.
    pub fn answer(&mut self, index: usize, request: &SnippetRequest, record: Record) {
        self.entries.push(Entry::Sent(request.clone()));
        self.console(&record);
        if let Some(status) = record.status.filter(|status| *status > 0) {
            self.entries.push(Entry::Answer(answer(status, &record)));
        } else if record.refused {
            self.entries.push(Entry::Refused);
        } else if record.hang {
            self.entries.push(Entry::NoAnswer);
        }
        self.end(&record);
        if record.exit.is_some() {
            self.serving = false;
        }
        if let Some(trace) = record.trace.clone() {
            self.traces.retain(|(other, _)| *other != index);
            self.traces.push((index, Same::new(trace)));
        }
    }

    pub fn problem(&mut self, message: String) {
        self.entries.push(Entry::Problem(message));
    }

    pub fn trace(&self, index: usize) -> Option<&Same<Trace>> {
        self.traces.iter().find(|(other, _)| *other == index).map(|(_, trace)| trace)
    }

    fn console(&mut self, record: &Record) {
        self.entries.extend(record.console.iter().cloned().map(Entry::Console));
    }

    fn end(&mut self, record: &Record) {
        // An error that the console already shows as a whole is not said twice.
        let printed = |error: &ProgramError| record.console.iter().any(|line| line.contains(&error.message));
        match (&record.error, record.exit) {
            (Some(error), _) if record.exit.is_some() || !printed(error) => self.entries.push(Entry::Failed(error.clone())),
            (None, Some(code)) => self.entries.push(Entry::Ended(code)),
            _ => {}
        }
    }
}

fn answer(status: u16, record: &Record) -> Answer {
    let mut answer = Answer {
        status,
        ms: record.within,
        ..Answer::default()
    };
    answer.body = match &record.json {
        Some(json) => compact(json),
        None => record.text.clone().unwrap_or_default(),
    };
    for (name, value) in &record.headers {
        let values = match value {
            Value::Array(values) => values.clone(),
            one => vec![one.clone()],
        };
        for value in values {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let list = if EVERYDAY.contains(&name.to_ascii_lowercase().as_str()) {
                &mut answer.more
            } else {
                &mut answer.headers
            };
            list.push((name.clone(), text));
        }
    }
    answer
}

/// Short JSON stays on its line, long JSON gets lines of its own.
fn compact(json: &Value) -> String {
    let line = json.to_string();
    if line.len() <= 60 {
        return line;
    }
    serde_json::to_string_pretty(json).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(value: Value) -> Record {
        serde_json::from_value(value).unwrap()
    }

    /// The entries of a request in one word each.
    fn check(value: Value, expected: &[&str]) {
        let mut transcript = Transcript {
            serving: true,
            ..Transcript::default()
        };
        transcript.answer(0, &SnippetRequest::default(), record(value));
        assert_eq!(words(&transcript), expected);
    }

    fn words(transcript: &Transcript) -> Vec<String> {
        transcript
            .entries
            .iter()
            .map(|entry| match entry {
                Entry::Listening(ports) => format!("listening {ports:?}"),
                Entry::Console(line) => format!("console {line}"),
                Entry::Sent(_) => "sent".into(),
                Entry::Answer(answer) => format!("{} {}", answer.status, answer.body),
                Entry::NoAnswer => "no answer".into(),
                Entry::Refused => "refused".into(),
                Entry::Ended(code) => format!("ended {code}"),
                Entry::Failed(error) => format!("failed {}", error.message),
                Entry::Problem(message) => format!("problem {message}"),
            })
            .collect()
    }

    #[test]
    fn a_request_is_told_in_order() {
        check(
            json!({ "status": 200, "text": "Hi", "console": ["one", "two"] }),
            &["sent", "console one", "console two", "200 Hi"],
        );
        check(
            json!({ "status": 200, "json": { "a": 1 }, "text": "{\"a\":1}" }),
            &["sent", "200 {\"a\":1}"],
        );
        check(json!({ "hang": true }), &["sent", "no answer"]);
        check(json!({ "refused": true }), &["sent", "refused"]);
        check(
            json!({ "error": { "name": "Error", "message": "boom", "stack": "" }, "exit": 1 }),
            &["sent", "failed boom"],
        );
        check(
            json!({ "status": 500, "text": "x", "console": ["Error: boom\n at a.js"], "error": { "message": "boom" } }),
            &["sent", "console Error: boom\n at a.js", "500 x"],
        );
    }

    #[test]
    fn the_start_says_whether_requests_can_follow() {
        let start = Transcript::start(record(json!({ "console": ["up"], "listening": [3000] })));
        assert_eq!(
            (words(&start), start.serving),
            (vec!["console up".to_owned(), "listening [3000]".to_owned()], true)
        );
        let script = Transcript::start(record(json!({ "console": ["5"], "exit": 0 })));
        assert_eq!(
            (words(&script), script.serving),
            (vec!["console 5".to_owned(), "ended 0".to_owned()], false)
        );
    }

    #[test]
    fn headers_of_the_lesson_stand_apart() {
        let answer = answer(
            200,
            &record(json!({ "headers": { "x-note": "a", "date": "now", "set-cookie": ["a=1", "b=2"] } })),
        );
        assert_eq!(
            answer.headers,
            [
                ("x-note".into(), "a".into()),
                ("set-cookie".into(), "a=1".into()),
                ("set-cookie".into(), "b=2".into())
            ]
        );
        assert_eq!(answer.more, [("date".to_owned(), "now".to_owned())]);
    }

    #[test]
    fn only_the_newest_trace_of_a_request_is_kept() {
        let mut transcript = Transcript::default();
        for id in [1, 2] {
            transcript.answer(
                3,
                &SnippetRequest::default(),
                record(json!({ "status": 200, "trace": { "id": id } })),
            );
        }
        assert_eq!(transcript.trace(3).map(|trace| trace.id), Some(2));
        assert_eq!(transcript.traces.len(), 1);
    }
}
