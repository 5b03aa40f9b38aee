//! A client's conversation, message by message.

use bson::{Document, doc, oid::ObjectId};

use super::{Answer, Connection, Done, Server, Settings};
use crate::{Ambient, Code, DocDbError, Store, wire};

struct Ticking(i64);

impl Ambient for Ticking {
    fn now_ms(&mut self) -> i64 {
        self.0
    }

    fn object_id(&mut self) -> ObjectId {
        self.0 += 1;
        let mut bytes = [0; 12];
        bytes[4..].copy_from_slice(&self.0.to_be_bytes());
        ObjectId::from_bytes(bytes)
    }
}

struct Client {
    server: Server,
    connection: Connection,
    ambient: Ticking,
}

impl Client {
    fn new() -> Self {
        let settings = Settings {
            host: "localhost:27017".into(),
            replica_set: Some("rs0".into()),
        };
        let mut server = Server::new(Store::default(), settings);
        let connection = server.connect();
        Client {
            server,
            connection,
            ambient: Ticking(1_000),
        }
    }

    fn answer(&mut self, command: Document) -> Answer {
        self.server
            .receive(&mut self.connection, &wire::command(&command).unwrap(), &mut self.ambient)
    }

    #[track_caller]
    fn run(&mut self, mut command: Document) -> Document {
        command.insert("$db", "shop");
        match self.answer(command) {
            Answer::Reply(bytes) => wire::answer(&bytes).unwrap(),
            other => panic!("no reply: {other:?}"),
        }
    }
}

fn session(number: i64, more: Document) -> Document {
    let id = bson::Binary {
        subtype: bson::spec::BinarySubtype::Uuid,
        bytes: vec![7; 16],
    };
    let mut all = doc! { "lsid": { "id": id }, "txnNumber": number };
    all.extend(more);
    all
}

fn with(mut command: Document, more: Document) -> Document {
    command.extend(more);
    command
}

#[test]
fn a_secondary_is_read_and_not_written() {
    let mut client = Client::new();
    client.server.add_secondary("localhost:27018".into());
    client.run(doc! { "insert": "a", "documents": [{ "_id": 1 }] });
    let primary = client.run(doc! { "hello": 1 });
    client.connection = client.server.connect_to_secondary();
    let secondary = client.run(doc! { "hello": 1 });
    for (hello, me, is_primary) in [(primary, "localhost:27017", true), (secondary, "localhost:27018", false)] {
        let hosts = bson::bson!(["localhost:27017", "localhost:27018"]);
        assert_eq!(hello.get("hosts"), Some(&hosts));
        assert_eq!(
            (
                hello.get_str("me").unwrap(),
                hello.get_bool("isWritablePrimary").unwrap(),
                hello.get_bool("secondary").unwrap()
            ),
            (me, is_primary, !is_primary)
        );
    }
    assert_eq!(client.run(doc! { "count": "a" }).get_i32("n").unwrap(), 1);
    let refused = client.run(doc! { "insert": "a", "documents": [{ "_id": 2 }] });
    assert_eq!(
        (refused.get_i32("code").unwrap(), refused.get_str("errmsg").unwrap()),
        (10107, "not primary")
    );
}

#[test]
fn writes_and_reads() {
    let mut client = Client::new();
    let hello = client.run(doc! { "hello": 1 });
    assert_eq!(
        (hello.get_str("setName").unwrap(), hello.get_bool("isWritablePrimary").unwrap()),
        ("rs0", true)
    );
    let documents: Vec<Document> = (0..250).map(|n| doc! { "_id": n, "n": n % 10 }).collect();
    assert_eq!(
        client.run(doc! { "insert": "a", "documents": documents }).get_i32("n").unwrap(),
        250
    );
    let found = client.run(doc! { "find": "a", "filter": { "n": { "$lt": 9 } } });
    let cursor = found.get_document("cursor").unwrap();
    assert_eq!(cursor.get_array("firstBatch").unwrap().len(), 101);
    let more = client.run(doc! { "getMore": cursor.get_i64("id").unwrap(), "collection": "a" });
    let cursor = more.get_document("cursor").unwrap();
    assert_eq!(
        (cursor.get_array("nextBatch").unwrap().len(), cursor.get_i64("id").unwrap()),
        (124, 0)
    );
    let refused = client.run(doc! { "insert": "a", "documents": [{ "_id": 1 }] });
    let error = refused.get_array("writeErrors").unwrap()[0].as_document().unwrap();
    assert_eq!(error.get_i32("code").unwrap(), 11000);
    assert_eq!(
        error.get_str("errmsg").unwrap(),
        "E11000 duplicate key error collection: shop.a index: _id_ dup key: { _id: 1 }"
    );
    let unknown = client.run(doc! { "fly": 1 });
    assert_eq!(
        (unknown.get_i32("code").unwrap(), unknown.get_str("errmsg").unwrap()),
        (59, "no such command: 'fly'")
    );
}

