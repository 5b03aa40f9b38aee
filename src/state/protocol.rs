//! Rust mirror of the parts of `runtime/src/protocol.ts` that the page itself sends and reads.

use std::collections::BTreeMap;

use backlab_course::json::Tagged;
use backlab_course::trace::{ConsoleLine, HeaderList, ProgramError, Trace};
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

/// A learner's program and the world it starts in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Project {
    pub files: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<u32>,
}

/// What a client sends; `url` is absolute.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WireRequest {
    pub method: String,
    pub url: String,
    pub headers: HeaderList,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// What came back. With a `failure` the status is 0.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WireResponse {
    pub status: u16,
    pub status_message: String,
    pub headers: HeaderList,
    #[serde(with = "super::json::bytes")]
    pub body: Vec<u8>,
    /// Milliseconds on the sandbox's clock.
    pub ms: f64,
    pub trace: Option<u32>,
    pub failure: Option<WireFailure>,
}

impl WireResponse {
    /// Returns the body as text, bytes that are not UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the first value of a header, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer: `refused`, `hang`, `reset`, `aborted` or `bad-url`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WireFailure {
    pub kind: String,
    pub message: String,
}

/// What the run of a project came to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunResult {
    pub ok: bool,
    pub listening: Vec<u16>,
    pub exit: Option<i32>,
    pub error: Option<ProgramError>,
    pub ms: f64,
    /// Files that a command changed for the editor, such as package.json by `npm install`.
    pub files: BTreeMap<String, String>,
    /// `mongosh` without a script: the database on which the shell is to open.
    pub shell: Option<String>,
}

/// Page → worker.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum HostCommand {
    Run {
        project: Project,
    },
    Stop,
    Command {
        line: String,
        project: Project,
    },
    Send {
        request: WireRequest,
        /// The page's own number for it, which `Cancel` names.
        #[serde(skip_serializing_if = "Option::is_none")]
        send: Option<u32>,
    },
    Cancel {
        send: u32,
    },
    Evaluate {
        code: String,
    },
    Parse {
        path: String,
        code: String,
    },
    Grader {
        command: Value,
    },
    Data {
        command: DataCommand,
    },
    /// A line of the MongoDB shell's prompt.
    Shell {
        line: String,
        files: BTreeMap<String, String>,
    },
    /// What fits at the end of such a line.
    Complete {
        line: String,
    },
}

/// What a line of the shell came to.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ShellAnswer {
    pub lines: Vec<ShellLine>,
    /// `shop> `.
    pub prompt: String,
    /// More lines must come before it can run.
    pub incomplete: bool,
    /// `clear` or `exit`.
    pub effect: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct ShellLine {
    pub level: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub struct Completion {
    /// Where in the line the options begin, in UTF-16 units.
    pub from: usize,
    pub options: Vec<String>,
}

/// A question to the document database. Values are relaxed Extended JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "data", rename_all = "lowercase")]
pub enum DataCommand {
    Collections,
    Find {
        collection: String,
        filter: Value,
        #[serde(skip_serializing_if = "Option::is_none")]
        projection: Option<Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        sort: Option<Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        skip: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    },
    Insert {
        collection: String,
        document: Value,
    },
    Replace {
        collection: String,
        id: Value,
        document: Value,
    },
    Delete {
        collection: String,
        id: Value,
    },
    Fill {
        collection: String,
        documents: Vec<Value>,
    },
    /// Any command of MongoDB's; the answer is MongoDB's own, also when it failed.
    Command {
        database: String,
        command: Value,
    },
    Reset,
    Snapshot,
    Restore {
        snapshot: String,
    },
    /// The whole store as `mongodump --archive` writes it, in base64.
    Archive,
    /// What the running program's Mongoose schemas declare.
    Relations,
    #[serde(rename = "takeArchive")]
    TakeArchive {
        archive: String,
    },
}

/// Worker → page, unasked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub enum HostEvent {
    Ready {
        ms: f64,
    },
    Console {
        lines: Vec<ConsoleLine>,
    },
    Trace {
        trace: Box<Trace>,
    },
    /// So many requests after the trace `after` came too fast to be followed.
    Unfollowed {
        count: u32,
        after: u32,
    },
    Listening {
        ports: Vec<u16>,
    },
    /// The answer to the request of this number has begun and is not over; its body is what came since the last such event.
    Arriving {
        send: u32,
        answer: WireResponse,
    },
    Exit {
        code: i32,
        error: Option<ProgramError>,
    },
    Journal {
        batch: u32,
        records: Vec<String>,
    },
    Changed {
        collections: Vec<String>,
    },
    /// Packages are being loaded before a program starts; an empty list of names ends it.
    Loading {
        names: Vec<String>,
        at: u32,
        of: u32,
    },
    /// Parts of the journal could not be read.
    Damaged {
        damage: Vec<String>,
    },
    Stopped {
        reason: String,
        message: String,
        file: Option<String>,
        line: Option<u32>,
    },
}

impl TryFrom<Value> for HostEvent {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self, Error> {
        let (name, mut fields) = Tagged::of(value, "event")?;
        Ok(match name.as_str() {
            "ready" => Self::Ready { ms: fields.field("ms")? },
            "console" => Self::Console {
                lines: fields.field("lines")?,
            },
            "trace" => Self::Trace {
                trace: fields.field("trace")?,
            },
            "unfollowed" => Self::Unfollowed {
                count: fields.field("count")?,
                after: fields.field("after")?,
            },
            "listening" => Self::Listening {
                ports: fields.field("ports")?,
            },
            "arriving" => Self::Arriving {
                send: fields.field("send")?,
                answer: fields.field("answer")?,
            },
            "exit" => Self::Exit {
                code: fields.field("code")?,
                error: fields.field("error")?,
            },
            "journal" => Self::Journal {
                batch: fields.field("batch")?,
                records: fields.field("records")?,
            },
            "changed" => Self::Changed {
                collections: fields.field("collections")?,
            },
            "loading" => Self::Loading {
                names: fields.field("names")?,
                at: fields.field("at")?,
                of: fields.field("of")?,
            },
            "damaged" => Self::Damaged {
                damage: fields.field("damage")?,
            },
            "stopped" => Self::Stopped {
                reason: fields.field("reason")?,
                message: fields.field("message")?,
                file: fields.field("file")?,
                line: fields.field("line")?,
            },
            other => return Err(Error::custom(format!("no event is called `{other}`"))),
        })
    }
}
