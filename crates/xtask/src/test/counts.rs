//! Reads how many tests a runner ran from what it prints.

use crate::command::Program;
use anyhow::{Result, bail};
use std::ops::AddAssign;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    pub fn one() -> Self {
        Self { passed: 1, failed: 0 }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs `cargo test` and adds up its result lines.
pub fn cargo(program: Program) -> Result<Counts> {
    counted(program, from_cargo)
}

/// Runs node's test runner and adds up its summary lines.
pub fn node(program: Program) -> Result<Counts> {
    counted(program, from_node)
}

fn counted(program: Program, read: fn(&str) -> Counts) -> Result<Counts> {
    let (succeeded, text) = program.tee()?;
    let mut counts = read(&text);
    if counts.passed + counts.failed == 0 {
        bail!("the runner ran no test");
    }
    if !succeeded && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

/// `test result: ok. 12 passed; 0 failed; …`
fn from_cargo(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter(|line| line.contains("test result:")) {
        counts += Counts {
            passed: before(line, " passed"),
            failed: before(line, " failed"),
        };
    }
    counts
}

/// `# pass 12`, or `ℹ pass 12` of the spec reporter.
fn from_node(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["#" | "ℹ", what, number] = words[..]
            && let Ok(number) = number.parse::<usize>()
        {
            match what {
                "pass" => counts.passed += number,
                "fail" | "cancelled" => counts.failed += number,
                _ => {}
            }
        }
    }
    counts
}

fn before(line: &str, word: &str) -> usize {
    line.find(word)
        .and_then(|end| line[..end].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cargo() {
        let text = "test a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored\n\ntest result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        assert_eq!(from_cargo(text), Counts { passed: 15, failed: 2 });
    }

    #[test]
    fn reads_node() {
        assert_eq!(
            from_node("# tests 9\n# pass 7\n# fail 1\n# cancelled 1\n"),
            Counts { passed: 7, failed: 2 }
        );
        assert_eq!(from_node("ℹ tests 4\nℹ pass 4\nℹ fail 0\n"), Counts { passed: 4, failed: 0 });
    }
}
