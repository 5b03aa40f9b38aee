//! The project that a check starts from: the submission in the task's world.

use serde_json::{Map, Value, json};

use crate::random::Random;
use crate::seeds;
use crate::task::Task;
use crate::values::Scope;

/// Builds the `Project` of the runtime's protocol.
pub(super) fn project(task: &Task, files: &std::collections::BTreeMap<String, String>, scope: &Scope, seed: &str) -> Value {
    let mut project = json!({ "files": files, "clock": "virtual", "seed": seed });
    let entry = if task.entry.is_empty() { "server.js" } else { task.entry.as_str() };
    project["entry"] = entry.into();
    let world = |word: &str| task.world.get(word).map(|written| scope.fill(written));
    if let Some(now) = world("clock") {
        project["now"] = now;
    }
    if let Some(env) = world("env") {
        project["env"] = texts(env);
    }
    if let Some(network) = world("network") {
        project["network"] = network;
    }
    if let Some(Value::Object(collections)) = task.world.get("data") {
        let data: Map<String, Value> = collections
            .iter()
            .map(|(name, rows)| (name.clone(), fill_rows(name, rows, scope, seed)))
            .collect();
        project["data"] = data.into();
    }
    project
}

/// Environment values are texts.
pub(super) fn texts(env: Value) -> Value {
    match env {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (key, Value::from(crate::values::plain(&value))))
            .collect(),
        other => other,
    }
}

/// Rows as written, or `{ repeat: 200, seeds: …, row: … }` with new values in every row.
fn fill_rows(name: &str, rows: &Value, scope: &Scope, seed: &str) -> Value {
    let (Some(count), Some(row)) = (rows.get("repeat").and_then(Value::as_u64), rows.get("row")) else {
        return scope.fill(rows);
    };
    let own = rows
        .get("seeds")
        .cloned()
        .and_then(|seeds| crate::json::from_value(seeds).ok())
        .unwrap_or_default();
    let filled = (1..=count).map(|number| {
        let drawn = seeds::draw(&own, &[seed, name, &number.to_string()]);
        let mut scope = scope.clone();
        for (key, value) in drawn {
            scope.set(&key, value);
        }
        scope.set("row", number.into());
        scope.fill(row)
    });
    filled.collect()
}

/// The seed of one check: its own random values, repeatable from the report's seed.
pub(super) fn check_seed(seed: &str, check: &str) -> String {
    format!("{:08x}", Random::of(&[seed, check]).between(0, i64::from(u32::MAX)))
}

/// The values a check starts with.
pub(super) fn scope(task: &Task, check: &str, seed: &str) -> Scope {
    let mut scope = Scope::new(seeds::draw(&task.seeds, &[seed, check]));
    if let Some(clock) = task.world.get("clock") {
        scope.set("now", clock.clone());
    } else {
        scope.set("now", "2026-01-05T09:00:00.000Z".into());
    }
    scope
}
