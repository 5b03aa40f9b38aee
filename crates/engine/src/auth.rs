//! HMACs and bcrypt for the modules `jsonwebtoken` and `bcrypt` of the sandbox.

use backlab_auth::{AuthError, hmac, password};
use js_sys::Error;
use wasm_bindgen::prelude::*;

/// The HMAC of a message, of 256, 384 or 512 bits.
#[wasm_bindgen(js_name = hmacSign)]
pub fn sign(bits: u32, secret: &[u8], message: &[u8]) -> Result<Vec<u8>, JsValue> {
    hmac::sign(bits, secret, message).map_err(thrown)
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

fn thrown(failure: AuthError) -> JsValue {
    argument(&failure.to_string())
}
