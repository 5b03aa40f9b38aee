//! What the glass box keeps of one request; the JSON mirror is `Trace` in `runtime/src/protocol.ts`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fields;

/// Header names and values in wire order, duplicates kept.
pub type HeaderList = Vec<(String, String)>;

/// The way of one request through the layers.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    pub id: u32,
    /// Milliseconds since the epoch on the sandbox's clock.
    pub at: f64,
    /// `localhost:3000`.
    pub host: String,
    /// The edit of the learner's code that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<u32>,
    pub request: TracedRequest,
    /// Absent while there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<TracedResponse>,
    /// Status of an answer that began, and had no end when nobody waited any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun: Option<u16>,
    /// Total milliseconds; of a hang, the time waited.
    pub ms: f64,
    pub layers: Vec<Layer>,
    pub tried: Vec<Tried>,
    /// What stands below the layer that answered or stopped, and was not asked.
    pub missed: Vec<Tried>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<Layer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Layer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ProgramError>,
    pub console: Vec<ConsoleLine>,
    pub writes: Vec<Write>,
}

fields!(Trace {
    id,
    at,
    host,
    edit,
    request,
    response,
    begun,
    ms,
    layers,
    tried,
    missed,
    answered,
    stopped,
    error,
    console,
    writes
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TracedRequest {
    pub method: String,
    pub url: String,
    pub headers: HeaderList,
    /// Text of the body, at most 64 KiB.
    pub body: String,
    /// Bytes.
    pub size: usize,
}

fields!(TracedRequest {
    method,
    url,
    headers,
    body,
    size
});

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TracedResponse {
    pub status: u16,
    pub status_message: String,
    pub headers: HeaderList,
    /// Text of the body, at most 64 KiB.
    pub body: String,
    /// Bytes.
    pub size: usize,
}

fields!(TracedResponse { status, status_message as "statusMessage", headers, body, size });

/// One layer that ran.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    pub name: String,
    /// How it was added: `use /admin`, `GET /users/:id`.
    pub at: String,
    pub kind: LayerKind,
    /// Router nesting; 0 is the app.
    pub depth: u32,
    /// Where it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Where its function is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Definition>,
    /// Milliseconds from the start of the request.
    pub start: f64,
    /// Milliseconds in the layer itself, without what `next()` ran.
    pub ms: f64,
    /// How often it called `next`.
    pub next: u32,
    pub does: Does,
    /// `typeof` the returned value, or `promise`, `null`.
    pub returned: String,
    pub changes: Vec<Change>,
    pub work: Vec<DatabaseWork>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ProgramError>,
}

fields!(Layer {
    name,
    at,
    kind,
    depth,
    file,
    line,
    column,
    definition,
    start,
    ms,
    next,
    does,
    returned,
    changes,
    work,
    error
});

impl Layer {
    /// File and first line of its function; where it was added when no file of the project holds the function.
    pub fn place(&self) -> Option<(&str, u32)> {
        let written = self.definition.as_ref().map(|function| (function.file.as_str(), function.line));
        written.or(self.file.as_deref().zip(self.line))
    }

    /// The last line of its function, where a function that calls nothing ends.
    pub fn end(&self) -> Option<(&str, u32)> {
        let written = self
            .definition
            .as_ref()
            .map(|function| (function.file.as_str(), function.last_line));
        written.or(self.file.as_deref().zip(self.line))
    }
}

/// First and last line of a function.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    pub file: String,
    pub line: u32,
    pub last_line: u32,
}

fields!(Definition { file, line, last_line as "lastLine" });

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LayerKind {
    #[default]
    Middleware,
    Route,
    Error,
    /// Ships with Express.
    Builtin,
    /// Written in Rust.
    Native,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Does {
    Next,
    Answers,
    /// Passed an error to `next`.
    Fails,
    Throws,
    #[default]
    Nothing,
}

/// A value on `req` or `res` that a layer changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Change {
    /// `req.user`, `res.statusCode`, `res.headers.x-note`.
    pub path: String,
    /// `add`, `change` or `remove`.
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// One piece of work in a store.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DatabaseWork {
    /// `users.findOne`.
    pub op: String,
    pub on: String,
    /// `IXSCAN email_1`, `COLLSCAN`.
    pub plan: String,
    pub examined: u64,
    pub returned: u64,
    pub changed: u64,
    pub ms: f64,
    pub detail: String,
}

/// A layer that was asked, or not, whether it takes the request.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    pub name: String,
    pub matched: Matched,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

fields!(Tried { name, matched, file, line });

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matched {
    Yes,
    #[default]
    No,
    /// The path fits, the method does not.
    Path,
    /// Kept for errors.
    Error,
}

/// An error of a program, mapped to its file.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramError {
    pub name: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    pub stack: String,
}

fields!(ProgramError {
    name,
    message,
    code,
    file,
    line,
    column,
    stack
});

/// One thing that a program printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleLine {
    pub seq: u32,
    pub at: f64,
    /// `log`, `info`, `warn`, `error`, `debug`, `system`, `input`, `result`.
    pub level: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The trace that was being served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<u32>,
}

fields!(ConsoleLine {
    seq,
    at,
    level,
    text,
    file,
    line,
    trace
});

/// A document that a request changed, as relaxed Extended JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Write {
    pub collection: String,
    /// The collection's database; empty for the mock API's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub database: String,
    pub id: String,
    /// `insert`, `update` or `delete`.
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

fields!(Write {
    collection,
    database,
    id,
    kind,
    before,
    after
});
