//! Renders every page to HTML: `prerender <content folder> <pages.json>`. Run by `cargo xtask build`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [content, out] = &arguments[..] else {
        return Err("usage: prerender <content folder> <pages.json>".into());
    };
    let pages = backlab::prerender::pages(Path::new(content))?;
    std::fs::write(out, serde_json::to_vec(&pages)?)?;
    Ok(())
}
