//! Tokens and passwords.

use crate::{get, js};
use backlab_engine::auth::{decode, hash, rounds, salt, sign, verify, verify_password};
use wasm_bindgen_test::wasm_bindgen_test;

const NOW: f64 = 1_767_603_600_000.0;

#[wasm_bindgen_test]
fn tokens_are_verified_with_the_errors_of_the_package() {
    let token = sign(r#"{"id":7}"#, b"secret", r#"{"expiresIn":"1h"}"#, NOW).unwrap();
    let check = |token: &str, secret: &str, now: f64, expected: Result<&str, (&str, &str)>| match (
        verify(token, secret.as_bytes(), "{}", now),
        expected,
    ) {
        (Ok(payload), Ok(id)) => assert_eq!(crate::json(&get(&js(&payload), "id")), id),
        (Err(error), Err((name, message))) => {
            assert_eq!(get(&error, "name").as_string().unwrap(), name);
            assert_eq!(get(&error, "message").as_string().unwrap(), message);
        }
        (seen, _) => panic!("{token}: {seen:?}"),
    };
    check(&token, "secret", NOW, Ok("7"));
    check(&token, "other", NOW, Err(("JsonWebTokenError", "invalid signature")));
    check(&token, "secret", NOW + 3_600_000.0, Err(("TokenExpiredError", "jwt expired")));
    check("a.b", "secret", NOW, Err(("JsonWebTokenError", "jwt malformed")));
    let parts = js(&decode(&token).unwrap());
    assert_eq!(get(&parts, "header.alg").as_string().unwrap(), "HS256");
    assert_eq!(decode("nothing"), None);
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
