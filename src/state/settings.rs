//! What the learner chose about the page itself.

use backlab_course::fields;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Saved per browser. Missing fields take their default, so that old data still loads.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub theme: Theme,
    /// `en` or `hi-Latn`.
    pub language: String,
    /// Single keys such as `?` and `g t`, outside text fields.
    pub single_keys: bool,
    /// Widths and heights of the workbench's panes in CSS pixels.
    pub lesson_width: f64,
    pub dock_height: f64,
}

fields!(Settings { theme, language, single_keys as "singleKeys", lesson_width as "lessonWidth", dock_height as "dockHeight" });

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: "en".into(),
            single_keys: true,
            lesson_width: 580.0,
            dock_height: 446.0,
        }
    }
}
