//! What the editor compares the learner's files with. Looking never edits.

use std::rc::Rc;

use super::session::{Files, ProjectId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// One way to solve it.
    Solution,
    /// The files that the lesson starts from now.
    Starter,
}

/// An open comparison. It belongs to one project and closes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    pub project: ProjectId,
    pub against: Against,
    /// Only the files that may differ.
    pub files: Rc<Files>,
    /// HTML: why this way. Empty when there is nothing to say.
    pub why: String,
}
