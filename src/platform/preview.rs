//! The preview: `preview.html` holds a frame with an opaque origin, which speaks `runtime/src/preview/protocol.ts` with the page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlIFrameElement, MessageEvent};
use yew::NodeRef;

use super::backend::Backend;
use crate::state::protocol::WireResponse;

/// Redirects followed for one request, as in the Fetch Standard.
pub const REDIRECTS: usize = 20;

/// What the frame says.
pub enum FrameEvent {
    /// It is empty and can show a page.
    Ready,
    /// A link or a form leads to another page.
    Navigate(RawRequest),
    Title(String),
    /// The previewed page printed something: level and text.
    Console(String, String),
    /// The previewed page sent itself elsewhere by script, which the policy stopped; the frame shows nothing any more.
    Left,
    /// What previewed pages stored, to be handed back with the next page.
    Keep(Kept),
    /// The previewed page reads or assigns `document.cookie`.
    Cookies(Cookies),
    /// The previewed page asks its server.
    Request(Relay),
}

/// A request of the previewed page, to be answered into its frame.
pub struct Relay {
    id: JsValue,
    request: RawRequest,
    frame: web_sys::Window,
}

/// What previewed pages stored, which only the frame looks into.
#[derive(Default)]
pub struct Kept(JsValue);

/// The cookies of a previewed page, to be told to its frame.
pub struct Cookies {
    id: JsValue,
    url: JsValue,
    set: JsValue,
    frame: web_sys::Window,
}

/// A request as JavaScript holds it (`WireRequest`), so that a body of bytes stays one.
#[derive(Clone)]
pub struct RawRequest(JsValue);

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn object(entries: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

fn text(value: &JsValue, key: &str) -> String {
    get(value, key).as_string().unwrap_or_default()
}

/// The window with the opaque origin, inside the frame that the page's own origin serves.
fn sandbox(frame: &NodeRef) -> Option<web_sys::Window> {
    let outer = frame.cast::<HtmlIFrameElement>()?.content_window()?;
    let inside = Reflect::get_u32(&outer, 0).ok()?;
    // Another origin's window is no instance of this page's `Window`.
    inside.is_object().then(|| inside.unchecked_into())
}

/// Hears of a page that sends itself elsewhere: `preview.html` holds one frame, and loads nothing else that its policy could stop.
fn leaving(frame: &NodeRef, left: impl Fn() + 'static) -> Option<EventListener> {
    let outer = frame.cast::<HtmlIFrameElement>()?.content_document()?;
    Some(EventListener::new(&outer, "securitypolicyviolation", move |_| left()))
}

/// Calls back with what the frame says, and with nothing that anybody else says.
pub fn listen(frame: &NodeRef, said: impl Fn(FrameEvent) + 'static) -> Option<EventListener> {
    let (window, frame, said) = (super::window()?, frame.clone(), Rc::new(said));
    let watched = RefCell::new(None);
    Some(EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let Some(inside) = sandbox(&frame) else { return };
        if event.source().as_deref() != Some(inside.as_ref()) {
            return;
        }
        let data = event.data();
        let event = match text(&data, "preview").as_str() {
            "ready" => {
                let said = said.clone();
                watched.replace(leaving(&frame, move || said(FrameEvent::Left)));
                FrameEvent::Ready
            }
            "navigate" => FrameEvent::Navigate(RawRequest(get(&data, "request"))),
            "title" => FrameEvent::Title(text(&data, "title")),
            "console" => FrameEvent::Console(text(&data, "level"), text(&data, "text")),
            "keep" => FrameEvent::Keep(Kept(get(&data, "kept"))),
            "cookies" => FrameEvent::Cookies(Cookies {
                id: get(&data, "id"),
                url: get(&data, "url"),
                set: get(&data, "set"),
                frame: inside,
            }),
            "request" => FrameEvent::Request(Relay {
                id: get(&data, "id"),
                request: RawRequest(get(&data, "request")),
                frame: inside,
            }),
            _ => return,
        };
        said(event);
    }))
}

/// Shows a page in the frame, which must have said that it is ready. `kept` is what the frame last asked to keep.
pub fn show(frame: &NodeRef, url: &str, html: &str, kept: &Kept) {
    if let Some(inside) = sandbox(frame) {
        // The frame's origin is opaque, so it cannot be named.
        let _ = inside.post_message(
            &object(&[
                ("preview", &"show".into()),
                ("url", &url.into()),
                ("html", &html.into()),
                ("kept", &kept.0),
            ]),
            "*",
        );
    }
}

