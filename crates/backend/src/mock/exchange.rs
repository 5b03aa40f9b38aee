//! What the layers of the mock API see of one request, and the record of what they change.

use backlab_docdb::Store;
use backlab_router::Params;
use serde_json::{Map, Value};

use super::error::ApiError;
use super::limits::RateLimiter;
use super::route::{Flow, Route};
use crate::clock::Clock;
use crate::mask;
use crate::message::Request;
use crate::random::Random;
use crate::trace::{Change, DatabaseWork, HeaderList, Write};

/// A trace shows no more of a value.
const MAX_SHOWN: usize = 200;

/// Who sent the request, by its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: i32,
    pub(crate) name: String,
    pub(crate) role: String,
}

impl Person {
    pub(crate) fn is_admin(&self) -> bool {
        self.role == "admin"
    }
}

/// The body of the answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Payload {
    Empty,
    Json(Value),
}

/// One request on its way through the layers.
pub(crate) struct Exchange<'a> {
    pub(crate) request: &'a Request,
    pub(crate) path: &'a str,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) params: Params,
    /// The parsed JSON body.
    pub(crate) body: Option<Value>,
    pub(crate) user: Option<Person>,
    pub(crate) routes: &'a [Route],
    /// The route whose layers run.
    pub(crate) route: Option<&'a Route>,
    pub(crate) status: u16,
    pub(crate) headers: HeaderList,
    pub(crate) payload: Payload,
    /// Milliseconds to wait on the sandbox's clock before the answer leaves.
    pub(crate) delay_ms: f64,
    pub(crate) store: &'a mut Store,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) random: &'a mut dyn Random,
    pub(crate) limiter: &'a mut RateLimiter,
    /// Of the layer that runs.
    pub(crate) changes: Vec<Change>,
    /// Of the layer that runs.
    pub(crate) work: Vec<DatabaseWork>,
    pub(crate) writes: Vec<Write>,
}

impl Exchange<'_> {
    /// Notes that a layer put something on `req` or `res`.
    pub(crate) fn note(&mut self, path: impl Into<String>, value: &Value) {
        let mut shown = value.clone();
        mask::json(&mut shown);
        let text = match shown {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let after: String = text.chars().take(MAX_SHOWN).collect();
        self.changes.push(Change {
            path: path.into(),
            kind: "add".into(),
            before: None,
            after: Some(after),
        });
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.into(), value.into()));
        self.note(format!("res.headers.{}", name.to_lowercase()), &value.into());
    }

    /// Answers with JSON.
    pub(crate) fn json(&mut self, status: u16, body: Value) -> Result<Flow, ApiError> {
        self.status = status;
        self.note("res.statusCode", &status.into());
        self.note("res.body", &body);
        self.payload = Payload::Json(body);
        Ok(Flow::Answered)
    }

    /// Answers without a body.
    pub(crate) fn empty(&mut self, status: u16) -> Result<Flow, ApiError> {
        self.status = status;
        self.note("res.statusCode", &status.into());
        self.payload = Payload::Empty;
        Ok(Flow::Answered)
    }

    /// A route parameter that is a whole number.
    pub(crate) fn id(&self) -> Result<i32, ApiError> {
        let text = self.params.get("id").unwrap_or_default();
        text.parse::<i32>()
            .ok()
            .filter(|id| *id > 0 && !text.starts_with('+'))
            .ok_or_else(|| ApiError::BadRequest(format!("'{text}' is not an id. Ids are whole numbers from 1.")))
    }

    pub(crate) fn first_query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body after validation.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        match &self.body {
            Some(Value::Object(members)) => members.clone(),
            _ => Map::new(),
        }
    }

    /// Who is signed in; only routes that need it ask.
    pub(crate) fn person(&self) -> Result<Person, ApiError> {
        self.user.clone().ok_or_else(|| ApiError::Unauthorized("Sign in first.".into()))
    }
}
