//! The only door between JavaScript and the crates.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod auth;
pub mod backend;
pub mod docs;
pub mod http;
pub mod router;
pub mod scratch;
