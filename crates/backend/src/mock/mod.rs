//! The built-in mock API: middleware chain and routes on the router, with the way of each request.

mod database;
mod error;
mod exchange;
mod limits;
mod list;
mod middleware;
mod present;
mod respond;
mod route;
mod routes;
mod schema;
pub(crate) mod seed;
mod token;
mod walk;

use backlab_docdb::Store;
use backlab_router::{Handler, Method, Router};

use crate::clock::{Clock, VirtualClock};
use crate::message::{Request, Response};
use crate::random::{Random, SeededRandom};
use crate::trace::Trace;
pub(crate) use database::{DATABASE, Surroundings, write};
use limits::RateLimiter;
pub use route::{Example, QueryDoc, RouteDoc};
use route::{Route, Run};

/// The mock API: routes and rate limit; the data is in the store that each request is given.
pub struct MockApi {
    router: Router<Native>,
    routes: Vec<Route>,
    limiter: RateLimiter,
}

/// A layer written in Rust.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Native {
    name: &'static str,
    run: Run,
    /// Position among the routes; `None` for the chain.
    route: Option<usize>,
}

/// What a request came to.
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) delay_ms: f64,
    pub(crate) trace: Trace,
}

impl Default for MockApi {
    fn default() -> Self {
        MockApi::new()
    }
}

impl MockApi {
    pub fn new() -> Self {
        let routes = routes::all();
        let mut router = Router::new();
        for (name, run) in middleware::CHAIN {
            add(&mut router, None, "/", Native { name, run, route: None });
        }
        for (position, route) in routes.iter().enumerate() {
            let mut layer = |name, run| {
                add(
                    &mut router,
                    Some(&route.doc.method),
                    &route.doc.path,
                    Native {
                        name,
                        run,
                        route: Some(position),
                    },
                );
            };
            if route.doc.auth {
                layer("auth", middleware::auth);
            }
            if route.schema.is_some() {
                layer("validate", middleware::validate);
            }
            layer(route.name, route.run);
        }
        MockApi {
            router,
            routes,
            limiter: RateLimiter::default(),
        }
    }

    /// Answers one request.
    pub(crate) fn handle(&mut self, request: &Request, store: &mut Store, clock: &dyn Clock, random: &mut dyn Random) -> Answer {
        walk::answer(self, request, store, clock, random)
    }

    /// Forgets how often anybody asked.
    pub(crate) fn reset_limits(&mut self) {
        self.limiter.clear();
    }

    /// The routes as the Reference page shows them. Each example is what the API really answers with its seed data.
    pub fn reference() -> Vec<RouteDoc> {
        let clock = VirtualClock::new(seed::NOW_MS);
        let docs: Vec<RouteDoc> = MockApi::new().routes.into_iter().map(|route| route.doc).collect();
        docs.into_iter().map(|doc| with_answer(doc, &clock)).collect()
    }
}

fn with_answer(mut doc: RouteDoc, clock: &VirtualClock) -> RouteDoc {
    let mut request = Request::new(&doc.example.method, &doc.example.path);
    if !doc.example.body.is_empty() {
        request.body = doc.example.body.clone().into_bytes();
        request = request.with_header("Content-Type", "application/json");
    }
    if doc.auth
        && let Ok((token, _)) = token::pair(1, "admin", clock.now_ms())
    {
        request = request.with_header("Authorization", &format!("Bearer {token}"));
    }
    let mut store = seed::store();
    let answer = MockApi::new().handle(&request, &mut store, clock, &mut SeededRandom::new("reference"));
    doc.example.status = answer.response.status;
    let text = String::from_utf8_lossy(&answer.response.body).into_owned();
    doc.example.response = match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) => serde_json::to_string_pretty(&value).unwrap_or(text),
        Err(_) => text,
    };
    doc
}

/// The paths are ours and known to be patterns; one that is not would leave its route out, which a test would see.
fn add(router: &mut Router<Native>, method: Option<&str>, path: &str, native: Native) {
    let handler = Handler::Native(native);
    let _ = match method {
        None => router.use_at(path, handler).map(drop),
        Some("ALL") => router.all(path, handler).map(drop),
        Some(method) => router.route(Method::from_name(method), path, handler).map(drop),
    };
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
