//! The mock API as its clients see it.

use serde_json::{Value, json};

use super::{MockApi, seed};
use crate::trace::Does;
use crate::{Backend, Outcome, Request, SeededRandom, VirtualClock};

fn backend() -> (Backend, VirtualClock) {
    let clock = VirtualClock::new(seed::NOW_MS);
    (Backend::new(Box::new(clock.clone()), Box::new(SeededRandom::new("test"))), clock)
}

fn body(outcome: &Outcome) -> Value {
    serde_json::from_slice(&outcome.response.body).unwrap_or(Value::Null)
}

fn sign_in(backend: &mut Backend, email: &str) -> String {
    let outcome = backend.handle(&Request::new("POST", "/api/auth/login").with_json(&json!({ "email": email, "password": "secret123" })));
    format!("Bearer {}", body(&outcome)["token"].as_str().unwrap())
}

#[test]
fn every_example_of_the_reference_works() {
    let reference = MockApi::reference();
    assert!(reference.len() > 30);
    for doc in &reference {
        let expected = match (doc.method.as_str(), doc.path.as_str()) {
            (_, "/api/status/:code") => 418..=418,
            (_, "/api/flaky") => 200..=503,
            (_, "/api/auth/refresh") => 401..=401,
            _ => 200..=204,
        };
        assert!(
            expected.contains(&doc.example.status),
            "{} {}: {}",
            doc.method,
            doc.path,
            doc.example.response
        );
        assert!(!doc.summary.is_empty() && !doc.group.is_empty());
    }
}

#[test]
fn seed_data_is_complete() {
    let counts: Vec<(String, usize)> = seed::store()
        .collections()
        .map(|(namespace, collection)| (namespace.collection.to_string(), collection.len()))
        .collect();
    let expected = [("books", 24), ("orders", 7), ("reviews", 10), ("users", 10)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)));
    let (mut backend, _) = backend();
    for user in 1..=10 {
        let email = body(&backend.handle(&Request::get(&format!("/api/users/{user}"))))["email"]
            .as_str()
            .unwrap()
            .to_owned();
        let request = Request::new("POST", "/api/auth/login").with_json(&json!({ "email": email, "password": "secret123" }));
        assert!(matches!(backend.handle(&request).response.status, 200 | 403), "{email}");
    }
}

#[test]
fn lists_filter_search_sort_and_page() {
    #[track_caller]
    fn check(target: &str, expected_ids: &[i64], total: u64) {
        let (mut backend, _) = backend();
        let outcome = backend.handle(&Request::get(target));
        let body = body(&outcome);
        let ids: Vec<i64> = body["data"]
            .as_array()
            .expect("a page")
            .iter()
            .map(|item| item["id"].as_i64().unwrap())
            .collect();
        assert_eq!((ids.as_slice(), body["total"].as_u64().unwrap()), (expected_ids, total), "{target}");
    }
    check("/api/books?genre=Fiction&sort=-price&limit=2", &[1, 9], 5);
    check("/api/books?price[gte]=600&price[lt]=700&sort=price", &[11, 5], 2);
    check("/api/books?search=NODE", &[5], 1);
    check("/api/books?search=d.*e", &[], 0);
    check("/api/books?tags=backend", &[5, 12], 2);
    check("/api/books?genre[in]=Science,History&sort=-year&limit=1", &[24], 7);
    check("/api/books?genre=Science&genre=History&limit=1", &[4], 7);
    check("/api/users?city=Pune&age[gt]=20", &[1], 1);
    check("/api/users?active=false", &[6], 1);
    check("/api/users?page=2&limit=4", &[5, 6, 7, 8], 10);
    check("/api/users?page=9", &[], 10);
    check("/api/users?createdAt[gte]=2025-09-01", &[9, 10], 2);
    check("/api/books/1/reviews?sort=-rating", &[1, 3, 2], 3);
    check("/api/books/1/reviews?bookId=5", &[], 0);
}

