//! Checks lessons without the rest of the automation: `cargo run -p backlab-authoring --example check -- lessons <package> [slug]`.
//! With `-` for the package nothing is run.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [lessons, package, only @ ..] = &arguments[..] else {
        eprintln!("usage: check <lessons> <backlab-runtime package> [slug]");
        return ExitCode::from(2);
    };
    let (lessons, only) = (Path::new(lessons), only.first().map(String::as_str));
    let checked = if package == "-" {
        backlab_authoring::check_reading(lessons, only)
    } else {
        backlab_authoring::check(lessons, Path::new(package), only)
    };
    match checked {
        Ok(outcome) => {
            outcome.notes.iter().for_each(|note| println!("note: {note}"));
            outcome.findings.iter().for_each(|finding| println!("{finding}"));
            println!("{} proofs held, {} findings", outcome.held, outcome.findings.len());
            if outcome.findings.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
