//! Set-up, build, serve, test, package, lessons and benchmarks: `cargo xtask help`.
fn main() {}