#[test]
fn each_mistake_has_its_own_status() {
    #[track_caller]
    fn check(request: Request, status: u16, error: &str) {
        let (mut backend, _) = backend();
        let outcome = backend.handle(&request);
        let body = body(&outcome);
        let said = body["error"].as_str().unwrap_or_default();
        assert!(
            outcome.response.status == status && said.contains(error),
            "{} {body}",
            outcome.response.status
        );
        assert_eq!(outcome.records.len(), 0, "a refused request wrote something");
    }
    let post = |target: &str, body: Value| Request::new("POST", target).with_json(&body);
    check(Request::get("/api/nope"), 404, "Cannot GET /api/nope");
    check(Request::get("/"), 404, "GET /api lists the routes");
    check(Request::get("/api/books/99"), 404, "There is no book with id 99.");
    check(Request::get("/api/books/abc"), 400, "'abc' is not an id");
    check(Request::get("/api/books/%E0%A4%A"), 400, "Failed to decode param");
    check(Request::get("/api/books?colour=red"), 400, "The query is not valid.");
    check(Request::get("/api/books?page=0"), 400, "The query is not valid.");
    check(Request::get("/api/users?passwordHash[gt]=a"), 400, "The query is not valid.");
    check(Request::new("DELETE", "/api/books"), 405, "it takes GET, POST");
    check(post("/api/books", json!({ "title": "x" })), 400, "The body is not valid.");
    check(post("/api/books", json!([1])), 400, "must be a JSON object");
    check(Request::new("POST", "/api/books"), 400, "A JSON body is needed");
    check(
        Request {
            body: b"{\"a\":".to_vec(),
            ..post("/api/books", json!({}))
        },
        400,
        "not valid JSON",
    );
    let form = Request {
        body: b"title=x".to_vec(),
        ..Request::new("POST", "/api/books")
    };
    check(
        form.with_header("Content-Type", "application/x-www-form-urlencoded"),
        415,
        "Content-Type: application/json",
    );
    check(
        Request {
            body: vec![b' '; 200_000],
            ..post("/api/books", json!({}))
        },
        413,
        "at most 102400",
    );
    check(
        post("/api/users", json!({ "name": "Asha", "email": "asha@example.com" })),
        409,
        "already one with this email",
    );
    check(
        post("/api/auth/login", json!({ "email": "asha@example.com", "password": "wrong" })),
        401,
        "Email or password is wrong.",
    );
    check(
        post("/api/auth/login", json!({ "email": { "$gt": "" }, "password": "x" })),
        400,
        "The body is not valid.",
    );
    check(Request::get("/api/me"), 401, "No token");
    check(
        Request::get("/api/me").with_header("Authorization", "Basic abc"),
        401,
        "Bearer <token>",
    );
    check(
        Request::get("/api/me").with_header("Authorization", "Bearer abc"),
        401,
        "jwt malformed",
    );
    check(Request::get("/api/status/999"), 400, "not a status");
    check(Request::get("/api/slow?ms=-1"), 400, "ms must be a number");
    check(Request::get("/api/flaky?rate=1"), 503, "Try again");
}

