//! HMACs, passwords and asymmetric keys.

use backlab_engine::auth::{hash, rounds, salt, sign, verify_password};
use backlab_engine::keys::AsymmetricKey;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn messages_are_signed_with_a_secret() {
    assert_eq!(sign(256, b"secret", b"message").unwrap().len(), 32);
    assert!(sign(1, b"secret", b"message").is_err());
}

#[wasm_bindgen_test]
fn messages_are_signed_with_a_key() {
    let key = AsymmetricKey::generate("ec", 0, 0, "P-256", &[7; 32]).unwrap();
    let signature = key.sign("sha256", None, true, b"message", &[1; 32]).unwrap();
    let open = AsymmetricKey::from_pem(&key.public().unwrap().to_pem("spki").unwrap()).unwrap();
    assert!(open.verify("sha256", None, true, b"message", &signature).unwrap());
    assert!(!open.verify("sha256", None, true, b"other", &signature).unwrap());
    assert!(AsymmetricKey::from_pem("no key").is_err());
}

#[wasm_bindgen_test]
fn passwords_are_hashed_with_bcrypt() {
    let salt = salt(4, &[7; 16]).unwrap();
    let hashed = hash(b"correct horse", &salt).unwrap();
    let check = |password: &str, hashed: &str, fits: bool| assert_eq!(verify_password(password.as_bytes(), hashed), fits, "{password}");
    check("correct horse", &hashed, true);
    check("wrong", &hashed, false);
    check("", "no hash", false);
    // A known hash of the crypt_blowfish test vectors.
    check("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", true);
    assert!(hashed.starts_with(&salt));
    assert_eq!(rounds(&hashed).unwrap(), 4);
    assert!(rounds("no hash").is_err());
}
