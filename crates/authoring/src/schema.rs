//! JSON Schemas of the authoring format, so that an editor completes words and underlines typos while they are typed.

use backlab_course::grading::STEP_WORDS;
use backlab_course::matcher::WORDS;
use schemars::schema_for;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

use crate::finding::AuthoringError;
use crate::source::raw::{CAPABILITIES, KINDS, RawLesson, RawTask};
use crate::source::{self, Library};

/// Writes `task.schema.json` and `lesson.schema.json` beside the lessons.
pub fn schema(lessons: &Path) -> Result<(), AuthoringError> {
    let library = source::load(lessons, Some(""))?;
    write(&lessons.join("task.schema.json"), &task(&library)?)?;
    write(&lessons.join("lesson.schema.json"), &lesson(&library)?)
}

fn write(path: &Path, schema: &Value) -> Result<(), AuthoringError> {
    let failed = |source| AuthoringError::Write {
        path: path.to_owned(),
        source,
    };
    fs::write(path, serde_json::to_string_pretty(schema)? + "\n").map_err(failed)
}

fn task(library: &Library) -> Result<Value, AuthoringError> {
    let mut schema = serde_json::to_value(schema_for!(RawTask))?;
    let record = |extra: &[&str]| closed(WORDS.iter().chain(extra).copied(), &[]);
    let step = closed(STEP_WORDS.iter().copied(), &[("expect", record(&[]))]);
    let when = record(&["sent", "differs"]);
    let causes: Vec<&String> = library.causes.iter().map(|cause| &cause.id).collect();
    put(&mut schema, "/properties/kind", json!({ "enum": KINDS }));
    for word in ["steps", "attack", "honest"] {
        put(
            &mut schema,
            &format!("/$defs/RawCheck/properties/{word}"),
            json!({ "type": "array", "items": step }),
        );
    }
    let patterns = json!({ "anyOf": [when, { "type": "array", "items": when }] });
    put(&mut schema, "/$defs/RawCause/properties/when", patterns);
    put(
        &mut schema,
        "/$defs/RawWrong/properties/also",
        json!({ "type": "array", "items": { "type": "string", "examples": causes } }),
    );
    Ok(schema)
}

fn lesson(library: &Library) -> Result<Value, AuthoringError> {
    let mut schema = serde_json::to_value(schema_for!(RawLesson))?;
    let list = |known: Vec<&str>| json!({ "type": "array", "items": { "enum": known } });
    let concepts: Vec<&str> = library.concepts.keys().map(String::as_str).collect();
    put(&mut schema, "/properties/teaches", list(concepts.clone()));
    put(&mut schema, "/properties/needs", list(concepts));
    put(&mut schema, "/properties/capabilities", list(CAPABILITIES.to_vec()));
    put(
        &mut schema,
        "/properties/files",
        list(library.sets.keys().map(String::as_str).collect()),
    );
    Ok(schema)
}

fn put(schema: &mut Value, place: &str, with: Value) {
    if let Some(target) = schema.pointer_mut(place) {
        *target = with;
    }
}

fn closed<'a>(words: impl Iterator<Item = &'a str>, known: &[(&str, Value)]) -> Value {
    let of = |word: &str| {
        known
            .iter()
            .find(|(name, _)| *name == word)
            .map_or(json!({}), |(_, schema)| schema.clone())
    };
    let properties: Map<String, Value> = words.map(|word| (word.to_owned(), of(word))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_closed_and_words_known() {
        let schema = task(&Library::default()).unwrap();
        assert_eq!(schema["additionalProperties"], false);
        let step = &schema["$defs"]["RawCheck"]["properties"]["steps"]["items"];
        assert!(step["properties"]["request"].is_object() && step["additionalProperties"] == false);
        assert!(step["properties"]["expect"]["properties"]["status"].is_object());
        assert_eq!(schema["properties"]["kind"]["enum"][0], "predict");
        assert!(lesson(&Library::default()).unwrap()["properties"]["teaches"]["items"]["enum"].is_array());
    }
}
