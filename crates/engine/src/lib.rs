//! The only door between JavaScript and the crates.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod auth;
mod backend;
mod docs;
mod http;
mod router;
mod scratch;
