//! `backlab-fuzz <target> <minutes> [seed]`: what `cargo xtask fuzz` runs, built with overflow checks and optimised.

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use backlab_fuzz::run;
use backlab_fuzz::targets::TARGETS;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map(String::as_str).unwrap_or_default();
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("There is no target `{name}`. There are: {}", names.join(", "));
        return ExitCode::FAILURE;
    };
    let minutes: f64 = arguments.get(1).and_then(|text| text.parse().ok()).unwrap_or(10.0);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_nanos() as u64);
    let given = arguments.get(2).and_then(|text| text.parse().ok());
    let seed = given.unwrap_or(now);
    println!("{name}: {minutes} minutes from seed {seed}");
    let begun = Instant::now();
    let end = Duration::from_secs_f64(minutes * 60.0);
    let mut told = 0;
    let mut batches = 0;
    let findings = run::run(target, seed, |findings| {
        for finding in &findings.found[told..] {
            println!("seed {}: {}\n  {}", finding.seed, finding.message, finding.case);
        }
        told = findings.found.len();
        batches += 1;
        begun.elapsed() < end || batches == 1
    });
    println!(
        "{name}: {} cases in {:.0?}, {} findings",
        findings.cases,
        begun.elapsed(),
        findings.found.len()
    );
    if findings.found.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
