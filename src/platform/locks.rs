//! Web Locks: of all tabs of one deployment, one writes.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &JsValue, granted: &js_sys::Function) -> Result<js_sys::Promise, JsValue>;
}

/// How to ask for the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Answer at once, whether another tab has it or not.
    IfFree,
    /// Wait until the tab that has it closes.
    Wait,
    /// Take it from the tab that has it.
    Steal,
}

/// Asks for the right to write. `granted` is called with true when this tab has it, with false when another tab does;
/// `lost` when another tab took it over. Browsers without locks always grant.
pub fn acquire(name: &str, ask: Ask, granted: impl Fn(bool) + 'static, lost: impl Fn() + 'static) {
    let Some(window) = super::window() else { return };
    let has_locks = js_sys::Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object());
    if !has_locks {
        return granted(true);
    }
    let options = js_sys::Object::new();
    let option = match ask {
        Ask::IfFree => Some("ifAvailable"),
        Ask::Wait => None,
        Ask::Steal => Some("steal"),
    };
    if let Some(option) = option {
        let _ = js_sys::Reflect::set(&options, &option.into(), &JsValue::TRUE);
    }
    let held = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |lock: JsValue| {
        granted(!lock.is_null());
        // The lock is held until this promise settles: for as long as the tab lives.
        if lock.is_null() {
            JsValue::UNDEFINED
        } else {
            js_sys::Promise::new(&mut |_, _| {}).into()
        }
    });
    let Ok(done) = request(name, &options, held.as_ref().unchecked_ref()) else {
        return;
    };
    super::spawn(async move {
        let _held = held;
        if wasm_bindgen_futures::JsFuture::from(done).await.is_err() {
            lost();
        }
    });
}
