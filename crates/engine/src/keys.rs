//! Asymmetric keys, signatures and ciphers for the sandbox's `crypto`.

use backlab_auth::AuthError;
use backlab_auth::cipher::{Cipher as AuthCipher, Mode};
use backlab_auth::keys::{Curve, Digest, Form, Key, Kind, Padding, Scheme, generate, sign, verify};
use js_sys::Error;
use wasm_bindgen::prelude::*;

fn thrown(failure: AuthError) -> JsValue {
    Error::new(&failure.to_string()).into()
}

fn wrong(message: &str) -> JsValue {
    Error::new(message).into()
}

fn form_of(name: &str) -> Result<Form, JsValue> {
    Form::named(name).ok_or_else(|| wrong("Invalid key type"))
}

fn seed_of(random: &[u8]) -> Result<[u8; 32], JsValue> {
    random.try_into().map_err(|_| wrong("a seed has 32 bytes"))
}

fn scheme_of(digest: &str, salt_length: Option<i32>, is_plain: bool) -> Result<Scheme, JsValue> {
    let named = Digest::named(digest);
    if named.is_none() && !digest.is_empty() {
        return Err(wrong(&format!("Invalid digest: {digest}")));
    }
    Ok(Scheme {
        digest: named,
        padding: salt_length.map_or(Padding::Pkcs1, |salt_length| Padding::Pss { salt_length }),
        is_plain,
    })
}

/// A private or public key.
#[wasm_bindgen]
pub struct AsymmetricKey(Key);

#[wasm_bindgen]
impl AsymmetricKey {
    #[wasm_bindgen(js_name = fromPem)]
    pub fn from_pem(text: &str) -> Result<AsymmetricKey, JsValue> {
        Key::from_pem(text).map(AsymmetricKey).map_err(thrown)
    }

    /// `form` is pkcs8, spki, pkcs1 or sec1.
    #[wasm_bindgen(js_name = fromDer)]
    pub fn from_der(bytes: &[u8], form: &str) -> Result<AsymmetricKey, JsValue> {
        Key::from_der(bytes, form_of(form)?).map(AsymmetricKey).map_err(thrown)
    }

    /// From the JSON text of a JSON Web Key.
    #[wasm_bindgen(js_name = fromJwk)]
    pub fn from_jwk(text: &str) -> Result<AsymmetricKey, JsValue> {
        let jwk = serde_json::from_str(text).map_err(|_| wrong("Invalid JWK data"))?;
        Key::from_jwk(&jwk).map(AsymmetricKey).map_err(thrown)
    }

    /// `kind` is rsa, rsa-pss, ec or ed25519; `size` the bits of an RSA key. `random` is a seed of 32 bytes.
    pub fn generate(kind: &str, size: usize, exponent: u32, curve: &str, random: &[u8]) -> Result<AsymmetricKey, JsValue> {
        let kind = match kind {
            "rsa" | "rsa-pss" => Kind::Rsa {
                bits: size,
                exponent,
                is_pss: kind == "rsa-pss",
            },
            "ec" => Kind::Ec(Curve::named(curve).ok_or_else(|| wrong("Invalid EC curve name"))?),
            "ed25519" => Kind::Ed25519,
            _ => return Err(wrong("this sandbox makes keys of the kinds rsa, rsa-pss, ec and ed25519")),
        };
        generate(kind, seed_of(random)?).map(AsymmetricKey).map_err(thrown)
    }

    /// JSON text of the kind and its details.
    pub fn details(&self) -> String {
        serde_json::to_string(&self.0.details()).unwrap_or_default()
    }

    pub fn public(&self) -> Result<AsymmetricKey, JsValue> {
        self.0.public().map(AsymmetricKey).map_err(thrown)
    }

    #[wasm_bindgen(js_name = toPem)]
    pub fn to_pem(&self, form: &str) -> Result<String, JsValue> {
        self.0.to_pem(form_of(form)?).map_err(thrown)
    }

    #[wasm_bindgen(js_name = toDer)]
    pub fn to_der(&self, form: &str) -> Result<Vec<u8>, JsValue> {
        self.0.to_der(form_of(form)?).map_err(thrown)
    }

    /// JSON text of the JSON Web Key.
    #[wasm_bindgen(js_name = toJwk)]
    pub fn to_jwk(&self) -> Option<String> {
        self.0.to_jwk().map(|jwk| jwk.to_string())
    }

    /// Signs a message. With `salt_length` RSA keys are padded as PSS; `is_plain` writes a curve's signature as two numbers.
    pub fn sign(&self, digest: &str, salt_length: Option<i32>, is_plain: bool, message: &[u8], random: &[u8]) -> Result<Vec<u8>, JsValue> {
        sign(&self.0, scheme_of(digest, salt_length, is_plain)?, message, seed_of(random)?).map_err(thrown)
    }

    pub fn verify(
        &self,
        digest: &str,
        salt_length: Option<i32>,
        is_plain: bool,
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, JsValue> {
        verify(&self.0, scheme_of(digest, salt_length, is_plain)?, message, signature).map_err(thrown)
    }
}

/// One message that is encrypted or decrypted, piece by piece.
#[wasm_bindgen]
pub struct Cipher(AuthCipher);

#[wasm_bindgen]
impl Cipher {
    /// `name` is such as `aes-256-cbc`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, key: &[u8], iv: &[u8], encrypts: bool) -> Result<Cipher, JsValue> {
        let (bytes, mode) = Mode::named(name).ok_or_else(|| wrong("Unknown cipher"))?;
        AuthCipher::new(bytes, mode, key, iv, encrypts).map(Cipher).map_err(thrown)
    }

    #[wasm_bindgen(js_name = setPadding)]
    pub fn set_padding(&mut self, pads: bool) {
        self.0.set_padding(pads);
    }

    pub fn associate(&mut self, data: &[u8]) {
        self.0.associate(data);
    }

    pub fn update(&mut self, input: &[u8]) -> Vec<u8> {
        self.0.update(input)
    }

    pub fn finish(&mut self) -> Result<Vec<u8>, JsValue> {
        self.0.finish().map_err(thrown)
    }

    pub fn tag(&self) -> Vec<u8> {
        self.0.tag()
    }
}
