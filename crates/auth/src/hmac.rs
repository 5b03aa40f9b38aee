//! HS256, HS384 and HS512 for the `jsonwebtoken` crate.

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
