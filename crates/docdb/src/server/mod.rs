//! A MongoDB server over a [`Store`](crate::Store): messages in, messages out (MongoDB manual: "Database Commands").
//!
//! The server has no socket, no clock and no threads: the host hands it each message with the time, and sends what
//! comes back. A `getMore` that waits for news answers [`Answer::Wait`]: hand in the same message again when something
//! has changed, or at the time it names.

mod administration;
mod arguments;
mod change_event;
mod changes;
mod cursors;
mod describe;
mod explain;
mod fail_point;
mod find;
mod handshake;
mod indexes;
mod modify;
mod reply;
mod secondary;
mod sessions;
mod snapshots;
mod work;
mod write;

use std::collections::BTreeMap;

use bson::{Document, RawDocumentBuf, doc};

use crate::collection::Ambient;
use crate::error::{Code, DocDbError, Result};
use crate::store::Store;
use crate::wire::{self, Request};
use arguments::Call;
use cursors::Cursors;
use fail_point::{FailPoint, Failure};
pub(crate) use handshake::VERSION;
pub use reply::Answer;
use sessions::Sessions;
pub use work::{Done, Work};

/// What the server says of itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `host:port` as clients reach it.
    pub host: String,
    /// The name of the replica set of which this is the primary; `None` for a standalone server, which has no
    /// transactions and no change streams.
    pub replica_set: Option<String>,
}

/// One client's connection.
#[derive(Debug, Default)]
pub struct Connection {
    id: i32,
    is_secondary: bool,
    /// When a message that waits is answered at the latest.
    deadline: Option<i64>,
    application: String,
    /// A fail point holds the command until then; what it does afterwards.
    blocked: Option<(i64, Document)>,
}

/// A server: databases, cursors, sessions.
#[derive(Debug)]
pub struct Server {
    store: Store,
    settings: Settings,
    /// `host:port` of the second member, when there is one.
    secondary: Option<String>,
    cursors: Cursors,
    sessions: Sessions,
    fail_points: BTreeMap<String, FailPoint>,
    connections: i32,
    answers: i32,
    /// When the TTL indexes were last asked.
    expired_at: i64,
    parameters: Document,
    /// The store as it was at the times that snapshot reads name.
    snapshots: BTreeMap<u64, Store>,
    /// What the command that runs has done so far, and what the last one did.
    done: Done,
    work: Option<Work>,
}

/// How many events change streams can go back.
const KEPT_EVENTS: usize = 10_000;
/// How often expired documents are deleted, in milliseconds.
const EXPIRY: i64 = 1_000;

/// Commands that a transaction may have, by the manual's "Transactions and Operations".
const IN_TRANSACTIONS: [&str; 15] = [
    "find",
    "aggregate",
    "insert",
    "update",
    "delete",
    "findAndModify",
    "distinct",
    "getMore",
    "killCursors",
    "create",
    "createIndexes",
    "commitTransaction",
    "abortTransaction",
    "bulkWrite",
    "hello",
];

