//! The functions behind request and response objects.

use backlab_engine::http::{Accept, accepts, content_type, etag, is_fresh, parse_cookies, parse_query_tree, parse_range, write_cookie};
use wasm_bindgen_test::wasm_bindgen_test;

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[wasm_bindgen_test]
fn headers_are_read_and_written_as_express_does() {
    let check = |seen: String, expected: &str| assert_eq!(seen, expected);
    check(content_type("html").unwrap(), "text/html; charset=utf-8");
    check(etag(b"hello", true), "W/\"5-qvTGHdzF6KLavt4PO0gs2a6pQ00\"");
    check(parse_cookies("a=1; b=%20x").join("|"), "a|1|b| x");
    check(
        write_cookie("sid", "a%20b", Some(60.0), None, some("/"), None, 1, None, some("lax")).unwrap(),
        "sid=a%20b; Max-Age=60; Path=/; HttpOnly; SameSite=Lax",
    );
    check(
        parse_query_tree("a[b]=1&a[c][]=2", 5, false, 20, 1000, 0).unwrap(),
        r#"{"a":{"b":"1","c":["2"]}}"#,
    );
    assert!(write_cookie("a b", "", None, None, None, None, 0, None, None).is_err());
}

#[wasm_bindgen_test]
fn negotiation_picks_the_best_offer() {
    let check = |what: Accept, header: Option<&str>, offers: &[&str], best: Option<usize>| {
        let offers = offers.iter().map(|&offer| offer.to_owned()).collect();
        assert_eq!(accepts(what, header.map(str::to_owned), offers), best, "{header:?}");
    };
    check(
        Accept::Type,
        Some("text/html;q=0.5, application/json"),
        &["text/html", "application/json"],
        Some(1),
    );
    check(Accept::Type, Some("image/png"), &["text/html"], None);
    check(Accept::Type, None, &["text/html"], Some(0));
    check(Accept::Encoding, Some("gzip, br;q=0"), &["br", "gzip"], Some(1));
}

#[wasm_bindgen_test]
fn ranges_and_freshness() {
    let check = |header: &str, expected: &[f64]| assert_eq!(parse_range(100.0, header, true), expected, "{header}");
    check("bytes=0-9", &[0.0, 9.0]);
    check("bytes=-10", &[90.0, 99.0]);
    check("bytes=200-", &[-1.0]);
    check("bytes", &[-2.0]);
    assert!(is_fresh(some("W/\"a\""), None, None, some("\"a\""), None));
    assert!(!is_fresh(some("\"b\""), None, None, some("\"a\""), None));
}
