//! HTTP semantics that need no socket: media types, negotiation, caching, cookies, query strings.
//!
//! Everything is a pure function over text and bytes. Where Express and the RFCs differ in taste (order of cookie attributes,
//! quoting, leniency), the answer is the one that Express 5 gives.
//!
//! ```
//! use backlab_http::{media, negotiate};
//!
//! assert_eq!(media::lookup("photo.png").as_deref(), Some("image/png"));
//! assert_eq!(negotiate::media_type(Some("text/html, application/json;q=0.9"), &["json", "html"]), Some(1));
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod address;
pub mod charset;
pub mod cookie;
pub mod disposition;
pub mod encoding;
pub mod etag;
pub mod fresh;
pub mod header;
pub mod media;
pub mod negotiate;
pub mod query;
pub mod query_tree;
pub mod range;
pub mod size;
pub mod status;
pub mod type_is;

/// A value that cannot be written into a message. The texts are those of the packages that Express uses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    #[error("Invalid type: {0}")]
    MediaType(String),
    #[error("Invalid parameter name: {0}")]
    ParameterName(String),
    #[error("Invalid parameter value: {0}")]
    ParameterValue(String),
    #[error("argument name is invalid")]
    CookieName,
    #[error("argument val is invalid")]
    CookieValue,
    #[error("option {0} is invalid")]
    CookieOption(&'static str),
    #[error("field argument contains an invalid header name")]
    FieldName,
    #[error("invalid IP address: {0}")]
    Address(String),
    #[error("invalid range on address: {0}")]
    AddressRange(String),
    #[error("The input exceeded the depth")]
    QueryDepth,
}
