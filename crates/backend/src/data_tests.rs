//! The Database tool's commands, and what a failed or lost journal does.

use serde_json::{Value, json};

use crate::{Backend, DataCommand, Request, SeededRandom, VirtualClock};

fn backend() -> Backend {
    Backend::new(Box::new(VirtualClock::new(1_767_603_600_000)), Box::new(SeededRandom::new("data")))
}

fn run(backend: &mut Backend, command: Value) -> Result<Value, String> {
    let command = DataCommand::from_json(&command).map_err(|error| error.to_string())?;
    backend
        .data(command)
        .map(|outcome| outcome.value)
        .map_err(|error| error.to_string())
}

#[test]
fn reads_collections_and_documents() {
    let mut backend = backend();
    let cards = run(&mut backend, json!({ "data": "collections" })).unwrap();
    assert_eq!(cards[0]["name"], "books");
    assert_eq!(cards[0]["indexes"][1]["key"], json!({ "genre": 1 }));
    let found = run(
        &mut backend,
        json!({ "data": "find", "collection": "users", "filter": { "email": "asha@example.com" } }),
    )
    .unwrap();
    assert_eq!((found["plan"].as_str(), found["total"].as_u64()), (Some("IXSCAN email_1"), Some(1)));
    assert_eq!(found["documents"][0]["createdAt"], json!({ "$date": "2025-02-03T08:15:00Z" }));
    let page = run(
        &mut backend,
        json!({ "data": "find", "collection": "books", "filter": {}, "sort": { "price": -1 }, "skip": 1, "limit": 2 }),
    )
    .unwrap();
    assert_eq!((page["documents"].as_array().unwrap().len(), page["total"].as_u64()), (2, Some(24)));
}

#[test]
fn writes_and_refuses() {
    let mut backend = backend();
    let id = run(
        &mut backend,
        json!({ "data": "insert", "collection": "notes", "document": { "a": 1 } }),
    )
    .unwrap()["id"]
        .clone();
    assert!(id["$oid"].is_string());
    let replaced = run(
        &mut backend,
        json!({ "data": "replace", "collection": "notes", "id": id, "document": { "a": 2 } }),
    )
    .unwrap();
    assert_eq!(replaced, json!({ "matched": 1, "changed": 1 }));
    assert_eq!(
        run(&mut backend, json!({ "data": "delete", "collection": "notes", "id": id })).unwrap(),
        json!({ "deleted": 1 })
    );
    let fill = json!({ "data": "fill", "collection": "users", "documents": [{ "_id": 7, "email": "a" }, { "email": "b" }] });
    assert_eq!(run(&mut backend, fill).unwrap()["ids"].as_array().unwrap().len(), 2);
    let twice = json!({ "data": "fill", "collection": "users", "documents": [{ "email": "c" }, { "email": "c" }] });
    assert!(run(&mut backend, twice).unwrap_err().contains("E11000"));
    let users = run(&mut backend, json!({ "data": "find", "collection": "users" })).unwrap();
    assert_eq!(
        (users["total"].as_u64(), users["documents"][0]["email"].as_str()),
        (Some(2), Some("a"))
    );
    run(&mut backend, json!({ "data": "reset" })).unwrap();
    let mut refuse = |command: Value, expected: &str| {
        let error = run(&mut backend, command).unwrap_err();
        assert!(error.contains(expected), "{error}");
    };
    refuse(
        json!({ "data": "find", "collection": "users", "filter": { "$foo": 1 } }),
        "unknown top level operator: $foo",
    );
    refuse(json!({ "data": "find", "collection": "users", "filter": 5 }), "expected an object");
    refuse(
        json!({ "data": "insert", "collection": "users", "document": { "_id": 1 } }),
        "E11000",
    );
    refuse(json!({ "data": "insert", "collection": "", "document": {} }), "Invalid namespace");
    refuse(
        json!({ "data": "replace", "collection": "users", "id": 1, "document": { "$set": { "a": 1 } } }),
        "must not start with $",
    );
    refuse(json!({ "data": "restore", "snapshot": "hello" }), "not a snapshot");
    refuse(json!({ "data": "find" }), "lacks the text 'collection'");
    refuse(json!([]), "lacks the text 'data'");
    refuse(json!({ "data": "explode" }), "is not a command");
}

