//! Path patterns and route tables for the Express objects in `runtime/src/express`.

use crate::scratch;
use backlab_router::{Handler, KeyKind, Layer, Matcher, Method, MethodSet, Pattern, PatternOptions, Router, Token, Verdict};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A compiled path.
#[wasm_bindgen]
pub struct PathPattern {
    pattern: Rc<Pattern>,
}

#[wasm_bindgen]
impl PathPattern {
    /// Compiles a path; throws the message of the error as a string.
    #[wasm_bindgen(constructor)]
    pub fn new(path: &str, end: bool, strict: bool, sensitive: bool) -> Result<PathPattern, JsValue> {
        match Pattern::new(path, PatternOptions { end, strict, sensitive }) {
            Ok(pattern) => Ok(PathPattern { pattern: Rc::new(pattern) }),
            Err(error) => Err(JsValue::from_str(&error.to_string())),
        }
    }

    /// Compiles a path to the letter, with another delimiter than a slash; throws the message of the error as a string.
    pub fn exact(path: &str, end: bool, strict: bool, sensitive: bool, delimiter: &str) -> Result<PathPattern, JsValue> {
        match Pattern::exact(path, PatternOptions { end, strict, sensitive }, delimiter) {
            Ok(pattern) => Ok(PathPattern { pattern: Rc::new(pattern) }),
            Err(error) => Err(JsValue::from_str(&error.to_string())),
        }
    }

    /// End of the matched part, then key, start and end of each capture, in UTF-16 units; undefined when the path does not fit.
    pub fn find(&self, path: &str) -> Option<Vec<u32>> {
        let found = self.pattern.find(path)?;
        let offset = |byte: usize| path[..byte].encode_utf16().count() as u32;
        let mut words = vec![offset(found.end)];
        for capture in &found.captures {
            words.extend([capture.key as u32, offset(capture.start), offset(capture.end)]);
        }
        Some(words)
    }

    /// The pattern's text, as it is compared.
    pub fn source(&self) -> String {
        self.pattern.source().to_owned()
    }

    /// The names, each behind `:` or `*`.
    pub fn keys(&self) -> Vec<String> {
        let mark = |kind| if kind == KeyKind::Param { ':' } else { '*' };
        self.pattern
            .keys()
            .iter()
            .map(|key| format!("{}{}", mark(key.kind), key.name))
            .collect()
    }
}

/// The parts of a path as JSON, as the path-to-regexp package names them; throws the message of the error as a string.
#[wasm_bindgen(js_name = parsePath)]
pub fn parse_path(path: &str) -> Result<String, JsValue> {
    match backlab_router::parse(path) {
        Ok(tokens) => Ok(json_of(&tokens).to_string()),
        Err(error) => Err(JsValue::from_str(&error.to_string())),
    }
}

fn json_of(tokens: &[Token]) -> serde_json::Value {
    let json = |token: &Token| match token {
        Token::Text(value) => serde_json::json!({ "type": "text", "value": value }),
        Token::Key(KeyKind::Param, name) => serde_json::json!({ "type": "param", "name": name }),
        Token::Key(KeyKind::Wildcard, name) => serde_json::json!({ "type": "wildcard", "name": name }),
        Token::Group(tokens) => serde_json::json!({ "type": "group", "tokens": json_of(tokens) }),
    };
    tokens.iter().map(json).collect()
}

/// The number of a method, as [`RouteTable`] takes it.
#[wasm_bindgen(js_name = methodNumber)]
pub fn method_number(name: &str) -> u8 {
    Method::from_name(name).number()
}

/// The matching half of one Express router; the handlers stay in JavaScript.
#[wasm_bindgen]
#[derive(Default)]
pub struct RouteTable {
    router: Router<()>,
    patterns: Vec<Rc<Pattern>>,
}

/// Marks of a layer in the answer of [`RouteTable::find`].
const TAKES: u32 = 1;
const PATH_FITS: u32 = 2;
const SCRIPT: u32 = 3;
const SCRIPT_WITHOUT_METHOD: u32 = 4;

#[wasm_bindgen]
impl RouteTable {
    #[wasm_bindgen(constructor)]
    pub fn new() -> RouteTable {
        RouteTable::default()
    }

    pub fn clear(&mut self) {
        self.router.clear();
        self.patterns.clear();
    }

    /// Adds a path of the layer that the next call of `add_*` closes.
    #[wasm_bindgen(js_name = addPath)]
    pub fn add_path(&mut self, pattern: &PathPattern) {
        self.patterns.push(Rc::clone(&pattern.pattern));
    }

    /// Adds middleware for the paths given so far. `kind`: 0 these paths, 1 every path, 2 asked in JavaScript.
    #[wasm_bindgen(js_name = addUse)]
    pub fn add_use(&mut self, kind: u8) {
        self.add(kind, None);
    }

    /// Adds a route. The methods are one bit for each method number, in two halves.
    #[wasm_bindgen(js_name = addRoute)]
    pub fn add_route(&mut self, kind: u8, low: u32, high: u32, all: bool) {
        self.add(kind, Some(MethodSet::from_bits(u64::from(high) << 32 | u64::from(low), all)));
    }

    fn add(&mut self, kind: u8, methods: Option<MethodSet>) {
        let patterns = std::mem::take(&mut self.patterns);
        let matcher = match kind {
            0 => Matcher::Patterns(patterns),
            1 => Matcher::Any,
            _ => Matcher::Script,
        };
        let index = self.router.layers().len() as u32;
        self.router.push(Layer {
            matcher,
            methods,
            on_error: false,
            handler: Handler::Script(index),
        });
    }

    /// Judges every layer for the path that stands in the scratch memory. The answer holds, for each layer that has
    /// something to say: layer, mark + 256 × pattern, end of the matched part, number of captures, then key, start and end of
    /// each. Offsets count UTF-16 units, as JavaScript does. Returns the number of words.
    pub fn find(&self, length: usize, method: u8) -> usize {
        scratch::with_text(length, |bytes| {
            let Ok(path) = std::str::from_utf8(bytes) else { return 0 };
            let ascii = path.is_ascii();
            let offset = |byte: usize| {
                if ascii {
                    byte as u32
                } else {
                    path[..byte].encode_utf16().count() as u32
                }
            };
            scratch::answer_words(|words| {
                for (layer, verdict) in self.router.find(Method::from_number(method), path) {
                    let mark = match &verdict {
                        Verdict::No => continue,
                        Verdict::Path => PATH_FITS,
                        Verdict::Script { handled: true } => SCRIPT,
                        Verdict::Script { handled: false } => SCRIPT_WITHOUT_METHOD,
                        Verdict::Yes { pattern, .. } => TAKES | (*pattern as u32) << 8,
                    };
                    words.extend([layer as u32, mark]);
                    let Verdict::Yes { found, .. } = verdict else {
                        words.extend([0, 0]);
                        continue;
                    };
                    words.extend([offset(found.end), found.captures.len() as u32]);
                    for capture in &found.captures {
                        words.extend([capture.key as u32, offset(capture.start), offset(capture.end)]);
                    }
                }
            })
        })
    }
}
