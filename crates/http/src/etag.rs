//! Entity tags as Express writes them: `W/"len-hash"`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

/// Characters of the base64 hash that are kept.
const HASH: usize = 27;

/// Returns the tag of a body.
pub fn of_body(body: &[u8], weak: bool) -> String {
    let hash = STANDARD.encode(Sha1::digest(body));
    format!("{}\"{:x}-{}\"", if weak { "W/" } else { "" }, body.len(), &hash[..HASH])
}

/// Returns the tag of a file by its size in bytes and the time of its last change in milliseconds.
pub fn of_file(size: u64, modified: u64) -> String {
    format!("W/\"{size:x}-{modified:x}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        assert_eq!(of_body(b"", true), "W/\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\"");
        assert_eq!(of_body(b"hey", false), "\"3-f1UKn0xEFzo3Zk2TjxNV8PkqR6c\"");
        assert_eq!(of_file(255, 4096), "W/\"ff-1000\"");
    }
}
