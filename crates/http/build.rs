//! Writes the table of media types by extension as one text, which takes a third of the room of mime_guess's own tables.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, error, fs};

/// Where the table of mime_guess is older than what Node servers send.
const NEWER: [(&str, &str); 40] = [
    ("3mf", "model/3mf"),
    ("blend", "application/x-blender"),
    ("c", "text/x-c"),
    ("cjs", "application/node"),
    ("exe", "application/x-msdos-program"),
    ("exr", "image/aces"),
    ("flac", "audio/x-flac"),
    ("h", "text/x-c"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ipynb", "application/x-ipynb+json"),
    ("java", "text/x-java-source"),
    ("jsx", "text/jsx"),
    ("key", "application/vnd.apple.keynote"),
    ("ktx2", "image/ktx2"),
    ("m4a", "audio/mp4"),
    ("m4s", "video/iso.segment"),
    ("manifest", "text/cache-manifest"),
    ("map", "application/json"),
    ("mdx", "text/mdx"),
    ("mjs", "text/javascript"),
    ("mtl", "model/mtl"),
    ("numbers", "application/vnd.apple.numbers"),
    ("otf", "font/otf"),
    ("pages", "application/vnd.apple.pages"),
    ("psd", "image/vnd.adobe.photoshop"),
    ("rar", "application/vnd.rar"),
    ("rs", "application/rls-services+xml"),
    ("sieve", "application/sieve"),
    ("spdx", "text/spdx"),
    ("sql", "application/sql"),
    ("toml", "application/toml"),
    ("ts", "video/mp2t"),
    ("ttml", "application/ttml+xml"),
    ("usdz", "model/vnd.usdz+zip"),
    ("vsdx", "application/vnd.visio"),
    ("wgsl", "text/wgsl"),
    ("woff", "font/woff"),
    ("xml", "application/xml"),
    ("yaml", "text/yaml"),
    ("yml", "text/yaml"),
];

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let known = mime_guess::get_extensions("*", "*").ok_or("mime_guess lists no extensions")?;
    let mut types: BTreeMap<&str, &str> = known
        .iter()
        // A name is looked up by what follows its last dot.
        .filter(|extension| !extension.contains('.'))
        .filter_map(|extension| Some((*extension, mime_guess::from_ext(extension).first_raw()?)))
        .collect();
    types.extend(NEWER);
    let lines: String = types
        .iter()
        .map(|(extension, media_type)| format!("{extension} {media_type}\n"))
        .collect();
    let folder = env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("extensions.txt"), lines)?)
}
