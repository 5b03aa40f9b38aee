//! Renders every page to HTML: `prerender <content folder> <pages.json> [--shells]`. Run by `cargo xtask build`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (paths, flags): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| !argument.starts_with("--"));
    let [content, out] = paths[..] else {
        return Err("usage: prerender <content folder> <pages.json> [--shells]".into());
    };
    let shells_only = flags.iter().any(|flag| *flag == "--shells");
    let pages = backlab::prerender::pages(Path::new(content), shells_only)?;
    std::fs::write(out, serde_json::to_vec(&pages)?)?;
    Ok(())
}
