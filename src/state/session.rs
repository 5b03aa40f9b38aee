//! What the workbench shows: one value per open project. Changes are pure; `workspace` does what needs a browser.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use backlab_course::report::Report;
use backlab_course::trace::{ConsoleLine, ProgramError, Trace};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::request::{Exchange, HistoryItem, RequestDraft};
use super::same::Same;
use super::shared::Sharing;

/// Console lines kept.
pub const CONSOLE_CAP: usize = 1000;
/// Traces kept.
pub const TRACE_CAP: usize = 200;

pub type Files = BTreeMap<String, String>;

/// Whose files these are. Written `lesson:<slug>`, `task:<slug>/<task>`, `own:<name>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum ProjectId {
    /// The scratch project of a lesson.
    Lesson(String),
    /// The whole task id: `middleware/hanging`.
    Task(String),
    Own(String),
}

impl fmt::Display for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lesson(slug) => write!(f, "lesson:{slug}"),
            Self::Task(id) => write!(f, "task:{id}"),
            Self::Own(name) => write!(f, "own:{name}"),
        }
    }
}

impl From<ProjectId> for String {
    fn from(id: ProjectId) -> Self {
        id.to_string()
    }
}

impl From<String> for ProjectId {
    fn from(text: String) -> Self {
        match text.split_once(':') {
            Some(("lesson", slug)) => Self::Lesson(slug.into()),
            Some(("task", id)) => Self::Task(id.into()),
            Some(("own", name)) => Self::Own(name.into()),
            _ => Self::Own(text),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SaveState {
    #[default]
    Saved,
    Unsaved,
    /// Why not, in one sentence.
    Failed(String),
}

#[derive(Debug, Clone, PartialEq, Default)]
pub enum ServerState {
    /// The engine is being fetched or started; the text says what is awaited.
    Loading(String),
    #[default]
    Idle,
    Starting,
    Running {
        ports: Vec<u16>,
    },
    /// The program ended by itself.
    Exited {
        code: i32,
    },
    Failed(ProgramError),
    StoppedLoop {
        message: String,
        file: Option<String>,
        line: Option<u32>,
    },
    /// There is no engine in this browser: what happened, why, what next.
    Unavailable(super::error::UiError),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    #[default]
    Requests,
    Trace,
    Console,
    Database,
    Checks,
    Preview,
}

impl Tool {
    pub const ALL: [Self; 6] = [
        Self::Requests,
        Self::Trace,
        Self::Console,
        Self::Database,
        Self::Checks,
        Self::Preview,
    ];
}

/// The collections of the document database, and what the last write touched.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Database {
    pub collections: Vec<CollectionCard>,
    /// Names of the collections that changed last.
    pub changed: Vec<String>,
    /// Grows with each change, so that open grids know when to ask again.
    pub revision: u32,
    /// The console asked for the shell, on this database.
    pub opens_shell: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectionCard {
    /// `users` of the mock API, `shop.users` of the database `shop`.
    pub name: String,
    pub count: u64,
    /// Bytes of all documents.
    pub size: u64,
    pub indexes: Vec<IndexCard>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IndexCard {
    pub name: String,
    pub key: serde_json::Map<String, serde_json::Value>,
    pub unique: bool,
    /// Queries that it answered.
    pub uses: u64,
}

/// Where the editor should put its caret. `stamp` tells two equal wishes apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub file: String,
    /// 1-based.
    pub line: u32,
    pub stamp: u32,
}

/// A snapshot of the open project. Cheap to clone: the big parts are behind `Rc`.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub project: ProjectId,
    pub files: Rc<Files>,
    pub starter: Rc<Files>,
    pub readonly: Rc<Vec<String>>,
    /// The program to start.
    pub entry: String,
    /// Seed rows and environment of a task, as the runtime takes them.
    pub env: Rc<BTreeMap<String, String>>,
    pub data: Rc<BTreeMap<String, Vec<Value>>>,
    /// Tabs, in order.
    pub open: Vec<String>,
    pub active: String,
    pub saved: SaveState,
    /// Grows with each change of a file.
    pub edit: u32,
    /// The edit that the running server was started from.
    pub running_edit: Option<u32>,
    pub server: ServerState,
    /// Why the code as it stands does not parse; the last good server keeps running.
    pub parse_error: Option<ProgramError>,
    pub console: Rc<Vec<ConsoleLine>>,
    pub traces: Rc<Vec<Same<Trace>>>,
    /// Traces, and how many requests after them came too fast to be followed.
    pub unfollowed: Vec<(u32, u32)>,
    /// The trace on show; `None` follows the latest.
    pub shown_trace: Option<u32>,
    pub report: Option<Same<Report>>,
    pub checking: bool,
    /// Why the checks could not be run at all.
    pub check_error: Option<super::error::UiError>,
    pub database: Database,
    pub tool: Tool,
    /// Grows with each wish to see a tool, so that a phone brings the tools to the front.
    pub tool_wishes: u32,
    /// The check that is shown in full; without one, the first that failed.
    pub shown_check: Option<String>,
    pub draft: RequestDraft,
    pub exchange: Exchange,
    /// Latest first.
    pub history: Rc<Vec<HistoryItem>>,
    pub place: Option<Place>,
    /// Line and column of the caret, 1-based; none before the editor is there.
    pub caret: Option<(u32, u32)>,
    /// True while another tab holds the right to write.
    pub look_only: bool,
    /// Name of a project that came in a link, and whether it may run.
    pub shared: Option<(String, Sharing)>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            project: ProjectId::Own(String::new()),
            files: Rc::default(),
            starter: Rc::default(),
            readonly: Rc::default(),
            entry: "server.js".into(),
            env: Rc::default(),
            data: Rc::default(),
            open: Vec::new(),
            active: String::new(),
            saved: SaveState::Saved,
            edit: 0,
            running_edit: None,
            server: ServerState::Idle,
            parse_error: None,
            console: Rc::default(),
            traces: Rc::default(),
            unfollowed: Vec::new(),
            shown_trace: None,
            report: None,
            checking: false,
            check_error: None,
            database: Database::default(),
            tool: Tool::Requests,
            tool_wishes: 0,
            shown_check: None,
            draft: RequestDraft::default(),
            exchange: Exchange::Idle,
            history: Rc::default(),
            place: None,
            caret: None,
            look_only: false,
            shared: None,
        }
    }
}

