//! What the page knows: plain values with pure changes, and the services that carry them to the browser and back.

pub mod backup;
pub mod compare;
pub mod encoding;
pub mod error;
pub mod fetched;
pub mod files;
pub mod json;
pub mod progress;
pub mod projects;
pub mod protocol;
pub mod reference;
pub mod request;
pub mod rescue;
pub mod same;
pub mod search;
pub mod services;
pub mod session;
pub mod settings;
pub mod shared;
pub mod storage;
pub mod store;
pub mod toasts;
pub mod wishes;
pub mod workspace;
