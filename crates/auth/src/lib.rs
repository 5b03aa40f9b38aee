//! JSON Web Tokens and password hashes, as the npm packages `jsonwebtoken` and `bcrypt` make them; asymmetric keys and ciphers.
//!
//! There is neither a clock nor randomness here: the time, the bytes of a salt and the seed of a key are arguments.
//!
//! ```
//! use backlab_auth::jwt::{self, SignOptions, VerifyOptions};
//! use serde_json::json;
//!
//! let options = SignOptions { expires_in: Some(json!("1h")), ..SignOptions::default() };
//! let token = jwt::sign(&json!({ "sub": "u1" }), b"secret", &options, 0)?;
//! let claims = jwt::verify(&token, b"secret", &VerifyOptions::default(), 3_599_000)?;
//! assert_eq!(claims["sub"], "u1");
//! let late = jwt::verify(&token, b"secret", &VerifyOptions::default(), 3_600_000);
//! assert_eq!(late.unwrap_err().to_string(), "jwt expired");
//! # Ok::<(), backlab_auth::AuthError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[cfg(feature = "keys")]
pub mod cipher;
pub mod error;
pub mod hmac;
pub mod jwt;
#[cfg(feature = "keys")]
pub mod keys;
pub mod password;
pub mod timespan;

pub use error::{AuthError, Result};
