//! The only door between JavaScript and the crates.
