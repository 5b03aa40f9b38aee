//! Keys as JSON (RFC 7517, RFC 8037).

use super::{Curve, Key};
use crate::error::{AuthError, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn nist(curve: Curve) -> &'static str {
    match curve {
        Curve::P256 => "P-256",
        Curve::P384 => "P-384",
        Curve::P521 => "P-521",
    }
}

impl Key {
    /// The key as a JSON Web Key; `None` for a DSA key.
    pub fn to_jwk(&self) -> Option<Value> {
        let point = |curve: Curve, point: &[u8]| {
            let (x, y) = point[1..].split_at(curve.size());
            json!({ "kty": "EC", "x": text(x), "y": text(y), "crv": nist(curve) })
        };
        Some(match self {
            Key::RsaPrivate { key, .. } => {
                let one = BigUint::from(1u8);
                let primes = key.primes();
                let number = |number: &BigUint| text(&number.to_bytes_be());
                json!({
                    "kty": "RSA", "n": number(key.n()), "e": number(key.e()), "d": number(key.d()),
                    "p": number(&primes[0]), "q": number(&primes[1]),
                    "dp": number(&(key.d() % (&primes[0] - &one))), "dq": number(&(key.d() % (&primes[1] - &one))),
                    "qi": number(&key.crt_coefficient()?),
                })
            }
            Key::RsaPublic { key, .. } => json!({ "kty": "RSA", "n": text(&key.n().to_bytes_be()), "e": text(&key.e().to_bytes_be()) }),
            Key::EcPublic { curve, point: bytes } => point(*curve, bytes),
            Key::EcPrivate {
                curve,
                secret,
                point: bytes,
            } => {
                let mut jwk = point(*curve, bytes);
                jwk["d"] = text(secret).into();
                jwk
            }
            Key::EdPublic(bytes) => json!({ "crv": "Ed25519", "x": text(bytes), "kty": "OKP" }),
            Key::EdPrivate(key) => {
                json!({ "crv": "Ed25519", "d": text(&key.to_bytes()), "x": text(&key.verifying_key().to_bytes()), "kty": "OKP" })
            }
            Key::Dsa { .. } => return None,
        })
    }

    /// Reads a JSON Web Key.
    ///
    /// # Errors
    /// With Node's text when it is none.
    pub fn from_jwk(jwk: &Value) -> Result<Key> {
        read(jwk).ok_or_else(|| AuthError::argument("Invalid JWK data"))
    }
}

fn read(jwk: &Value) -> Option<Key> {
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok();
    let number = |name: &str| bytes(name).map(|bytes| BigUint::from_bytes_be(&bytes));
    match jwk.get("kty")?.as_str()? {
        "RSA" if jwk.get("d").is_some() => {
            let key = RsaPrivateKey::from_components(number("n")?, number("e")?, number("d")?, vec![number("p")?, number("q")?]).ok()?;
            Some(Key::RsaPrivate {
                key: Box::new(key),
                pss: None,
            })
        }
        "RSA" => {
            let key = RsaPublicKey::new_with_max_size(number("n")?, number("e")?, 16_384).ok()?;
            Some(Key::RsaPublic {
                key: Box::new(key),
                pss: None,
            })
        }
        "EC" => {
            let curve = Curve::named(jwk.get("crv")?.as_str()?)?;
            if let Some(secret) = bytes("d") {
                return Key::ec_secret(curve, &secret);
            }
            Key::ec_public(curve, &[&[4][..], &bytes("x")?, &bytes("y")?].concat())
        }
        "OKP" => match bytes("d") {
            Some(secret) => Some(Key::EdPrivate(Box::new(SigningKey::from_bytes(&secret.try_into().ok()?)))),
            None => Some(Key::EdPublic(bytes("x")?.try_into().ok()?)),
        },
        _ => None,
    }
}
