//! Failures, with the names and texts of the npm packages `jsonwebtoken` and `bcrypt`.

pub type Result<T, E = AuthError> = std::result::Result<T, E>;

/// Why there is no token, no claims or no hash.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AuthError {
    /// The token is not right: `jwt malformed`, `invalid token`, `invalid signature`, …
    #[error("{0}")]
    Token(String),
    /// `exp` has passed.
    #[error("jwt expired")]
    Expired {
        /// Seconds since the epoch.
        expired_at: f64,
    },
    /// `nbf` has not come.
    #[error("jwt not active")]
    NotActive {
        /// Seconds since the epoch.
        date: f64,
    },
    /// The arguments of signing or hashing are wrong.
    #[error("{0}")]
    Argument(String),
}

impl AuthError {
    /// The `name` of the JavaScript error.
    pub fn name(&self) -> &'static str {
        match self {
            AuthError::Token(_) => "JsonWebTokenError",
            AuthError::Expired { .. } => "TokenExpiredError",
            AuthError::NotActive { .. } => "NotBeforeError",
            AuthError::Argument(_) => "Error",
        }
    }

    pub(crate) fn token(message: impl Into<String>) -> Self {
        AuthError::Token(message.into())
    }

    pub(crate) fn argument(message: impl Into<String>) -> Self {
        AuthError::Argument(message.into())
    }
}
