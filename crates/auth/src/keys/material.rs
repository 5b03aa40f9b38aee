//! What a key is made of, whatever it was read from.

use super::der::{self, BIT_STRING, Element, INTEGER, NULL, OCTET_STRING, OID, SEQUENCE};
use super::pss::{self, PssDetails};
use crate::error::{AuthError, Result};
use ed25519_dalek::SigningKey as Ed25519Key;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use serde::Serialize;

pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
pub(super) const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// The curves that keys are made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    pub const ALL: [Curve; 3] = [Curve::P256, Curve::P384, Curve::P521];

    /// OpenSSL's name.
    pub fn name(self) -> &'static str {
        match self {
            Curve::P256 => "prime256v1",
            Curve::P384 => "secp384r1",
            Curve::P521 => "secp521r1",
        }
    }

    /// The curve of a name, by OpenSSL or by NIST.
    pub fn named(name: &str) -> Option<Self> {
        let nist = |curve: Curve| match curve {
            Curve::P256 => "P-256",
            Curve::P384 => "P-384",
            Curve::P521 => "P-521",
        };
        Curve::ALL.into_iter().find(|curve| curve.name() == name || nist(*curve) == name)
    }

    /// Bytes of a coordinate.
    pub fn size(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }

    fn oid(self) -> &'static [u8] {
        match self {
            Curve::P256 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            Curve::P384 => &[0x2b, 0x81, 0x04, 0x00, 0x22],
            Curve::P521 => &[0x2b, 0x81, 0x04, 0x00, 0x23],
        }
    }

    /// The parameters of a key: the curve's name, or all its numbers, of which the order's size and last bytes tell which it is.
    fn of(parameters: &Element) -> Option<Self> {
        if parameters.tag == OID {
            return Curve::ALL.into_iter().find(|curve| curve.oid() == parameters.content);
        }
        let parts = parameters.sequence()?;
        let order = parts.get(4)?.integer()?;
        let ends: [(Curve, usize, [u8; 4]); 3] = [
            (Curve::P256, 32, [0xfc, 0x63, 0x25, 0x51]),
            (Curve::P384, 48, [0xcc, 0xc5, 0x29, 0x73]),
            (Curve::P521, 66, [0x91, 0x38, 0x64, 0x09]),
        ];
        ends.into_iter()
            .find(|(_, size, end)| order.len() == *size && order.ends_with(end))
            .map(|(curve, ..)| curve)
    }

    pub(super) fn parameters(self) -> Vec<u8> {
        der::write(OID, &[self.oid()])
    }

    /// The public point of a private number.
    fn point(self, secret: &[u8]) -> Option<Vec<u8>> {
        use p256::elliptic_curve::sec1::ToEncodedPoint;
        Some(match self {
            Curve::P256 => p256::SecretKey::from_slice(secret)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Curve::P384 => p384::SecretKey::from_slice(secret)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Curve::P521 => p521::SecretKey::from_slice(secret)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
        })
    }
}

/// A private or public key.
#[derive(Clone)]
pub enum Key {
    RsaPrivate {
        key: Box<RsaPrivateKey>,
        pss: Option<PssDetails>,
    },
    RsaPublic {
        key: Box<RsaPublicKey>,
        pss: Option<PssDetails>,
    },
    EcPrivate {
        curve: Curve,
        secret: Vec<u8>,
        point: Vec<u8>,
    },
    EcPublic {
        curve: Curve,
        point: Vec<u8>,
    },
    EdPrivate(Box<Ed25519Key>),
    EdPublic([u8; 32]),
    /// Known by name only: nothing here signs with it.
    Dsa {
        is_private: bool,
        inner: Vec<u8>,
        algorithm: Vec<u8>,
    },
}

/// What `asymmetricKeyType` and `asymmetricKeyDetails` say.
#[derive(Debug, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub is_private: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modulus_length: Option<usize>,
    /// Decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_exponent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named_curve: Option<&'static str>,
    #[serde(flatten)]
    pub pss: Option<PssDetails>,
}

impl Key {
    pub fn is_private(&self) -> bool {
        matches!(
            self,
            Key::RsaPrivate { .. } | Key::EcPrivate { .. } | Key::EdPrivate(_) | Key::Dsa { is_private: true, .. }
        )
    }

