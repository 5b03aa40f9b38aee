//! HTTP semantics for the Express and http objects in `runtime/`.

use crate::scratch;
use backlab_http::{
    HttpError, address, charset, cookie, disposition, encoding, etag, fresh, header, media, negotiate, query, query_tree, range, size,
    type_is,
};
use wasm_bindgen::prelude::*;

fn thrown(error: HttpError) -> JsValue {
    JsValue::from_str(&error.to_string())
}

fn as_str(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Media type of an extension or a file name.
#[wasm_bindgen(js_name = mediaType)]
pub fn media_type(path: &str) -> Option<String> {
    media::lookup(path)
}

/// A Content-Type with its default charset, from a type or an extension.
#[wasm_bindgen(js_name = contentType)]
pub fn content_type(text: &str) -> Option<String> {
    media::content_type(text)
}

/// A Content-Type with this charset; throws a string when it is not one.
#[wasm_bindgen(js_name = withCharset)]
pub fn with_charset(content_type: &str, charset: &str) -> Result<String, JsValue> {
    media::with_charset(content_type, charset).map_err(thrown)
}

/// The charset that a Content-Type names, in lower case.
#[wasm_bindgen(js_name = charsetOf)]
pub fn charset_of(content_type: &str) -> Option<String> {
    media::MediaType::parse(content_type).charset()
}

/// What the first fitting type calls a Content-Type.
#[wasm_bindgen(js_name = typeIs)]
pub fn type_is(content_type: &str, types: Vec<String>) -> Option<String> {
    type_is::find(content_type, &as_str(&types))
}

/// What a negotiation is about.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Accept {
    Type,
    Encoding,
    Charset,
    Language,
}

/// Position of the best offer.
#[wasm_bindgen]
pub fn accepts(what: Accept, header: Option<String>, offers: Vec<String>) -> Option<usize> {
    let (header, offers) = (header.as_deref(), as_str(&offers));
    match what {
        Accept::Type => negotiate::media_type(header, &offers),
        Accept::Encoding => negotiate::encoding(header, &offers),
        Accept::Charset => negotiate::charset(header, &offers),
        Accept::Language => negotiate::language(header, &offers),
    }
}

/// What the header names, best first.
#[wasm_bindgen]
pub fn accepted(what: Accept, header: Option<String>) -> Vec<String> {
    let header = header.as_deref();
    match what {
        Accept::Type => negotiate::media_types(header),
        Accept::Encoding => negotiate::encodings(header),
        Accept::Charset => negotiate::charsets(header),
        Accept::Language => negotiate::languages(header),
    }
}

/// Text of bytes in UTF-16 or UTF-32 with the byte order that they show; undefined for any other charset.
#[wasm_bindgen(js_name = decodeWide)]
pub fn decode_wide(bytes: &[u8], charset: &str) -> Option<String> {
    charset::decode_wide(bytes, charset)
}

/// Entity tag of a body.
#[wasm_bindgen]
pub fn etag(body: &[u8], weak: bool) -> String {
    etag::of_body(body, weak)
}

/// Entity tag of the body in the scratch memory, written over it; returns its length.
#[wasm_bindgen(js_name = etagOfScratch)]
pub fn etag_of_scratch(length: usize, weak: bool) -> usize {
    let tag = scratch::with_text(length, |body| etag::of_body(body, weak));
    scratch::answer_text(&tag)
}

/// Entity tag of a file.
#[wasm_bindgen(js_name = etagOfFile)]
pub fn etag_of_file(size: f64, modified: f64) -> String {
    etag::of_file(size as u64, modified as u64)
}

/// Tells whether the client's copy is still good.
#[wasm_bindgen(js_name = isFresh)]
pub fn is_fresh(
    if_none_match: Option<String>,
    if_modified_since: Option<String>,
    cache_control: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
) -> bool {
    let conditions = fresh::Conditions {
        if_none_match: if_none_match.as_deref(),
        if_modified_since: if_modified_since.as_deref(),
        cache_control: cache_control.as_deref(),
    };
    fresh::is_fresh(conditions, etag.as_deref(), last_modified.as_deref())
}

/// Parts of a Range header as start and end by turns; a single -1 for "no such part", -2 for "malformed".
#[wasm_bindgen(js_name = parseRange)]
pub fn parse_range(size: f64, header: &str, combine: bool) -> Vec<f64> {
    match range::parse(size as u64, header, combine) {
        range::Ranges::Some { parts, .. } => parts.iter().flat_map(|part| [part.start as f64, part.end as f64]).collect(),
        range::Ranges::Unsatisfiable => vec![-1.0],
        range::Ranges::Malformed => vec![-2.0],
    }
}

