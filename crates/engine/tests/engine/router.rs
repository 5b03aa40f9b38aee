//! Route tables through the scratch memory.

use backlab_engine::router::{PathPattern, RouteTable, method_number, parse_path};
use backlab_engine::scratch::{scratch_address, words_address};
use js_sys::{Uint8Array, Uint32Array, WebAssembly::Memory};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// What the table says of a path, as JavaScript reads it.
fn find(table: &RouteTable, method: &str, path: &str) -> Vec<u32> {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let (bytes, address) = (Uint8Array::from(path.as_bytes()), scratch_address() as u32);
    // The first call may grow the memory; a view from before it would be detached.
    Uint8Array::new(&memory.buffer()).set(&bytes, address);
    let count = table.find(path.len(), method_number(method)) as u32;
    Uint32Array::new_with_byte_offset_and_length(&memory.buffer(), words_address() as u32, count).to_vec()
}

#[wasm_bindgen_test]
fn routes_are_matched_by_path_and_method() {
    let mut table = RouteTable::new();
    table.add_use(1);
    table.add_path(&PathPattern::new("/users/:id", true, false, false).unwrap());
    let get = method_number("GET");
    table.add_route(0, 1 << get, 0, false);
    let any = [0, 1, 0, 0];
    let check =
        |method: &str, path: &str, route: &[u32]| assert_eq!(find(&table, method, path), [&any[..], route].concat(), "{method} {path}");
    check("GET", "/users/42", &[1, 1, 9, 1, 0, 7, 9]);
    check("GET", "/users/é4", &[1, 1, 9, 1, 0, 7, 9]);
    check("POST", "/users/42", &[1, 2, 0, 0]);
    check("GET", "/users", &[]);
    check("GET", "/users/4/posts", &[]);
}

#[wasm_bindgen_test]
fn patterns_name_their_keys_and_refuse_what_they_cannot_read() {
    let check = |path: &str, expected: Result<&[&str], &str>| match (PathPattern::new(path, true, false, false), expected) {
        (Ok(pattern), Ok(keys)) => assert_eq!(pattern.keys(), keys, "{path}"),
        (Err(message), Err(part)) => assert!(message.as_string().unwrap().contains(part), "{path}: {message:?}"),
        (result, _) => panic!("{path}: {:?}", result.map(|pattern| pattern.keys()).map_err(|error: JsValue| error)),
    };
    check("/a/:b{/:c}", Ok(&[":b", ":c"]));
    check("/files/*path", Ok(&["*path"]));
    check("*", Err("Missing parameter name"));
}

#[wasm_bindgen_test]
fn a_pattern_answers_for_one_path() {
    let pattern = PathPattern::new("/é/:b", false, false, false).unwrap();
    assert_eq!(pattern.find("/é/xy/z"), Some(vec![5, 0, 3, 5]));
    assert_eq!(pattern.find("/a"), None);
    let dotted = PathPattern::exact("a.:b", true, true, true, ".").unwrap();
    assert_eq!(dotted.find("a.b/c"), Some(vec![5, 0, 2, 5]));
    assert_eq!(
        parse_path("/:a").unwrap(),
        r#"[{"type":"text","value":"/"},{"type":"param","name":"a"}]"#
    );
    assert!(
        parse_path("/:")
            .unwrap_err()
            .as_string()
            .unwrap()
            .contains("Missing parameter name")
    );
}
