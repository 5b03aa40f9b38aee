//! Lessons, tasks, checks, grading and progress, without a browser.

pub mod lesson;
pub mod report;
pub mod task;
