//! Past requests as ticks: how high, which colour, and which of many are drawn.

use backlab_course::trace::Trace;

use super::outcome::{Outcome, outcome};
use crate::i18n::Texts;
use crate::state::same::Same;
use crate::workbench::format;
use crate::workbench::words::STOPPED_SHORT;

/// One past request over the slider.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub id: u32,
    /// 8 to 31 pixels, by the logarithm of its time.
    pub height: u32,
    pub outcome: Outcome,
    /// `#12 GET /api/me: 401, 0.5 ms`.
    pub title: String,
}

/// Ticks drawn at once; older ones are reached by stepping.
pub const WINDOW: usize = 12;

/// The ticks around the shown request: the last dozen, or the dozen that ends a little after it.
pub fn ticks(traces: &[Same<Trace>], shown: Option<u32>, texts: &Texts) -> Vec<Tick> {
    let at = shown
        .and_then(|id| traces.iter().position(|trace| trace.id == id))
        .unwrap_or(traces.len().saturating_sub(1));
    let end = if at + WINDOW >= traces.len() {
        traces.len()
    } else {
        (at + 3).max(WINDOW).min(traces.len())
    };
    traces[end.saturating_sub(WINDOW)..end]
        .iter()
        .map(|trace| tick(trace, texts))
        .collect()
}

fn tick(trace: &Trace, texts: &Texts) -> Tick {
    let status = trace
        .response
        .as_ref()
        .map_or_else(|| texts.get(&STOPPED_SHORT).to_owned(), |response| response.status.to_string());
    Tick {
        id: trace.id,
        height: height(trace.ms),
        outcome: outcome(trace),
        title: format!(
            "#{} {} {}: {status}, {}",
            trace.id,
            trace.request.method,
            trace.request.url,
            format::duration(trace.ms)
        ),
    }
}

fn height(ms: f64) -> u32 {
    let share = (ms.max(0.1) * 10.0).log10() / 50_000.0_f64.log10();
    (8.0 + share.clamp(0.0, 1.0) * 23.0).round() as u32
}

/// The request `steps` later than the shown one (negative: earlier); `None` at the ends.
pub fn step(traces: &[Same<Trace>], shown: Option<u32>, steps: isize) -> Option<u32> {
    let last = traces.len().checked_sub(1)?;
    let at = shown.and_then(|id| traces.iter().position(|trace| trace.id == id)).unwrap_or(last);
    let to = at.checked_add_signed(steps)?;
    traces.get(to).map(|trace| trace.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces(count: u32) -> Vec<Same<Trace>> {
        (1..=count)
            .map(|id| {
                Same::new(Trace {
                    id,
                    ms: 5000.0,
                    ..Trace::default()
                })
            })
            .collect()
    }

    fn check(count: u32, shown: Option<u32>, wanted: std::ops::RangeInclusive<u32>) {
        let ids: Vec<u32> = ticks(&traces(count), shown, &Texts::default()).iter().map(|tick| tick.id).collect();
        assert_eq!(ids, wanted.collect::<Vec<_>>(), "{count} {shown:?}");
    }

    #[test]
    fn windows() {
        check(3, None, 1..=3);
        check(20, None, 9..=20);
        check(20, Some(12), 9..=20);
        check(20, Some(5), 1..=12);
        check(40, Some(20), 11..=22);
    }

    #[test]
    fn heights() {
        for (ms, wanted) in [(0.0, 8), (3.3, 15), (92.0, 23), (5000.0, 31), (90_000.0, 31)] {
            assert_eq!(height(ms), wanted, "{ms}");
        }
    }

    #[test]
    fn steps() {
        let traces = traces(3);
        for (shown, by, wanted) in [(None, -1, Some(2)), (Some(1), -1, None), (Some(1), 1, Some(2)), (None, 1, None)] {
            assert_eq!(step(&traces, shown, by), wanted);
        }
        assert_eq!(step(&[], None, 1), None);
    }
}
