//! Keeps what is typed a while after the last key, and not at every key: all of the lesson follows its progress.

use yew::prelude::*;

use crate::platform::time;

const KEEP_AFTER_MS: u32 = 400;

/// Hands `value` to `keep` when it has not changed for a moment; never when `dirty` is false, as nothing was typed then.
#[hook]
pub fn use_kept_later<T: Clone + PartialEq + 'static>(value: T, dirty: bool, keep: impl Fn(T) + 'static) {
    use_effect_with((value, dirty), move |(value, dirty)| {
        let value = value.clone();
        let timer = dirty.then(|| time::after(KEEP_AFTER_MS, move || keep(value))).flatten();
        move || drop(timer)
    });
}
