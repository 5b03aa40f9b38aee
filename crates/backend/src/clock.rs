//! Time, as the backend is given it.

use std::cell::Cell;
use std::rc::Rc;

/// Where the time comes from.
pub trait Clock {
    /// Milliseconds since the epoch on the sandbox's clock.
    fn now_ms(&self) -> i64;

    /// Milliseconds since any fixed moment, as finely as possible: measures how long a layer took.
    fn measure_ms(&self) -> f64;
}

/// A clock that moves only when it is told to. Clones show the same time.
#[derive(Debug, Clone)]
pub struct VirtualClock(Rc<Cell<i64>>);

impl VirtualClock {
    /// Starts at this many milliseconds since the epoch.
    pub fn new(now_ms: i64) -> Self {
        VirtualClock(Rc::new(Cell::new(now_ms)))
    }

    pub fn set(&self, now_ms: i64) {
        self.0.set(now_ms);
    }

    pub fn advance(&self, ms: i64) {
        self.0.set(self.0.get() + ms);
    }
}

impl Clock for VirtualClock {
    fn now_ms(&self) -> i64 {
        self.0.get()
    }

    fn measure_ms(&self) -> f64 {
        self.0.get() as f64
    }
}
