//! Runs one target on many cases and keeps what it panicked on.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

use crate::random::Random;
use crate::targets::Target;

/// Cases that share one state of the target; the next batch starts afresh, from its own seed.
pub const BATCH: u64 = 200;
/// A case that takes longer hangs what it stands for.
const SLOW: Duration = Duration::from_secs(5);
/// Bytes; a case that takes more could end a page. It is a few times what a stage of a pipeline may hold.
const HEAVY: usize = 1 << 30;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What was found at one place of the source.
#[derive(Debug, Clone)]
pub struct Finding {
    pub place: String,
    /// Run the target again with this seed to see it.
    pub seed: u64,
    /// The panic with its place, or how long or how much memory it took.
    pub message: String,
    /// The case, as far as text shows it.
    pub case: String,
}

/// The cases that were run and what they found, each place once.
#[derive(Debug, Default)]
pub struct Findings {
    pub cases: u64,
    pub found: Vec<Finding>,
}

static PLACE: Mutex<String> = Mutex::new(String::new());

/// Runs batches from this seed on, until `goes_on` says no.
pub fn run(target: &Target, seed: u64, mut goes_on: impl FnMut(&Findings) -> bool) -> Findings {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    let mut findings = Findings::default();
    let mut seed = seed;
    while goes_on(&findings) {
        batch(target, seed, &mut findings);
        seed = seed.wrapping_add(1);
    }
    panic::set_hook(hook);
    findings
}

fn batch(target: &Target, seed: u64, findings: &mut Findings) {
    let mut random = Random::new(seed);
    let mut state = (target.start)();
    for _ in 0..BATCH {
        let case = state.next(&mut random);
        let begun = Instant::now();
        MEMORY.reset_peak_usage();
        let held = MEMORY.current_usage();
        let result = panic::catch_unwind(AssertUnwindSafe(|| state.run(&case)));
        let taken = MEMORY.peak_usage().saturating_sub(held);
        findings.cases += 1;
        let message = match result {
            Err(payload) => {
                // What panicked may be half changed.
                state = (target.start)();
                let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone();
                format!("{place}: {}", said(payload.as_ref()))
            }
            Ok(()) if begun.elapsed() > SLOW => format!("took {:.0?}", begun.elapsed()),
            Ok(()) if taken > HEAVY => format!("took {} MB", taken >> 20),
            Ok(()) => continue,
        };
        let place = message.split(": ").next().unwrap_or_default().to_owned();
        if !findings.found.iter().any(|known| known.place == place) {
            findings.found.push(Finding {
                place,
                seed,
                message,
                case: state.show(&case),
            });
        }
    }
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
}
