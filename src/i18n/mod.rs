//! Texts of the screens, in English and in Hinglish.

pub mod import_faults;
pub mod mock_api;
pub mod pages;
pub mod room;
pub mod session;
pub mod shell;
#[cfg(test)]
mod spelled_out;

pub use backlab_course::i18n::{Message, Texts};

/// The language that pages are rendered in ahead.
pub const RENDERED: &str = "en";
