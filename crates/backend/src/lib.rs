//! The running backend: router, middleware, stores, clock, randomness, trace and the built-in mock API.
//!
//! ```
//! use backlab_backend::{Backend, Request, SeededRandom, VirtualClock};
//!
//! let clock = VirtualClock::new(1_767_603_600_000);
//! let mut backend = Backend::new(Box::new(clock), Box::new(SeededRandom::new("demo")));
//! let outcome = backend.handle(&Request::get("/api/books?genre=Fiction&sort=-price&limit=2"));
//! assert_eq!(outcome.response.status, 200);
//! assert_eq!(outcome.trace.layers[0].name, "logger");
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod backend;
mod clock;
mod command;
mod data;
#[cfg(test)]
mod data_tests;
mod driver;
mod fields;
mod mask;
mod message;
mod mock;
mod random;
pub mod trace;

pub use backend::{Backend, BackendError, Outcome};
pub use clock::{Clock, VirtualClock};
pub use command::DataCommand;
pub use data::DataOutcome;
pub use driver::WireOutcome;
#[doc(hidden)]
pub use fields::{Fields, read_fields, read_into};
pub use message::{Request, Response};
pub use mock::{Example, MockApi, QueryDoc, RouteDoc};
pub use random::{Random, SeededRandom};
