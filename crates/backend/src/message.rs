//! Requests and responses without a socket.

use crate::trace::HeaderList;

/// What a client sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    pub method: String,
    /// Path and query as they came: `/api/users?page=2`.
    pub target: String,
    pub headers: HeaderList,
    pub body: Vec<u8>,
    /// `127.0.0.1`; the rate limit counts per address.
    pub remote_address: String,
}

impl Request {
    pub fn new(method: &str, target: &str) -> Self {
        Request {
            method: method.into(),
            target: target.into(),
            remote_address: "127.0.0.1".into(),
            ..Request::default()
        }
    }

    pub fn get(target: &str) -> Self {
        Request::new("GET", target)
    }

    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a JSON body and its Content-Type.
    pub fn with_json(mut self, body: &serde_json::Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.with_header("Content-Type", "application/json")
    }

    /// The first header of this name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Path and query of the target. An absolute URL counts by its path.
    pub fn path_and_query(&self) -> (&str, &str) {
        let target = self.target.split('#').next().unwrap_or_default();
        let target = match target.split_once("://") {
            Some((scheme, rest)) if !scheme.contains(['/', '?']) => rest.find(['/', '?']).map_or("/", |at| &rest[at..]),
            _ => target,
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (if path.is_empty() { "/" } else { path }, query)
    }
}

/// What it was answered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Response {
    pub status: u16,
    pub status_message: String,
    pub headers: HeaderList,
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}
