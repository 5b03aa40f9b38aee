//! Which pieces of the page's ready-made HTML stand until the workbench's own code is there.

/// What of a lesson's page is drawn by the workbench's code.
pub const WORK: &str = ".work";
pub const SPLITTER: &str = ".split-v";
pub const MENU: &str = ".pmenu";
pub const STATUS: &str = "#status";
pub const PIECES: [&str; 4] = [WORK, SPLITTER, MENU, STATUS];
