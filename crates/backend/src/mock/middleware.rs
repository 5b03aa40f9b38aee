//! The chain that every request goes through, and the two layers in front of guarded routes.

use backlab_auth::AuthError;
use backlab_auth::jwt::{VerifyOptions, verify};
use backlab_docdb::bson::doc;
use backlab_http::media::MediaType;
use serde_json::{Value, json};

use super::error::ApiError;
use super::exchange::{Exchange, Person};
use super::limits::LIMIT;
use super::route::{Flow, Run};
use super::token;

/// Name and function of each layer, in order.
pub(crate) const CHAIN: [(&str, Run); 4] = [
    ("logger", logger),
    ("cors", cors),
    ("jsonBody", json_body),
    ("rateLimit", rate_limit),
];

/// Bytes of a body.
const MAX_BODY: usize = 100 * 1024;

/// Gives the request an id.
fn logger(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let mut bytes = [0; 6];
    exchange.random.fill(&mut bytes);
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    exchange.note("req.id", &id.as_str().into());
    exchange.set_header("X-Request-Id", &id);
    Ok(Flow::Next)
}

/// Lets every origin in, and answers preflights (Fetch standard, "CORS protocol").
fn cors(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    exchange.set_header("Access-Control-Allow-Origin", "*");
    exchange.set_header(
        "Access-Control-Expose-Headers",
        "Location, X-Total-Count, X-Request-Id, RateLimit-Remaining",
    );
    let is_preflight =
        exchange.request.method.eq_ignore_ascii_case("OPTIONS") && exchange.request.header("Access-Control-Request-Method").is_some();
    if !is_preflight {
        return Ok(Flow::Next);
    }
    exchange.set_header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
    exchange.set_header("Access-Control-Allow-Headers", "Content-Type, Authorization");
    exchange.set_header("Access-Control-Max-Age", "600");
    exchange.empty(204)
}

/// Parses a JSON body. Another kind of body is left alone: the routes that want JSON refuse it.
fn json_body(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let body = &exchange.request.body;
    if body.len() > MAX_BODY {
        return Err(ApiError::TooLarge(format!(
            "The body has {} bytes; at most {MAX_BODY} are taken. Send less.",
            body.len()
        )));
    }
    if body.is_empty() || !is_json(exchange) {
        return Ok(Flow::Next);
    }
    let parsed: Value = serde_json::from_slice(body)
        .map_err(|error| ApiError::BadRequest(format!("The body is not valid JSON: {error}. Build it with JSON.stringify().")))?;
    exchange.note("req.body", &parsed);
    exchange.body = Some(parsed);
    Ok(Flow::Next)
}

fn is_json(exchange: &Exchange) -> bool {
    exchange.request.header("Content-Type").is_some_and(|text| {
        let essence = MediaType::parse(text).essence.to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    })
}

fn rate_limit(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let allowance = exchange.limiter.count(&exchange.request.remote_address, exchange.clock.now_ms());
    exchange.set_header("RateLimit-Limit", &LIMIT.to_string());
    exchange.set_header("RateLimit-Remaining", &allowance.remaining.to_string());
    exchange.set_header("RateLimit-Reset", &allowance.reset.to_string());
    if allowance.allowed {
        Ok(Flow::Next)
    } else {
        Err(ApiError::TooManyRequests {
            retry_after: allowance.reset,
        })
    }
}

/// Guards a route: puts the user of the bearer token on the request, or answers 401.
pub(crate) fn auth(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let refuse = |message: &str| Err(ApiError::Unauthorized(message.into()));
    let Some(header) = exchange.request.header("Authorization") else {
        return refuse("No token. Sign in with POST /api/auth/login and send the header Authorization: Bearer <token>.");
    };
    let Some((scheme, token)) = header.trim().split_once(' ') else {
        return refuse("The Authorization header must be: Bearer <token>.");
    };
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return refuse("The Authorization header must be: Bearer <token>.");
    }
    let claims = verify(token.trim(), token::SECRET, &VerifyOptions::default(), exchange.clock.now_ms());
    let claims = claims.map_err(|error| match error {
        AuthError::Expired { .. } => ApiError::Unauthorized("jwt expired: get a new token with POST /api/auth/refresh.".into()),
        other => ApiError::Unauthorized(other.to_string()),
    })?;
    let Some(id) = token::subject(&claims, "access") else {
        return refuse("This is not an access token.");
    };
    let Some(user) = exchange.find_one("users", doc! { "_id": id })? else {
        return refuse("The user of this token is gone.");
    };
    let text = |name: &str| user.get_str(name).unwrap_or_default().to_owned();
    let person = Person {
        id,
        name: text("name"),
        role: text("role"),
    };
    exchange.note("req.user", &json!({ "id": person.id, "name": person.name, "role": person.role }));
    exchange.user = Some(person);
    Ok(Flow::Next)
}

/// Checks the body against the schema of the route and leaves only what it knows.
pub(crate) fn validate(exchange: &mut Exchange) -> Result<Flow, ApiError> {
    let Some((route, schema)) = exchange.route.and_then(|route| Some((route, route.schema?))) else {
        return Ok(Flow::Next);
    };
    let checked = match &exchange.body {
        Some(Value::Object(members)) => schema.check(members, route.partial)?,
        Some(_) => {
            return Err(ApiError::BadRequest(
                "The body must be a JSON object, like {\"name\": \"Asha\"}.".into(),
            ));
        }
        None if exchange.request.body.is_empty() => {
            return Err(ApiError::BadRequest("A JSON body is needed and there is none.".into()));
        }
        None => {
            let given = exchange.request.header("Content-Type").unwrap_or("nothing");
            return Err(ApiError::UnsupportedMediaType(format!(
                "The body must be JSON with the header Content-Type: application/json; it came as {given}."
            )));
        }
    };
    exchange.body = Some(Value::Object(checked));
    Ok(Flow::Next)
}
