//! Why the mock API does not do what was asked; each kind has its own status.

use backlab_docdb::DocDbError;
use serde::Serialize;
use serde_json::{Value, json};

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FieldError {
    pub(crate) field: String,
    pub(crate) message: String,
}

impl FieldError {
    pub(crate) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        FieldError {
            field: field.into(),
            message: message.into(),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{0}")]
    BadRequest(String),
    /// 400 with a list of fields.
    #[error("{message}")]
    Invalid { message: &'static str, errors: Vec<FieldError> },
    #[error("{0}")]
    Unauthorized(String),
    #[error("{0}")]
    Forbidden(String),
    #[error("{0}")]
    NotFound(String),
    #[error("{message}")]
    MethodNotAllowed { message: String, allow: String },
    #[error("{0}")]
    Conflict(String),
    #[error("{0}")]
    TooLarge(String),
    #[error("{0}")]
    UnsupportedMediaType(String),
    /// Seconds until the next request is allowed.
    #[error("Too many requests. Wait {retry_after} s, then try again.")]
    TooManyRequests { retry_after: i64 },
    #[error("{0}")]
    Unavailable(String),
    #[error("{0}")]
    Internal(String),
}

impl ApiError {
    pub(crate) fn status(&self) -> u16 {
        match self {
            ApiError::BadRequest(_) | ApiError::Invalid { .. } => 400,
            ApiError::Unauthorized(_) => 401,
            ApiError::Forbidden(_) => 403,
            ApiError::NotFound(_) => 404,
            ApiError::MethodNotAllowed { .. } => 405,
            ApiError::Conflict(_) => 409,
            ApiError::TooLarge(_) => 413,
            ApiError::UnsupportedMediaType(_) => 415,
            ApiError::TooManyRequests { .. } => 429,
            ApiError::Internal(_) => 500,
            ApiError::Unavailable(_) => 503,
        }
    }

    /// The JSON body: `{ error, errors? }`.
    pub(crate) fn body(&self) -> Value {
        match self {
            ApiError::Invalid { errors, .. } => json!({ "error": self.to_string(), "errors": errors }),
            _ => json!({ "error": self.to_string() }),
        }
    }

    /// The header that goes with the status, if it has one.
    pub(crate) fn header(&self) -> Option<(&'static str, String)> {
        match self {
            ApiError::Unauthorized(_) => Some(("WWW-Authenticate", "Bearer realm=\"mock API\"".into())),
            ApiError::MethodNotAllowed { allow, .. } => Some(("Allow", allow.clone())),
            ApiError::TooManyRequests { retry_after } => Some(("Retry-After", retry_after.to_string())),
            ApiError::Unavailable(_) => Some(("Retry-After", "1".into())),
            _ => None,
        }
    }
}

impl From<DocDbError> for ApiError {
    fn from(error: DocDbError) -> Self {
        match &error {
            DocDbError::DuplicateKey(key) => {
                let fields: Vec<&str> = key.key.keys().map(String::as_str).collect();
                ApiError::Conflict(format!("There is already one with this {}.", fields.join(" and ")))
            }
            _ => ApiError::Internal(format!("The database refused: {error}")),
        }
    }
}
