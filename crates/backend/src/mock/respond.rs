//! The finished response: body bytes, Content-Length, ETag, 304 and HEAD.

use backlab_http::fresh::{Conditions, is_fresh};
use backlab_http::{etag, status};

use super::exchange::{Exchange, Payload};
use crate::message::Response;

/// Turns what the layers left into a response.
pub(crate) fn finish(exchange: &mut Exchange) -> Response {
    let mut headers = std::mem::take(&mut exchange.headers);
    let mut code = exchange.status;
    let mut body = match std::mem::replace(&mut exchange.payload, Payload::Empty) {
        Payload::Json(value) => {
            headers.push(("Content-Type".into(), "application/json; charset=utf-8".into()));
            value.to_string().into_bytes()
        }
        Payload::Empty => Vec::new(),
    };
    let method = exchange.request.method.to_ascii_uppercase();
    let reads = matches!(method.as_str(), "GET" | "HEAD");
    if reads && code == 200 {
        let tag = etag::of_body(&body, true);
        let conditions = Conditions {
            if_none_match: exchange.request.header("If-None-Match"),
            if_modified_since: None,
            cache_control: exchange.request.header("Cache-Control"),
        };
        if is_fresh(conditions, Some(&tag), None) {
            code = 304;
        }
        headers.push(("ETag".into(), tag));
    }
    if status::is_empty(code) {
        headers.retain(|(name, _)| name != "Content-Type");
        body.clear();
    } else {
        headers.push(("Content-Length".into(), body.len().to_string()));
    }
    if method == "HEAD" {
        body.clear();
    }
    Response {
        status: code,
        status_message: status::text(code).unwrap_or("").into(),
        headers,
        body,
    }
}
