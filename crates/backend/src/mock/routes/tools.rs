//! The index, and routes to try clients with: echo, status, slow, flaky, health, reset.

use backlab_http::status;
use serde_json::{Map, Value, json};

use crate::mock::error::ApiError;
use crate::mock::exchange::Exchange;
use crate::mock::route::{Flow, Route};
use crate::mock::seed;

/// Milliseconds that `slow` waits at most.
const MAX_DELAY: f64 = 30_000.0;

pub(super) fn index() -> Vec<Route> {
    vec![
        Route::new("GET", "/api", "Lists the routes.", "index", list_routes),
        Route::new("GET", "/api/health", "Tells that the API is up, and its time.", "health", health),
    ]
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::new(
            "ALL",
            "/api/echo",
            "Answers what was sent: method, query, headers, body.",
            "echo",
            echo,
        )
        .try_at("/api/echo?a=1&a=2"),
        Route::new(
            "ALL",
            "/api/status/:code",
            "Answers with this status, 200 to 599.",
            "status",
            answer_status,
        )
        .try_at("/api/status/418"),
        Route::new("GET", "/api/slow", "Answers late.", "slow", slow)
            .query("ms", "Milliseconds to wait, up to 30000, otherwise 1000")
            .try_at("/api/slow?ms=1500"),
        Route::new("GET", "/api/flaky", "Fails now and then with 503.", "flaky", flaky)
            .query("rate", "How often it fails, 0 to 1, otherwise 0.5")
            .try_at("/api/flaky?rate=0.5"),
        Route::new("POST", "/api/reset", "Puts all data back to the start.", "reset", reset),
    ]
}

fn list_routes(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let route = |doc: &crate::mock::RouteDoc| json!({ "method": doc.method, "path": doc.path, "summary": doc.summary, "auth": doc.auth });
    let routes: Vec<Value> = exchange.routes.iter().map(|known| route(&known.doc)).collect();
    exchange.json(200, json!({ "name": "Backlab mock API", "routes": routes }))
}

fn health(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    exchange.json(200, json!({ "status": "ok", "time": exchange.clock.now_ms() }))
}

fn echo(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let mut query = Map::new();
    for (name, value) in &exchange.query {
        match query.get_mut(name) {
            None => {
                query.insert(name.clone(), value.as_str().into());
            }
            Some(Value::Array(values)) => values.push(value.as_str().into()),
            Some(known) => *known = json!([known.take(), value]),
        }
    }
    let headers: Map<String, Value> = exchange
        .request
        .headers
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.as_str().into()))
        .collect();
    let body = match &exchange.body {
        Some(value) => value.clone(),
        None if exchange.request.body.is_empty() => Value::Null,
        None => String::from_utf8_lossy(&exchange.request.body).into(),
    };
    let answer = json!({
        "method": exchange.request.method,
        "path": exchange.path,
        "query": query,
        "headers": headers,
        "body": body,
        "ip": exchange.request.remote_address,
    });
    exchange.json(200, answer)
}

fn answer_status(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let text = exchange.params.get("code").unwrap_or_default();
    let Some(code) = text.parse::<u16>().ok().filter(|code| (200..600).contains(code)) else {
        return Err(ApiError::BadRequest(format!("'{text}' is not a status from 200 to 599.")));
    };
    if status::is_empty(code) {
        return exchange.empty(code);
    }
    if matches!(code, 301 | 302 | 303 | 307 | 308) {
        exchange.set_header("Location", "/api/health");
    }
    exchange.json(code, json!({ "status": code, "message": status::text(code).unwrap_or("Unknown") }))
}

fn slow(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let ms = parameter(exchange, "ms", 1_000.0, MAX_DELAY)?;
    exchange.delay_ms = ms;
    exchange.json(200, json!({ "waited": ms as i64 }))
}

fn flaky(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let rate = parameter(exchange, "rate", 0.5, 1.0)?;
    if exchange.random.fraction() < rate {
        return Err(ApiError::Unavailable("This time it failed. Try again.".into()));
    }
    exchange.json(200, json!({ "ok": true, "rate": rate }))
}

fn parameter(exchange: &Exchange, name: &str, otherwise: f64, max: f64) -> Result<f64, ApiError> {
    let Some(text) = exchange.first_query(name) else {
        return Ok(otherwise);
    };
    let number = text.trim().parse::<f64>().ok().filter(|number| (0.0..=max).contains(number));
    number.ok_or_else(|| ApiError::BadRequest(format!("{name} must be a number from 0 to {max}.")))
}

fn reset(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    seed::reset(exchange.store)?;
    exchange.limiter.clear();
    exchange.empty(204)
}
