//! Reads the lessons folder, compiles it for the page, and proves it.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod check;
mod compile;
mod finding;
mod highlight;
mod lock;
mod markdown;
mod mutate;
mod recording;
mod sandbox;
mod schema;
mod source;

pub use check::{Outcome, check};
pub use compile::compile;
pub use finding::{AuthoringError, Finding};
pub use mutate::{Mutant, Verdict, mutate};
pub use recording::{Recording, record};
pub use schema::schema;