#[test]
fn snapshots_come_back() {
    let mut backend = backend();
    run(&mut backend, json!({ "data": "delete", "collection": "users", "id": 1 })).unwrap();
    let snapshot = run(&mut backend, json!({ "data": "snapshot" })).unwrap();
    run(&mut backend, json!({ "data": "reset" })).unwrap();
    assert_eq!(backend.handle(&Request::get("/api/users/1")).response.status, 200);
    run(&mut backend, json!({ "data": "restore", "snapshot": snapshot.to_string() })).unwrap();
    assert_eq!(backend.handle(&Request::get("/api/users/1")).response.status, 404);
}

#[test]
fn a_write_that_was_not_stored_never_happened() {
    let mut backend = backend();
    let kept = backend.handle(&Request::new("DELETE", "/api/users/1"));
    backend.confirm(kept.sequence);
    let lost = backend.handle(&Request::new("DELETE", "/api/users/2"));
    backend.discard(lost.sequence_before);
    assert_eq!(backend.handle(&Request::get("/api/users/1")).response.status, 404);
    assert_eq!(backend.handle(&Request::get("/api/users/2")).response.status, 200);
    let next = backend.handle(&Request::new("DELETE", "/api/users/3"));
    let mut after = self::backend();
    let report = after.boot(kept.records.iter().chain(&next.records).map(Vec::as_slice));
    assert_eq!(report.damage, vec![]);
    for (user, status) in [(1, 404), (2, 200), (3, 404)] {
        assert_eq!(after.handle(&Request::get(&format!("/api/users/{user}"))).response.status, status);
    }
}

