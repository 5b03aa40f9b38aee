//! Signing and verifying.

use super::{Curve, Key};
use crate::error::{AuthError, Result};
use ed25519_dalek::{Signer as _, VerifyingKey};
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier, RandomizedPrehashSigner};
use p256::elliptic_curve::rand_core::SeedableRng;
use rand_chacha::ChaCha20Rng;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss};
use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// The hash of a message that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    /// By OpenSSL's names: `sha256`, `RSA-SHA256`.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Some(match name.strip_prefix("rsa-").unwrap_or(&name) {
            "sha1" => Digest::Sha1,
            "sha224" => Digest::Sha224,
            "sha256" => Digest::Sha256,
            "sha384" => Digest::Sha384,
            "sha512" => Digest::Sha512,
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Digest::Sha1 => 20,
            Digest::Sha224 => 28,
            Digest::Sha256 => 32,
            Digest::Sha384 => 48,
            Digest::Sha512 => 64,
        }
    }
}

pub fn hash(digest: Digest, message: &[u8]) -> Vec<u8> {
    match digest {
        Digest::Sha1 => Sha1::digest(message).to_vec(),
        Digest::Sha224 => Sha224::digest(message).to_vec(),
        Digest::Sha256 => Sha256::digest(message).to_vec(),
        Digest::Sha384 => Sha384::digest(message).to_vec(),
        Digest::Sha512 => Sha512::digest(message).to_vec(),
    }
}

/// How an RSA signature is padded. A salt's length is one of bytes, or of OpenSSL's: -1 as the hash, -2 as found or as long as fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    Pkcs1,
    Pss { salt_length: i32 },
}

/// How to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// None for Ed25519.
    pub digest: Option<Digest>,
    pub padding: Padding,
    /// A curve's signature as two numbers side by side (IEEE P1363), else as DER.
    pub is_plain: bool,
}

fn pkcs1(digest: Digest) -> Pkcs1v15Sign {
    match digest {
        Digest::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        Digest::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
        Digest::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Digest::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Digest::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    }
}

fn pss(digest: Digest, salt: usize) -> Pss {
    match digest {
        Digest::Sha1 => Pss::new_with_salt::<Sha1>(salt),
        Digest::Sha224 => Pss::new_with_salt::<Sha224>(salt),
        Digest::Sha256 => Pss::new_with_salt::<Sha256>(salt),
        Digest::Sha384 => Pss::new_with_salt::<Sha384>(salt),
        Digest::Sha512 => Pss::new_with_salt::<Sha512>(salt),
    }
}

/// The longest salt that fits beside the hash.
fn longest(digest: Digest, bits: usize) -> usize {
    (bits - 1).div_ceil(8).saturating_sub(digest.size() + 2)
}

fn failed(error: impl std::fmt::Display) -> AuthError {
    AuthError::argument(error.to_string())
}

fn needed(digest: Option<Digest>) -> Result<Digest> {
    digest.ok_or_else(|| AuthError::argument("Invalid digest"))
}

/// Signs a message; `seed` is the randomness of a salt.
///
/// # Errors
/// When the key is a public one, or not one for this.
pub fn sign(key: &Key, scheme: Scheme, message: &[u8], seed: [u8; 32]) -> Result<Vec<u8>> {
    match key {
        Key::RsaPrivate { key, pss: bound } => {
            let digest = needed(scheme.digest)?;
            let hashed = hash(digest, message);
            match scheme.padding {
                Padding::Pkcs1 if bound.is_none() => key.sign(pkcs1(digest), &hashed).map_err(failed),
                padding => {
                    let salt = match padding {
                        Padding::Pss { salt_length: -1 } => digest.size(),
                        Padding::Pss { salt_length } if salt_length >= 0 => salt_length.unsigned_abs() as usize,
                        _ => longest(digest, key.size() * 8),
                    };
                    let mut random = ChaCha20Rng::from_seed(seed);
                    key.sign_with_rng(&mut random, pss(digest, salt), &hashed).map_err(failed)
                }
            }
        }
        Key::EcPrivate { curve, secret, .. } => {
            let hashed = hash(needed(scheme.digest)?, message);
            sign_on_curve(*curve, secret, &hashed, scheme.is_plain, seed)
                .ok_or_else(|| AuthError::argument("the digest is too short for the curve"))
        }
        Key::EdPrivate(key) => Ok(key.sign(message).to_bytes().to_vec()),
        Key::Dsa { .. } => Err(AuthError::argument("DSA keys can be named here, not used")),
        _ => Err(AuthError::argument("a public key cannot sign")),
    }
}

