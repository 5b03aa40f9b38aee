//! The Yew app: pages, components, hooks, state, and the browser behind `platform`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod components;
pub mod hooks;
pub mod i18n;
pub mod lesson;
pub mod pages;
pub mod parts;
pub mod platform;
#[cfg(feature = "ssr")]
pub mod prerender;
pub mod routes;
pub mod state;

pub mod wiring;
pub mod workbench;
