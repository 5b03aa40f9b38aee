//! Keys go round through every form, and signatures are those of their keys only.

use super::*;
use std::sync::LazyLock;

/// Made once: an RSA key takes a while.
static KEYS: LazyLock<Vec<(Key, Scheme)>> = LazyLock::new(keys);

fn keys() -> Vec<(Key, Scheme)> {
    let scheme = |digest: Option<Digest>, padding: Padding| Scheme {
        digest,
        padding,
        is_plain: false,
    };
    let rsa = generate(
        Kind::Rsa {
            bits: 1024,
            exponent: 65_537,
            is_pss: false,
        },
        [1; 32],
    )
    .unwrap();
    let mut all = vec![
        (rsa.clone(), scheme(Some(Digest::Sha256), Padding::Pkcs1)),
        (rsa.clone(), scheme(Some(Digest::Sha384), Padding::Pss { salt_length: -1 })),
        (rsa, scheme(Some(Digest::Sha256), Padding::Pss { salt_length: -2 })),
        (generate(Kind::Ed25519, [2; 32]).unwrap(), scheme(None, Padding::Pkcs1)),
    ];
    for curve in Curve::ALL {
        all.push((
            generate(Kind::Ec(curve), [3; 32]).unwrap(),
            scheme(Some(Digest::Sha256), Padding::Pkcs1),
        ));
    }
    all
}

#[test]
fn go_round_through_every_form() {
    for (key, _) in KEYS.iter() {
        let public = key.public().unwrap();
        let again = Key::from_pem(&key.to_pem(Form::Pkcs8).unwrap()).unwrap();
        assert_eq!(again.to_der(Form::Pkcs8).unwrap(), key.to_der(Form::Pkcs8).unwrap());
        let again = Key::from_pem(&public.to_pem(Form::Spki).unwrap()).unwrap();
        assert_eq!(again.details(), public.details());
        for form in [Form::Pkcs1, Form::Sec1] {
            if let Ok(text) = key.to_pem(form) {
                assert_eq!(
                    Key::from_pem(&text).unwrap().to_der(Form::Pkcs8).unwrap(),
                    key.to_der(Form::Pkcs8).unwrap()
                );
            }
        }
        let jwk = Key::from_jwk(&key.to_jwk().unwrap()).unwrap();
        assert_eq!(jwk.to_der(Form::Pkcs8).unwrap(), key.to_der(Form::Pkcs8).unwrap());
    }
}

#[test]
fn signatures_hold_for_their_message_and_key() {
    for (key, scheme) in KEYS.iter() {
        for is_plain in [false, true] {
            let scheme = Scheme { is_plain, ..*scheme };
            let signature = sign(key, scheme, b"message", [5; 32]).unwrap();
            assert_eq!(verify(key, scheme, b"message", &signature), Ok(true), "{:?}", key.details());
            assert_eq!(verify(key, scheme, b"massage", &signature), Ok(false));
            assert_eq!(verify(key, scheme, b"message", &signature[1..]), Ok(false));
        }
    }
}

#[test]
fn refuses_what_is_no_key() {
    for text in ["", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        assert!(Key::from_pem(text).is_err(), "{text}");
    }
    let public = KEYS[0].0.public().unwrap();
    let scheme = KEYS[0].1;
    assert_eq!(
        sign(&public, scheme, b"", [0; 32]).unwrap_err().to_string(),
        "a public key cannot sign"
    );
}
