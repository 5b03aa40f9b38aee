//! Signing, verifying and decoding JSON Web Tokens (RFC 7519), byte for byte as the npm package `jsonwebtoken`.

mod sign;
mod verify;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::Value;

pub use sign::{SignOptions, sign};
pub use verify::{VerifyOptions, verify};

/// A token taken apart, with nothing checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    pub header: Value,
    /// An object, or the text itself when the payload is not JSON.
    pub payload: Value,
    /// base64url, as in the token.
    pub signature: String,
}

/// Takes a token apart without checking anything; `None` when it is not one.
pub fn decode(token: &str) -> Option<Decoded> {
    let mut parts = token.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || header.is_empty() {
        return None;
    }
    let header: Value = serde_json::from_slice(&bytes(header)?).ok()?;
    if !header.is_object() {
        return None;
    }
    let payload = String::from_utf8(bytes(payload)?).ok()?;
    let payload = match serde_json::from_str(&payload) {
        Ok(value) => value,
        Err(_) if header.get("typ").is_some_and(|typ| typ == "JWT") => return None,
        Err(_) => Value::String(payload),
    };
    Some(Decoded {
        header,
        payload,
        signature: signature.into(),
    })
}

fn bytes(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The algorithms that a secret can do.
fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "HS256" => Some(Algorithm::HS256),
        "HS384" => Some(Algorithm::HS384),
        "HS512" => Some(Algorithm::HS512),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
