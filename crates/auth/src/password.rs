//! bcrypt hashes, as the npm package `bcrypt` makes and reads them (`$2b$`).

use base64::Engine as _;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use std::iter;

use crate::error::{AuthError, Result};

/// The last character of a salt has bits to spare.
const BASE64: GeneralPurpose = GeneralPurpose::new(&BCRYPT, NO_PAD.with_decode_allow_trailing_bits(true));
/// Bytes of a password that count.
const COUNTED: usize = 72;
const INVALID_SALT: &str = "Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue";

/// A salt such as `$2b$10$N9qo8uLOickgx2ZMRZoMye`, from 16 random bytes. Like the npm package, it takes the rounds into 4–31.
pub fn salt(rounds: u32, random: [u8; 16]) -> String {
    format!("$2b${:02}${}", rounds.clamp(4, 31), BASE64.encode(random))
}

/// Hashes a password with a salt of [`salt`]. Only the first 72 bytes of the password count; with a salt of `$2a$` its length is
/// counted in one byte, as by the programs that this version stands for.
///
/// # Errors
/// When the salt has not the right form.
pub fn hash(password: &[u8], salt: &str) -> Result<String> {
    let (rounds, bytes) = parse_salt(salt).ok_or_else(|| AuthError::argument(INVALID_SALT))?;
    let wrapped = salt.starts_with("$2a$").then(|| wrapped(password)).flatten();
    let parts = bcrypt::hash_with_salt(wrapped.as_deref().unwrap_or(password), rounds, bytes)
        .map_err(|error| AuthError::argument(error.to_string()))?;
    Ok(parts.format_for_version(bcrypt::Version::TwoB))
}

/// Tells whether the password is the one of the hash; something that is no hash fits no password.
pub fn verify(password: &[u8], hash: &str) -> bool {
    bcrypt::verify(password, hash).unwrap_or(false)
}

/// The cost of a hash, `10` of `$2b$10$…`.
///
/// # Errors
/// When it is not a hash.
pub fn rounds(hash: &str) -> Result<u32> {
    hash.parse::<bcrypt::HashParts>()
        .map(|parts| parts.get_cost())
        .map_err(|_| AuthError::argument("invalid hash provided"))
}

/// What is left of a password whose length, with the zero that ends it, does not fit into a byte.
fn wrapped(password: &[u8]) -> Option<Vec<u8>> {
    let length = password.len() + 1;
    if length < 256 {
        return None;
    }
    let text = password.iter().copied().chain(iter::once(0));
    let counted: Vec<u8> = text.take((length % 256).max(1)).collect();
    Some(counted.into_iter().cycle().take(COUNTED).collect())
}

fn parse_salt(salt: &str) -> Option<(u32, [u8; 16])> {
    let (version, rest) = salt.strip_prefix('$')?.split_once('$')?;
    if !matches!(version, "2a" | "2b" | "2y") {
        return None;
    }
    let (rounds, encoded) = rest.split_once('$')?;
    // A whole hash is a salt too: its first 22 characters are.
    let bytes = BASE64.decode(encoded.get(..22)?).ok()?;
    Some((rounds.parse().ok()?, bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_others_do() {
        // From the test vectors of the Openwall implementation.
        let salt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.";
        assert_eq!(
            hash(b"U*U", salt).unwrap(),
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        );
        assert!(verify(b"U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"));
        // Of 255 bytes nothing is left but the first.
        let long = hash(&b"0123456789".repeat(26)[..255], salt).unwrap();
        assert_eq!(long, hash(&[b'0'; 72], salt).unwrap());
        assert_eq!(
            hash(b"U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCCA").unwrap(),
            "$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"
        );
        assert!(!verify(b"U*V", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"));
    }

    #[test]
    fn salts_go_round() {
        let salt = salt(2, [9; 16]);
        assert!(salt.starts_with("$2b$04$") && salt.len() == 29);
        let hashed = hash("पासवर्ड".as_bytes(), &salt).unwrap();
        assert!(hashed.starts_with(&salt));
        assert_eq!(rounds(&hashed), Ok(4));
        assert!(verify("पासवर्ड".as_bytes(), &hashed));
    }

    #[test]
    fn refuses_what_is_no_salt_or_hash() {
        for bad in [
            "",
            "10",
            "$2b$10$short",
            "$9z$10$CCCCCCCCCCCCCCCCCCCCC.",
            "$2b$99$CCCCCCCCCCCCCCCCCCCCC.",
            "$2b$10$€€€€€€€€€€€€€€€€€€€€€€",
        ] {
            assert!(hash(b"x", bad).is_err(), "{bad}");
        }
        assert!(!verify(b"x", "not a hash"));
        assert!(rounds("not a hash").is_err());
    }
}
