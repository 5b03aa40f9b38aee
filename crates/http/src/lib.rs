//! HTTP semantics that need no socket: messages, media types, negotiation, caching, cookies, query strings.
