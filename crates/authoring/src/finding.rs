//! What is wrong in the lessons folder: file, line, and what to change.

use std::fmt;
use std::path::PathBuf;

/// One thing for the author to change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Relative to the lessons folder.
    pub file: String,
    /// 1-based; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to change.
    pub message: String,
}

impl Finding {
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// Why the tool itself cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum AuthoringError {
    #[error("cannot read {path}: {source}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {path}: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("the lessons have faults:\n{}", list(.0))]
    Faults(Vec<Finding>),
    #[error("cannot start the sandbox `{command}`: {source}; build it with `cargo xtask package`")]
    Sandbox { command: String, source: std::io::Error },
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

fn list(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
}

/// The line (1-based) of the first place that contains `needle`, looking from the first line that contains `after`.
pub(crate) fn line_of(text: &str, after: &str, needle: &str) -> usize {
    let lines = || text.lines().enumerate();
    let start = if after.is_empty() {
        0
    } else {
        lines().find(|(_, line)| line.contains(after)).map_or(0, |(index, _)| index)
    };
    lines()
        .skip(start)
        .find(|(_, line)| line.contains(needle))
        .map_or(start + 1, |(index, _)| index + 1)
}

/// `; did you mean …?` when a known word is near.
pub(crate) fn nearest(word: &str, known: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut best: Option<(usize, String)> = None;
    for one in known {
        let distance = strsim::damerau_levenshtein(word, one.as_ref());
        if best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, one.as_ref().to_owned()));
        }
    }
    match best {
        Some((distance, one)) if distance <= 3.max(word.len() / 2) => format!("; did you mean `{one}`?"),
        _ => String::new(),
    }
}
