//! Runs MongoDB's and Mongoose's own test suites, unchanged, against the document database.

use crate::command::Program;
use crate::mongod;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The driver's runs of the specifications' unified tests, by file or folder below `test/integration`.
const SPECIFICATIONS: [&str; 6] = [
    "crud/crud.spec.test.ts",
    "collation",
    "sessions/sessions.spec.test.ts",
    "transactions/transactions.spec.test.ts",
    "transactions-convenient-api/transactions-convenient-api.spec.test.ts",
    "change-streams/change_streams.spec.test.ts",
];

/// Runs the suites of checkouts in which `npm install` was done; prints what passed, failed and was skipped.
pub fn run(driver: Option<&Path>, mongoose: Option<&Path>, names: bool) -> Result<()> {
    if driver.is_none() && mongoose.is_none() {
        bail!("name a checkout: --driver <node-mongodb-native> or --mongoose <mongoose>");
    }
    let set = mongod::start(0, false, false)?;
    let reports = crate::root::target().join("suites");
    fs::create_dir_all(&reports)?;
    if let Some(folder) = driver {
        for suite in SPECIFICATIONS {
            let report = reports.join(format!("{}.json", suite.replace(['/', '.'], "_")));
            let uri = format!("mongodb://127.0.0.1:{set}/?replicaSet=rs0");
            let program = Program::new("npx")
                .args([
                    "mocha",
                    "--config",
                    "test/mocha_mongodb.js",
                    "--timeout",
                    "8000",
                    "--reporter",
                    "json",
                ])
                .args(["--reporter-option", &format!("output={}", report.display())])
                .args([format!("test/integration/{suite}")])
                .env("MONGODB_URI", uri)
                .env("AUTH", "noauth");
            count(suite, program.folder(folder), &report, names)?;
        }
    }
    if let Some(folder) = mongoose {
        let alone = mongod::start(0, true, false)?;
        let report = reports.join("mongoose.json");
        let program = Program::new("npx")
            .args(["mocha", "--exit", "--timeout", "8000", "--reporter", "json"])
            .args(["--reporter-option", &format!("output={}", report.display())])
            .args(["--ignore", "test/encryption/**/*.test.js", "./test/**/*.test.js"])
            .env("MONGOOSE_TEST_URI", format!("mongodb://127.0.0.1:{alone}/mongoose_test"))
            .env(
                "MONGOOSE_REPLSET_URI",
                format!("mongodb://127.0.0.1:{set}/mongoose_test?replicaSet=rs0"),
            )
            .env("START_REPLICA_SET", "1");
        count("mongoose", program.folder(folder), &report, names)?;
    }
    Ok(())
}

/// Runs one suite and prints its counts from the report that mocha writes.
fn count(suite: &str, program: Program, report: &Path, names: bool) -> Result<()> {
    let _ = fs::remove_file(report);
    // mocha ends with the number of failures; the report says what they are.
    program.succeeds();
    let text = fs::read_to_string(report).with_context(|| format!("{suite}: mocha wrote no report; run `npm install` in its checkout"))?;
    let report: Value = serde_json::from_str(&text)?;
    let number = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    println!(
        "{suite:70} {:5} passed {:4} failed {:4} skipped",
        number("passes"),
        number("failures"),
        number("pending")
    );
    for failure in report["failures"].as_array().into_iter().flatten().filter(|_| names) {
        let message = failure["err"]["message"].as_str().unwrap_or_default();
        println!(
            "  {}: {}",
            failure["fullTitle"].as_str().unwrap_or_default(),
            message.lines().next().unwrap_or_default()
        );
    }
    Ok(())
}
