//! Checking a token.

use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{algorithm, decode};
use crate::error::{AuthError, Result};
use crate::{hmac, timespan};

/// The options of `jwt.verify`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VerifyOptions {
    /// All that a secret can do when empty.
    pub algorithms: Vec<String>,
    /// One or a list of what may stand in the claim.
    pub audience: Option<Value>,
    pub issuer: Option<Value>,
    pub subject: Option<Value>,
    pub jwtid: Option<Value>,
    pub ignore_expiration: bool,
    pub ignore_not_before: bool,
    /// Seconds.
    pub clock_tolerance: f64,
    /// Seconds since the epoch, in place of the clock.
    pub clock_timestamp: Option<f64>,
    /// Seconds as a number, or a span such as `"1h"`.
    pub max_age: Option<Value>,
}

/// Verifies a token and returns its payload. `now_ms` is milliseconds since the epoch.
///
/// # Errors
/// With the name and text of the npm package; the checks run in its order.
pub fn verify(token: &str, secret: &[u8], options: &VerifyOptions, now_ms: i64) -> Result<Value> {
    if token.is_empty() {
        return Err(AuthError::token("jwt must be provided"));
    }
    if token.split('.').count() != 3 {
        return Err(AuthError::token("jwt malformed"));
    }
    let Some(decoded) = decode(token) else {
        return Err(AuthError::token("invalid token"));
    };
    match (decoded.signature.is_empty(), secret.is_empty()) {
        (true, false) => return Err(AuthError::token("jwt signature is required")),
        (false, true) => return Err(AuthError::token("secret or public key must be provided")),
        (true, true) => {
            return Err(AuthError::token(
                "please specify \"none\" in \"algorithms\" to verify unsigned tokens",
            ));
        }
        (false, false) => {}
    }
    let name = decoded.header.get("alg").and_then(Value::as_str).unwrap_or_default();
    let allowed = options.algorithms.is_empty() || options.algorithms.iter().any(|allowed| allowed == name);
    let Some(algorithm) = algorithm(name).filter(|_| allowed) else {
        return Err(AuthError::token("invalid algorithm"));
    };
    let message = token.rsplit_once('.').map_or(token, |(message, _)| message);
    hmac::install();
    let key = DecodingKey::from_secret(secret);
    if !jsonwebtoken::crypto::verify(&decoded.signature, message.as_bytes(), &key, algorithm).unwrap_or(false) {
        return Err(AuthError::token("invalid signature"));
    }
    if let Value::Object(claims) = &decoded.payload {
        let now = options.clock_timestamp.unwrap_or_else(|| now_ms.div_euclid(1000) as f64);
        check_times(claims, options, now)?;
        check_claims(claims, options)?;
        check_age(claims, options, now)?;
    }
    Ok(decoded.payload)
}

fn check_times(claims: &Map<String, Value>, options: &VerifyOptions, now: f64) -> Result<()> {
    if let Some(not_before) = claims.get("nbf").filter(|_| !options.ignore_not_before) {
        let date = not_before.as_f64().ok_or_else(|| AuthError::token("invalid nbf value"))?;
        if date > now + options.clock_tolerance {
            return Err(AuthError::NotActive { date });
        }
    }
    if let Some(expires) = claims.get("exp").filter(|_| !options.ignore_expiration) {
        let expired_at = expires.as_f64().ok_or_else(|| AuthError::token("invalid exp value"))?;
        if now >= expired_at + options.clock_tolerance {
            return Err(AuthError::Expired { expired_at });
        }
    }
    Ok(())
}

fn check_claims(claims: &Map<String, Value>, options: &VerifyOptions) -> Result<()> {
    for (claim, label, expected) in [
        ("aud", "audience", &options.audience),
        ("iss", "issuer", &options.issuer),
        ("sub", "subject", &options.subject),
        ("jti", "jwtid", &options.jwtid),
    ] {
        let Some(expected) = expected else { continue };
        let given = claims.get(claim).map(values).unwrap_or_default();
        if !values(expected).iter().any(|value| given.contains(value)) {
            let shown: Vec<String> = values(expected)
                .iter()
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                .collect();
            let joiner = if claim == "aud" { " or " } else { "," };
            return Err(AuthError::token(format!("jwt {label} invalid. expected: {}", shown.join(joiner))));
        }
    }
    Ok(())
}

fn check_age(claims: &Map<String, Value>, options: &VerifyOptions, now: f64) -> Result<()> {
    let Some(max_age) = &options.max_age else { return Ok(()) };
    let Some(issued) = claims.get("iat").and_then(Value::as_f64) else {
        return Err(AuthError::token("iat required when maxAge is specified"));
    };
    let seconds = match max_age {
        Value::Number(seconds) => seconds.as_f64(),
        Value::String(text) => timespan::milliseconds(text).map(|span| span / 1000.0),
        _ => None,
    };
    let Some(seconds) = seconds else {
        return Err(AuthError::token(
            "\"maxAge\" should be a number of seconds or string representing a timespan eg: \"1d\", \"20h\", 60",
        ));
    };
    let expired_at = (issued + seconds).floor();
    if now >= expired_at + options.clock_tolerance {
        return Err(AuthError::token("maxAge exceeded"));
    }
    Ok(())
}

fn values(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        single => vec![single.clone()],
    }
}
