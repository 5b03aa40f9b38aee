//! The lesson pane: prose with runnable examples, questions and task cards, drawn from a compiled lesson.

mod callout;
mod done;
pub mod exercise;
mod head;
pub mod hints;
pub mod lane;
pub mod model;
mod pane;
mod performance;
mod place;
mod predict;
mod quiz;
mod rail;
pub mod runner;
mod snippet;
mod sort;
mod task_card;
pub mod transcript;
pub mod words;

pub use pane::{HidePane, LessonPane};
pub use place::{EXERCISES, element_id, has_exercises};
