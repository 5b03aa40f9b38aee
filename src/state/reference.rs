//! What the Reference page lists, as `content/mock-api.json` holds it.

use serde::{Deserialize, Serialize};

/// A route of the built-in mock API.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MockRoute {
    /// `GET`, or `ALL` for every method.
    pub method: String,
    /// `/api/users/:id`
    pub path: String,
    /// `books`, `users`, `auth`, `orders`, `tools`.
    pub group: String,
    pub summary: String,
    /// A bearer token is needed.
    pub auth: bool,
    pub query: Vec<QueryParameter>,
    pub example: Example,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QueryParameter {
    pub name: String,
    pub summary: String,
}

/// A request that shows the route at work.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Example {
    pub method: String,
    /// Path with values: `/api/users/1`.
    pub path: String,
    /// JSON text; empty for none.
    pub body: String,
}

impl MockRoute {
    /// Returns the id of the route's row.
    pub fn anchor(&self) -> String {
        let path: String = self.path.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        format!("{}{path}", self.method.to_lowercase())
    }
}

/// Where a lesson's page shows a task: `task-hanging` for `middleware/hanging`.
pub fn task_hash(id: &str) -> String {
    format!("task-{}", id.rsplit('/').next().unwrap_or(id))
}
