//! Measures sizes, and speed side by side with peers.

use crate::command::Program;
use crate::{build, root, sizes, tools};
use anyhow::Result;
use std::path::PathBuf;

/// Runs the named benchmarks, or all.
pub fn bench(only: &[String]) -> Result<()> {
    tools::ensure_for_build()?;
    build::package()?;
    let wanted = |name: &str| only.is_empty() || only.iter().any(|word| word == name);
    if wanted("sizes") {
        build::build(&build::Options {
            base: None,
            release: true,
            prerender: true,
        })?;
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

/// A row of the size table: what it is, which files it holds, its limit in KB of 1000 bytes.
struct Row {
    name: &'static str,
    holds: fn(&str) -> bool,
    limit: usize,
}

const ROWS: [Row; 3] = [
    Row {
        name: "first load of a lesson page",
        holds: first_load,
        limit: 200,
    },
    Row {
        name: "engine and runtime core",
        holds: |file| matches!(file, "engine_bg.wasm" | "worker.js" | "sandbox.html" | "host.js"),
        limit: 450,
    },
    // Loaded when a program or a tool first asks for a database.
    Row {
        name: "databases",
        holds: |file| file == "database_bg.wasm",
        limit: 400,
    },
];

/// One lesson's HTML, and the scripts, styles and wasm it names.
fn first_load(file: &str) -> bool {
    file == "lessons/express-hello/index.html"
        || (!file.contains('/')
            && (file.ends_with(".css") || file.starts_with("start-") || file.starts_with("backlab-"))
            && !file.ends_with(".map"))
}

fn report_sizes() -> Result<()> {
    let dist = root::dist();
    let files = sizes::files(&dist)?;
    println!("{:32} {:>10} {:>8} {:>7}", "brotli", "KB", "limit", "");
    for row in &ROWS {
        let mut whole = 0;
        let mut parts = Vec::new();
        for file in files.iter().filter(|file| (row.holds)(file)) {
            let bytes = sizes::brotli(&dist.join(file))?;
            whole += bytes;
            parts.push(format!("{file} {}", kilobytes(bytes)));
        }
        let over = whole.saturating_sub(row.limit * 1000);
        let verdict = match over {
            0 => "met".to_owned(),
            _ => format!("NOT met: {} KB too much", kilobytes(over)),
        };
        println!("{:32} {:>10} {:8}   {verdict}", row.name, kilobytes(whole), row.limit);
        println!("    {}", parts.join(", "));
    }
    Ok(())
}

/// One decimal, rounded up, so that what reads as the limit is within it.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::kilobytes;

    #[test]
    fn sizes_round_up() {
        for (bytes, text) in [(0, "0.0"), (1, "0.1"), (449_900, "449.9"), (449_901, "450.0"), (450_001, "450.1")] {
            assert_eq!(kilobytes(bytes), text);
        }
    }
}