/// Pairs of a flat query string, name and value by turns.
#[wasm_bindgen(js_name = parseQuery)]
pub fn parse_query(query: &str) -> Vec<String> {
    query::parse(query).into_iter().flat_map(|(name, value)| [name, value]).collect()
}

/// Flags of [`parse_query_tree`].
const LATIN1: u8 = 1;
const CHARSET_SENTINEL: u8 = 2;
const NUMERIC_ENTITIES: u8 = 4;

/// A nested query string as JSON; throws a string when strict depth is exceeded. `charset`: 1 ISO-8859-1, 2 a parameter
/// `utf8` decides on it, 4 numeric entities are read.
#[wasm_bindgen(js_name = parseQueryTree)]
pub fn parse_query_tree(
    query: &str,
    depth: usize,
    strict_depth: bool,
    array_limit: usize,
    parameter_limit: usize,
    charset: u8,
) -> Result<String, JsValue> {
    let options = query_tree::Options {
        depth,
        strict_depth,
        array_limit,
        parameter_limit,
        latin1: charset & LATIN1 != 0,
        charset_sentinel: charset & CHARSET_SENTINEL != 0,
        numeric_entities: charset & NUMERIC_ENTITIES != 0,
    };
    query_tree::parse(query, options).map_err(thrown)
}

/// Pairs of a Cookie header, name and value by turns.
#[wasm_bindgen(js_name = parseCookies)]
pub fn parse_cookies(header: &str) -> Vec<String> {
    cookie::parse(header).into_iter().flat_map(|(name, value)| [name, value]).collect()
}

/// A Set-Cookie header; throws a string that says what is invalid. `flags`: 1 HttpOnly, 2 Secure, 4 Partitioned.
#[wasm_bindgen(js_name = writeCookie)]
#[allow(clippy::too_many_arguments)] // One plain value for each attribute.
pub fn write_cookie(
    name: &str,
    value: &str,
    max_age: Option<f64>,
    domain: Option<String>,
    path: Option<String>,
    expires: Option<String>,
    flags: u8,
    priority: Option<String>,
    same_site: Option<String>,
) -> Result<String, JsValue> {
    let attributes = cookie::Attributes {
        max_age,
        domain,
        path,
        expires,
        http_only: flags & 1 != 0,
        secure: flags & 2 != 0,
        partitioned: flags & 4 != 0,
        priority,
        same_site,
    };
    cookie::serialize(name, value, &attributes).map_err(thrown)
}

/// A Content-Disposition header for a download.
#[wasm_bindgen]
pub fn attachment(file_name: Option<String>) -> String {
    disposition::attachment(file_name.as_deref())
}

/// A URL fit for a Location header.
#[wasm_bindgen(js_name = encodeUrl)]
pub fn encode_url(url: &str) -> String {
    encoding::url(url)
}

/// Bytes of `100kb`; undefined when it is not a size.
#[wasm_bindgen(js_name = parseSize)]
pub fn parse_size(text: &str) -> Option<f64> {
    size::parse(text)
}

/// A Vary header with further fields; throws a string for a field that is not a header name.
#[wasm_bindgen]
pub fn vary(current: &str, fields: &str) -> Result<String, JsValue> {
    header::vary(current, fields).map_err(thrown)
}

/// Tells whether a text may be a header's name.
#[wasm_bindgen(js_name = isHeaderName)]
pub fn is_header_name(text: &str) -> bool {
    header::is_token(text)
}

/// Tells whether a text may be a header's value.
#[wasm_bindgen(js_name = isHeaderValue)]
pub fn is_header_value(text: &str) -> bool {
    header::is_value(text)
}

/// A list of trusted proxies.
#[wasm_bindgen]
pub struct TrustedProxies {
    list: address::Trusted,
}

#[wasm_bindgen]
impl TrustedProxies {
    /// Reads addresses, subnets and `loopback`, `linklocal`, `uniquelocal`; throws a string for anything else.
    #[wasm_bindgen(constructor)]
    pub fn new(list: Vec<String>) -> Result<TrustedProxies, JsValue> {
        let list = address::Trusted::parse(list.iter().map(String::as_str)).map_err(thrown)?;
        Ok(TrustedProxies { list })
    }

    pub fn contains(&self, address: &str) -> bool {
        self.list.contains(address)
    }
}
