//! Rules of the tree that no compiler checks: dependency directions, first lines, sizes, where the browser is called.

use crate::command::Program;
use anyhow::Result;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Crate → the crates of this workspace that it may use.
const DIRECTIONS: [(&str, &[&str]); 11] = [
    ("backlab-http", &[]),
    ("backlab-router", &[]),
    ("backlab-docdb", &[]),
    ("backlab-auth", &[]),
    (
        "backlab-backend",
        &["backlab-http", "backlab-router", "backlab-docdb", "backlab-auth"],
    ),
    ("backlab-course", &["backlab-backend"]),
    ("backlab-authoring", &["backlab-course"]),
    (
        "backlab-engine",
        &["backlab-backend", "backlab-http", "backlab-router", "backlab-docdb", "backlab-auth"],
    ),
    ("backlab", &["backlab-course", "backlab-backend"]),
    ("backlab-fuzz", &["backlab-docdb", "backlab-http"]),
    ("xtask", &["backlab-authoring", "backlab-backend", "backlab-docdb"]),
];
/// Lines of a source file; a longer one serves more than one purpose.
const LONGEST_FILE: usize = 500;
/// Only here may Rust call the browser.
const BROWSER: [&str; 2] = ["src/platform/", "crates/engine/"];
const BROWSER_CRATES: [&str; 5] = ["web_sys::", "js_sys::", "gloo::", "gloo_storage::", "wasm_bindgen_futures::"];

#[derive(Default)]
pub struct Findings {
    /// How many rules were looked at.
    pub rules: usize,
    pub failures: Vec<String>,
    rules_broken: BTreeSet<&'static str>,
}

impl Findings {
    pub fn broken(&self) -> usize {
        self.rules_broken.len()
    }

    fn add(&mut self, rule: &'static str, failure: String) {
        self.rules_broken.insert(rule);
        self.failures.push(failure);
    }
}

/// Looks at every file that git tracks.
pub fn check(root: &Path) -> Result<Findings> {
    let mut findings = Findings {
        rules: 6,
        ..Findings::default()
    };
    directions(&mut findings)?;
    let listed = Program::new("git").args(["ls-files"]).quiet()?;
    for path in listed.lines() {
        let Ok(text) = fs::read_to_string(root.join(path)) else { continue };
        source(path, &text, &mut findings);
    }
    Ok(findings)
}

fn directions(findings: &mut Findings) -> Result<()> {
    let metadata: serde_json::Value = serde_json::from_str(
        &Program::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .quiet()?,
    )?;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = DIRECTIONS.iter().find(|(known, _)| *known == name) else {
            findings.add("directions", format!("{name}: say in tidy.rs which crates it may use"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let uses = dependency["name"].as_str().unwrap_or_default();
            let ours = DIRECTIONS.iter().any(|(known, _)| *known == uses);
            if ours && !allowed.contains(&uses) {
                findings.add(
                    "directions",
                    format!("{name} must not use {uses}: dependencies go src → course → backend → leaves"),
                );
            }
        }
    }
    Ok(())
}

fn source(path: &str, text: &str, findings: &mut Findings) {
    let rust = path.ends_with(".rs");
    let script = path.ends_with(".ts") || path.ends_with(".mjs");
    if path.starts_with("lessons/") || path.starts_with("assets/templates/") || !(rust || script || path.ends_with(".css")) {
        manifest(path, text, findings);
        return;
    }
    let opens = if rust {
        text.starts_with("//!") || text.starts_with("#![")
    } else {
        text.starts_with("/*") || text.starts_with("//") || text.starts_with("#!")
    };
    if !opens {
        findings.add("purpose", format!("{path}:1: say in the first line what the file is for"));
    }
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        findings.add("size", format!("{path}: {lines} lines; split it by purpose"));
    }
    if rust && !path.starts_with("crates/xtask/") && !BROWSER.iter().any(|folder| path.starts_with(folder)) {
        for (number, line) in text.lines().enumerate() {
            if let Some(used) = BROWSER_CRATES.iter().find(|used| line.contains(**used)) {
                findings.add("browser", format!("{path}:{}: {used} belongs into src/platform", number + 1));
            }
        }
    }
    for (number, line) in text.lines().enumerate() {
        if path != "crates/xtask/src/test/tidy.rs"
            && ["TODO", "FIXME", "todo!(", "unimplemented!("]
                .iter()
                .any(|mark| line.contains(mark))
        {
            findings.add(
                "finished",
                format!("{path}:{}: finish it, or write it down where people look", number + 1),
            );
        }
    }
}

/// Every dependency says in one line why it is there.
fn manifest(path: &str, text: &str, findings: &mut Findings) {
    if !path.ends_with("Cargo.toml") {
        return;
    }
    let mut explained = false;
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
            explained = false;
        } else if line.starts_with('#') {
            explained = true;
        } else if line.trim().is_empty() {
            explained = false;
        } else if inside
            && !explained
            && line.contains('=')
            && !line.contains("workspace = true")
            && !line.contains("path = ")
            && !KNOWN.iter().any(|known| line.starts_with(known))
        {
            findings.add(
                "why",
                format!("{path}:{}: say in a line above why this dependency is there", number + 1),
            );
        }
    }
}

/// Part of the product by its name, or a line of a table that is explained above.
const KNOWN: [&str; 8] = ["wasm-bindgen", "js-sys", "web-sys", "version", "features", "yew", " ", "]"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let mut findings = Findings::default();
        source(path, text, &mut findings);
        assert_eq!(findings.rules_broken.iter().copied().collect::<Vec<_>>(), expected, "{path}");
    }

    #[test]
    fn finds_what_breaks_a_rule() {
        check("src/app.rs", "//! App.\n", &[]);
        check("src/app.rs", "use yew::Html;\n", &["purpose"]);
        check("src/app.rs", "//! App.\nlet w = web_sys::window();\n", &["browser"]);
        check("src/platform/x.rs", "//! X.\nlet w = web_sys::window();\n", &[]);
        check("crates/http/src/lib.rs", &format!("//! A.\n{}", "\n".repeat(600)), &["size"]);
        check("runtime/src/a.ts", "const a = 1;\n", &["purpose"]);
        check("runtime/src/a.ts", "/** A. */\n// TODO later\n", &["finished"]);
        check("crates/x/Cargo.toml", "[dependencies]\nfoo = \"1\"\n", &["why"]);
        check("crates/x/Cargo.toml", "[dependencies]\n# Because.\nfoo = \"1\"\n", &[]);
    }
}
