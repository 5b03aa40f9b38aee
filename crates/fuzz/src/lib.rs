//! Random documents, queries and bytes for what must hold for all of them: no decoder panics, and an index changes no answer.
//!
//! Everything comes from a seed, so that a finding can be seen again. `cargo xtask fuzz <target>` runs a target for
//! minutes; the tests of this crate run each for a fixed number of cases.

pub mod bytes;
pub mod documents;
pub mod pipelines;
pub mod queries;
pub mod random;
pub mod run;
pub mod targets;
pub mod trees;