    pub fn details(&self) -> Details {
        let mut details = Details {
            kind: "",
            is_private: self.is_private(),
            modulus_length: None,
            public_exponent: None,
            named_curve: None,
            pss: None,
        };
        match self {
            Key::RsaPrivate { pss, .. } | Key::RsaPublic { pss, .. } => {
                let (n, e) = self.rsa_numbers().unwrap_or_default();
                details.kind = if pss.is_some() { "rsa-pss" } else { "rsa" };
                details.modulus_length = Some(n.bits());
                details.public_exponent = Some(e.to_string());
                details.pss.clone_from(pss);
            }
            Key::EcPrivate { curve, .. } | Key::EcPublic { curve, .. } => {
                details.kind = "ec";
                details.named_curve = Some(curve.name());
            }
            Key::EdPrivate(_) | Key::EdPublic(_) => details.kind = "ed25519",
            Key::Dsa { .. } => details.kind = "dsa",
        }
        details
    }

    /// Modulus and public exponent.
    pub(super) fn rsa_numbers(&self) -> Option<(BigUint, BigUint)> {
        match self {
            Key::RsaPrivate { key, .. } => Some((key.n().clone(), key.e().clone())),
            Key::RsaPublic { key, .. } => Some((key.n().clone(), key.e().clone())),
            _ => None,
        }
    }

    /// The public key of a private one; a public one as it is.
    ///
    /// # Errors
    /// For a DSA key.
    pub fn public(&self) -> Result<Key> {
        Ok(match self {
            Key::RsaPrivate { key, pss } => Key::RsaPublic {
                key: Box::new(key.to_public_key()),
                pss: pss.clone(),
            },
            Key::EcPrivate { curve, point, .. } => Key::EcPublic {
                curve: *curve,
                point: point.clone(),
            },
            Key::EdPrivate(key) => Key::EdPublic(key.verifying_key().to_bytes()),
            Key::Dsa { is_private: true, .. } => return Err(AuthError::argument("DSA keys can be named here, not used")),
            public => public.clone(),
        })
    }

    /// From the bytes of an `AlgorithmIdentifier` and those of the private key.
    pub(super) fn private(algorithm: &Element, inner: &[u8]) -> Option<Key> {
        let parts = algorithm.sequence()?;
        let parameters = parts.get(1);
        match parts.first()?.content {
            RSA => Key::rsa_private(inner, None),
            RSA_PSS => Key::rsa_private(inner, Some(pss::read(parameters))),
            EC => Key::ec_private(inner, Curve::of(parameters?)),
            ED25519 => {
                let secret: [u8; 32] = der::whole(inner)?.content.try_into().ok()?;
                Some(Key::EdPrivate(Box::new(Ed25519Key::from_bytes(&secret))))
            }
            DSA => Some(Key::Dsa {
                is_private: true,
                inner: inner.to_vec(),
                algorithm: algorithm.whole.to_vec(),
            }),
            _ => None,
        }
    }

    /// From a `SubjectPublicKeyInfo`.
    pub(super) fn spki(info: &Element) -> Option<Key> {
        let parts = info.sequence()?;
        let bits = parts.get(1)?.bits()?;
        let algorithm = parts.first()?.sequence()?;
        let parameters = algorithm.get(1);
        match algorithm.first()?.content {
            RSA => Key::rsa_public(bits, None),
            RSA_PSS => Key::rsa_public(bits, Some(pss::read(parameters))),
            EC => Key::ec_public(Curve::of(parameters?)?, bits),
            ED25519 => Some(Key::EdPublic(bits.try_into().ok()?)),
            DSA => Some(Key::Dsa {
                is_private: false,
                inner: bits.to_vec(),
                algorithm: parts.first()?.whole.to_vec(),
            }),
            _ => None,
        }
    }

    pub(super) fn rsa_private(inner: &[u8], pss: Option<PssDetails>) -> Option<Key> {
        let parts = der::whole(inner)?.sequence()?;
        let number = |at: usize| parts.get(at)?.integer().map(BigUint::from_bytes_be);
        let key = RsaPrivateKey::from_components(number(1)?, number(2)?, number(3)?, vec![number(4)?, number(5)?]).ok()?;
        Some(Key::RsaPrivate { key: Box::new(key), pss })
    }

    pub(super) fn rsa_public(inner: &[u8], pss: Option<PssDetails>) -> Option<Key> {
        let parts = der::whole(inner)?.sequence()?;
        let number = |at: usize| parts.get(at)?.integer().map(BigUint::from_bytes_be);
        let key = RsaPublicKey::new_with_max_size(number(0)?, number(1)?, 16_384).ok()?;
        Some(Key::RsaPublic { key: Box::new(key), pss })
    }