impl Session {
    /// True for code of somebody else that the learner has not let run.
    pub fn is_untrusted(&self) -> bool {
        matches!(self.shared, Some((_, Sharing::Unread)))
    }

    /// Returns the text of the open file.
    pub fn active_text(&self) -> &str {
        self.files.get(&self.active).map_or("", String::as_str)
    }

    pub fn is_readonly(&self, path: &str) -> bool {
        self.look_only || self.readonly.iter().any(|locked| locked == path)
    }

    /// Tells whether a file differs from where the learner started.
    pub fn is_changed(&self, path: &str) -> bool {
        self.files.get(path) != self.starter.get(path)
    }

    /// Returns the trace on show: the chosen one, or the latest.
    pub fn trace(&self) -> Option<&Same<Trace>> {
        match self.shown_trace {
            Some(id) => self.traces.iter().find(|trace| trace.id == id),
            None => self.traces.last(),
        }
    }

    /// True when the server runs code older than what the editor shows.
    pub fn runs_old_code(&self) -> bool {
        matches!(self.server, ServerState::Running { .. }) && self.running_edit.is_some_and(|edit| edit < self.edit)
    }

    /// Returns what is wrong with the code as it stands: it does not parse, or the program that was made of it failed.
    pub fn fault(&self) -> Option<&ProgramError> {
        let failed = match &self.server {
            ServerState::Failed(error) if self.running_edit == Some(self.edit) => Some(error),
            _ => None,
        };
        self.parse_error.as_ref().or(failed)
    }

    /// Returns the ports that the server listens on.
    pub fn ports(&self) -> &[u16] {
        match &self.server {
            ServerState::Running { ports } => ports,
            _ => &[],
        }
    }
}
