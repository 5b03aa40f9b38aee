//! Tokens against those of the npm package, and every refusal.

use serde_json::{Value, json};

use super::{SignOptions, VerifyOptions, decode, sign, verify};

/// 2026-01-05T09:00:00Z.
const NOW: i64 = 1_767_603_600_000;

fn token(payload: Value, options: Value) -> String {
    let options: SignOptions = serde_json::from_value(options).unwrap();
    sign(&payload, b"secret", &options, NOW).unwrap()
}

#[test]
fn signs_as_the_npm_package_does() {
    // The example of jwt.io, with its secret.
    let options = SignOptions::default();
    let payload = json!({ "sub": "1234567890", "name": "John Doe", "iat": 1516239022 });
    assert_eq!(
        sign(&payload, b"your-256-bit-secret", &options, NOW).unwrap(),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    );
    let claims = decode(&token(json!({ "id": 1 }), json!({ "expiresIn": "1h", "issuer": "shop" })))
        .unwrap()
        .payload;
    assert_eq!(claims.to_string(), r#"{"id":1,"iat":1767603600,"exp":1767607200,"iss":"shop"}"#);
    let short = decode(&token(
        json!({}),
        json!({ "expiresIn": 60, "noTimestamp": true, "algorithm": "HS512" }),
    ))
    .unwrap();
    assert_eq!(short.payload, json!({ "exp": 1_767_603_660 }));
    assert_eq!(short.header, json!({ "alg": "HS512", "typ": "JWT" }));
}

#[test]
fn verifies_with_the_clock_it_is_given() {
    #[track_caller]
    fn check(token: &str, secret: &[u8], options: Value, now_ms: i64, expected: Result<(), &str>) {
        let options: VerifyOptions = serde_json::from_value(options).unwrap();
        let result = verify(token, secret, &options, now_ms)
            .map(drop)
            .map_err(|error| format!("{}: {error}", error.name()));
        assert_eq!(result, expected.map_err(str::to_owned));
    }
    let hour = token(
        json!({ "id": 1 }),
        json!({ "expiresIn": "1h", "audience": ["web", "app"], "issuer": "shop" }),
    );
    check(&hour, b"secret", json!({}), NOW + 3_599_000, Ok(()));
    check(&hour, b"secret", json!({}), NOW + 3_600_000, Err("TokenExpiredError: jwt expired"));
    check(&hour, b"secret", json!({ "ignoreExpiration": true }), NOW + 9_600_000, Ok(()));
    check(&hour, b"secret", json!({ "clockTolerance": 5 }), NOW + 3_604_000, Ok(()));
    check(&hour, b"other", json!({}), NOW, Err("JsonWebTokenError: invalid signature"));
    check(
        &hour,
        b"",
        json!({}),
        NOW,
        Err("JsonWebTokenError: secret or public key must be provided"),
    );
    check(&hour, b"secret", json!({ "audience": "app" }), NOW, Ok(()));
    check(
        &hour,
        b"secret",
        json!({ "audience": ["x", "y"] }),
        NOW,
        Err("JsonWebTokenError: jwt audience invalid. expected: x or y"),
    );
    check(
        &hour,
        b"secret",
        json!({ "issuer": "bank" }),
        NOW,
        Err("JsonWebTokenError: jwt issuer invalid. expected: bank"),
    );
    check(
        &hour,
        b"secret",
        json!({ "algorithms": ["HS512"] }),
        NOW,
        Err("JsonWebTokenError: invalid algorithm"),
    );
    check(
        &hour,
        b"secret",
        json!({ "maxAge": "10s" }),
        NOW + 10_000,
        Err("JsonWebTokenError: maxAge exceeded"),
    );
    let later = token(json!({}), json!({ "notBefore": 60 }));
    check(&later, b"secret", json!({}), NOW, Err("NotBeforeError: jwt not active"));
    check(&later, b"secret", json!({}), NOW + 60_000, Ok(()));
    check("", b"secret", json!({}), NOW, Err("JsonWebTokenError: jwt must be provided"));
    check("abc", b"secret", json!({}), NOW, Err("JsonWebTokenError: jwt malformed"));
    check("a.b.c", b"secret", json!({}), NOW, Err("JsonWebTokenError: invalid token"));
    let unsigned = hour.rsplit_once('.').unwrap().0.to_owned() + ".";
    check(
        &unsigned,
        b"secret",
        json!({}),
        NOW,
        Err("JsonWebTokenError: jwt signature is required"),
    );
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.AAAA";
    check(none, b"secret", json!({}), NOW, Err("JsonWebTokenError: invalid algorithm"));
    let other = token(json!({ "id": 2, "admin": true }), json!({}));
    let forged = format!("{}.{}", other.rsplit_once('.').unwrap().0, hour.rsplit_once('.').unwrap().1);
    check(&forged, b"secret", json!({}), NOW, Err("JsonWebTokenError: invalid signature"));
}

#[test]
fn refuses_wrong_arguments() {
    #[track_caller]
    fn check(payload: Value, options: Value, expected: &str) {
        let options: SignOptions = serde_json::from_value(options).unwrap();
        assert_eq!(sign(&payload, b"secret", &options, NOW).unwrap_err().to_string(), expected);
    }
    check(Value::Null, json!({}), "payload is required");
    check(
        json!({ "exp": 1 }),
        json!({ "expiresIn": 1 }),
        "Bad \"options.expiresIn\" option the payload already has an \"exp\" property.",
    );
    check(
        json!({}),
        json!({ "expiresIn": "soon" }),
        "\"expiresIn\" should be a number of seconds or string representing a timespan eg: \"1d\", \"20h\", 60",
    );
    check(
        json!({}),
        json!({ "algorithm": "RS256" }),
        "\"algorithm\" must be a valid string enum value",
    );
    let empty = sign(&json!({}), b"", &SignOptions::default(), NOW).unwrap_err();
    assert_eq!(empty.to_string(), "secretOrPrivateKey must have a value");
}
