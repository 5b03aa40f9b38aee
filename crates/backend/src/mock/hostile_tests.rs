//! Whatever a client sends, it gets an answer.

use super::{MockApi, seed, token};
use crate::{Backend, Request, SeededRandom, VirtualClock};

#[test]
fn nasty_requests_are_only_answered() {
    let clock = VirtualClock::new(seed::NOW_MS);
    let mut backend = Backend::new(Box::new(clock.clone()), Box::new(SeededRandom::new("test")));
    let long = "x".repeat(20_000);
    let targets = [
        "",
        "?",
        "#",
        "//",
        "/api//books",
        "/api/books/",
        "/API/BOOKS",
        "http://evil/api/books",
        "http://",
        "https://h?x=1",
        "/api/books/0",
        "/api/books/-1",
        "/api/books/99999999999999999999",
        "/api/books/1.5",
        "/api/books/+1",
        "/api/books/%00",
        "/api/books/%FF",
        "/api/books/१",
        "/api/books?sort=",
        "/api/books?sort=,,-",
        "/api/books?sort=-$where",
        "/api/books?limit=1e9",
        "/api/books?page=99999999999999999999",
        "/api/books?page=1000000&limit=50",
        "/api/books?price[gte]=NaN",
        "/api/books?price[$gt]=1",
        "/api/books?price[",
        "/api/books?[gte]=1",
        "/api/books?price[in]=1,,2",
        "/api/books?search=%28%5B%5C",
        "/api/books?search=%00",
        "/api/books?__proto__=1",
        "/api/books?fields=,",
        "/api/books?createdAt=never",
        "/api/books?createdAt=2026-13-45",
        "/api/books?=&&==",
        "/api/books?price=1&price[gte]=2&price=3&price[in]=4",
        "/api/slow?ms=NaN",
        "/api/slow?ms=inf",
        "/api/flaky?rate=-0",
        "/api/status/0200",
        "/api/status/",
        "/api/../etc/passwd",
        "/api/books;x=1",
        "/\u{202e}",
        "/api/books?search=💥",
        long.as_str(),
    ];
    let bodies: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"null".to_vec(),
        b"\"text\"".to_vec(),
        b"{}".to_vec(),
        b"{\"title\":{\"$ne\":null},\"price\":1e999}".to_vec(),
        b"{\"$oid\":\"x\",\"id\":1,\"_id\":2}".to_vec(),
        b"{\"items\":[null,{\"bookId\":-1},{\"bookId\":1e300,\"quantity\":{}}]}".to_vec(),
        b"{\"email\":\"@.\",\"password\":\"\\u0000\",\"name\":\"\\ud83d\\ude00\\u0000\",\"a\\u0000b\":1}".to_vec(),
        b"{\"status\":\"cancelled\",\"refreshToken\":\"a.b.c\"}".to_vec(),
        vec![0xff, 0xfe, 0x00],
        "[".repeat(5_000).into_bytes(),
        "{\"a\":".repeat(5_000).into_bytes(),
        vec![b'x'; 300_000],
    ];
    let (token, _) = token::pair(1, "admin", seed::NOW_MS).unwrap();
    let mut posts: Vec<String> = MockApi::reference().into_iter().map(|doc| doc.example.path).collect();
    posts.extend(targets.iter().map(|target| (*target).to_owned()));
    for target in &posts {
        for method in [
            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "", "get", "BR EAK", "💥",
        ] {
            for body in if matches!(method, "POST" | "PATCH" | "PUT") {
                bodies.as_slice()
            } else {
                &bodies[..1]
            } {
                for content_type in ["application/json", "APPLICATION/JSON; charset=\"", ";;=", ""] {
                    clock.advance(60_000);
                    let request = Request {
                        method: method.into(),
                        target: target.clone(),
                        body: body.clone(),
                        ..Request::default()
                    };
                    let request = request
                        .with_header("Content-Type", content_type)
                        .with_header("authorization", &format!("Bearer {token}"));
                    let outcome = backend.handle(&request);
                    let status = outcome.response.status;
                    assert!(
                        (200..600).contains(&status) && status != 500,
                        "{method} {target} {:?}: {status}",
                        String::from_utf8_lossy(body)
                    );
                }
            }
        }
    }
}
