//! Watches the sources and says which part of the page a change belongs to.

use crate::build::Part;
use crate::root;
use anyhow::Result;
use notify::{EventKind, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

const FOLDERS: [&str; 7] = ["src", "styles", "assets", "runtime", "packs", "crates", "lessons"];

/// Calls back with the changed parts, once per burst of changes. Never returns unless watching fails.
pub fn watch(mut changed: impl FnMut(&[Part])) -> Result<()> {
    let (send, receive) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Ok(event) = event
            && matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
        {
            let _ = send.send(event.paths);
        }
    })?;
    // Of the top only what Trunk builds from; what is built lies beside it.
    watcher.watch(&root::root(), RecursiveMode::NonRecursive)?;
    for folder in FOLDERS {
        let folder = root::root().join(folder);
        if folder.exists() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    while let Ok(first) = receive.recv() {
        let mut paths = first;
        while let Ok(more) = receive.recv_timeout(Duration::from_millis(120)) {
            paths.extend(more);
        }
        let parts: BTreeSet<Part> = paths
            .iter()
            .filter_map(|path| path.strip_prefix(root::root()).ok())
            .flat_map(parts)
            .copied()
            .collect();
        if !parts.is_empty() {
            changed(&parts.into_iter().collect::<Vec<_>>());
        }
    }
    Ok(())
}

/// The parts that a path (relative to the project) goes into; none for generated files.
fn parts(path: &Path) -> &'static [Part] {
    let text = path.to_string_lossy().replace('\\', "/");
    if text.contains("node_modules")
        || text.starts_with("runtime/src/engine/")
        || text.starts_with("crates/xtask")
        || text.starts_with("crates/authoring")
    {
        return &[];
    }
    match text.split('/').next() {
        Some("src" | "styles" | "assets" | "index.html" | "Trunk.toml") => &[Part::App],
        // The Reference page lists the packs.
        _ if text == "packs/package.json" => &[Part::Runtime, Part::App],
        Some("runtime" | "packs") => &[Part::Runtime],
        Some("lessons") => &[Part::Lessons],
        Some("crates") if text.starts_with("crates/course") => &[Part::App],
        // The app reads what the engine writes: they share the types of a trace.
        Some("crates") if text.starts_with("crates/backend") => &[Part::Engine, Part::App],
        Some("crates") => &[Part::Engine],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_parts_of_a_path() {
        for (path, expected) in [
            ("src/app.rs", &[Part::App][..]),
            ("styles/ui.css", &[Part::App][..]),
            ("index.html", &[Part::App][..]),
            ("dist/index.html", &[][..]),
            ("lessons/02-express/12-express-hello/lesson.md", &[Part::Lessons][..]),
            ("runtime/src/host/index.ts", &[Part::Runtime][..]),
            ("packs/package.json", &[Part::Runtime, Part::App][..]),
            ("packs/outbox.cjs", &[Part::Runtime][..]),
            ("runtime/src/engine/engine_bg.wasm", &[][..]),
            ("runtime/node_modules/x/index.js", &[][..]),
            ("crates/router/src/lib.rs", &[Part::Engine][..]),
            ("crates/course/src/lib.rs", &[Part::App][..]),
            ("crates/backend/src/trace.rs", &[Part::Engine, Part::App][..]),
            ("crates/xtask/src/main.rs", &[][..]),
            ("README.md", &[][..]),
        ] {
            assert_eq!(parts(Path::new(path)), expected, "{path}");
        }
    }
}