#[test]
fn writes_are_seen_kept_and_reset() {
    let (mut backend, _) = backend();
    let created = backend.handle(&Request::new("POST", "/api/books").with_json(&json!({
        "title": " Tea and Tokens ", "author": "A. B.", "genre": "Programming", "price": 99.5
    })));
    assert_eq!(created.response.status, 201);
    assert_eq!(created.response.header("Location"), Some("/api/books/25"));
    assert_eq!(body(&created)["title"], "Tea and Tokens");
    assert_eq!(
        (created.changed.as_slice(), created.trace.writes[0].kind.as_str()),
        (["books".to_owned()].as_slice(), "insert")
    );
    let patched = backend.handle(&Request::new("PATCH", "/api/books/25").with_json(&json!({ "price": 120 })));
    assert_eq!(
        (body(&patched)["price"].as_i64(), body(&patched)["title"].as_str()),
        (Some(120), Some("Tea and Tokens"))
    );
    let write = &patched.trace.writes[0];
    assert_eq!(
        (
            write.before.as_ref().unwrap()["price"].as_f64(),
            write.after.as_ref().unwrap()["price"].as_f64()
        ),
        (Some(99.5), Some(120.0))
    );
    let replaced = backend.handle(&Request::new("PUT", "/api/users/2").with_json(&json!({ "name": "Rahul", "email": "r@example.com" })));
    assert_eq!(body(&replaced)["city"], Value::Null);
    assert_eq!(sign_in(&mut backend, "r@example.com")[..7], *"Bearer ");
    let deleted = backend.handle(&Request::new("DELETE", "/api/books/25"));
    assert_eq!((deleted.response.status, deleted.response.body.len()), (204, 0));
    let records: Vec<Vec<u8>> = [created, patched, replaced, deleted]
        .into_iter()
        .flat_map(|outcome| outcome.records)
        .collect();
    let (mut next, _) = self::backend();
    assert_eq!(next.boot(records.iter().map(Vec::as_slice)).damage, vec![]);
    assert_eq!(body(&next.handle(&Request::get("/api/users/2")))["email"], "r@example.com");
    assert_eq!(body(&next.handle(&Request::get("/api/books")))["total"], 24);
    assert_eq!(next.handle(&Request::new("POST", "/api/reset")).response.status, 204);
    assert_eq!(body(&next.handle(&Request::get("/api/users/2")))["email"], "rahul@example.com");
}

#[test]
fn tokens_open_doors_until_they_expire() {
    let (mut backend, clock) = backend();
    let admin = sign_in(&mut backend, "asha@example.com");
    let member = sign_in(&mut backend, "rahul@example.com");
    let mut get = |target: &str, token: &str| backend.handle(&Request::get(target).with_header("Authorization", token));
    assert_eq!(body(&get("/api/me", &member))["name"], "Rahul Verma");
    assert_eq!(body(&get("/api/orders", &member))["total"], 2);
    assert_eq!(body(&get("/api/orders?userId=3", &member))["total"], 0);
    assert_eq!(body(&get("/api/orders", &admin))["total"], 7);
    assert_eq!(get("/api/orders/1", &member).response.status, 403);
    assert_eq!(get("/api/users/1/orders", &member).response.status, 403);
    assert_eq!(get("/api/users/2/orders", &admin).response.status, 200);
    clock.advance(15 * 60_000);
    let late = get("/api/me", &member);
    assert_eq!(
        (
            late.response.status,
            body(&late)["error"].as_str().unwrap().starts_with("jwt expired")
        ),
        (401, true)
    );
    assert_eq!(
        late.trace.layers.last().map(|layer| (layer.name.as_str(), layer.does)),
        Some(("auth", Does::Answers))
    );
}

#[test]
fn accounts_and_refresh() {
    let (mut backend, clock) = backend();
    let signup = json!({ "name": "Divya", "email": "Divya@Example.com", "password": "correct horse" });
    let outcome = backend.handle(&Request::new("POST", "/api/auth/signup").with_json(&signup));
    assert_eq!(
        (outcome.response.status, body(&outcome)["user"]["email"].as_str()),
        (201, Some("divya@example.com"))
    );
    let trace = serde_json::to_string(&outcome.trace).unwrap();
    assert!(
        !trace.contains("correct horse") && !trace.contains("$2b$10$"),
        "a secret is in the trace"
    );
    assert!(!String::from_utf8_lossy(&outcome.response.body).contains("passwordHash"));
    assert_eq!(
        backend
            .handle(&Request::new("POST", "/api/auth/signup").with_json(&signup))
            .response
            .status,
        409
    );
    clock.advance(3_600_000);
    let refresh = json!({ "refreshToken": body(&outcome)["refreshToken"] });
    let again = backend.handle(&Request::new("POST", "/api/auth/refresh").with_json(&refresh));
    let token = format!("Bearer {}", body(&again)["token"].as_str().unwrap());
    assert_eq!(
        backend
            .handle(&Request::get("/api/me").with_header("Authorization", &token))
            .response
            .status,
        200
    );
    let wrong_kind = json!({ "refreshToken": body(&again)["token"] });
    assert_eq!(
        backend
            .handle(&Request::new("POST", "/api/auth/refresh").with_json(&wrong_kind))
            .response
            .status,
        400
    );
    assert_ne!(body(&again)["token"], body(&again)["refreshToken"]);
    let id = body(&outcome)["user"]["id"].as_i64().unwrap();
    let off = Request::new("PUT", &format!("/api/users/{id}"))
        .with_json(&json!({ "name": "Divya", "email": "divya@example.com", "active": false }));
    let trace = serde_json::to_string(&backend.handle(&off).trace).unwrap();
    assert!(!trace.contains("$2b$10$"), "a secret is in the trace");
    assert_eq!(
        backend
            .handle(&Request::new("POST", "/api/auth/refresh").with_json(&refresh))
            .response
            .status,
        403
    );
}

