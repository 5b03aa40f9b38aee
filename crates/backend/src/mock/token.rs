//! The tokens of the mock API.

use backlab_auth::jwt::{SignOptions, sign};
use serde_json::{Value, json};

use super::error::ApiError;

/// Everyone can read it, here as in the page: the mock API guards nothing of worth.
pub(crate) const SECRET: &[u8] = b"mock-api-signing-key-for-learning-only";

/// A pair of an access token (15 minutes) and a refresh token (7 days).
pub(crate) fn pair(id: i32, role: &str, now_ms: i64) -> Result<(String, String), ApiError> {
    let make = |kind: &str, life: &str| {
        let options = SignOptions {
            expires_in: Some(life.into()),
            ..SignOptions::default()
        };
        let claims = json!({ "sub": id.to_string(), "role": role, "type": kind });
        sign(&claims, SECRET, &options, now_ms).map_err(|error| ApiError::Internal(error.to_string()))
    };
    Ok((make("access", "15m")?, make("refresh", "7d")?))
}

/// The user that claims of this type are about.
pub(crate) fn subject(claims: &Value, kind: &str) -> Option<i32> {
    if claims.get("type")?.as_str()? != kind {
        return None;
    }
    claims.get("sub")?.as_str()?.parse().ok()
}
