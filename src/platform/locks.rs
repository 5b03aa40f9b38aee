//! Web Locks: of all tabs of one deployment, one writes.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &JsValue, granted: &js_sys::Function) -> Result<js_sys::Promise, JsValue>;
}

/// Asks for the right to write. `granted` is called with true when this tab has it, with false when another tab does;
/// `lost` when another tab took it over. With `steal` this tab takes it over. Browsers without locks always grant.
pub fn acquire(name: &str, steal: bool, granted: impl Fn(bool) + 'static, lost: impl Fn() + 'static) {
    let Some(window) = super::window() else { return };
    let has_locks = js_sys::Reflect::get(&window.navigator(), &"locks".into()).is_ok_and(|locks| locks.is_object());
    if !has_locks {
        return granted(true);
    }
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &if steal { "steal" } else { "ifAvailable" }.into(), &JsValue::TRUE);
    let held = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |lock: JsValue| {
        granted(!lock.is_null());
        // The lock is held until this promise settles: for as long as the tab lives.
        if lock.is_null() { JsValue::UNDEFINED } else { js_sys::Promise::new(&mut |_, _| {}).into() }
    });
    let Ok(done) = request(name, &options, held.as_ref().unchecked_ref()) else { return };
    super::spawn(async move {
        let _held = held;
        if wasm_bindgen_futures::JsFuture::from(done).await.is_err() {
            lost();
        }
    });
}
