//! Measures sizes, and speed side by side with peers.

use crate::command::Program;
use crate::{build, root, sizes, tools};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const NAMES: [&str; 3] = ["sizes", "http", "docdb"];

/// Runs the named benchmarks, or all.
pub fn bench(only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|word| !NAMES.contains(&word.as_str())) {
        bail!("There is no benchmark `{unknown}`. There are: {}", NAMES.join(", "));
    }
    tools::ensure_for_build()?;
    build::package()?;
    let wanted = |name: &str| only.is_empty() || only.iter().any(|word| word == name);
    if wanted("sizes") {
        build::build(&build::Options { base: None, release: true })?;
        report_sizes()?;
    }
    if wanted("http") {
        // It also races in a worker of a browser.
        script("http", Some(tools::chromium()?))?;
    }
    if wanted("docdb") {
        script("docdb", None)?;
    }
    Ok(())
}

/// Runs a benchmark in Node on the packaged runtime, with the path of a browser for the one that needs it.
fn script(name: &str, browser: Option<PathBuf>) -> Result<()> {
    let mut node = Program::new("node")
        .args([format!("bench/{name}.mjs")])
        .folder(root::root().join("runtime"));
    if let Some(browser) = browser {
        node = node.env("CHROMIUM", browser);
    }
    node.run()
}

/// A row of the size table: what it is, which files it holds, its limit in KB of 1000 bytes when there is one.
struct Row {
    name: &'static str,
    holds: fn(&str, &Drawn) -> bool,
    limit: Option<usize>,
}

/// The wasm files of the parts that a lesson page on a wide screen draws at once.
type Drawn = BTreeSet<String>;

const ROWS: [Row; 5] = [
    // The app's files are fetched once this is painted.
    Row {
        name: "a lesson page, to be read",
        holds: |file, _| is_read(file),
        limit: None,
    },
    Row {
        name: "first load of a lesson page",
        holds: |file, drawn| is_read(file) || is_app(file) || drawn.contains(file),
        limit: Some(200),
    },
    // Loaded beside the parts; the page is drawn and can be read before it is there.
    Row {
        name: "code editor",
        holds: |file, _| file == "editor.js",
        limit: None,
    },
    Row {
        name: "engine and runtime core",
        holds: |file, _| matches!(file, "engine_bg.wasm" | "worker.js" | "sandbox.html" | "host.js"),
        limit: Some(450),
    },
    // Loaded when a program or a tool first asks for a database.
    Row {
        name: "databases",
        holds: |file, _| file == "database_bg.wasm",
        limit: None,
    },
];

/// One lesson's HTML, the styles, and the script that stands before them.
fn is_read(file: &str) -> bool {
    matches!(file, "lessons/express-hello/index.html" | "early.js") || (!file.contains('/') && file.ends_with(".css"))
}

/// The app's scripts and its main wasm file.
fn is_app(file: &str) -> bool {
    ["start-", "backlab-", "snippets/"].iter().any(|start| file.starts_with(start)) && !file.ends_with(".map")
}

fn report_sizes() -> Result<()> {
    let dist = root::dist();
    let files = sizes::files(&dist)?;
    let drawn = drawn(&build::parts()?);
    println!("{:32} {:>10} {:>8} {:>7}", "brotli", "KB", "limit", "");
    for row in &ROWS {
        let mut whole = 0;
        let mut parts = Vec::new();
        for file in files.iter().filter(|file| (row.holds)(file, &drawn)) {
            let bytes = sizes::brotli(&dist.join(file))?;
            whole += bytes;
            parts.push(format!("{file} {}", kilobytes(bytes)));
        }
        println!(
            "{:32} {:>10} {}",
            row.name,
            kilobytes(whole),
            row.limit.map(|limit| verdict(whole, limit)).unwrap_or_default()
        );
        println!("    {}", parts.join(", "));
    }
    Ok(())
}

/// A lesson draws itself with the editor, and the Requests tool in the dock.
fn drawn(parts: &BTreeMap<String, Vec<String>>) -> Drawn {
    ["lesson", "workbench"]
        .into_iter()
        .filter_map(|part| parts.get(part))
        .flatten()
        .cloned()
        .collect()
}

fn verdict(bytes: usize, limit: usize) -> String {
    match bytes.saturating_sub(limit * 1000) {
        0 => format!("{limit:8}   met"),
        over => format!("{limit:8}   NOT met: {} KB too much", kilobytes(over)),
    }
}

/// One decimal, rounded up, so that what reads as the limit is within it.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{drawn, is_app, is_read, kilobytes, verdict};
    use std::collections::BTreeMap;

    #[test]
    fn sizes_round_up() {
        for (bytes, text) in [(0, "0.0"), (1, "0.1"), (449_900, "449.9"), (449_901, "450.0"), (450_001, "450.1")] {
            assert_eq!(kilobytes(bytes), text);
        }
    }
    #[test]
    fn a_page_is_read_before_its_app_is_there() {
        for (file, read, app) in [
            ("lessons/express-hello/index.html", true, false),
            ("lessons/middleware/index.html", false, false),
            ("styles-1f.css", true, false),
            ("early.js", true, false),
            ("backlab-1f_bg.wasm", false, true),
            ("backlab-1f.js", false, true),
            ("backlab-1f.js.map", false, false),
            ("snippets/backlab-1f/src/platform/load.js", false, true),
            ("split_lesson-1f.wasm", false, false),
            ("editor.js", false, false),
        ] {
            assert_eq!((is_read(file), is_app(file)), (read, app), "{file}");
        }
    }

    #[test]
    fn a_chunk_of_two_parts_counts_once() {
        let files = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        let parts = BTreeMap::from([
            ("lesson".to_owned(), files(&["chunk.wasm", "lesson.wasm"])),
            ("tools".to_owned(), files(&["tools.wasm"])),
            ("workbench".to_owned(), files(&["chunk.wasm", "workbench.wasm"])),
        ]);
        let drawn: Vec<String> = drawn(&parts).into_iter().collect();
        assert_eq!(drawn, ["chunk.wasm", "lesson.wasm", "workbench.wasm"]);
    }

    #[test]
    fn a_limit_is_met_or_not() {
        assert_eq!(verdict(200_000, 200), "     200   met");
        assert_eq!(verdict(200_001, 200), "     200   NOT met: 0.1 KB too much");
    }
}
