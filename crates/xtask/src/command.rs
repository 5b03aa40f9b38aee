//! Runs other programs: says what it does, how long it took, and what to do when it fails.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A program to run from the project's root.
pub struct Program {
    name: String,
    command: Command,
    hint: String,
}

impl Program {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let name = Path::new(program.as_ref())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut command = Command::new(program);
        command.current_dir(crate::root::root());
        Self {
            name,
            command,
            hint: String::new(),
        }
    }

    pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, args: I) -> Self {
        self.command.args(args);
        self
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What to do when it fails.
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = hint.to_owned();
        self
    }

    /// Runs to the end with its output on the terminal.
    pub fn run(mut self) -> Result<()> {
        let status = self.command.status().with_context(|| self.missing())?;
        if status.success() {
            return Ok(());
        }
        bail!("`{}` failed ({status}).{}{}", self.name, space(&self.hint), self.hint)
    }

    /// Runs to the end; what it printed is shown only if it fails.
    pub fn quiet(mut self) -> Result<String> {
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.missing())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        eprint!("{text}{}", String::from_utf8_lossy(&output.stderr));
        bail!("`{}` failed ({}).{}{}", self.name, output.status, space(&self.hint), self.hint)
    }

    /// Runs to the end, shows its standard output line by line and returns it with whether it succeeded.
    pub fn tee(mut self) -> Result<(bool, String)> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| self.missing())?;
        let mut text = String::new();
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                println!("{line}");
                text.push_str(&line);
                text.push('\n');
            }
        }
        Ok((child.wait()?.success(), text))
    }

    /// Whether it can be started and succeeds.
    pub fn succeeds(mut self) -> bool {
        self.command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    fn missing(&self) -> String {
        format!("`{}` could not be started.{}{}", self.name, space(&self.hint), self.hint)
    }
}

fn space(hint: &str) -> &str {
    if hint.is_empty() { "" } else { " " }
}

/// Says what is being done, and how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {what}");
    let started = Instant::now();
    let result = work().with_context(|| format!("could not finish: {what}"));
    if result.is_ok() {
        eprintln!("  {what}: {:.1} s", started.elapsed().as_secs_f64());
    }
    result
}

/// The first program of this name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