    /// From an `ECPrivateKey` of SEC 1, with the curve that stands around it, or within.
    pub(super) fn ec_private(inner: &[u8], curve: Option<Curve>) -> Option<Key> {
        let parts = der::whole(inner)?.sequence()?;
        let own = parts.iter().find(|part| part.tag == 0xa0).and_then(|part| der::whole(part.content));
        let curve = curve.or_else(|| Curve::of(&own?))?;
        let secret = parts.get(1).filter(|part| part.tag == OCTET_STRING)?.content;
        Key::ec_secret(curve, secret)
    }

    pub(super) fn ec_secret(curve: Curve, secret: &[u8]) -> Option<Key> {
        let mut padded = vec![0; curve.size().checked_sub(secret.len())?];
        padded.extend_from_slice(secret);
        let point = curve.point(&padded)?;
        Some(Key::EcPrivate {
            curve,
            secret: padded,
            point,
        })
    }

    pub(super) fn ec_public(curve: Curve, point: &[u8]) -> Option<Key> {
        let is_point = match curve {
            Curve::P256 => p256::PublicKey::from_sec1_bytes(point).is_ok(),
            Curve::P384 => p384::PublicKey::from_sec1_bytes(point).is_ok(),
            Curve::P521 => p521::PublicKey::from_sec1_bytes(point).is_ok(),
        };
        is_point.then(|| Key::EcPublic {
            curve,
            point: point.to_vec(),
        })
    }

    /// The `AlgorithmIdentifier`.
    pub(super) fn algorithm(&self) -> Vec<u8> {
        let with = |oid: &[u8], parameters: &[u8]| der::write(SEQUENCE, &[&der::write(OID, &[oid]), parameters]);
        match self {
            Key::RsaPrivate { pss: Some(pss), .. } | Key::RsaPublic { pss: Some(pss), .. } => with(RSA_PSS, &pss::write(pss)),
            Key::RsaPrivate { .. } | Key::RsaPublic { .. } => with(RSA, &[NULL, 0]),
            Key::EcPrivate { curve, .. } | Key::EcPublic { curve, .. } => with(EC, &curve.parameters()),
            Key::EdPrivate(_) | Key::EdPublic(_) => with(ED25519, &[]),
            Key::Dsa { algorithm, .. } => algorithm.clone(),
        }
    }

    /// The key itself: PKCS #1, SEC 1 without the curve, or the bytes of a public key.
    pub(super) fn inner(&self, with_curve: bool) -> Vec<u8> {
        match self {
            Key::RsaPrivate { key, .. } => rsa_private_der(key),
            Key::RsaPublic { key, .. } => der::write(
                SEQUENCE,
                &[&der::integer(&key.n().to_bytes_be()), &der::integer(&key.e().to_bytes_be())],
            ),
            Key::EcPrivate { curve, secret, point } => {
                let curve = if with_curve {
                    der::write(0xa0, &[&curve.parameters()])
                } else {
                    Vec::new()
                };
                let point = der::write(0xa1, &[&der::write(BIT_STRING, &[&[0], point])]);
                der::write(SEQUENCE, &[&[INTEGER, 1, 1], &der::write(OCTET_STRING, &[secret]), &curve, &point])
            }
            Key::EcPublic { point, .. } => point.clone(),
            Key::EdPrivate(key) => der::write(OCTET_STRING, &[&key.to_bytes()]),
            Key::EdPublic(bytes) => bytes.to_vec(),
            Key::Dsa { inner, .. } => inner.clone(),
        }
    }
}

fn rsa_private_der(key: &RsaPrivateKey) -> Vec<u8> {
    let one = BigUint::from(1u8);
    let primes = key.primes();
    let (p, q) = (&primes[0], &primes[1]);
    let coefficient = key.crt_coefficient().unwrap_or_default();
    let numbers = [
        BigUint::from(0u8),
        key.n().clone(),
        key.e().clone(),
        key.d().clone(),
        p.clone(),
        q.clone(),
        key.d() % (p - &one),
        key.d() % (q - &one),
        coefficient,
    ];
    let encoded: Vec<Vec<u8>> = numbers.iter().map(|number| der::integer(&number.to_bytes_be())).collect();
    let parts: Vec<&[u8]> = encoded.iter().map(Vec::as_slice).collect();
    der::write(SEQUENCE, &parts)
}
