//! What a query's operators see besides the document: collation, variables, the time.

use bson::Document;

use crate::collation::Collation;

/// The surroundings of one command.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub collation: Option<Collation>,
    /// Values of `let`, for `$$name`.
    pub variables: Document,
    /// Milliseconds since the epoch, for `$$NOW`.
    pub now_ms: i64,
}

impl Scope {
    pub(crate) fn at(now_ms: i64) -> Self {
        Scope {
            now_ms,
            ..Scope::default()
        }
    }
}