impl RawRequest {
    /// A request for a page, as browsers send it.
    pub fn page(url: &str) -> Self {
        let accept = Array::of2(&"Accept".into(), &"text/html,application/xhtml+xml,*/*;q=0.8".into());
        Self(object(&[
            ("method", &"GET".into()),
            ("url", &url.into()),
            ("headers", &Array::of1(&accept)),
        ]))
    }

    pub fn url(&self) -> String {
        text(&self.0, "url")
    }

    /// The answer, or why there is none.
    pub async fn send(&self, backend: &Backend) -> Result<WireResponse, String> {
        let answer = self.send_raw(backend).await.map_err(|error| super::module::message_of(&error))?;
        super::json::from_js(&answer)
    }

    async fn send_raw(&self, backend: &Backend) -> Result<JsValue, JsValue> {
        let command = object(&[("do", &"send".into()), ("request", &self.0)]);
        backend.call_raw(&command).await
    }

    /// The request that follows when `response` is a redirect.
    pub fn redirected(&self, response: &WireResponse) -> Option<Self> {
        let before = text(&self.0, "method");
        let (method, url) = redirect(&before, &self.url(), response)?;
        let headers = get(&self.0, "headers");
        let copy = object(&[("method", &method.as_str().into()), ("url", &url.into()), ("headers", &headers)]);
        if method == before {
            let _ = Reflect::set(&copy, &"body".into(), &get(&self.0, "body"));
        } else if let Some(headers) = headers.dyn_ref::<Array>() {
            let left: Array = headers.iter().filter(|pair| !is_of_body(pair)).collect();
            let _ = Reflect::set(&copy, &"headers".into(), &left);
        }
        Some(Self(copy))
    }
}

impl Cookies {
    pub async fn answer(self, backend: &Backend) {
        let command = object(&[("do", &"cookies".into()), ("url", &self.url), ("set", &self.set)]);
        let cookies = backend.call_raw(&command).await.unwrap_or_else(|_| "".into());
        let _ = self.frame.post_message(
            &object(&[("preview", &"cookies".into()), ("id", &self.id), ("cookies", &cookies)]),
            "*",
        );
    }
}

impl Relay {
    /// Sends the request as it is, follows redirects as `fetch` does, and puts the answer into the frame.
    pub async fn answer(self, backend: &Backend) {
        let mut request = self.request;
        for _ in 0..REDIRECTS {
            let Ok(response) = request.send_raw(backend).await else { break };
            let seen: Option<WireResponse> = super::json::from_js(&response).ok();
            let Some(next) = seen.and_then(|seen| request.redirected(&seen)) else {
                let _ = self.frame.post_message(
                    &object(&[("preview", &"response".into()), ("id", &self.id), ("response", &response)]),
                    "*",
                );
                return;
            };
            request = next;
        }
        let none = object(&[
            ("status", &0.into()),
            ("statusMessage", &"".into()),
            ("headers", &Array::new()),
            ("body", &js_sys::Uint8Array::new_with_length(0)),
            ("ms", &0.into()),
        ]);
        let _ = self.frame.post_message(
            &object(&[("preview", &"response".into()), ("id", &self.id), ("response", &none)]),
            "*",
        );
    }
}

/// Where a redirect leads, and with which method (Fetch Standard, HTTP-redirect fetch).
fn redirect(method: &str, url: &str, response: &WireResponse) -> Option<(String, String)> {
    if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let to = resolve(url, response.header("location")?)?;
    let becomes_get = response.status == 303 && method != "HEAD" || matches!(response.status, 301 | 302) && method == "POST";
    Some((if becomes_get { "GET" } else { method }.to_owned(), to))
}

/// Whether a header says what its body is; it goes with the body (Fetch Standard, request-body-header names).
fn is_of_body(pair: &JsValue) -> bool {
    let name = Reflect::get_u32(pair, 0).ok().and_then(|name| name.as_string());
    const NAMES: [&str; 4] = ["content-encoding", "content-language", "content-location", "content-type"];
    name.is_some_and(|name| NAMES.iter().any(|one| name.eq_ignore_ascii_case(one)))
}

/// Resolves an address against the page that names it.
fn resolve(base: &str, address: &str) -> Option<String> {
    super::window()?;
    web_sys::Url::new_with_base(address, base).ok().map(|url| url.href())
}
