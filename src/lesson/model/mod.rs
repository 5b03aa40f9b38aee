//! What the lesson pane knows, without a browser: answers, transcripts, task states, links.

pub mod link;
pub mod predict;
pub mod quiz;
pub mod snippet;
pub mod sort;
pub mod task;
pub mod text;
pub mod transcript;
