//! The forms that keys are written in: PKCS #8 and SPKI for every key, PKCS #1 for RSA, SEC 1 for curves; as DER or PEM.

use super::der::{self, BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE};
use super::{Key, pem};
use crate::error::{AuthError, Result};

/// What stands in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Pkcs8,
    Spki,
    Pkcs1,
    Sec1,
}

impl Form {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "pkcs8" => Form::Pkcs8,
            "spki" => Form::Spki,
            "pkcs1" => Form::Pkcs1,
            "sec1" => Form::Sec1,
            _ => return None,
        })
    }
}

const UNSUPPORTED: &str = "error:1E08010C:DECODER routines::unsupported";

impl Key {
    /// Reads the first key of a PEM text, private or public; of a certificate its public key.
    ///
    /// # Errors
    /// With OpenSSL's text when there is none, or none that is known.
    pub fn from_pem(text: &str) -> Result<Key> {
        if pem::is_encrypted(text) {
            return Err(AuthError::argument(
                "Passphrase required for encrypted key: this sandbox reads only keys without a passphrase",
            ));
        }
        let (label, bytes) = pem::read(text).ok_or_else(|| AuthError::argument(UNSUPPORTED))?;
        let key = match label {
            "PRIVATE KEY" => return Key::from_der(&bytes, Form::Pkcs8),
            "PUBLIC KEY" => return Key::from_der(&bytes, Form::Spki),
            "RSA PRIVATE KEY" => Key::rsa_private(&bytes, None),
            "RSA PUBLIC KEY" => Key::rsa_public(&bytes, None),
            "EC PRIVATE KEY" => Key::ec_private(&bytes, None),
            "DSA PRIVATE KEY" => Some(Key::Dsa {
                is_private: true,
                inner: bytes,
                algorithm: Vec::new(),
            }),
            "CERTIFICATE" => certified(&bytes),
            _ => None,
        };
        key.ok_or_else(|| AuthError::argument(UNSUPPORTED))
    }

    /// Reads a key from DER.
    ///
    /// # Errors
    /// With OpenSSL's text when it is none of that form.
    pub fn from_der(bytes: &[u8], form: Form) -> Result<Key> {
        let key = match form {
            Form::Pkcs8 => pkcs8(bytes),
            Form::Spki => der::whole(bytes).and_then(|info| Key::spki(&info)),
            Form::Pkcs1 => Key::rsa_private(bytes, None).or_else(|| Key::rsa_public(bytes, None)),
            Form::Sec1 => Key::ec_private(bytes, None),
        };
        key.ok_or_else(|| AuthError::argument(UNSUPPORTED))
    }

    /// The key as DER.
    ///
    /// # Errors
    /// When it has not that form.
    pub fn to_der(&self, form: Form) -> Result<Vec<u8>> {
        Ok(match (form, self) {
            (Form::Pkcs1, Key::RsaPrivate { .. } | Key::RsaPublic { .. }) | (Form::Sec1, Key::EcPrivate { .. }) => self.inner(true),
            (Form::Pkcs8, key) if key.is_private() => der::write(
                SEQUENCE,
                &[&[INTEGER, 1, 0], &key.algorithm(), &der::write(OCTET_STRING, &[&key.inner(false)])],
            ),
            (Form::Spki, key) if !key.is_private() => {
                der::write(SEQUENCE, &[&key.algorithm(), &der::write(BIT_STRING, &[&[0], &key.inner(false)])])
            }
            _ => return Err(AuthError::argument("The key has no such form")),
        })
    }

    /// The key as PEM.
    ///
    /// # Errors
    /// When it has not that form.
    pub fn to_pem(&self, form: Form) -> Result<String> {
        let label = match (form, self.is_private()) {
            (Form::Pkcs8, _) => "PRIVATE KEY",
            (Form::Spki, _) => "PUBLIC KEY",
            (Form::Pkcs1, true) => "RSA PRIVATE KEY",
            (Form::Pkcs1, false) => "RSA PUBLIC KEY",
            (Form::Sec1, _) => "EC PRIVATE KEY",
        };
        Ok(pem::write(label, &self.to_der(form)?))
    }
}

fn pkcs8(bytes: &[u8]) -> Option<Key> {
    let parts = der::whole(bytes)?.sequence()?;
    parts.first()?.integer()?;
    let inner = parts.get(2).filter(|part| part.tag == OCTET_STRING)?;
    Key::private(parts.get(1)?, inner.content)
}

/// The public key of an X.509 certificate: after version, serial number, algorithm, issuer, validity and subject.
fn certified(bytes: &[u8]) -> Option<Key> {
    let certificate = der::whole(bytes)?.sequence()?;
    let fields = certificate.first()?.sequence()?;
    let has_version = fields.first()?.tag == 0xa0;
    Key::spki(fields.get(if has_version { 6 } else { 5 })?)
}
