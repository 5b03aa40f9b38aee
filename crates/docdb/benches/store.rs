//! What the store costs natively, through the server as a driver asks it: `cargo bench -p backlab-docdb`.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{DateTime, Document, RawDocumentBuf, doc};
use backlab_docdb::server::{Answer, Connection, Server, Settings};
use backlab_docdb::{Ambient, Store};

const ROUNDS: usize = 7;
const CITIES: usize = 50;

struct Clock;

impl Ambient for Clock {
    fn now_ms(&mut self) -> i64 {
        1_700_000_000_000
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::from_bytes([1; 12])
    }
}

struct Door {
    server: Server,
    connection: Connection,
}

impl Door {
    fn new() -> Self {
        let settings = Settings {
            host: "localhost:27017".into(),
            replica_set: Some("rs0".into()),
        };
        let mut server = Server::new(Store::default(), settings);
        let connection = server.connect();
        Door { server, connection }
    }

    /// As a host does: the records are taken to be stored, and confirmed.
    fn send(&mut self, message: &[u8]) -> usize {
        let answer = self.server.receive(&mut self.connection, message, &mut Clock);
        let records = self.server.store_mut().take_records().unwrap();
        black_box(&records);
        let sequence = self.server.store().sequence();
        self.server.store_mut().confirm(sequence);
        match answer {
            Answer::Reply(bytes) => {
                let body = backlab_docdb::bson::RawDocument::from_bytes(&bytes[21..]).unwrap();
                assert_eq!(body.get_f64("ok").unwrap(), 1.0, "{:?}", Document::try_from(body));
                bytes.len()
            }
            other => panic!("{other:?}"),
        }
    }
}

fn message(command: &Document) -> Vec<u8> {
    let mut command = command.clone();
    command.insert("$db", "shop");
    let body = RawDocumentBuf::try_from(&command).unwrap();
    let mut bytes = vec![0; 16];
    bytes[12..].copy_from_slice(&2013_i32.to_le_bytes());
    bytes.extend([0; 5]);
    bytes.extend(body.as_bytes());
    let length = (bytes.len() as i32).to_le_bytes();
    bytes[..4].copy_from_slice(&length);
    bytes
}

fn person(id: i32) -> Document {
    let mixed = (i64::from(id) * 7919 % 10_007) as i32;
    doc! {
        "_id": id, "name": format!("Person {mixed}"), "email": format!("p{id}@example.org"), "age": 18 + mixed % 60,
        "city": format!("City {}", mixed as usize % CITIES), "score": f64::from(mixed) / 7.0, "active": mixed % 3 == 0,
        "tags": ["a", "b", format!("t{}", mixed % 20)], "address": { "street": format!("{mixed} Main Street"), "zip": mixed },
        "created": DateTime::from_millis(1_600_000_000_000 + i64::from(id) * 60_000),
    }
}

/// Seconds that this thread has worked, where Linux tells it: others then do not count.
fn worked(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begun.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// The best time of some rounds, in microseconds per `count`.
fn time(name: &str, count: usize, mut run: impl FnMut()) {
    let begun = Instant::now();
    let best = (0..ROUNDS)
        .map(|_| {
            let before = worked(begun);
            run();
            worked(begun) - before
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:28} {:10.2} µs", best * 1e6 / count as f64);
}

fn measure(count: usize) {
    println!("{count} documents");
    let inserts: Vec<Vec<u8>> = (0..count)
        .collect::<Vec<_>>()
        .chunks(1_000)
        .map(|ids| message(&doc! { "insert": "people", "documents": ids.iter().map(|id| person(*id as i32)).collect::<Vec<_>>() }))
        .collect();
    let index = message(&doc! { "createIndexes": "people", "indexes": [{ "key": { "city": 1 }, "name": "city_1" }] });
    let drop = message(&doc! { "drop": "people" });
    let mut door = Door::new();
    door.send(&message(&doc! { "create": "people" }));
    time("insert, per document", count, || {
        door.send(&drop);
        door.send(&message(&doc! { "create": "people" }));
        door.send(&index);
        inserts.iter().for_each(|insert| drop_size(door.send(insert)));
    });
    let lookups: Vec<Vec<u8>> = (0..1_000)
        .map(|place| message(&doc! { "find": "people", "filter": { "_id": (place * 7 % count) as i32 }, "limit": 1, "singleBatch": true }))
        .collect();
    time("find by _id", lookups.len(), || {
        lookups.iter().for_each(|find| drop_size(door.send(find)))
    });
    let found: Vec<Vec<u8>> = (0..CITIES)
        .map(|city| message(&doc! { "find": "people", "filter": { "city": format!("City {city}") }, "limit": 20, "singleBatch": true }))
        .collect();
    time("indexed find, 20", found.len(), || {
        found.iter().for_each(|find| drop_size(door.send(find)))
    });
    let page = message(&doc! {
        "find": "people", "filter": { "age": { "$gte": 30, "$lt": 50 }, "active": true }, "sort": { "score": -1, "_id": 1 }, "skip": 40, "limit": 20,
    });
    time("filter + sort + page", 1, || drop_size(door.send(&page)));
    let group = message(&doc! {
        "aggregate": "people", "pipeline": [{ "$group": { "_id": "$city", "n": { "$sum": 1 }, "score": { "$avg": "$score" } } }], "cursor": {},
    });
    time("group by", 1, || drop_size(door.send(&group)));
    let update = message(&doc! {
        "update": "people", "updates": [{ "q": { "age": { "$gte": 30 } }, "u": { "$inc": { "score": 1 }, "$set": { "seen": true } }, "multi": true }],
    });
    time("update many, per document", count * 4 / 5, || drop_size(door.send(&update)));
}

fn drop_size(size: usize) {
    black_box(size);
}

fn main() {
    measure(10_000);
    measure(100_000);
}
