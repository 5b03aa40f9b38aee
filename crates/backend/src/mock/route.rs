//! A route together with its documentation in English; its summary in Hinglish is the page's.

use serde::Serialize;
use serde_json::Value;

use super::error::ApiError;
use super::exchange::Exchange;
use super::schema::Schema;

/// What a layer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Next,
    Answered,
}

pub(crate) type Run = fn(&mut Exchange) -> Result<Flow, ApiError>;

/// One route of the mock API, as the Reference page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RouteDoc {
    /// `GET`, or `ALL` for every method.
    pub method: String,
    /// `/api/users/:id`.
    pub path: String,
    /// `books`, `users`, `auth`, `orders`, `tools`.
    pub group: String,
    pub summary: String,
    /// A bearer token is needed.
    pub auth: bool,
    pub query: Vec<QueryDoc>,
    pub example: Example,
}

/// A query parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueryDoc {
    pub name: String,
    pub summary: String,
}

/// A request that shows the route at work, and what it is answered with the seed data.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Example {
    /// `GET`; where the route takes every method, the one to try.
    pub method: String,
    /// Path with values: `/api/users/1`.
    pub path: String,
    /// JSON text; empty for none.
    pub body: String,
    pub status: u16,
    /// The answer's text.
    pub response: String,
}

pub(crate) struct Route {
    pub(crate) doc: RouteDoc,
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    /// What the body has to look like.
    pub(crate) schema: Option<&'static Schema>,
    /// Only the fields that are there are checked.
    pub(crate) partial: bool,
}

impl Route {
    pub(crate) fn new(method: &str, path: &str, summary: &str, name: &'static str, run: Run) -> Self {
        // `/api/books/:id` belongs to `books`.
        let group = path.trim_start_matches("/api").split('/').nth(1).unwrap_or_default();
        let group = if matches!(group, "books" | "users" | "orders" | "auth") {
            group
        } else {
            "tools"
        };
        let group = if group == "tools" && path == "/api/me" { "auth" } else { group };
        let example_method = if method == "ALL" { "GET" } else { method };
        Route {
            doc: RouteDoc {
                method: method.into(),
                path: path.into(),
                group: group.into(),
                summary: summary.into(),
                auth: false,
                query: Vec::new(),
                example: Example {
                    method: example_method.into(),
                    path: path.into(),
                    ..Example::default()
                },
            },
            name,
            run,
            schema: None,
            partial: false,
        }
    }

    pub(crate) fn needs_auth(mut self) -> Self {
        self.doc.auth = true;
        self
    }

    /// The body has to fulfil the schema.
    pub(crate) fn takes(mut self, schema: &'static Schema) -> Self {
        self.schema = Some(schema);
        self
    }

    /// Of the schema, only what is there has to be right.
    pub(crate) fn takes_part_of(mut self, schema: &'static Schema) -> Self {
        self.schema = Some(schema);
        self.partial = true;
        self
    }

    pub(crate) fn query(mut self, name: &str, summary: &str) -> Self {
        self.doc.query.push(QueryDoc {
            name: name.into(),
            summary: summary.into(),
        });
        self
    }

    /// The path of the example, where it differs from the route's own.
    pub(crate) fn try_at(mut self, path: &str) -> Self {
        self.doc.example.path = path.into();
        self
    }

    /// The body of the example.
    pub(crate) fn try_with(mut self, body: Value) -> Self {
        self.doc.example.body = serde_json::to_string_pretty(&body).unwrap_or_default();
        self
    }

    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.doc.method, self.doc.path)
    }
}
