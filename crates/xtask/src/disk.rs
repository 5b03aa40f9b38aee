//! Says before the long work that the disk has no room for it.

use crate::root;

/// Bytes that a first `cargo xtask test` writes beside the sources: seen, and rounded up.
const FIRST_TEST: u64 = 6_000_000_000;

/// Warns where little is free and the tests have not been built yet; a folder that is built already grows little.
pub fn warn_if_full() {
    // Of what the tests build, the page of their browser comes last.
    let built = root::target().join("wasm32-unknown-unknown/wasm-release").exists();
    if let Some(warning) = warning(fs4::available_space(root::target()).ok(), built) {
        eprintln!("{warning}");
    }
}

fn warning(free: Option<u64>, built: bool) -> Option<String> {
    let free = free.filter(|free| !built && *free < FIRST_TEST)?;
    Some(format!(
        "Only {} of disk are free here, and the first run of all tests writes about {}: it may stop with `No space left on device`. \
         Make room, or set CARGO_TARGET_DIR to a folder on another disk.",
        gigabytes(free),
        gigabytes(FIRST_TEST)
    ))
}

fn gigabytes(bytes: u64) -> String {
    format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_told_of_before_the_first_build_only() {
        let told = warning(Some(3_460_000_000), false).unwrap();
        assert!(told.starts_with("Only 3.4 GB of disk are free here, and the first run of all tests writes about 6.0 GB"));
        assert_eq!(warning(Some(3_460_000_000), true), None);
        assert_eq!(warning(Some(FIRST_TEST), false), None);
        assert_eq!(warning(None, false), None);
    }
}
