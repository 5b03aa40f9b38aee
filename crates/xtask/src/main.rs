//! Set-up, build, serve, test, package, lessons and benchmarks, conformance: `cargo xtask help`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bench;
mod build;
mod command;
mod conformance;
mod disk;
mod mongod;
mod root;
mod serve;
mod sizes;
mod suites;
mod test;
mod tools;

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything that is done to Backlab, in one place.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, serve the page, and rebuild on change.
    Serve {
        #[arg(long, default_value_t = 4100)]
        port: u16,
    },
    /// Install what is missing and run every test.
    Test {
        /// Run only the steps whose name contains one of these words.
        only: Vec<String>,
    },
    /// Write the finished page to `dist/`.
    Build {
        /// The path the page is served from, when it is known: the 404 page then need not look for it. The files work anywhere.
        #[arg(long)]
        base: Option<String>,
        /// Unoptimised and without pre-rendered pages: quick.
        #[arg(long)]
        debug: bool,
    },
    /// Write the runtime as a Node package to `target/package/backlab-runtime`.
    Package,
    /// Check, mutate or compile the lessons.
    Lessons {
        #[command(subcommand)]
        what: Lessons,
    },
    /// Serve an empty document database over MongoDB's wire protocol on loopback, for drivers and their test suites.
    Mongod {
        #[arg(long, default_value_t = 27017)]
        port: u16,
        /// Without a replica set: no transactions and no change streams.
        #[arg(long)]
        standalone: bool,
        /// Print each command's name and its failure.
        #[arg(long)]
        verbose: bool,
    },
    /// Run the suites of MongoDB's Node driver and of Mongoose, unchanged, against the document database.
    MongodSuite {
        /// A checkout of mongodb/node-mongodb-native with its packages installed; it carries the specifications' tests.
        #[arg(long)]
        driver: Option<PathBuf>,
        /// A checkout of Automattic/mongoose with its packages installed.
        #[arg(long)]
        mongoose: Option<PathBuf>,
        /// Name each failure.
        #[arg(long)]
        names: bool,
    },
    /// Measure: sizes, and speed side by side with peers.
    Bench {
        /// `sizes`, `http`, `docdb`; all when absent.
        only: Vec<String>,
    },
    /// Feed random input to a decoder for minutes and print what it panicked on.
    Fuzz {
        /// `wire`, `query`, `headers`, `body` or `indexes`.
        target: String,
        #[arg(long, default_value_t = 10.0)]
        minutes: f64,
        /// Where to start, to see a finding again.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Run public test suites on the runtime and write docs/conformance.md.
    Conformance {
        /// Suites by name; all when absent.
        only: Vec<String>,
        /// A folder with clones of the suites' repositories, instead of the network.
        #[arg(long)]
        from: Option<PathBuf>,
        /// A packaged runtime, instead of one built now.
        #[arg(long)]
        package: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Lessons {
    /// Prove every lesson and task.
    Check {
        /// Only this lesson.
        #[arg(long)]
        only: Option<String>,
    },
    /// Change each solution in one place at a time and list what the checks said.
    Mutate {
        #[arg(long)]
        only: Option<String>,
    },
    /// Write the compiled lessons to a folder.
    Compile { out: PathBuf },
    /// Write the JSON Schemas for editors.
    Schema,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Serve { port } => serve::serve(port),
        Task::Test { only } => test::test(&only),
        Task::Build { base, debug } => {
            tools::ensure_for_build()?;
            build::build(&build::Options { base, release: !debug })
        }
        Task::Package => {
            tools::ensure_for_build()?;
            build::package()
        }
        Task::Lessons { what } => lessons(what),
        Task::Mongod { port, standalone, verbose } => mongod::serve(port, standalone, verbose),
        Task::MongodSuite { driver, mongoose, names } => suites::run(driver.as_deref(), mongoose.as_deref(), names),
        Task::Bench { only } => bench::bench(&only),
        Task::Fuzz { target, minutes, seed } => fuzz(&target, minutes, seed),
        Task::Conformance { only, from, package } => conformance::conformance(&conformance::Options { only, from, package }),
    }
}

/// A program of its own, because it is built with checks that no other command wants.
fn fuzz(target: &str, minutes: f64, seed: Option<u64>) -> Result<()> {
    let seed = seed.map(|seed| seed.to_string());
    command::Program::new("cargo")
        .args(["run", "--quiet", "--profile", "fuzz", "--package", "backlab-fuzz", "--"])
        .args([target, &minutes.to_string()])
        .args(seed)
        .run()
}

fn lessons(what: Lessons) -> Result<()> {
    let lessons = root::root().join("lessons");
    match what {
        Lessons::Compile { out } => build::content(&out),
        Lessons::Check { only } => {
            tools::ensure_for_build()?;
            build::package()?;
            match test::lessons_check(&lessons, only.as_deref())?.failed {
                0 => Ok(()),
                count => bail!("{count} findings, listed above"),
            }
        }
        Lessons::Mutate { only } => {
            tools::ensure_for_build()?;
            build::package()?;
            test::lessons_mutate(&lessons, only.as_deref())
        }
        Lessons::Schema => test::lessons_schema(&lessons),
    }
}
