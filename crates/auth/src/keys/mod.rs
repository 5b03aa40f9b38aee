//! Asymmetric keys as Node's `crypto` has them: read from and written to PEM, DER and JWK; made, and used for signatures.

mod der;
mod form;
mod generate;
mod jwk;
mod material;
mod pem;
mod pss;
mod signature;

pub use form::Form;
pub use generate::{Kind, generate};
pub use material::{Curve, Details, Key};
pub use signature::{Digest, Padding, Scheme, hash, sign, verify};

#[cfg(test)]
mod tests;
