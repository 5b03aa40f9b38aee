//! Clock and timers.

pub use gloo::timers::callback::Timeout;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

const IDLE_AT_LATEST_MS: u32 = 500;
const IDLE_UNTOLD_MS: i32 = 200;

/// Milliseconds since the epoch.
pub fn now() -> f64 {
    if window().is_some() { js_sys::Date::now() } else { 0.0 }
}

/// Calls once after `ms` milliseconds, unless the answer is dropped before.
#[must_use = "dropping the timer cancels it"]
pub fn after(ms: u32, call: impl FnOnce() + 'static) -> Option<Timeout> {
    window().map(|_| Timeout::new(ms, call))
}

/// Calls once when the browser has nothing else to do, and in any case soon.
pub fn when_idle(call: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let call = Closure::once_into_js(call);
    let options = web_sys::IdleRequestOptions::new();
    options.set_timeout(IDLE_AT_LATEST_MS);
    if window.request_idle_callback_with_options(call.unchecked_ref(), &options).is_err() {
        // Not every browser tells when it is idle.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), IDLE_UNTOLD_MS);
    }
}

/// Waits.
pub async fn sleep(ms: u32) {
    if window().is_some() {
        gloo::timers::future::sleep(std::time::Duration::from_millis(u64::from(ms))).await;
    }
}

/// Returns a date and time as the browser's language writes it: `12 Mar, 18:40`.
pub fn local(ms: f64) -> String {
    if window().is_none() {
        return String::new();
    }
    let date = js_sys::Date::new(&ms.into());
    let options = js_sys::Object::new();
    for (key, value) in [("day", "numeric"), ("month", "short"), ("hour", "2-digit"), ("minute", "2-digit")] {
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    date.to_locale_string("en-GB", &options).into()
}

/// Returns the minutes that local time is ahead of UTC at a moment.
pub fn offset(at: f64) -> i32 {
    if window().is_some() {
        -js_sys::Date::new(&at.into()).get_timezone_offset() as i32
    } else {
        0
    }
}

/// Milliseconds since the page began, with fractions.
pub fn precise() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
