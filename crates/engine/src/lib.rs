//! The only door between JavaScript and the crates, built as four modules: one for every request, one for the databases, one for asymmetric keys and ciphers, one for Brotli.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[cfg(feature = "core")]
pub mod auth;
#[cfg(feature = "database")]
pub mod backend;
#[cfg(feature = "brotli")]
pub mod brotli;
#[cfg(feature = "database")]
pub mod docs;
#[cfg(feature = "core")]
pub mod http;
#[cfg(feature = "database")]
pub mod javascript;
#[cfg(feature = "keys")]
pub mod keys;
#[cfg(feature = "core")]
pub mod router;
#[cfg(feature = "core")]
pub mod scratch;