#[test]
fn damaged_records_are_reported_and_the_rest_is_there() {
    let mut backend = backend();
    let mut records: Vec<Vec<u8>> = (1..=3)
        .flat_map(|user| {
            let rename = Request::new("PATCH", &format!("/api/users/{user}")).with_json(&json!({ "name": "Renamed" }));
            backend.handle(&rename).records
        })
        .collect();
    let last = records.len() - 2;
    records[last][40] ^= 1;
    let mut after = self::backend();
    assert_eq!(after.boot(records.iter().map(Vec::as_slice)).damage.len(), 1);
    let name = |backend: &mut Backend, user: u32| {
        let body = backend.handle(&Request::get(&format!("/api/users/{user}"))).response.body;
        serde_json::from_slice::<Value>(&body).unwrap()["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (name(&mut after, 1), name(&mut after, 2), name(&mut after, 3)),
        ("Renamed".into(), "Rahul Verma".into(), "Renamed".into())
    );
    let mut hopeless = self::backend();
    assert_eq!(hopeless.boot([b"junk".as_slice()]).damage.len(), 1);
    assert_eq!(hopeless.handle(&Request::get("/api/users/1")).response.status, 200);
}

#[test]
fn any_command_of_mongodb() {
    let mut backend = backend();
    let mut command =
        |database: &str, command: Value| run(&mut backend, json!({ "data": "command", "database": database, "command": command })).unwrap();
    let id = json!({ "$oid": "000000000000000000000001" });
    assert_eq!(
        command(
            "shop",
            json!({ "insert": "users", "documents": [{ "_id": id, "at": { "$date": "2026-01-05T09:00:00Z" } }] })
        )["n"],
        1
    );
    let found = command("shop", json!({ "find": "users", "filter": { "_id": id } }));
    assert_eq!(
        found["cursor"]["firstBatch"],
        json!([{ "_id": id, "at": { "$date": "2026-01-05T09:00:00Z" } }])
    );
    command(
        "shop",
        json!({ "createIndexes": "users", "indexes": [{ "key": { "at": 1 }, "name": "at_1" }] }),
    );
    let explained = command("shop", json!({ "explain": { "find": "users", "filter": { "at": { "$gt": 0 } } } }));
    assert_eq!(explained["ok"], 1.0);
    let typed = json!({ "data": "command", "database": "shop", "command": { "count": "users" }, "canonical": true });
    let failed = command("shop", json!({ "frobnicate": 1 }));
    assert_eq!((failed["ok"].as_f64(), failed["code"].as_i64()), (Some(0.0), Some(59)));
    // A look at a stream without news is answered at once.
    let stream = command(
        "shop",
        json!({ "aggregate": "users", "pipeline": [{ "$changeStream": {} }], "cursor": {} }),
    );
    let more = command("shop", json!({ "getMore": stream["cursor"]["id"], "collection": "users" }));
    assert_eq!(more["cursor"]["nextBatch"], json!([]));
    assert_eq!(run(&mut backend, typed).unwrap()["n"], json!({ "$numberInt": "1" }));
    run(&mut backend, json!({ "data": "reset" })).unwrap();
    let left = run(
        &mut backend,
        json!({ "data": "find", "collection": "shop.users", "projection": { "_id": 0 } }),
    )
    .unwrap();
    assert_eq!(left["total"], 1, "the start of the mock API is not the start of other databases");
}

#[test]
fn archives_come_back() {
    let mut backend = backend();
    let archive = run(&mut backend, json!({ "data": "archive" })).unwrap();
    let books = run(&mut backend, json!({ "data": "find", "collection": "books" })).unwrap();
    run(
        &mut backend,
        json!({ "data": "fill", "collection": "books", "documents": [{ "_id": 1 }] }),
    )
    .unwrap();
    run(
        &mut backend,
        json!({ "data": "insert", "collection": "shop.users", "document": { "_id": 1 } }),
    )
    .unwrap();
    let taken = run(&mut backend, json!({ "data": "takeArchive", "archive": archive })).unwrap();
    assert!(taken["count"].as_u64() > books["total"].as_u64());
    assert_eq!(
        run(&mut backend, json!({ "data": "find", "collection": "books" })).unwrap()["documents"],
        books["documents"]
    );
    let other = run(&mut backend, json!({ "data": "find", "collection": "shop.users" })).unwrap();
    assert_eq!(other["total"], 1, "collections that the archive lacks stay");
    let refused = run(&mut backend, json!({ "data": "takeArchive", "archive": "aGVsbG8=" })).unwrap_err();
    assert!(refused.starts_with("This is no archive of mongodump"), "{refused}");
}

#[test]
fn a_message_of_a_driver() {
    use backlab_docdb::bson::doc;
    use backlab_docdb::server::Answer;
    use backlab_docdb::wire;

    let mut backend = backend();
    let mut connection = backend.connect();
    let insert =
        doc! { "insert": "users", "documents": [{ "_id": 1, "password": "secret", "home": [{ "password": "x" }] }], "$db": "shop" };
    let outcome = backend.receive(&mut connection, &wire::command(&insert).unwrap());
    let (work, writes) = backend.work().unwrap();
    assert_eq!(work.op, "users.insertOne");
    assert_eq!(work.detail, r#"{ _id: 1, password: "••••••", home: [ { password: "••••••" } ] }"#);
    assert_eq!(writes[0].after.as_ref().unwrap()["password"], "••••••");
    assert_eq!((writes[0].database.as_str(), writes[0].collection.as_str()), ("shop", "users"));
    assert_eq!(outcome.changed, ["shop.users"]);
    assert!(!outcome.records.is_empty() && outcome.sequence > outcome.sequence_before);
    let ping = backend.receive(&mut connection, &wire::command(&doc! { "ping": 1, "$db": "admin" }).unwrap());
    assert!(matches!(ping.answer, Answer::Reply(_)) && backend.work().is_none() && ping.records.is_empty());
    let many: Vec<_> = (2..502).map(|id| doc! { "_id": id, "text": "x".repeat(5_000) }).collect();
    backend.receive(
        &mut connection,
        &wire::command(&doc! { "insert": "users", "documents": many, "$db": "shop" }).unwrap(),
    );
    let (work, writes) = backend.work().unwrap();
    assert_eq!((work.op.as_str(), work.changed, writes.len()), ("users.insertMany", 500, 100));
    assert_eq!((work.detail.chars().count(), work.detail.ends_with('…')), (2_001, true));
    assert_eq!(backend.receive(&mut connection, b"nonsense").answer, Answer::Close);
}
