//! Short, stable fingerprints of texts: starters, checks, translated blocks.

/// Returns 16 hex digits (FNV-1a, 64 bit). The same on every machine; not for secrets.
pub fn digest(parts: &[&str]) -> String {
    format!("{:016x}", hash(parts))
}

pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // The extra byte keeps ["ab", "c"] apart from ["a", "bc"].
        for byte in part.bytes().chain([0xff]) {
            hash ^= u64::from(byte);
            hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// The fingerprint of a project's files.
pub fn digest_files(files: &std::collections::BTreeMap<String, String>) -> String {
    let parts: Vec<&str> = files.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]).collect();
    digest(&parts)
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn parts_do_not_run_together() {
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&[]).len(), 16);
    }
}
