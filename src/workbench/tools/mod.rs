//! The tools under the editor, one tab each.

pub mod badges;
pub mod checks;
pub mod console;
pub mod database;
mod dock;
pub mod json_lines;
pub mod preview;
pub mod requests;
pub mod trace;

pub use dock::{Dock, ToolProps, tab_id};
