//! The file that progress and code are carried in from one browser to another.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::progress::{Progress, VERSION};

/// The file that progress and code are carried in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Export {
    /// Always `backlab`.
    pub format: String,
    pub version: u32,
    /// When it was written, ISO 8601.
    pub written: String,
    pub progress: Progress,
    /// The learner's files: project key (`lesson/task` or a playground name) → path → text.
    pub code: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ImportError {
    #[error("this is no file of Backlab: choose a file that was written by Export")]
    Foreign,
    #[error("this file was written by a newer Backlab (format {0}): reload the page to get the newest one, then import again")]
    Newer(u32),
    #[error("this file is damaged and nothing was imported: export it again ({0})")]
    Damaged(String),
}

impl Export {
    pub fn new(progress: Progress, code: BTreeMap<String, BTreeMap<String, String>>, written: &str) -> Self {
        Self {
            format: "backlab".into(),
            version: VERSION,
            written: written.to_owned(),
            progress,
            code,
        }
    }

    /// Reads an exported file.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| {
            if text.trim_start().starts_with('{') {
                ImportError::Damaged(error.to_string())
            } else {
                ImportError::Foreign
            }
        })?;
        if value["format"] != "backlab" {
            return Err(ImportError::Foreign);
        }
        let version = value["version"]
            .as_u64()
            .and_then(|version| u32::try_from(version).ok())
            .unwrap_or(0);
        if version > VERSION {
            return Err(ImportError::Newer(version));
        }
        serde_json::from_value(value).map_err(|error| ImportError::Damaged(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_travel() {
        let export = Export::new(
            Progress {
                last_lesson: Some("hello".into()),
                ..Progress::default()
            },
            BTreeMap::new(),
            "2026-01-05T09:00:00Z",
        );
        let text = serde_json::to_string(&export).unwrap();
        assert_eq!(Export::read(&text), Ok(export));
        assert_eq!(Export::read("hello"), Err(ImportError::Foreign));
        assert_eq!(Export::read(r#"{"format":"other"}"#), Err(ImportError::Foreign));
        assert_eq!(Export::read(r#"{"format":"backlab","version":9}"#), Err(ImportError::Newer(9)));
        assert!(matches!(Export::read(&text[..text.len() - 4]), Err(ImportError::Damaged(_))));
        assert!(Export::read(r#"{"format":"backlab","version":1,"progress":{"tasks":{"a/b":{"passed":1}}}}"#).is_ok());
    }
}
