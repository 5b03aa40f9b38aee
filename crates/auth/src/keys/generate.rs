//! New keys, from a seed.

use super::{Curve, Key};
use crate::error::{AuthError, Result};
use ed25519_dalek::SigningKey;
use p256::elliptic_curve::rand_core::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rsa::{BigUint, RsaPrivateKey};

/// What key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Rsa { bits: usize, exponent: u32, is_pss: bool },
    Ec(Curve),
    Ed25519,
}

/// Makes a private key; the same seed gives the same key.
///
/// # Errors
/// When the sizes are no good.
pub fn generate(kind: Kind, seed: [u8; 32]) -> Result<Key> {
    let mut random = ChaCha20Rng::from_seed(seed);
    match kind {
        Kind::Rsa { bits, exponent, is_pss } => {
            if !(512..=8192).contains(&bits) || exponent % 2 == 0 || exponent < 3 {
                return Err(AuthError::argument(
                    "RSA keys have 512 to 8192 bits here, and an odd exponent from 3",
                ));
            }
            let key = RsaPrivateKey::new_with_exp(&mut random, bits, &BigUint::from(exponent))
                .map_err(|error| AuthError::argument(error.to_string()))?;
            Ok(Key::RsaPrivate {
                key: Box::new(key),
                pss: is_pss.then(Default::default),
            })
        }
        Kind::Ec(curve) => loop {
            let mut secret = vec![0; curve.size()];
            random.fill_bytes(&mut secret);
            // 521 bits: of the first byte only one counts.
            if curve == Curve::P521 {
                secret[0] &= 1;
            }
            if let Some(key) = Key::ec_secret(curve, &secret) {
                return Ok(key);
            }
        },
        Kind::Ed25519 => {
            let mut secret = [0; 32];
            random.fill_bytes(&mut secret);
            Ok(Key::EdPrivate(Box::new(SigningKey::from_bytes(&secret))))
        }
    }
}
