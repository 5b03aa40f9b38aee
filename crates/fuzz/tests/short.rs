//! Each target takes a fixed number of cases without a panic; `cargo xtask fuzz` goes on for minutes.

use backlab_fuzz::run::run;
use backlab_fuzz::targets::TARGETS;

#[test]
fn no_target_panics() {
    for target in &TARGETS {
        let findings = run(target, 20_261_128, |findings| findings.cases < target.tested);
        assert!(findings.cases >= target.tested);
        assert!(findings.found.is_empty(), "{}: {:#?}", target.name, findings.found);
    }
}
