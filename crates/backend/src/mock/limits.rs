//! The rate limit: so many requests per address in each window of time.

use std::collections::HashMap;

/// Requests in one window.
pub(crate) const LIMIT: u32 = 100;
/// Milliseconds of a window.
const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered; then the old ones are forgotten.
const MAX_ADDRESSES: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct RateLimiter {
    /// Address → start of its window and requests in it.
    windows: HashMap<String, (i64, u32)>,
}

/// Where an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) allowed: bool,
    pub(crate) remaining: u32,
    /// Seconds until the window ends.
    pub(crate) reset: i64,
}

impl RateLimiter {
    /// Counts a request.
    pub(crate) fn count(&mut self, address: &str, now_ms: i64) -> Allowance {
        if self.windows.len() >= MAX_ADDRESSES {
            self.windows.retain(|_, (start, _)| now_ms - *start < WINDOW_MS);
        }
        let (start, used) = self.windows.entry(address.to_owned()).or_insert((now_ms, 0));
        // A clock that was set back starts a new window as well.
        if !(0..WINDOW_MS).contains(&(now_ms - *start)) {
            (*start, *used) = (now_ms, 0);
        }
        *used = used.saturating_add(1);
        Allowance {
            allowed: *used <= LIMIT,
            remaining: LIMIT.saturating_sub(*used),
            reset: (*start + WINDOW_MS - now_ms + 999) / 1000,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.windows.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_per_address_and_window() {
        let mut limiter = RateLimiter::default();
        for _ in 0..LIMIT {
            assert!(limiter.count("a", 5_000).allowed);
        }
        assert_eq!(
            limiter.count("a", 5_001),
            Allowance {
                allowed: false,
                remaining: 0,
                reset: 60
            }
        );
        assert!(limiter.count("b", 5_001).allowed);
        assert!(!limiter.count("a", 64_999).allowed);
        assert!(limiter.count("a", 65_000).allowed);
    }
}