#[test]
fn orders_take_from_stock() {
    let (mut backend, _) = backend();
    let token = sign_in(&mut backend, "rahul@example.com");
    let mut send = |method: &str, target: &str, body: Value| {
        backend.handle(&Request::new(method, target).with_json(&body).with_header("Authorization", &token))
    };
    let order = send(
        "POST",
        "/api/orders",
        json!({ "items": [{ "bookId": 16, "quantity": 2 }, { "bookId": 16 }] }),
    );
    assert_eq!((order.response.status, body(&order)["total"].as_i64()), (201, Some(930)));
    assert_eq!(order.changed, ["books", "orders"]);
    assert_eq!(
        send("POST", "/api/orders", json!({ "items": [{ "bookId": 16 }] })).response.status,
        409
    );
    assert_eq!(
        send("POST", "/api/orders", json!({ "items": [{ "bookId": 999 }] })).response.status,
        400
    );
    assert_eq!(send("POST", "/api/orders", json!({ "items": [5] })).response.status, 400);
    let misspelt = send("POST", "/api/orders", json!({ "items": [{ "bookId": 1, "qty": 2 }] }));
    assert_eq!(misspelt.response.status, 400);
    assert!(body(&misspelt).to_string().contains("items[0].qty"));
    let unknown = send("POST", "/api/orders", json!({ "items": [{ "bookId": 1 }], "gift": true }));
    assert!(body(&unknown).to_string().contains("is not a field of an order"));
    let unknown = send("POST", "/api/users", json!({ "nick": "a" }));
    assert!(body(&unknown).to_string().contains("is not a field of a user"));
    assert_eq!(
        send("PATCH", "/api/orders/8", json!({ "status": "delivered" })).response.status,
        403
    );
    assert_eq!(
        send("PATCH", "/api/orders/8", json!({ "status": "cancelled" })).response.status,
        200
    );
    assert_eq!(
        send("PATCH", "/api/orders/8", json!({ "status": "cancelled" })).response.status,
        409
    );
    let review = json!({ "rating": 4, "text": "Good." });
    assert_eq!(send("POST", "/api/books/16/reviews", review.clone()).response.status, 201);
    assert_eq!(send("POST", "/api/books/16/reviews", review).response.status, 409);
    let book = send("GET", "/api/books/16", json!({}));
    assert_eq!(
        (body(&book)["rating"].as_f64(), body(&book)["reviews"].as_i64()),
        (Some(3.0), Some(2))
    );
}

