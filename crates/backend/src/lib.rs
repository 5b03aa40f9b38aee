//! The running backend: router, middleware, stores, clock, randomness, trace and the built-in mock API.

pub mod trace;
