//! Express 5 path patterns and layer stacks, for native and script handlers.
//!
//! A [`Router`] is an ordered stack of layers. [`Router::find`] judges every layer for one method and path in one pass, so
//! that whoever walks the stack afterwards asks nothing more. [`Router::walk`] is that walk for handlers written in Rust.
//!
//! ```
//! use backlab_router::{Handler, Method, Router, Step};
//!
//! let mut router = Router::new();
//! router.use_at("/", Handler::Native("logger")).unwrap();
//! router.route(Method::GET, "/users/:id", Handler::Native("show")).unwrap();
//!
//! let mut walk = router.walk(Method::GET, "/users/7");
//! let mut names = Vec::new();
//! while let Step::Handle { handler: Handler::Native(name), params, .. } = walk.next(false) {
//!     names.push((*name, params.get("id").map(str::to_owned)));
//! }
//! assert_eq!(names, [("logger", None), ("show", Some("7".to_owned()))]);
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod method;
mod params;
mod pattern;
mod stack;
mod walk;

pub use method::{Method, MethodSet};
pub use params::Params;
pub use pattern::{Capture, Key, KeyKind, Match, Pattern, PatternError, PatternOptions, Token, parse};
pub use stack::{Handler, Layer, Matcher, Router, RouterOptions, Verdict};
pub use walk::{Step, Walk};
