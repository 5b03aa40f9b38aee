//! Files that the learner saves to the device or picks from it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, HtmlAnchorElement, HtmlInputElement, Url};

/// Offers `text` as a download called `name`.
pub fn download(name: &str, kind: &str, text: &str) -> bool {
    save(name, kind, &text.into())
}

/// Offers bytes as a download called `name`.
pub fn download_bytes(name: &str, kind: &str, bytes: &[u8]) -> bool {
    save(name, kind, &js_sys::Uint8Array::from(bytes))
}

fn save(name: &str, kind: &str, part: &wasm_bindgen::JsValue) -> bool {
    let save = || {
        let document = super::document()?;
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(part), &options).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let link = document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&url).ok()
    };
    save().is_some()
}

/// Reads the file that was picked in an `<input type="file">`: its name and text.
pub async fn picked(event: &Event) -> Option<(String, String)> {
    let (name, bytes) = picked_bytes(event).await?;
    Some((name, String::from_utf8_lossy(&bytes).into_owned()))
}

/// As [`picked`], for a file that may not be text.
pub async fn picked_bytes(event: &Event) -> Option<(String, Vec<u8>)> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let file = input.files()?.get(0)?;
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    input.set_value("");
    Some((file.name(), js_sys::Uint8Array::new(&buffer).to_vec()))
}
