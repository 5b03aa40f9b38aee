//! Brotli sizes as a static host would send them.

use anyhow::Result;
use std::path::Path;

/// Bytes of a file after brotli at quality 11.
pub fn brotli(path: &Path) -> Result<usize> {
    let bytes = std::fs::read(path)?;
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut out, &brotli::enc::BrotliEncoderParams::default())?;
    Ok(out.len())
}

/// Every file below a folder, as paths relative to it, sorted.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    fn walk(root: &Path, folder: &Path, out: &mut Vec<String>) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(root, &path, out)?;
            } else {
                out.push(path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"));
            }
        }
        Ok(())
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out)?;
    out.sort();
    Ok(out)
}
