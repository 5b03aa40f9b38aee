//! The mock API, its data and its journal.

use crate::{get, js, json};
use backlab_docdb::{bson::doc, wire};
use backlab_engine::backend::Backend;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const NOW: f64 = 1_767_603_600_000.0;

fn data(backend: &mut Backend, command: &str) -> JsValue {
    backend.data(&js(command), NOW).unwrap().into()
}

#[wasm_bindgen_test]
fn requests_are_answered() {
    let mut backend = Backend::new(Some("test".into()));
    let mut check = |method: &str, target: &str, status: f64, part: &str| {
        let request = js(&format!(
            r#"{{"method":"{method}","target":"{target}","headers":[["Host","localhost:4000"]],"remoteAddress":"::1"}}"#
        ));
        js_sys::Reflect::set(&request, &"body".into(), &Uint8Array::new_with_length(0)).unwrap();
        let answer: JsValue = backend.handle(&request, NOW).into();
        let body = String::from_utf8(Uint8Array::from(get(&answer, "body")).to_vec()).unwrap();
        assert_eq!(get(&answer, "status").as_f64().unwrap(), status, "{target}: {body}");
        assert!(body.contains(part), "{target}: {body}");
        assert!(Array::from(&get(&answer, "trace.layers")).length() > 0, "{target}");
    };
    check("GET", "/api/health", 200.0, "ok");
    check("GET", "/api/users", 200.0, "name");
    check("GET", "/api/nothing", 404.0, "error");
}

#[wasm_bindgen_test]
fn a_journal_brings_the_data_back() {
    let mut first = Backend::new(Some("test".into()));
    let filled = data(
        &mut first,
        r#"{"data":"fill","collection":"notes.all","documents":[{"_id":1},{"_id":2}]}"#,
    );
    assert_eq!(json(&get(&filled, "value.ids")), "[1,2]");
    assert_eq!(json(&get(&filled, "changed")), r#"["notes.all"]"#);
    let records = Array::from(&get(&filled, "journal"));
    let whole = records.length();
    let check = |records: Array, damaged: bool, total: f64| {
        let mut backend = Backend::new(None);
        let report: JsValue = backend.boot(records).into();
        assert_eq!(Array::from(&get(&report, "damage")).length() > 0, damaged);
        let found = data(&mut backend, r#"{"data":"find","collection":"notes.all","filter":{}}"#);
        assert_eq!(get(&found, "value.total").as_f64().unwrap(), total);
    };
    check(records.clone(), false, 2.0);
    check(Array::new(), false, 0.0);
    let cut = records.slice(0, whole - 1);
    cut.push(&Uint8Array::from(records.get(whole - 1)).slice(0, 20));
    check(cut, true, 1.0);
}

#[wasm_bindgen_test]
fn a_change_that_was_not_stored_is_taken_back() {
    let mut backend = Backend::new(Some("test".into()));
    let inserted = data(&mut backend, r#"{"data":"insert","collection":"notes.all","document":{"_id":1}}"#);
    backend.discard(get(&inserted, "sequenceBefore").as_f64().unwrap());
    let found = data(&mut backend, r#"{"data":"find","collection":"notes.all","filter":{}}"#);
    assert_eq!(get(&found, "value.total").as_f64().unwrap(), 0.0);
    let refused = backend.data(&js(r#"{"data":"nothing"}"#), NOW).unwrap_err();
    assert!(get(&refused, "message").as_string().unwrap().contains("nothing"), "{refused:?}");
}

#[wasm_bindgen_test]
fn drivers_are_answered() {
    let mut backend = Backend::new(Some("test".into()));
    let connection = backend.connect();
    let message = wire::command(&doc! { "insert": "notes", "documents": [{ "_id": 1 }], "$db": "shop" }).unwrap();
    let reply = |answer: &JsValue| wire::answer(&Uint8Array::from(get(answer, "bytes")).to_vec()).unwrap();
    let inserted: JsValue = backend.receive(connection, &message, NOW).into();
    assert_eq!(get(&inserted, "answer"), "reply");
    assert_eq!(reply(&inserted).get_i32("n").unwrap(), 1);
    let did: JsValue = backend.work().unwrap().into();
    assert_eq!(get(&did, "work.op"), "notes.insertOne");
    assert_eq!(
        json(&get(&did, "writes")),
        r#"[{"collection":"notes","database":"shop","id":"1","kind":"insert","after":{"_id":1}}]"#
    );
    assert_eq!(json(&get(&inserted, "changed")), r#"["shop.notes"]"#);
    assert!(Array::from(&get(&inserted, "journal")).length() > 0);
    backend.discard(get(&inserted, "sequenceBefore").as_f64().unwrap());
    let refused: JsValue = backend.refuse(&message, "full").into();
    assert_eq!(reply(&refused).get_i32("code").unwrap(), 14031);
    let find = wire::command(&doc! { "find": "notes", "$db": "shop" }).unwrap();
    let found: JsValue = backend.receive(connection, &find, NOW).into();
    assert_eq!(
        reply(&found).get_document("cursor").unwrap().get_array("firstBatch").unwrap().len(),
        0
    );
    assert!(get(&found, "journal").is_undefined(), "nothing to store");
    backend.disconnect(connection);
    let closed: JsValue = backend.receive(connection, &find, NOW).into();
    assert_eq!(get(&closed, "answer"), "close");
}
