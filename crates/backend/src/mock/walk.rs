//! The way of one request through the layers, and its trace.

use backlab_docdb::Store;
use backlab_http::query;
use backlab_router::{Handler, Method, Params, Step, Verdict};

use super::error::ApiError;
use super::exchange::{Exchange, Payload};
use super::route::Flow;
use super::{Answer, MockApi, Native, respond};
use crate::clock::Clock;
use crate::mask;
use crate::message::{Request, Response};
use crate::random::Random;
use crate::trace::{Does, Layer, LayerKind, Matched, ProgramError, Trace, TracedRequest, TracedResponse, Tried};

/// A trace keeps no more of a body.
const MAX_TRACED: usize = 64 * 1024;

pub(super) fn answer(api: &mut MockApi, request: &Request, store: &mut Store, clock: &dyn Clock, random: &mut dyn Random) -> Answer {
    let (at, started) = (clock.now_ms(), clock.measure_ms());
    let MockApi { router, routes, limiter } = api;
    let (path, query_text) = request.path_and_query();
    let method = Method::from_name(&request.method);
    let mut exchange = Exchange {
        request,
        path,
        query: query::parse(query_text),
        params: Params::default(),
        body: None,
        user: None,
        routes,
        route: None,
        status: 404,
        headers: Vec::new(),
        payload: Payload::Empty,
        delay_ms: 0.0,
        store,
        clock,
        random,
        limiter,
        changes: Vec::new(),
        work: Vec::new(),
        writes: Vec::new(),
    };
    let mut layers: Vec<Layer> = Vec::new();
    let mut walk = router.walk(method, path);
    let stopped_at = loop {
        match walk.next(false) {
            Step::Handle {
                index,
                handler: Handler::Native(native),
                params,
                ..
            } => {
                exchange.params = params;
                exchange.route = native.route.and_then(|position| routes.get(position));
                let answered = run(&mut exchange, *native, started, &mut layers);
                if answered {
                    break Some(index);
                }
            }
            Step::Handle { .. } => {}
            Step::BadParam(message) => {
                fail(
                    &mut exchange,
                    "router",
                    "use /",
                    &ApiError::BadRequest(message),
                    started,
                    &mut layers,
                );
                break None;
            }
            Step::Done { allow } => {
                nobody(&mut exchange, method, allow, started, &mut layers);
                break None;
            }
        }
    };
    let (tried, missed) = judged(router, routes, method, path, stopped_at);
    let response = respond::finish(&mut exchange);
    let ms = clock.measure_ms() - started + exchange.delay_ms;
    let error = layers.last().and_then(|layer| layer.error.clone());
    let trace = Trace {
        at: at as f64,
        host: "localhost:4000".into(),
        request: traced_request(request),
        response: Some(traced_response(&response)),
        ms,
        answered: layers.last().cloned(),
        layers,
        tried,
        missed,
        error,
        writes: std::mem::take(&mut exchange.writes),
        ..Trace::default()
    };
    Answer {
        response,
        delay_ms: exchange.delay_ms,
        trace,
    }
}

/// Runs one layer; returns whether the request is answered.
fn run(exchange: &mut Exchange, native: Native, started: f64, layers: &mut Vec<Layer>) -> bool {
    let begun = exchange.clock.measure_ms();
    let at = exchange.route.map_or_else(|| "use /".to_owned(), |route| route.label());
    let result = (native.run)(exchange);
    let mut layer = layer(exchange, native.name, &at, begun, started);
    match result {
        Ok(Flow::Next) => {
            layer.next = 1;
            layer.does = Does::Next;
            layers.push(layer);
            false
        }
        Ok(Flow::Answered) => {
            layer.does = Does::Answers;
            layers.push(layer);
            true
        }
        Err(error) => {
            refuse(exchange, &error, &mut layer);
            layers.push(layer);
            true
        }
    }
}

/// Answers in place of a layer.
fn fail(exchange: &mut Exchange, name: &str, at: &str, error: &ApiError, started: f64, layers: &mut Vec<Layer>) {
    let begun = exchange.clock.measure_ms();
    let mut layer = layer(exchange, name, at, begun, started);
    refuse(exchange, error, &mut layer);
    layers.push(layer);
}

fn refuse(exchange: &mut Exchange, error: &ApiError, layer: &mut Layer) {
    if let Some((name, value)) = error.header() {
        exchange.set_header(name, &value);
    }
    // The kinds cannot fail.
    let _ = exchange.json(error.status(), error.body());
    layer.changes.append(&mut exchange.changes);
    layer.does = Does::Answers;
    if error.status() == 500 {
        layer.error = Some(ProgramError {
            name: "Error".into(),
            message: error.to_string(),
            ..ProgramError::default()
        });
    }
}

