//! Making a token.

use jsonwebtoken::EncodingKey;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{algorithm, encode};
use crate::error::{AuthError, Result};
use crate::{hmac, timespan};

/// The options of `jwt.sign`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SignOptions {
    /// `HS256` when absent.
    pub algorithm: Option<String>,
    /// Seconds as a number, or a span such as `"1h"`.
    pub expires_in: Option<Value>,
    pub not_before: Option<Value>,
    /// A string or a list of strings.
    pub audience: Option<Value>,
    pub issuer: Option<Value>,
    pub subject: Option<Value>,
    pub jwtid: Option<Value>,
    pub keyid: Option<String>,
    /// Leaves `iat` out.
    pub no_timestamp: bool,
    /// More header fields.
    pub header: Map<String, Value>,
}

/// Signs a payload: an object, or a string that is signed as it is. `now_ms` is milliseconds since the epoch.
///
/// # Errors
/// With the text of the npm package when an argument is missing or wrong.
pub fn sign(payload: &Value, secret: &[u8], options: &SignOptions, now_ms: i64) -> Result<String> {
    if secret.is_empty() {
        return Err(AuthError::argument("secretOrPrivateKey must have a value"));
    }
    let name = options.algorithm.as_deref().unwrap_or("HS256");
    let Some(algorithm) = algorithm(name) else {
        return Err(AuthError::argument("\"algorithm\" must be a valid string enum value"));
    };
    let mut header = Map::new();
    header.insert("alg".into(), name.into());
    if payload.is_object() {
        header.insert("typ".into(), "JWT".into());
    }
    if let Some(keyid) = &options.keyid {
        header.insert("kid".into(), keyid.as_str().into());
    }
    header.extend(options.header.clone());
    let body = match payload {
        Value::Object(claims) => Value::Object(complete(claims, options, now_ms)?).to_string(),
        Value::String(text) => text.clone(),
        Value::Null => return Err(AuthError::argument("payload is required")),
        other => {
            return Err(AuthError::argument(format!(
                "Expected \"payload\" to be a plain object. Got {other}"
            )));
        }
    };
    let message = format!(
        "{}.{}",
        encode(Value::Object(header).to_string().as_bytes()),
        encode(body.as_bytes())
    );
    hmac::install();
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), algorithm)
        .map_err(|error| AuthError::argument(error.to_string()))?;
    Ok(format!("{message}.{signature}"))
}

fn complete(claims: &Map<String, Value>, options: &SignOptions, now_ms: i64) -> Result<Map<String, Value>> {
    let mut claims = claims.clone();
    for claim in ["iat", "exp", "nbf"] {
        if claims.get(claim).is_some_and(|value| !value.is_number()) {
            return Err(AuthError::argument(format!("\"{claim}\" should be a number of seconds")));
        }
    }
    for (claim, option, given) in [
        ("exp", "expiresIn", options.expires_in.is_some()),
        ("nbf", "notBefore", options.not_before.is_some()),
    ] {
        if given && claims.contains_key(claim) {
            return Err(AuthError::argument(format!(
                "Bad \"options.{option}\" option the payload already has an \"{claim}\" property."
            )));
        }
    }
    let issued = claims
        .get("iat")
        .and_then(Value::as_f64)
        .unwrap_or_else(|| now_ms.div_euclid(1000) as f64);
    if options.no_timestamp {
        claims.shift_remove("iat");
    } else {
        claims.insert("iat".into(), number(issued));
    }
    if let Some(span) = &options.not_before {
        claims.insert("nbf".into(), moment(span, issued, "notBefore")?);
    }
    if let Some(span) = &options.expires_in {
        claims.insert("exp".into(), moment(span, issued, "expiresIn")?);
    }
    for (claim, option, value) in [
        ("aud", "audience", &options.audience),
        ("iss", "issuer", &options.issuer),
        ("sub", "subject", &options.subject),
        ("jti", "jwtid", &options.jwtid),
    ] {
        let Some(value) = value else { continue };
        if claims.contains_key(claim) {
            return Err(AuthError::argument(format!(
                "Bad \"options.{option}\" option. The payload already has an \"{claim}\" property."
            )));
        }
        claims.insert(claim.into(), value.clone());
    }
    Ok(claims)
}

fn moment(span: &Value, issued: f64, option: &str) -> Result<Value> {
    let wrong = || {
        AuthError::argument(format!(
            "\"{option}\" should be a number of seconds or string representing a timespan"
        ))
    };
    match span {
        Value::Number(seconds) => {
            let seconds = seconds.as_f64().filter(|seconds| seconds.fract() == 0.0).ok_or_else(wrong)?;
            Ok(number(issued + seconds))
        }
        Value::String(text) => {
            let span = timespan::milliseconds(text).ok_or_else(|| {
                AuthError::argument(format!(
                    "\"{option}\" should be a number of seconds or string representing a timespan eg: \"1d\", \"20h\", 60"
                ))
            })?;
            Ok(number((issued + span / 1000.0).floor()))
        }
        _ => Err(wrong()),
    }
}

/// A whole number without `.0`, as JSON.stringify writes it.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}
