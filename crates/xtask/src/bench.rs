//! Measures sizes, and speed side by side with peers.

use crate::command::Program;
use crate::{build, root, sizes, tools};
use anyhow::Result;

/// Runs the named benchmarks, or all.
pub fn bench(only: &[String]) -> Result<()> {
    tools::ensure_for_build()?;
    build::package()?;
    build::build(&build::Options {
        base: None,
        release: true,
        prerender: true,
    })?;
    let wanted = |name: &str| only.is_empty() || only.iter().any(|word| word == name);
    if wanted("sizes") {
        report_sizes()?;
    }
    if wanted("http") {
        Program::new("node")
            .args(["bench/http.mjs"])
            .folder(root::root().join("runtime"))
            .run()?;
    }
    Ok(())
}

/// A row of the size table: what it is, which files it holds, its limit in KiB.
struct Row {
    name: &'static str,
    holds: fn(&str) -> bool,
    limit: usize,
}

const ROWS: [Row; 2] = [
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
    println!("{:32} {:>10} {:>8} {:>7}", "brotli", "KiB", "limit", "ratio");
    for row in &ROWS {
        let mut bytes = 0;
        for file in files.iter().filter(|file| (row.holds)(file)) {
            bytes += sizes::brotli(&dist.join(file))?;
        }
        let size = bytes as f64 / 1024.0;
        println!("{:32} {size:10.1} {:8} {:7.2}", row.name, row.limit, size / row.limit as f64);
    }
    Ok(())
}
