//! The walk through a stack for handlers in Rust: which layer is next, and what remains when none is.

use crate::pattern::Match;
use crate::stack::{Handler, Layer, Matcher, Router, Verdict};
use crate::{KeyKind, Method, Params, params};

/// Where one request stands in a stack.
#[derive(Debug)]
pub struct Walk<'a, N> {
    router: &'a Router<N>,
    method: Method,
    path: &'a str,
    index: usize,
    /// Methods of the routes whose path fitted an OPTIONS request.
    allowed: Vec<&'static str>,
}

/// What comes next.
#[derive(Debug)]
pub enum Step<'a, N> {
    /// Run this handler, then ask for the next step.
    Handle {
        /// Position of the layer in the stack.
        index: usize,
        layer: &'a Layer<N>,
        handler: &'a Handler<N>,
        params: Params,
        /// The part of the path that a `use` layer is mounted on, without trailing slash.
        mount: &'a str,
    },
    /// A parameter is not valid percent-encoding: an error of status 400 with this text; go on with `next(true)`.
    BadParam(String),
    /// No layer is left. `allow` answers an OPTIONS request that nobody took; otherwise it is empty.
    Done { allow: Vec<&'static str> },
}

impl<'a, N> Walk<'a, N> {
    pub(crate) fn new(router: &'a Router<N>, method: Method, path: &'a str) -> Walk<'a, N> {
        Walk {
            router,
            method,
            path,
            index: 0,
            allowed: Vec::new(),
        }
    }

    /// Returns the next layer that takes the request. With `failed`, only layers for errors do.
    pub fn next(&mut self, failed: bool) -> Step<'a, N> {
        while let Some(layer) = self.router.layers().get(self.index) {
            let index = self.index;
            self.index += 1;
            let verdict = layer.judge(self.method, self.path);
            if let (Verdict::Path, Method::OPTIONS, Some(methods)) = (&verdict, self.method, layer.methods) {
                self.allowed.extend(methods.names());
            }
            let Verdict::Yes { pattern, found } = verdict else { continue };
            let unhandled_head = layer.methods.is_some_and(|methods| !methods.handles(self.method));
            if layer.on_error != failed || unhandled_head {
                continue;
            }
            return match self.params(layer, pattern, &found) {
                Ok(params) => {
                    let mount = self.path[..found.end].trim_end_matches('/');
                    Step::Handle {
                        index,
                        layer,
                        handler: &layer.handler,
                        params,
                        mount,
                    }
                }
                Err(text) => Step::BadParam(text),
            };
        }
        let mut allow = Vec::new();
        for method in std::mem::take(&mut self.allowed) {
            if let Err(place) = allow.binary_search(&method) {
                allow.insert(place, method);
            }
        }
        Step::Done { allow }
    }

    fn params(&self, layer: &Layer<N>, pattern: usize, found: &Match) -> Result<Params, String> {
        let mut params = Params::default();
        let Matcher::Patterns(patterns) = &layer.matcher else {
            return Ok(params);
        };
        for capture in &found.captures {
            let key = &patterns[pattern].keys()[capture.key];
            let text = &self.path[capture.start..capture.end];
            let decoded = match key.kind {
                KeyKind::Param => params::decode(text).ok_or(text),
                KeyKind::Wildcard => {
                    let parts: Result<Vec<_>, _> = text.split('/').map(|part| params::decode(part).ok_or(part)).collect();
                    parts.map(|parts| parts.join("/"))
                }
            };
            params.set(&key.name, decoded.map_err(|text| format!("Failed to decode param '{text}'"))?);
        }
        Ok(params)
    }
}
