//! Measures sizes, and speed side by side with peers.

use crate::command::Program;
use crate::{build, root, sizes, tools};
use anyhow::{Result, bail};
use std::collections::BTreeSet;
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
    holds: fn(&str, &Loads) -> bool,
    limit: Option<usize>,
}

/// What a lesson page loads by itself.
struct Loads {
    /// Files that its HTML names: the last of them once it is painted.
    page: BTreeSet<String>,
    /// Files of the part that draws the exercises, which it asks for after that.
    exercises: BTreeSet<String>,
    /// Files of the part that draws the workbench, which it asks for last.
    workbench: BTreeSet<String>,
}

const LESSON: &str = "lessons/express-hello/index.html";

const ROWS: [Row; 8] = [
    // The app's files are fetched once this is painted.
    Row {
        name: "a lesson page, to be read",
        holds: is_read,
        limit: None,
    },
    Row {
        name: "its text and frame answer",
        holds: shows_text,
        limit: None,
    },
    // On a phone this is all before the code or the tools are shown.
    Row {
        name: "first load of a lesson page",
        holds: answers,
        limit: Some(200),
    },
    // Loaded when the exercises are there, or when it is touched.
    Row {
        name: "the workbench beside it",
        holds: |file, loads| loads.workbench.contains(file) && !answers(file, loads),
        limit: None,
    },
    Row {
        name: "both",
        holds: |file, loads| answers(file, loads) || loads.workbench.contains(file),
        limit: None,
    },
    // Loaded with the workbench, which shows plain text until it is there.
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
fn is_read(file: &str, loads: &Loads) -> bool {
    matches!(file, LESSON | "early.js") || (file.ends_with(".css") && loads.page.contains(file))
}

/// What a page has loaded once its text and the frame around it answer.
fn shows_text(file: &str, loads: &Loads) -> bool {
    is_read(file, loads) || is_app(file) || loads.page.contains(file)
}

/// What a page has loaded once its lesson answers, with all that can be tried in it.
fn answers(file: &str, loads: &Loads) -> bool {
    shows_text(file, loads) || loads.exercises.contains(file)
}

/// The app's scripts and its main wasm file.
fn is_app(file: &str) -> bool {
    ["start-", "backlab-", "snippets/"].iter().any(|start| file.starts_with(start)) && !file.ends_with(".map")
}

fn report_sizes() -> Result<()> {
    let dist = root::dist();
    let files = sizes::files(&dist)?;
    let mut parts = build::parts()?;
    let loads = Loads {
        page: named(&std::fs::read_to_string(dist.join(LESSON))?),
        exercises: parts.remove("exercises").into_iter().flatten().collect(),
        workbench: parts.remove("workbench").into_iter().flatten().collect(),
    };
    println!("{:32} {:>10} {:>8} {:>7}", "brotli", "KB", "limit", "");
    for row in &ROWS {
        let mut whole = 0;
        let mut parts = Vec::new();
        for file in files.iter().filter(|file| (row.holds)(file, &loads)) {
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

/// The files that a page names in the attributes of its tags, but for those that are switched off.
fn named(html: &str) -> BTreeSet<String> {
    let file = |tag: &str| {
        let (_, rest) = tag.split_once("href=\"./").or_else(|| tag.split_once("src=\"./"))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    html.split('<')
        .filter_map(|tag| Some(tag.split_once('>')?.0))
        .filter(|tag| !tag.ends_with(" disabled"))
        .filter_map(file)
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
    use super::{BTreeSet, Loads, is_app, is_read, kilobytes, named, verdict};

    #[test]
    fn sizes_round_up() {
        for (bytes, text) in [(0, "0.0"), (1, "0.1"), (449_900, "449.9"), (449_901, "450.0"), (450_001, "450.1")] {
            assert_eq!(kilobytes(bytes), text);
        }
    }
    #[test]
    fn a_page_is_read_before_its_app_is_there() {
        let loads = Loads {
            page: named("<link rel=\"stylesheet\" href=\"./styles-1f.css\"><link rel=\"stylesheet\" href=\"./tools-1f.css\" disabled>"),
            exercises: BTreeSet::new(),
            workbench: BTreeSet::new(),
        };
        for (file, read, app) in [
            ("lessons/express-hello/index.html", true, false),
            ("lessons/middleware/index.html", false, false),
            ("styles-1f.css", true, false),
            ("tools-1f.css", false, false),
            ("early.js", true, false),
            ("backlab-1f_bg.wasm", false, true),
            ("backlab-1f.js", false, true),
            ("backlab-1f.js.map", false, false),
            ("snippets/backlab-1f/src/platform/load.js", false, true),
            ("split_lesson-1f.wasm", false, false),
            ("editor.js", false, false),
        ] {
            assert_eq!((is_read(file, &loads), is_app(file)), (read, app), "{file}");
        }
    }

    #[test]
    fn a_page_names_what_it_loads() {
        let html = "<link rel=\"stylesheet\" href=\"./styles.css\"><script src=\"./early.js\"></script>\
            <template><link rel=\"preload\" href=\"./lesson.wasm\" as=\"fetch\"></template><a href=\"practice/\">";
        let files: Vec<String> = named(html).into_iter().collect();
        assert_eq!(files, ["early.js", "lesson.wasm", "styles.css"]);
    }

    #[test]
    fn a_limit_is_met_or_not() {
        assert_eq!(verdict(200_000, 200), "     200   met");
        assert_eq!(verdict(200_001, 200), "     200   NOT met: 0.1 KB too much");
    }
}