#[test]
fn the_trace_shows_the_way() {
    let (mut backend, _) = backend();
    let outcome = backend.handle(&Request::new("PATCH", "/api/books/3").with_json(&json!({ "stock": 1 })));
    let names: Vec<&str> = outcome.trace.layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["logger", "cors", "jsonBody", "rateLimit", "validate", "updateBook"]);
    let handler = outcome.trace.layers.last().unwrap();
    assert_eq!((handler.at.as_str(), handler.does), ("PATCH /api/books/:id", Does::Answers));
    let work: Vec<(&str, &str, u64, u64)> = handler
        .work
        .iter()
        .map(|work| (work.op.as_str(), work.plan.as_str(), work.examined, work.changed))
        .collect();
    assert_eq!(
        work,
        [
            ("books.findOne", "IXSCAN _id_", 1, 0),
            ("books.updateOne", "IXSCAN _id_", 1, 1),
            ("books.findOne", "IXSCAN _id_", 1, 0)
        ]
    );
    assert!(outcome.trace.layers[2].changes.iter().any(|change| change.path == "req.body"));
    assert!(outcome.trace.tried.iter().any(|tried| tried.name == "GET /api/books/:id"));
    assert!(outcome.trace.missed.iter().any(|missed| missed.name == "GET /api/users"));
    let list = backend.handle(&Request::get("/api/books?genre=Fiction"));
    assert_eq!(list.trace.layers.last().unwrap().work[1].plan, "IXSCAN genre_1");
}

#[test]
fn head_options_cors_and_conditions() {
    let (mut backend, _) = backend();
    let get = backend.handle(&Request::get("/api/books/1"));
    let head = backend.handle(&Request::new("HEAD", "/api/books/1"));
    assert_eq!((head.response.status, head.response.body.len()), (200, 0));
    assert_eq!(head.response.header("Content-Length"), get.response.header("Content-Length"));
    assert_eq!(get.response.header("Access-Control-Allow-Origin"), Some("*"));
    let tag = get.response.header("ETag").unwrap();
    let again = backend.handle(&Request::get("/api/books/1").with_header("If-None-Match", tag));
    assert_eq!((again.response.status, again.response.body.len()), (304, 0));
    let options = backend.handle(&Request::new("OPTIONS", "/api/books"));
    assert_eq!(
        (options.response.status, options.response.header("Allow")),
        (204, Some("GET, HEAD, POST"))
    );
    let preflight = Request::new("OPTIONS", "/api/me")
        .with_header("Origin", "http://x")
        .with_header("Access-Control-Request-Method", "PATCH");
    let preflight = backend.handle(&preflight);
    assert_eq!(preflight.response.status, 204);
    assert!(
        preflight
            .response
            .header("Access-Control-Allow-Methods")
            .is_some_and(|methods| methods.contains("PATCH"))
    );
    assert_eq!(preflight.trace.layers.last().unwrap().name, "cors");
}

#[test]
fn the_window_of_the_rate_limit_passes() {
    let (mut backend, clock) = backend();
    let statuses: Vec<u16> = (0..101)
        .map(|_| backend.handle(&Request::get("/api/health")).response.status)
        .collect();
    assert_eq!((statuses[99], statuses[100]), (200, 429));
    let refused = backend.handle(&Request::get("/api/health"));
    assert_eq!(refused.response.header("Retry-After"), Some("60"));
    clock.advance(60_000);
    assert_eq!(backend.handle(&Request::get("/api/health")).response.status, 200);
}

#[test]
fn tools_for_clients() {
    let (mut backend, _) = backend();
    let echo = backend.handle(&Request::new("PURGE", "/api/echo?a=1&a=2&b=%20").with_json(&json!({ "x": 1 })));
    let body_of_echo = body(&echo);
    assert_eq!(body_of_echo["query"], json!({ "a": ["1", "2"], "b": " " }));
    assert_eq!(
        (body_of_echo["method"].as_str(), &body_of_echo["body"]),
        (Some("PURGE"), &json!({ "x": 1 }))
    );
    assert_eq!(backend.handle(&Request::get("/api/slow?ms=1500")).delay_ms, 1500.0);
    assert_eq!(backend.handle(&Request::get("/api/status/204")).response.body.len(), 0);
    assert_eq!(backend.handle(&Request::get("/api/flaky?rate=0")).response.status, 200);
    let index = body(&backend.handle(&Request::get("/api")));
    assert_eq!(index["routes"].as_array().unwrap().len(), MockApi::reference().len());
}