fn sign_on_curve(curve: Curve, secret: &[u8], hashed: &[u8], is_plain: bool, seed: [u8; 32]) -> Option<Vec<u8>> {
    // A hash shorter than half of the curve is filled up with zeros in front, as OpenSSL does.
    let hashed = &padded(curve, hashed)[..];
    macro_rules! signed {
        ($curve:ident, $key:ident => $sign:expr) => {{
            let $key = $curve::ecdsa::SigningKey::from_slice(secret).ok()?;
            let signature: $curve::ecdsa::Signature = $sign.ok()?;
            Some(if is_plain {
                signature.to_bytes().to_vec()
            } else {
                signature.to_der().as_bytes().to_vec()
            })
        }};
    }
    match curve {
        Curve::P256 => signed!(p256, key => key.sign_prehash(hashed)),
        Curve::P384 => signed!(p384, key => key.sign_prehash(hashed)),
        // The crate has no nonce of RFC 6979 for this curve. Ours depends on key and message too, so that no seed gives it twice.
        Curve::P521 => {
            let seed = Sha256::new()
                .chain_update(seed)
                .chain_update(secret)
                .chain_update(hashed)
                .finalize()
                .into();
            signed!(p521, key => key.sign_prehash_with_rng(&mut ChaCha20Rng::from_seed(seed), hashed))
        }
    }
}

fn padded(curve: Curve, hashed: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; curve.size().div_ceil(2).saturating_sub(hashed.len())];
    bytes.extend_from_slice(hashed);
    bytes
}

/// Tells whether a signature is the key's for a message. Anything that is no signature is none.
///
/// # Errors
/// When the key is not one for this.
pub fn verify(key: &Key, scheme: Scheme, message: &[u8], signature: &[u8]) -> Result<bool> {
    match key.public()? {
        Key::RsaPublic { key, pss: bound } => {
            let digest = needed(scheme.digest)?;
            let hashed = hash(digest, message);
            let holds = |salt: usize| key.verify(pss(digest, salt), &hashed, signature).is_ok();
            Ok(match scheme.padding {
                Padding::Pkcs1 if bound.is_none() => key.verify(pkcs1(digest), &hashed, signature).is_ok(),
                Padding::Pss { salt_length: -1 } => holds(digest.size()),
                Padding::Pss { salt_length } if salt_length >= 0 => holds(salt_length.unsigned_abs() as usize),
                // The length is what is found; the common ones first.
                _ => {
                    let most = longest(digest, key.size() * 8);
                    [digest.size(), most].into_iter().chain(0..most).any(holds)
                }
            })
        }
        Key::EcPublic { curve, point } => {
            let hashed = hash(needed(scheme.digest)?, message);
            Ok(verify_on_curve(curve, &point, &padded(curve, &hashed), signature, scheme.is_plain).is_some())
        }
        Key::EdPublic(bytes) => {
            let key = VerifyingKey::from_bytes(&bytes).map_err(failed)?;
            Ok(ed25519_dalek::Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()))
        }
        _ => Err(AuthError::argument("DSA keys can be named here, not used")),
    }
}

fn verify_on_curve(curve: Curve, point: &[u8], hashed: &[u8], signature: &[u8], is_plain: bool) -> Option<()> {
    macro_rules! verified {
        ($curve:ident) => {{
            let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
            let signature = if is_plain {
                $curve::ecdsa::Signature::from_slice(signature)
            } else {
                $curve::ecdsa::Signature::from_der(signature)
            };
            key.verify_prehash(hashed, &signature.ok()?).ok()
        }};
    }
    match curve {
        Curve::P256 => verified!(p256),
        Curve::P384 => verified!(p384),
        Curve::P521 => verified!(p521),
    }
}
