//! Entity tags as Express writes them: `W/"len-hash"`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

/// Returns the tag of a body. Most answers need one, so it is put together without `format!`, which takes longer than the hash.
pub fn of_body(body: &[u8], weak: bool) -> String {
    let mut tag = String::with_capacity(48);
    tag.push_str(if weak { "W/\"" } else { "\"" });
    push_hex(&mut tag, body.len());
    tag.push('-');
    STANDARD.encode_string(Sha1::digest(body), &mut tag);
    // Instead of the padding.
    tag.pop();
    tag.push('"');
    tag
}

fn push_hex(text: &mut String, number: usize) {
    let digits = (usize::BITS - number.leading_zeros()).div_ceil(4).max(1);
    text.extend(
        (0..digits)
            .rev()
            .filter_map(|at| char::from_digit((number >> (4 * at)) as u32 & 15, 16)),
    );
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
        assert!(of_body(&[0; 0x1000], true).starts_with("W/\"1000-"));
        assert!(of_body(&[0; 0xfff], true).starts_with("W/\"fff-"));
        assert_eq!(of_file(255, 4096), "W/\"ff-1000\"");
    }
}
