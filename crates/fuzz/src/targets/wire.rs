//! Messages of MongoDB's wire protocol to a whole server: commands as drivers send them, with bytes or parts changed.

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{Document, RawDocumentBuf, doc};
use backlab_docdb::server::{Connection, Server, Settings};
use backlab_docdb::{Ambient, Store, wire};

use super::Fuzzed;
use crate::documents::{document, path};
use crate::random::Random;
use crate::{bytes, pipelines, queries, trees};

const OP_MSG: i32 = 2013;
const OP_QUERY: i32 = 2004;

pub(super) struct Wire {
    server: Server,
    connection: Connection,
    clock: Clock,
    last: Vec<u8>,
}

struct Clock(i64);

impl Ambient for Clock {
    fn now_ms(&mut self) -> i64 {
        self.0 += 1;
        self.0
    }

    fn object_id(&mut self) -> ObjectId {
        let mut id = [0; 12];
        id[..8].copy_from_slice(&self.now_ms().to_be_bytes());
        ObjectId::from_bytes(id)
    }
}

impl Wire {
    pub(super) fn start() -> Self {
        let settings = Settings {
            host: "127.0.0.1:27017".into(),
            replica_set: Some("rs0".into()),
        };
        let mut server = Server::new(Store::default(), settings);
        let connection = server.connect();
        let mut started = Wire {
            server,
            connection,
            clock: Clock(1_700_000_000_000),
            last: Vec::new(),
        };
        let mut random = Random::new(1);
        let documents: Vec<Document> = (0..8).map(|id| document(&mut random, id)).collect();
        started.run(&message(
            &mut random,
            &doc! { "insert": "things", "documents": documents, "$db": "shop" },
        ));
        started
    }
}

impl Fuzzed for Wire {
    fn next(&mut self, random: &mut Random) -> Vec<u8> {
        let mut command = command(random);
        for _ in 0..random.below(4) {
            trees::change(random, &mut command);
        }
        let mut bytes = message(random, &command);
        if random.percent(60) {
            bytes::change(random, &mut bytes, &self.last);
            // Most receivers cut messages by their length, so that it mostly fits.
            if random.percent(90) && bytes.len() >= 4 {
                let length = bytes.len() as i32;
                bytes[..4].copy_from_slice(&length.to_le_bytes());
            }
        }
        self.last.clone_from(&bytes);
        bytes
    }

    fn run(&mut self, case: &[u8]) {
        let _ = wire::message_length(case);
        self.server.receive(&mut self.connection, case, &mut self.clock);
        let _ = self.server.store_mut().take_records();
    }

