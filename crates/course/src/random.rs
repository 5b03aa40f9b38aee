//! Repeatable random values: the same text always gives the same series.

use crate::digest::hash;

/// A SplitMix64 series.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts the series that belongs to these texts.
    pub fn of(parts: &[&str]) -> Self {
        Self(hash(parts))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low.min(high).saturating_add_unsigned(self.next() % span)
    }

    /// Returns one of the items; `None` for an empty list.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.next() % (items.len().max(1) as u64)).unwrap_or(0);
        items.get(index)
    }

    /// Returns a word that can be spoken: 6 to 8 small letters.
    pub fn word(&mut self) -> String {
        const CONSONANTS: &[u8] = b"bdfghjklmnprstvz";
        const VOWELS: &[u8] = b"aeiou";
        let mut word = String::new();
        for _ in 0..self.between(3, 4) {
            word.extend(self.pick(CONSONANTS).map(|letter| char::from(*letter)));
            word.extend(self.pick(VOWELS).map(|letter| char::from(*letter)));
        }
        word
    }
}