#[test]
fn a_transaction_is_seen_when_it_is_committed() {
    let mut client = Client::new();
    client.run(doc! { "insert": "a", "documents": [{ "_id": 1, "n": 1 }] });
    let start = session(1, doc! { "startTransaction": true, "autocommit": false });
    let go_on = session(1, doc! { "autocommit": false });
    let change = doc! { "update": "a", "updates": [{ "q": { "_id": 1 }, "u": { "$inc": { "n": 1 } } }] };
    client.run(with(change, start));
    let count = doc! { "count": "a", "query": { "n": 2 } };
    assert_eq!(client.run(count.clone()).get_i32("n").unwrap(), 0);
    let inside = client.run(with(doc! { "find": "a" }, go_on.clone()));
    let batch = inside.get_document("cursor").unwrap().get_array("firstBatch").unwrap();
    assert_eq!(batch[0].as_document().unwrap().get_i32("n").unwrap(), 2);
    assert_eq!(
        client
            .run(with(doc! { "commitTransaction": 1 }, go_on.clone()))
            .get_f64("ok")
            .unwrap(),
        1.0
    );
    assert_eq!(client.run(count).get_i32("n").unwrap(), 1);
    let late = client.run(with(doc! { "abortTransaction": 1 }, go_on));
    assert_eq!(late.get_i32("code").unwrap(), 256);
}

#[test]
fn a_transaction_loses_against_a_write_outside() {
    let mut client = Client::new();
    client.run(doc! { "insert": "a", "documents": [{ "_id": 1, "n": 1 }] });
    let start = session(1, doc! { "startTransaction": true, "autocommit": false });
    client.run(with(doc! { "find": "a" }, start));
    client.run(doc! { "update": "a", "updates": [{ "q": { "_id": 1 }, "u": { "$set": { "n": 5 } } }] });
    let change = doc! { "update": "a", "updates": [{ "q": { "_id": 1 }, "u": { "$inc": { "n": 1 } } }] };
    let refused = client.run(with(change, session(1, doc! { "autocommit": false })));
    assert_eq!(refused.get_i32("code").unwrap(), 112);
    assert_eq!(
        refused.get_array("errorLabels").unwrap()[0].as_str(),
        Some("TransientTransactionError")
    );
}

#[test]
fn a_refused_commit_stands_in_nobodys_way() {
    let mut client = Client::new();
    client.run(doc! { "insert": "a", "documents": [{ "_id": 1, "n": 1 }] });
    let change = |more: Document| {
        with(
            doc! { "update": "a", "updates": [{ "q": { "_id": 1 }, "u": { "$inc": { "n": 1 } } }] },
            more,
        )
    };
    let start = doc! { "startTransaction": true, "autocommit": false };
    client.run(change(session(1, start.clone())));
    client.run(change(doc! {}));
    let refused = client.run(with(doc! { "commitTransaction": 1 }, session(1, doc! { "autocommit": false })));
    assert_eq!(refused.get_i32("code").unwrap(), 112);
    let mut other = session(1, start);
    let id = bson::Binary {
        subtype: bson::spec::BinarySubtype::Uuid,
        bytes: vec![8; 16],
    };
    other.insert("lsid", doc! { "id": id });
    assert_eq!(client.run(change(other)).get_f64("ok").unwrap(), 1.0);
}

