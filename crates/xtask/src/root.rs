//! Where things lie in the checkout.

use std::path::PathBuf;

/// The folder that holds `index.html`.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .components()
        .collect::<PathBuf>()
        .canonicalize()
        .unwrap_or_else(|_| PathBuf::from("."))
}

/// Cargo's target folder, also when the environment moves it.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The finished page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Tools that a fresh clone finds again: `$XDG_CACHE_HOME/backlab` or `~/.cache/backlab`.
pub fn tools() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
    cache.unwrap_or_else(target).join("backlab")
}
