//! Reads YAML into closed types; a mistake becomes a finding with its line and the nearest known word.

use serde::de::DeserializeOwned;

use crate::finding::{Finding, nearest};

/// Reads one YAML text. `first_line` is where it stands in the file.
pub fn read<T: DeserializeOwned>(file: &str, text: &str, first_line: usize) -> Result<T, Finding> {
    serde_yaml_ng::from_str(text).map_err(|error| {
        let line = error.location().map_or(first_line, |location| first_line + location.line() - 1);
        Finding::new(file, line, explain(&error.to_string()))
    })
}

/// Puts the parser's words into ours where the author needs more than they say.
fn explain(message: &str) -> String {
    let plain = message.split(" at line ").next().unwrap_or(message);
    let Some((before, rest)) = plain.split_once("unknown field `") else {
        return format!("this YAML cannot be read: {plain}");
    };
    let (word, options) = rest.split_once('`').unwrap_or((rest, ""));
    let known: Vec<&str> = options.split('`').skip(1).step_by(2).collect();
    let place = before.trim_end_matches([':', ' ']);
    let place = if place.is_empty() { String::new() } else { format!(" in {place}") };
    let hint = nearest(word, &known);
    let hint = if hint.is_empty() {
        format!("; known are {}", known.join(", "))
    } else {
        hint
    };
    let comma = if word.contains(' ') {
        " (inside { … } a comma ends a text: put the text in quotes)"
    } else {
        ""
    };
    format!("unknown word `{word}`{place}{hint}{comma}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Sample {
        title: String,
        #[serde(default)]
        steps: Vec<Step>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Step {
        expect: String,
    }

    fn check(text: &str, line: usize, part: &str) {
        let found = read::<Sample>("task.yaml", text, 1).unwrap_err();
        assert!(found.message.contains(part) && found.line == line, "{found}");
    }

    #[test]
    fn mistakes_name_line_and_word() {
        check("titel: x", 1, "unknown word `titel`; did you mean `title`?");
        check("title: x\nsteps:\n  - expct: a", 3, "in steps[0]; did you mean `expect`?");
        check("title: [", 1, "cannot be read");
        check("title: a\nsteps:\n  - { expect: Hello, my friend }", 3, "put the text in quotes");
    }
}