#[test]
fn what_was_taken_back_is_not_done_the_second_time_either() {
    let mut client = Client::new();
    let failure = DocDbError::new(Code::OutOfDiskSpace, "full");
    let insert = with(
        doc! { "insert": "a", "documents": [{ "_id": 1 }], "$db": "shop" },
        session(1, doc! {}),
    );
    for _ in 0..2 {
        let before = client.server.store().sequence();
        client.run(insert.clone());
        assert!(client.server.store().sequence() > before);
        client.server.store_mut().discard(before);
        client.server.refuse(&wire::command(&insert).unwrap(), &failure);
    }
    let go_on = session(2, doc! { "autocommit": false });
    let first = doc! { "insert": "a", "documents": [{ "_id": 2 }], "startTransaction": true };
    client.run(with(first, go_on.clone()));
    let mut commit = with(doc! { "commitTransaction": 1 }, go_on);
    let before = client.server.store().sequence();
    client.run(commit.clone());
    client.server.store_mut().discard(before);
    commit.insert("$db", "admin");
    client.server.refuse(&wire::command(&commit).unwrap(), &failure);
    assert_eq!(client.run(commit).get_i32("code").unwrap(), 251);
}

#[test]
fn a_change_stream_waits_for_news() {
    let mut client = Client::new();
    let opened = client.run(doc! { "aggregate": "a", "pipeline": [{ "$changeStream": {} }], "cursor": {} });
    let id = opened.get_document("cursor").unwrap().get_i64("id").unwrap();
    let more = doc! { "getMore": id, "collection": "a", "maxTimeMS": 500, "$db": "shop" };
    assert!(matches!(client.answer(more.clone()), Answer::Wait { .. }));
    let mut other = client.server.connect();
    let insert = doc! { "insert": "a", "documents": [{ "_id": 1 }], "$db": "shop" };
    client
        .server
        .receive(&mut other, &wire::command(&insert).unwrap(), &mut client.ambient);
    let news = client.run(more);
    let event = news.get_document("cursor").unwrap().get_array("nextBatch").unwrap()[0]
        .as_document()
        .unwrap()
        .clone();
    assert_eq!(event.get_str("operationType").unwrap(), "insert");
    assert_eq!(event.get_document("fullDocument").unwrap(), &doc! { "_id": 1 });
}

#[test]
fn a_change_stream_tells_of_collections() {
    let mut client = Client::new();
    let watch = doc! { "$changeStream": { "showExpandedEvents": true } };
    let opened = client.run(doc! { "aggregate": 1, "pipeline": [watch], "cursor": {} });
    let id = opened.get_document("cursor").unwrap().get_i64("id").unwrap();
    client.run(doc! { "create": "old" });
    client.run(doc! { "create": "seen", "viewOn": "old" });
    client.run(doc! { "insert": "old", "documents": [{ "_id": 1, "a": [{ "1": 1 }] }] });
    client.run(doc! { "update": "old", "updates": [{ "q": {}, "u": { "$set": { "a.0.1": 2 } } }] });
    client.run(doc! { "createIndexes": "old", "indexes": [{ "key": { "n": 1 }, "name": "n_1" }] });
    client.run(doc! { "insert": "new", "documents": [{ "_id": 1 }] });
    let command = doc! { "renameCollection": "shop.old", "to": "shop.new", "dropTarget": true, "$db": "admin" };
    assert!(matches!(client.answer(command), Answer::Reply(_)));
    let news = client.run(doc! { "getMore": id, "collection": "$cmd.aggregate" });
    let batch = news.get_document("cursor").unwrap().get_array("nextBatch").unwrap().clone();
    let events: Vec<Document> = batch.into_iter().map(|event| event.as_document().unwrap().clone()).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event.get_str("operationType").unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "create",
            "create",
            "insert",
            "update",
            "createIndexes",
            "create",
            "insert",
            "rename"
        ]
    );
    assert_eq!(events[0].get_str("nsType").unwrap(), "collection");
    assert_eq!(events[1].get_str("nsType").unwrap(), "view");
    let update = events[3].get_document("updateDescription").unwrap();
    assert_eq!(update.get_document("updatedFields").unwrap(), &doc! { "a.0.1": 2 });
    assert_eq!(update.get_document("disambiguatedPaths").unwrap(), &doc! { "a.0.1": ["a", 0, "1"] });
    let index = events[4].get_document("operationDescription").unwrap();
    assert_eq!(index.get_array("indexes").unwrap().len(), 1);
    let rename = &events[7];
    assert_eq!(rename.get_document("to").unwrap(), &doc! { "db": "shop", "coll": "new" });
    assert!(rename.get_document("operationDescription").unwrap().contains_key("dropTarget"));
    let found = client.run(doc! { "find": "new" });
    let kept = found.get_document("cursor").unwrap().get_array("firstBatch").unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].as_document().unwrap().contains_key("a"));
}