/// The record of a layer that began at `begun`, in a request that began at `started`.
fn layer(exchange: &mut Exchange, name: &str, at: &str, begun: f64, started: f64) -> Layer {
    Layer {
        name: name.into(),
        at: at.into(),
        kind: LayerKind::Native,
        start: begun - started,
        ms: (exchange.clock.measure_ms() - begun).max(0.0),
        returned: "undefined".into(),
        changes: std::mem::take(&mut exchange.changes),
        work: std::mem::take(&mut exchange.work),
        ..Layer::default()
    }
}

/// No route took the request: 405 when another method would fit, the list of methods for OPTIONS, else 404.
fn nobody(exchange: &mut Exchange, method: Method, allow: Vec<&'static str>, started: f64, layers: &mut Vec<Layer>) {
    let path = exchange.path.to_owned();
    let begun = exchange.clock.measure_ms();
    if method == Method::OPTIONS && !allow.is_empty() {
        exchange.set_header("Allow", &allow.join(", "));
        let _ = exchange.empty(204);
        let mut layer = layer(exchange, "options", "use /", begun, started);
        layer.does = Does::Answers;
        layers.push(layer);
        return;
    }
    let mut fitting: Vec<&str> = exchange
        .routes
        .iter()
        .filter(|route| same_shape(&route.doc.path, &path))
        .map(|route| route.doc.method.as_str())
        .collect();
    fitting.dedup();
    let error = if fitting.is_empty() {
        ApiError::NotFound(format!("Cannot {} {path}. GET /api lists the routes.", exchange.request.method))
    } else {
        let allow = fitting.join(", ");
        ApiError::MethodNotAllowed {
            message: format!("{path} does not take {}; it takes {allow}.", exchange.request.method),
            allow,
        }
    };
    let mut layer = layer(exchange, "notFound", "use /", begun, started);
    refuse(exchange, &error, &mut layer);
    layers.push(layer);
}

/// Tells whether a path fits a pattern of ours: the same number of parts, each equal or a parameter.
fn same_shape(pattern: &str, path: &str) -> bool {
    let parts = |text: &str| text.trim_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (pattern, path) = (parts(pattern), parts(path));
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(wanted, given)| (wanted.starts_with(':') && !given.is_empty()) || wanted.eq_ignore_ascii_case(given))
}

/// What was asked up to the layer that answered, and what stands below it.
fn judged(
    router: &backlab_router::Router<Native>,
    routes: &[super::route::Route],
    method: Method,
    path: &str,
    stopped_at: Option<usize>,
) -> (Vec<Tried>, Vec<Tried>) {
    let (mut tried, mut missed): (Vec<Tried>, Vec<Tried>) = (Vec::new(), Vec::new());
    let mut last_route = None;
    for (index, verdict) in router.find(method, path) {
        let Some(Handler::Native(native)) = router.layers().get(index).map(|layer| &layer.handler) else {
            continue;
        };
        // The layers of one route are one line.
        if native.route.is_some() && native.route == last_route {
            continue;
        }
        last_route = native.route;
        let name = native
            .route
            .and_then(|at| routes.get(at))
            .map_or_else(|| format!("use / {}", native.name), |route| route.label());
        let matched = match verdict {
            Verdict::Yes { .. } => Matched::Yes,
            Verdict::Path => Matched::Path,
            Verdict::No | Verdict::Script { .. } => Matched::No,
        };
        let entry = Tried {
            name,
            matched,
            ..Tried::default()
        };
        if stopped_at.is_none_or(|stop| index <= stop) {
            tried.push(entry)
        } else {
            missed.push(entry)
        }
    }
    (tried, missed)
}

fn traced_request(request: &Request) -> TracedRequest {
    TracedRequest {
        method: request.method.clone(),
        url: request.target.clone(),
        headers: mask::headers(&request.headers),
        body: traced(&request.body),
        size: request.body.len(),
    }
}

fn traced_response(response: &Response) -> TracedResponse {
    TracedResponse {
        status: response.status,
        status_message: response.status_message.clone(),
        headers: mask::headers(&response.headers),
        body: traced(&response.body),
        size: response.body.len(),
    }
}

fn traced(body: &[u8]) -> String {
    let masked = mask::text(&String::from_utf8_lossy(body));
    if masked.len() <= MAX_TRACED {
        return masked;
    }
    let mut end = MAX_TRACED;
    while !masked.is_char_boundary(end) {
        end -= 1;
    }
    masked[..end].to_owned()
}