impl Server {
    pub fn new(mut store: Store, settings: Settings) -> Self {
        store.keep_events(KEPT_EVENTS);
        Server {
            store,
            settings,
            secondary: None,
            cursors: Cursors::default(),
            sessions: Sessions::default(),
            fail_points: BTreeMap::new(),
            connections: 0,
            answers: 0,
            expired_at: 0,
            snapshots: BTreeMap::new(),
            done: Done::default(),
            work: None,
            parameters: doc! { "logLevel": 0, "notablescan": false, "ttlMonitorSleepSecs": 1 },
        }
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, for the host's journal ([`Store::take_records`], [`Store::confirm`], [`Store::discard`]).
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    pub fn connect(&mut self) -> Connection {
        self.connections += 1;
        Connection {
            id: self.connections,
            ..Connection::default()
        }
    }

    /// Answers one message.
    pub fn receive(&mut self, connection: &mut Connection, message: &[u8], ambient: &mut dyn Ambient) -> Answer {
        let Ok(request) = Request::parse(message) else {
            return Answer::Close;
        };
        self.answers = self.answers.wrapping_add(1);
        self.done = Done::default();
        self.work = None;
        let now = ambient.now_ms();
        self.expire(now);
        let result = self.perform(connection, &request, ambient);
        let mut document = match result {
            Ok(Outcome::Done(document)) => document,
            Ok(Outcome::Wait(until_ms)) => return Answer::Wait { until_ms },
            Ok(Outcome::Close) => return Answer::Close,
            Err(error) => reply::failure(&error),
        };
        connection.deadline = None;
        if request.more_to_come {
            return Answer::Nothing;
        }
        self.gossip(&mut document);
        let legacy = request.legacy_database.is_some();
        Answer::Reply(wire::reply(request.id, legacy, self.answers, &document))
    }

    /// Deletes what the TTL indexes say is over, at most once in a while.
    pub fn expire(&mut self, now_ms: i64) {
        if now_ms - self.expired_at >= EXPIRY {
            self.expired_at = now_ms;
            // A record that cannot be written is written with the next change.
            let _ = self.store.expire(now_ms);
        }
    }

    /// Says to the client of this message why it was not done: the host could not keep what it changed.
    pub fn refuse(&mut self, message: &[u8], failure: &DocDbError) -> Answer {
        let Ok(request) = Request::parse(message) else {
            return Answer::Close;
        };
        if let Ok(call) = Call::parse(&request) {
            self.sessions.forget(&call);
        }
        if request.more_to_come {
            return Answer::Nothing;
        }
        self.answers = self.answers.wrapping_add(1);
        let legacy = request.legacy_database.is_some();
        Answer::Reply(wire::reply(request.id, legacy, self.answers, &reply::failure(failure)))
    }

    /// The last client has gone: transactions that it left open must not stand in the way of others.
    pub fn abandon_transactions(&mut self) {
        self.sessions.abort_all();
    }

    fn perform(&mut self, connection: &mut Connection, request: &Request<'_>, ambient: &mut dyn Ambient) -> Result<Outcome> {
        let mut call = Call::parse(request)?;
        let mut write_concern_error = None;
        let mut labels = Vec::new();
        if let Some(failure) = self.strike(&call, connection, ambient.now_ms()) {
            match failure {
                Failure::Close => return Ok(Outcome::Close),
                Failure::Wait(until_ms) => return Ok(Outcome::Wait(until_ms)),
                Failure::Error(document) => return Ok(Outcome::Done(document)),
                Failure::WriteConcern(document, given) => {
                    write_concern_error = Some(document);
                    labels = given;
                }
            }
        }
        if let Some(reply) = self.sessions.repeated(&call) {
            return Ok(Outcome::Done(reply));
        }
        let outcome = self.in_session(connection, &mut call, ambient);
        self.note_work(&mut call);
        let mut document = match outcome {
            Ok(Outcome::Done(document)) => document,
            Ok(other) => return Ok(other),
            Err(error) => {
                let mut document = reply::failure(&error);
                reply::label(&mut document, self.labels(&call, &error));
                document
            }
        };
        if write_concern_error.is_none() && document.get_f64("ok").is_ok_and(|ok| ok == 1.0) {
            write_concern_error = unsatisfied(&call);
        }
        if let Some(error) = write_concern_error {
            document.append(bson::raw::cstr!("writeConcernError"), RawDocumentBuf::try_from(&error)?);
            reply::label(&mut document, labels);
        }
        self.sessions.remember(&call, &document);
        Ok(Outcome::Done(document))
    }

    /// Does the command, in its transaction if it has one.
    fn in_session(&mut self, connection: &mut Connection, call: &mut Call<'_>, ambient: &mut dyn Ambient) -> Result<Outcome> {
        let Some(key) = self.enter_transaction(call)? else {
            return self.at_snapshot(connection, call, ambient);
        };
        if matches!(call.name, "commitTransaction" | "abortTransaction") {
            return self.dispatch(connection, call, ambient);
        }
        if !IN_TRANSACTIONS.contains(&call.name) {
            return Err(DocDbError::new(
                Code::OperationNotSupportedInTransaction,
                format!("Cannot run '{}' in a multi-document transaction.", call.name),
            ));
        }
        self.sessions.swap(&key, &mut self.store);
        let result = self.dispatch(connection, call, ambient);
        self.sessions.swap(&key, &mut self.store);
        let result = result.and_then(|outcome| {
            self.sessions.check_conflicts(&key, &self.store)?;
            Ok(outcome)
        });
        let failed = match &result {
            Err(_) => true,
            Ok(Outcome::Done(document)) => document.get("writeErrors").ok().flatten().is_some(),
            Ok(_) => false,
        };
        if failed {
            self.sessions.abort(&key);
        }
        result
    }

    fn dispatch(&mut self, connection: &mut Connection, call: &mut Call<'_>, ambient: &mut dyn Ambient) -> Result<Outcome> {
        call.check_database()?;
        secondary::check(connection, call.name)?;
        Ok(Outcome::Done(match call.name {
            "hello" | "ismaster" | "isMaster" => self.hello(connection, call, ambient.now_ms())?,
            "ping" => reply::ok(doc! {})?,
            "buildInfo" | "buildinfo" => self.build_info()?,
            "insert" => self.insert(call, ambient)?,
            "update" => self.update(call, ambient)?,
            "delete" => self.delete(call, ambient)?,
            "bulkWrite" => self.bulk_write(call, ambient)?,
            "findAndModify" | "findandmodify" => self.find_and_modify(call, ambient)?,
            "find" => self.find(call, ambient)?,
            "aggregate" => self.aggregate(call, ambient)?,
            "count" => self.count(call, ambient)?,
            "distinct" => self.distinct(call, ambient)?,
            "explain" => self.explain(call, ambient)?,
            "getMore" => return self.get_more(connection, call, ambient.now_ms()),
            "killCursors" => self.kill_cursors(call)?,
            "createIndexes" => self.create_indexes(call)?,
            "listIndexes" => self.list_indexes(call)?,
            "dropIndexes" | "deleteIndexes" => self.drop_indexes(call)?,
            "create" => self.create(call)?,
            "drop" => self.drop_collection(call)?,
            "dropDatabase" => self.drop_database(call)?,
            "listCollections" => self.list_collections(call)?,
            "listDatabases" => self.list_databases(call)?,
            "collMod" => self.modify_collection(call)?,
            "renameCollection" => self.rename_collection(call)?,
            "dbStats" | "dbstats" => self.database_statistics(call)?,
            "collStats" | "collstats" => self.collection_statistics(call)?,
            "validate" => self.validate(call)?,
            "serverStatus" => self.server_status(ambient.now_ms())?,
            "hostInfo" => reply::ok(doc! { "system": { "hostname": &self.settings.host }, "os": { "type": "Backlab" } })?,
            "connectionStatus" => reply::ok(doc! { "authInfo": { "authenticatedUsers": [], "authenticatedUserRoles": [] } })?,
            "whatsmyuri" => reply::ok(doc! { "you": format!("{}:{}", self.settings.host, connection.id) })?,
            "getParameter" => self.get_parameter(call)?,
            "setParameter" => self.set_parameter(call)?,
            "getLog" => reply::ok(doc! { "totalLinesWritten": 0, "log": [] })?,
            "getCmdLineOpts" => reply::ok(doc! { "argv": [], "parsed": {} })?,
            "top" => reply::ok(doc! { "totals": {} })?,
            "profile" => reply::ok(doc! { "was": 0, "slowms": 100, "sampleRate": 1.0 })?,
            "replSetGetStatus" => self.replica_set_status(ambient.now_ms())?,
            "configureFailPoint" => self.configure_fail_point(call)?,
            "startSession" => self.start_session(ambient)?,
            "endSessions" | "killSessions" | "killAllSessions" | "killAllSessionsByPattern" | "refreshSessions" => {
                self.end_sessions(call)?
            }
            "commitTransaction" => self.commit_transaction(call)?,
            "abortTransaction" => self.abort_transaction(call)?,
            "getnonce"
            | "logout"
            | "fsync"
            | "fsyncUnlock"
            | "setFeatureCompatibilityVersion"
            | "setDefaultRWConcern"
            | "getDefaultRWConcern"
            | "replSetFreeze"
            | "usersInfo"
            | "rolesInfo" => reply::ok(doc! {})?,
            other => {
                return Err(DocDbError::new(Code::CommandNotFound, format!("no such command: '{other}'")));
            }
        }))
    }

    /// What replica sets tell with each answer.
    fn gossip(&self, document: &mut RawDocumentBuf) {
        if self.settings.replica_set.is_none() {
            return;
        }
        let time = self.cluster_time();
        let hash = bson::Binary {
            subtype: bson::spec::BinarySubtype::Generic,
            bytes: vec![0; 20],
        };
        let gossip = bson::rawdoc! { "clusterTime": time, "signature": { "hash": hash, "keyId": 0_i64 } };
        document.append(bson::raw::cstr!("$clusterTime"), gossip);
        document.append(bson::raw::cstr!("operationTime"), time);
    }

    fn cluster_time(&self) -> bson::Timestamp {
        changes::time_of(self.store.sequence())
    }
}

/// A write concern that asks for more members than the one there is.
fn unsatisfied(call: &Call<'_>) -> Option<Document> {
    let concern = call.body.get_document("writeConcern").ok()?;
    let members = arguments::number_of(concern, "w", "writeConcern").ok().flatten()?;
    (members > 1).then(|| doc! { "code": 100, "codeName": "UnsatisfiableWriteConcern", "errmsg": "Not enough data-bearing nodes" })
}

/// What a command came to.
pub(crate) enum Outcome {
    Done(RawDocumentBuf),
    /// There is no news yet; ask again then, or when something has changed.
    Wait(i64),
    Close,
}

#[cfg(test)]
mod tests;