#[test]
fn explains_its_plan() {
    let mut client = Client::new();
    let documents: Vec<Document> = (0..50).map(|n| doc! { "_id": n, "n": n }).collect();
    client.run(doc! { "insert": "a", "documents": documents });
    client.run(doc! { "createIndexes": "a", "indexes": [{ "key": { "n": 1 }, "name": "n_1" }] });
    let shown = client.run(doc! { "explain": { "find": "a", "filter": { "n": { "$gte": 45 } } }, "verbosity": "executionStats" });
    let statistics = shown.get_document("executionStats").unwrap();
    assert_eq!(statistics.get_i32("totalDocsExamined").unwrap(), 5);
    let plan = shown.get_document("queryPlanner").unwrap().get_document("winningPlan").unwrap();
    let scan = plan.get_document("inputStage").unwrap();
    assert_eq!(
        (plan.get_str("stage").unwrap(), scan.get_str("stage").unwrap()),
        ("FETCH", "IXSCAN")
    );
    assert_eq!(scan.get_document("indexBounds").unwrap(), &doc! { "n": ["[45, inf.0]"] });
}

#[test]
fn tells_what_it_did() {
    let mut client = Client::new();
    let mut check = |command: Document, expected: (&str, &str, u64, u64, usize)| {
        client.run(command);
        let work = client.server.take_work().unwrap();
        assert_eq!(work.namespace.to_string(), "shop.users");
        let Done {
            plan,
            examined,
            returned,
            changes,
        } = work.done;
        assert_eq!((work.operation, plan.as_str(), examined, returned, changes.len()), expected);
    };
    check(
        doc! { "insert": "users", "documents": [{ "_id": 1, "n": 1 }] },
        ("insertOne", "", 0, 0, 1),
    );
    check(
        doc! { "insert": "users", "documents": [{ "_id": 2, "n": 2 }, { "_id": 3, "n": 3 }] },
        ("insertMany", "", 0, 0, 2),
    );
    check(
        doc! { "find": "users", "filter": { "n": { "$gt": 1 } } },
        ("find", "COLLSCAN", 3, 2, 0),
    );
    check(
        doc! { "find": "users", "filter": { "_id": 2 }, "limit": 1, "singleBatch": true },
        ("findOne", "IXSCAN _id_", 1, 1, 0),
    );
    check(
        doc! { "update": "users", "updates": [{ "q": { "_id": 1 }, "u": { "$set": { "n": 5 } } }] },
        ("updateOne", "IXSCAN _id_", 1, 1, 1),
    );
    check(
        doc! { "update": "users", "updates": [{ "q": { "_id": 1 }, "u": { "n": 6 } }] },
        ("replaceOne", "IXSCAN _id_", 1, 1, 1),
    );
    check(
        doc! { "findAndModify": "users", "query": { "_id": 1 }, "update": { "$inc": { "n": 1 } } },
        ("findOneAndUpdate", "IXSCAN _id_", 1, 1, 1),
    );
    check(
        doc! { "delete": "users", "deletes": [{ "q": {}, "limit": 0 }] },
        ("deleteMany", "COLLSCAN", 3, 3, 3),
    );
    let counting =
        doc! { "aggregate": "users", "pipeline": [{ "$match": {} }, { "$group": { "_id": 1, "n": { "$sum": 1 } } }], "cursor": {} };
    check(counting, ("countDocuments", "COLLSCAN", 0, 0, 0));
    client.run(doc! { "ping": 1 });
    assert_eq!(client.server.take_work(), None);
}

#[test]
fn refuses_what_the_host_could_not_keep() {
    let mut client = Client::new();
    client.run(doc! { "insert": "a", "documents": [{ "_id": 1 }] });
    let stored = client.server.store().sequence();
    let _ = client.server.store_mut().take_records();
    client.server.store_mut().confirm(stored);
    client.run(doc! { "insert": "a", "documents": [{ "_id": 2 }] });
    client.server.store_mut().discard(stored);
    let message = wire::command(&doc! { "insert": "a", "$db": "shop" }).unwrap();
    let failure = DocDbError::new(Code::OutOfDiskSpace, "the storage is full");
    let Answer::Reply(bytes) = client.server.refuse(&message, &failure) else {
        panic!("no reply")
    };
    let reply = wire::answer(&bytes).unwrap();
    assert_eq!((reply.get_f64("ok").unwrap(), reply.get_i32("code").unwrap()), (0.0, 14031));
    assert_eq!(client.run(doc! { "count": "a" }).get_i32("n").unwrap(), 1);
}
