//! Tells the service worker which files make up this build, so that the page works offline.

use crate::sizes;
use anyhow::Result;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Fills the list of files into `sw.js`. A development build caches nothing.
pub fn write(dist: &Path, release: bool) -> Result<()> {
    let mut files = sizes::files(dist)?;
    files.retain(|file| file != "sw.js" && file != "404.html" && !file.ends_with(".map"));
    let mut digest = Sha256::new();
    for file in &files {
        digest.update(file);
        digest.update(fs::read(dist.join(file))?);
    }
    let version: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let addresses: Vec<String> = files
        .iter()
        .map(|file| file.strip_suffix("index.html").unwrap_or(file).to_owned())
        .collect();
    let build = json!({ "version": version, "files": if release { addresses } else { Vec::new() } });
    let path = dist.join("sw.js");
    let script = fs::read_to_string(&path)?;
    Ok(fs::write(path, format!("self.BUILD={build};\n{script}"))?)
}
