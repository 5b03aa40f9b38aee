//! HS256, HS384 and HS512: alone, and for the `jsonwebtoken` crate.

use crate::error::AuthError;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::signature::{Error, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Sha256, Sha384, Sha512};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes the provider known; calling it again changes nothing.
pub(crate) fn install() {
    // The only failure is that it is installed already.
    let _ = PROVIDER.install_default();
}

/// The HMAC of a message, of 256, 384 or 512 bits.
///
/// # Errors
/// For any other number of bits.
pub fn sign(bits: u32, secret: &[u8], message: &[u8]) -> crate::Result<Vec<u8>> {
    match bits {
        256 => code::<Hmac<Sha256>>(secret, message),
        384 => code::<Hmac<Sha384>>(secret, message),
        512 => code::<Hmac<Sha512>>(secret, message),
        _ => Err(AuthError::argument("HMAC has 256, 384 or 512 bits here")),
    }
}

fn code<M: Mac + KeyInit>(secret: &[u8], message: &[u8]) -> crate::Result<Vec<u8>> {
    let mac = <M as KeyInit>::new_from_slice(secret).map_err(|error| AuthError::argument(error.to_string()))?;
    Ok(mac.chain_update(message).finalize().into_bytes().to_vec())
}

struct Keyed<M> {
    mac: M,
    algorithm: Algorithm,
}

impl<M: Mac + Clone> Signer<Vec<u8>> for Keyed<M> {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.mac.clone().chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl<M: Mac + Clone> Verifier<Vec<u8>> for Keyed<M> {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        // Compares in constant time.
        self.mac
            .clone()
            .chain_update(message)
            .verify_slice(signature)
            .map_err(Error::from_source)
    }
}

impl<M: Mac + Clone> JwtSigner for Keyed<M> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl<M: Mac + Clone> JwtVerifier for Keyed<M> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

fn keyed<M: Mac + KeyInit>(algorithm: Algorithm, secret: &[u8]) -> Result<Keyed<M>> {
    let mac = <M as KeyInit>::new_from_slice(secret).map_err(|_| ErrorKind::InvalidKeyFormat)?;
    Ok(Keyed { mac, algorithm })
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    let secret = key.as_bytes();
    Ok(match algorithm {
        Algorithm::HS256 => Box::new(keyed::<Hmac<Sha256>>(*algorithm, secret)?),
        Algorithm::HS384 => Box::new(keyed::<Hmac<Sha384>>(*algorithm, secret)?),
        Algorithm::HS512 => Box::new(keyed::<Hmac<Sha512>>(*algorithm, secret)?),
        _ => return Err(ErrorKind::UnsupportedAlgorithm.into()),
    })
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let secret = key.try_get_as_bytes()?;
    Ok(match algorithm {
        Algorithm::HS256 => Box::new(keyed::<Hmac<Sha256>>(*algorithm, secret)?),
        Algorithm::HS384 => Box::new(keyed::<Hmac<Sha384>>(*algorithm, secret)?),
        Algorithm::HS512 => Box::new(keyed::<Hmac<Sha512>>(*algorithm, secret)?),
        _ => return Err(ErrorKind::UnsupportedAlgorithm.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_as_the_specification_says() {
        // Test case 2 of RFC 4231.
        let signed = sign(256, b"Jefe", b"what do ya want for nothing?").unwrap();
        let hex: String = signed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert_eq!(sign(384, b"", b"").unwrap().len(), 48);
        assert_eq!(sign(512, b"", b"").unwrap().len(), 64);
        assert!(sign(128, b"", b"").is_err());
    }
}
