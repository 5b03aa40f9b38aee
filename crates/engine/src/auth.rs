//! JSON Web Tokens and bcrypt for the modules `jsonwebtoken` and `bcrypt` of the sandbox.

use backlab_auth::{AuthError, jwt, password};
use js_sys::{Date, Error, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Signs a payload. Payload and options are JSON text, as the npm package takes them; `now` is milliseconds since the epoch.
#[wasm_bindgen(js_name = jwtSign)]
pub fn sign(payload: &str, secret: &[u8], options: &str, now: f64) -> Result<String, JsValue> {
    let payload: Value = serde_json::from_str(payload).map_err(|_| argument("payload is required"))?;
    let options = serde_json::from_str(options).map_err(|error| argument(&error.to_string()))?;
    jwt::sign(&payload, secret, &options, now as i64).map_err(thrown)
}

/// Verifies a token and returns its payload as JSON text; throws the error of the npm package.
#[wasm_bindgen(js_name = jwtVerify)]
pub fn verify(token: &str, secret: &[u8], options: &str, now: f64) -> Result<String, JsValue> {
    let options = serde_json::from_str(options).map_err(|error| argument(&error.to_string()))?;
    let payload = jwt::verify(token, secret, &options, now as i64).map_err(thrown)?;
    Ok(payload.to_string())
}

/// Takes a token apart: JSON text of `{ header, payload, signature }`, or undefined when it is none.
#[wasm_bindgen(js_name = jwtDecode)]
pub fn decode(token: &str) -> Option<String> {
    let decoded = jwt::decode(token)?;
    Some(json!({ "header": decoded.header, "payload": decoded.payload, "signature": decoded.signature }).to_string())
}

/// A salt from 16 random bytes.
#[wasm_bindgen(js_name = bcryptSalt)]
pub fn salt(rounds: u32, random: &[u8]) -> Result<String, JsValue> {
    let random: [u8; 16] = random.try_into().map_err(|_| argument("a salt needs 16 random bytes"))?;
    Ok(password::salt(rounds, random))
}

/// Hashes a password with a salt of `bcryptSalt`.
#[wasm_bindgen(js_name = bcryptHash)]
pub fn hash(password_bytes: &[u8], salt: &str) -> Result<String, JsValue> {
    password::hash(password_bytes, salt).map_err(thrown)
}

/// Tells whether the password is the one of the hash.
#[wasm_bindgen(js_name = bcryptVerify)]
pub fn verify_password(password_bytes: &[u8], hash: &str) -> bool {
    password::verify(password_bytes, hash)
}

/// The cost of a hash.
#[wasm_bindgen(js_name = bcryptRounds)]
pub fn rounds(hash: &str) -> Result<u32, JsValue> {
    password::rounds(hash).map_err(thrown)
}

fn argument(message: &str) -> JsValue {
    Error::new(message).into()
}

/// An Error with the `name`, and `expiredAt` or `date`, of the npm package.
fn thrown(failure: AuthError) -> JsValue {
    let error = Error::new(&failure.to_string());
    error.set_name(failure.name());
    let moment = match failure {
        AuthError::Expired { expired_at } => Some(("expiredAt", expired_at)),
        AuthError::NotActive { date } => Some(("date", date)),
        _ => None,
    };
    if let Some((name, seconds)) = moment {
        let _ = Reflect::set(&error, &name.into(), &Date::new(&(seconds * 1000.0).into()));
    }
    error.into()
}