    fn show(&self, case: &[u8]) -> String {
        case.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn command(random: &mut Random) -> Document {
    let id = random.below(12) as i32;
    let mut command = match random.below(28) {
        0 => doc! { "hello": 1, "helloOk": true, "client": { "driver": { "name": "nodejs", "version": "6" } } },
        1 => doc! { "insert": "things", "documents": [document(random, id), document(random, id + 1)], "ordered": random.percent(50) },
        2..6 => {
            let mut find =
                doc! { "find": "things", "filter": queries::filter(random, 2), "sort": queries::sort(random, false), "batchSize": 2 };
            find.insert(random.word("skip limit"), random.below(4) as i32);
            if random.percent(30) {
                find.insert("projection", doc! { path(random): pipelines::expression(random, 1) });
            }
            find
        }
        6..9 => {
            doc! { "update": "things", "updates": [{ "q": queries::filter(random, 1), "u": queries::update(random), "multi": random.percent(50), "upsert": random.percent(20) }] }
        }
        9 => doc! { "update": "things", "updates": [{ "q": {}, "u": pipelines::pipeline(random, 1) }] },
        10 => doc! { "delete": "things", "deletes": [{ "q": queries::filter(random, 1), "limit": 1 }] },
        11..15 => doc! { "aggregate": "things", "pipeline": pipelines::pipeline(random, 2), "cursor": {} },
        15 => doc! { "findAndModify": "things", "query": queries::filter(random, 1), "update": queries::update(random), "new": true },
        16 => doc! { "count": "things", "query": queries::filter(random, 2) },
        17 => doc! { "distinct": "things", "key": path(random), "query": queries::filter(random, 1) },
        18 => {
            let mut index = queries::index(random);
            index.insert("name", format!("i{}", random.below(9)));
            doc! { "createIndexes": "things", "indexes": [index] }
        }
        19 => doc! { "getMore": 1_i64 + random.below(20) as i64, "collection": "things", "maxTimeMS": 5 },
        20 => {
            doc! { "explain": { "find": "things", "filter": queries::filter(random, 2), "sort": queries::sort(random, false) }, "verbosity": "executionStats" }
        }
        21 => doc! { "create": format!("c{}", random.below(5)), "validator": queries::filter(random, 1), "capped": true, "size": 4096 },
        22 => {
            doc! { "aggregate": random.word("things 1"), "pipeline": [{ "$changeStream": { "fullDocument": "updateLookup", "showExpandedEvents": true } }], "cursor": {} }
        }
        23 => doc! { "bulkWrite": 1, "ops": [{ "insert": 0, "document": document(random, id) }], "nsInfo": [{ "ns": "shop.things" }] },
        24 => doc! { random.word("commitTransaction abortTransaction"): 1 },
        25 => doc! { "collMod": "things", "validator": queries::filter(random, 1), "index": { "name": "i1", "hidden": true } },
        26 => doc! { "renameCollection": "shop.things", "to": "shop.others", "dropTarget": true },
        _ => {
            doc! { random.word("ping buildInfo listCollections listDatabases dbStats collStats listIndexes dropIndexes drop killCursors endSessions serverStatus getParameter currentOp hostInfo validate dropDatabase configureFailPoint"): "things" }
        }
    };
    command.insert("$db", if random.percent(90) { "shop" } else { "admin" });
    if random.percent(25) {
        command.insert(
            "lsid",
            doc! { "id": backlab_docdb::bson::Uuid::from_bytes([random.below(3) as u8; 16]) },
        );
        if random.percent(70) {
            command.insert("txnNumber", random.below(4) as i64);
            command.insert("autocommit", false);
            if random.percent(50) {
                command.insert("startTransaction", true);
            }
        }
    }
    if random.percent(15) {
        command.insert("collation", queries::collation());
    }
    command
}

/// The command as OP_MSG, at times with its list as a document sequence, or as OP_QUERY.
fn message(random: &mut Random, command: &Document) -> Vec<u8> {
    let mut command = command.clone();
    let mut tail = Vec::new();
    let legacy = random.percent(5);
    if !legacy && random.percent(30) {
        for name in ["documents", "updates", "deletes", "ops"] {
            let Ok(list) = command.get_array(name).cloned() else { continue };
            let mut section = format!("{name}\0").into_bytes();
            for document in list.iter().filter_map(|item| RawDocumentBuf::try_from(item.as_document()?).ok()) {
                section.extend(document.as_bytes());
            }
            tail.push(1);
            tail.extend((section.len() as i32 + 4).to_le_bytes());
            tail.extend(section);
            command.remove(name);
        }
    }
    // A name with a zero byte cannot be written.
    let Ok(body) = RawDocumentBuf::try_from(&command) else {
        return Vec::new();
    };
    let mut bytes = vec![0; 4];
    bytes.extend(7_i32.to_le_bytes());
    bytes.extend(0_i32.to_le_bytes());
    if legacy {
        bytes.extend(OP_QUERY.to_le_bytes());
        bytes.extend(0_i32.to_le_bytes());
        bytes.extend(b"shop.$cmd\0");
        bytes.extend([0, 0, 0, 0, 255, 255, 255, 255]);
    } else {
        bytes.extend(OP_MSG.to_le_bytes());
        bytes.extend([0; 5]);
    }
    bytes.extend(body.as_bytes());
    bytes.extend(tail);
    let length = (bytes.len() as i32).to_le_bytes();
    bytes[..4].copy_from_slice(&length);
    bytes
}
