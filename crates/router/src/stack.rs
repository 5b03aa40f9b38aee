//! An ordered stack of layers, and what each layer says to one request.

use crate::pattern::{Match, Pattern, PatternError, PatternOptions};
use crate::walk::Walk;
use crate::{Method, MethodSet};
use std::rc::Rc;

/// What runs when a layer takes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handler<N> {
    /// Written in Rust.
    Native(N),
    /// Written in JavaScript, by number.
    Script(u32),
}

/// Which paths a layer takes.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// Every path: `use('/')`.
    Any,
    /// The first of these that fits.
    Patterns(Vec<Rc<Pattern>>),
    /// A JavaScript regular expression, which only JavaScript can ask.
    Script,
}

/// One entry of a stack.
#[derive(Debug, Clone)]
pub struct Layer<N> {
    pub matcher: Matcher,
    /// The methods of a route; `None` for middleware.
    pub methods: Option<MethodSet>,
    /// Asked only while an error is on its way.
    pub on_error: bool,
    pub handler: Handler<N>,
}

/// What a layer says to a method and a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    No,
    /// The path fits and the method does not.
    Path,
    /// Takes it. `pattern` is the position of the pattern that fits.
    Yes {
        pattern: usize,
        found: Match,
    },
    /// JavaScript must ask its regular expression; `handled` tells whether the method would fit.
    Script {
        handled: bool,
    },
}

/// How a router compares paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RouterOptions {
    pub case_sensitive: bool,
    pub strict: bool,
}

/// A stack of layers.
#[derive(Debug, Clone)]
pub struct Router<N> {
    options: RouterOptions,
    layers: Vec<Layer<N>>,
}

impl<N> Default for Router<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N> Router<N> {
    pub fn new() -> Router<N> {
        Router::with_options(RouterOptions::default())
    }

    pub fn with_options(options: RouterOptions) -> Router<N> {
        Router {
            options,
            layers: Vec::new(),
        }
    }

    pub fn layers(&self) -> &[Layer<N>] {
        &self.layers
    }

    /// Adds a layer that is ready-made.
    pub fn push(&mut self, layer: Layer<N>) {
        self.layers.push(layer);
    }

    pub fn clear(&mut self) {
        self.layers.clear();
    }

    /// Adds middleware for a path and everything below it.
    pub fn use_at(&mut self, path: &str, handler: Handler<N>) -> Result<&mut Self, PatternError> {
        self.add(path, None, false, handler)
    }

    /// Adds a layer for errors, as Express knows it by its four parameters.
    pub fn on_error(&mut self, path: &str, handler: Handler<N>) -> Result<&mut Self, PatternError> {
        self.add(path, None, true, handler)
    }

    /// Adds a route for one method.
    pub fn route(&mut self, method: Method, path: &str, handler: Handler<N>) -> Result<&mut Self, PatternError> {
        self.add(path, Some(MethodSet::of(method)), false, handler)
    }

    /// Adds a route for every method.
    pub fn all(&mut self, path: &str, handler: Handler<N>) -> Result<&mut Self, PatternError> {
        self.add(path, Some(MethodSet::ALL), false, handler)
    }

    fn add(&mut self, path: &str, methods: Option<MethodSet>, on_error: bool, handler: Handler<N>) -> Result<&mut Self, PatternError> {
        let options = PatternOptions {
            end: methods.is_some(),
            strict: methods.is_some() && self.options.strict,
            sensitive: self.options.case_sensitive,
        };
        let matcher = if methods.is_none() && path == "/" {
            Matcher::Any
        } else {
            Matcher::Patterns(vec![Rc::new(Pattern::new(path, options)?)])
        };
        self.layers.push(Layer {
            matcher,
            methods,
            on_error,
            handler,
        });
        Ok(self)
    }

    /// Judges every layer for one request, in order. `path` has no query string.
    pub fn find<'a>(&'a self, method: Method, path: &'a str) -> impl Iterator<Item = (usize, Verdict)> + 'a {
        self.layers
            .iter()
            .enumerate()
            .map(move |(index, layer)| (index, layer.judge(method, path)))
    }

    /// Walks the layers that take a request.
    pub fn walk<'a>(&'a self, method: Method, path: &'a str) -> Walk<'a, N> {
        Walk::new(self, method, path)
    }
}

impl<N> Layer<N> {
    /// Says whether this layer takes a request. Express lets HEAD into every route whose path fits; the route then finds no
    /// handler and goes on, so that [`Verdict::Path`] is not used for it.
    pub fn judge(&self, method: Method, path: &str) -> Verdict {
        let handled = self.methods.is_none_or(|methods| methods.handles(method) || method == Method::HEAD);
        let (pattern, found) = match &self.matcher {
            Matcher::Any => (0, Match::default()),
            Matcher::Script => return Verdict::Script { handled },
            Matcher::Patterns(patterns) => {
                match patterns
                    .iter()
                    .enumerate()
                    .find_map(|(index, p)| p.find(path).map(|found| (index, found)))
                {
                    Some(fits) => fits,
                    None => return Verdict::No,
                }
            }
        };
        if handled { Verdict::Yes { pattern, found } } else { Verdict::Path }
    }
}
