//! Lessons, tasks, checks and grading, without a browser.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod digest;
pub mod duration;
pub mod grading;
pub mod i18n;
pub mod json;
pub mod lesson;
pub mod matcher;
pub mod place;
mod random;
pub mod report;
pub mod seeds;
pub mod table;
pub mod task;
pub mod tasks;
pub mod values;

/// Traces, console lines and errors, for the page, which does not see the backend itself.
pub use backlab_backend::trace;

/// Reading structures with little code, for the page's own.
pub use backlab_backend::fields;
