//! What is fed with random cases.

mod body;
mod headers;
mod indexes;
mod query;
mod wire;

use crate::random::Random;

/// One kind of input and what takes it.
pub struct Target {
    pub name: &'static str,
    /// A fresh state; cases of one batch meet what earlier ones left.
    pub start: fn() -> Box<dyn Fuzzed>,
    /// How many cases the tests run.
    pub tested: u64,
}

/// Makes cases and takes them. Anything but a panic is right.
pub trait Fuzzed {
    fn next(&mut self, random: &mut Random) -> Vec<u8>;
    fn run(&mut self, case: &[u8]);
    /// The case for people.
    fn show(&self, case: &[u8]) -> String {
        String::from_utf8_lossy(case).into_owned()
    }
}

pub const TARGETS: [Target; 5] = [
    Target {
        name: "wire",
        start: || Box::new(wire::Wire::start()),
        tested: 4_000,
    },
    Target {
        name: "query",
        start: || Box::new(query::Query::start()),
        tested: 4_000,
    },
    Target {
        name: "headers",
        start: || Box::new(headers::Headers),
        tested: 4_000,
    },
    Target {
        name: "body",
        start: || Box::new(body::Body),
        tested: 4_000,
    },
    Target {
        name: "indexes",
        start: || Box::new(indexes::Indexes::default()),
        tested: 200,
    },
];
