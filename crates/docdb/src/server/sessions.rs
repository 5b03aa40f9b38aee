//! Sessions, retryable writes and transactions (MongoDB manual: "Transactions").
//!
//! A transaction works on a copy of the store that shares what neither changes: reads see the moment of its first
//! command. A write is refused when the document has changed outside since; the commit does all its changes as one.

use std::collections::{BTreeMap, BTreeSet};

use bson::{Bson, Document, RawDocument, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, truth};
use super::reply::{self, error};
use crate::collection::Ambient;
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;
use crate::key;
use crate::store::{Namespace, Store};

pub(super) type Key = Vec<u8>;

#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: BTreeMap<Key, Session>,
}

#[derive(Debug, Default)]
struct Session {
    /// The number of the last transaction or retryable write.
    number: i64,
    state: State,
    /// The answer to the last retryable write.
    answer: Option<RawDocumentBuf>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    None,
    Running(Box<Store>),
    Committed,
    Aborted,
}

/// Most sessions that are remembered.
const MAX_SESSIONS: usize = 10_000;
/// Commands that a client may send a second time.
const RETRYABLE: [&str; 6] = ["insert", "update", "delete", "findAndModify", "findandmodify", "bulkWrite"];

fn key_of(call: &Call<'_>) -> Option<Key> {
    match call.body.get("lsid") {
        Some(Bson::Document(session)) => match session.get("id") {
            Some(Bson::Binary(id)) => Some(id.bytes.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn number_of(call: &Call<'_>) -> Option<i64> {
    match call.body.get("txnNumber") {
        Some(Bson::Int64(number)) => Some(*number),
        Some(Bson::Int32(number)) => Some((*number).into()),
        _ => None,
    }
}

fn in_transaction(call: &Call<'_>) -> bool {
    call.body.get("autocommit") == Some(&Bson::Boolean(false))
}

/// The labels that the server gives to a failure with this code.
pub(super) fn labels_of(call: &Call<'_>, code: i32) -> Vec<String> {
    const RETRYABLE_CODES: [i32; 12] = [6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436];
    let is_end = matches!(call.name, "commitTransaction" | "abortTransaction");
    if matches!(call.name, "getMore" | "aggregate") && code == Code::ChangeStreamFatalError.number() {
        return vec!["NonResumableChangeStreamError".into()];
    }
    if in_transaction(call) && !is_end {
        let transient = RETRYABLE_CODES.contains(&code) || matches!(code, 24 | 112 | 246 | 251 | 267);
        return if transient {
            vec!["TransientTransactionError".into()]
        } else {
            Vec::new()
        };
    }
    let may_retry = is_end || (RETRYABLE.contains(&call.name) && number_of(call).is_some());
    if may_retry && RETRYABLE_CODES.contains(&code) {
        return vec!["RetryableWriteError".into()];
    }
    if is_end && matches!(code, 24 | 112 | 246 | 251 | 267) {
        return vec!["TransientTransactionError".into()];
    }
    Vec::new()
}

impl Sessions {
    /// The answer that was already given to this very write.
    pub(super) fn repeated(&self, call: &Call<'_>) -> Option<RawDocumentBuf> {
        let (key, number) = (key_of(call)?, number_of(call)?);
        let session = self.open.get(&key)?;
        (!in_transaction(call) && session.number == number && RETRYABLE.contains(&call.name)).then(|| session.answer.clone())?
    }

    /// Keeps the answer to a retryable write.
    pub(super) fn remember(&mut self, call: &Call<'_>, answer: &RawDocument) {
        let (Some(key), Some(number)) = (key_of(call), number_of(call)) else {
            return;
        };
        if in_transaction(call) || !RETRYABLE.contains(&call.name) {
            return;
        }
        let is_done = answer.get_f64("ok").is_ok_and(|ok| ok == 1.0);
        if self.open.len() >= MAX_SESSIONS {
            self.open.pop_first();
        }
        let session = self.open.entry(key).or_default();
        session.number = number;
        session.state = State::None;
        session.answer = is_done.then(|| answer.to_owned());
    }

    /// Exchanges the store with the transaction's own.
    pub(super) fn swap(&mut self, key: &Key, store: &mut Store) {
        if let Some(Session {
            state: State::Running(own),
            ..
        }) = self.open.get_mut(key)
        {
            std::mem::swap(&mut **own, store);
        }
    }

    pub(super) fn abort(&mut self, key: &Key) {
        if let Some(session) = self.open.get_mut(key) {
            session.state = State::Aborted;
        }
    }

    /// What the command did was taken back: a second one may not be told that it was done.
    pub(super) fn forget(&mut self, call: &Call<'_>) {
        let Some(session) = key_of(call).and_then(|key| self.open.get_mut(&key)) else {
            return;
        };
        session.answer = None;
        if in_transaction(call) && matches!(session.state, State::Committed) {
            session.state = State::Aborted;
        }
    }

    pub(super) fn abort_all(&mut self) {
        for session in self.open.values_mut() {
            if matches!(session.state, State::Running(_)) {
                session.state = State::Aborted;
            }
        }
    }

    /// Refuses the transaction when a document that it wrote was changed by somebody else.
    pub(super) fn check_conflicts(&self, key: &Key, store: &Store) -> Result<()> {
        let Some(Session {
            state: State::Running(own),
            ..
        }) = self.open.get(key)
        else {
            return Ok(());
        };
        let written = touched(own);
        let foreign = self
            .open
            .iter()
            .filter(|(other, _)| *other != key)
            .any(|(_, session)| match &session.state {
                State::Running(other) => touched(other).iter().any(|place| written.contains(place)),
                _ => false,
            });
        if foreign || has_changed(own, store) {
            return error(
                Code::WriteConflict,
                "Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.",
            );
        }
        Ok(())
    }
}

fn session_of(key: &[u8], now_ms: i64) -> Bson {
    let id = bson::Binary {
        subtype: bson::spec::BinarySubtype::Uuid,
        bytes: key.to_vec(),
    };
    doc! { "_id": { "id": id }, "lastUse": bson::DateTime::from_millis(now_ms) }.into()
}

/// The documents that a transaction wrote.
fn touched(own: &Store) -> BTreeSet<(Namespace, Vec<u8>)> {
    own.events().iter().filter_map(|event| place_of(&event.entry)).collect()
}

fn place_of(entry: &Entry) -> Option<(Namespace, Vec<u8>)> {
    match entry {
        Entry::Put { namespace, document } => {
            let id = document.get("_id").ok().flatten()?;
            Some((namespace.clone(), key::of(id, None)))
        }
        Entry::Delete { namespace, id } => {
            let id = bson::RawBson::try_from(id.clone()).ok()?;
            Some((namespace.clone(), key::of(id.as_raw_bson_ref(), None)))
        }
        _ => None,
    }
}

/// Tells whether a document is no longer what the transaction first found.
fn has_changed(own: &Store, store: &Store) -> bool {
    let mut seen = BTreeSet::new();
    own.events().iter().any(|event| {
        let Some((namespace, key)) = place_of(&event.entry) else {
            return false;
        };
        if !seen.insert((namespace.clone(), key)) {
            return false;
        }
        let id = match &event.entry {
            Entry::Put { document, .. } => document.get("_id").ok().flatten().and_then(|id| Bson::try_from(id).ok()),
            Entry::Delete { id, .. } => Some(id.clone()),
            _ => None,
        };
        let current = store.collection(&namespace).and_then(|collection| {
            let slot = collection.slot_of(&id?)?;
            collection.get(slot)
        });
        current != event.before.as_ref()
    })
}

impl Server {
    /// The session of a command that is part of a transaction; starts the transaction when the command says so.
    pub(super) fn enter_transaction(&mut self, call: &Call<'_>) -> Result<Option<Key>> {
        let (key, number) = (key_of(call), number_of(call));
        if let (Some(_), None) = (&number, &key) {
            return error(
                Code::InvalidOptions,
                "Transaction number requires a session ID to also be specified",
            );
        }
        let starts = truth(call.body.get("startTransaction"));
        if !in_transaction(call) {
            if starts {
                return error(Code::InvalidOptions, "Specifying startTransaction=true requires autocommit=false");
            }
            if number.is_some() && key.is_some() && self.settings.replica_set.is_none() && RETRYABLE.contains(&call.name) {
                return error(
                    Code::IllegalOperation,
                    "Transaction numbers are only allowed on a replica set member or mongos",
                );
            }
            return Ok(None);
        }
        let (Some(key), Some(number)) = (key, number) else {
            return error(
                Code::InvalidOptions,
                "'autocommit' field requires a transaction number to also be specified",
            );
        };
        if self.settings.replica_set.is_none() {
            return error(
                Code::IllegalOperation,
                "Transaction numbers are only allowed on a replica set member or mongos",
            );
        }
        let fork = starts.then(|| self.store.fork());
        let session = self.sessions.open.entry(key.clone()).or_default();
        if number < session.number {
            return error(
                Code::TransactionTooOld,
                format!(
                    "Cannot start transaction with txnNumber {number} on session because a newer transaction with txnNumber {} has already started.",
                    session.number
                ),
            );
        }
        if let Some(fork) = fork {
            if number == session.number && !matches!(session.state, State::None) {
                return error(
                    Code::ConflictingOperationInProgress,
                    format!("Given transaction number {number} does not match any in-progress transactions."),
                );
            }
            session.number = number;
            session.answer = None;
            session.state = State::Running(Box::new(fork));
            return Ok(Some(key));
        }
        match (&session.state, session.number == number) {
            (State::Running(_), true) => Ok(Some(key)),
            (State::Committed, true) if call.name == "commitTransaction" => Ok(Some(key)),
            (State::Committed, true) => error(
                Code::TransactionCommitted,
                format!("Transaction with {{ txnNumber: {number} }} has been committed."),
            ),
            (State::Aborted, true) => error(
                Code::NoSuchTransaction,
                format!("Transaction with {{ txnNumber: {number} }} has been aborted."),
            ),
            _ => error(
                Code::NoSuchTransaction,
                format!(
                    "Given transaction number {number} does not match any in-progress transactions. The active transaction number is {}",
                    session.number
                ),
            ),
        }
    }

    /// `$listLocalSessions` as the list that it stands for.
    pub(super) fn with_sessions(&self, mut stages: Vec<Document>, now_ms: i64) -> Vec<Document> {
        if let Some(first) = stages.first_mut()
            && first.keys().any(|name| name == "$listLocalSessions" || name == "$listSessions")
        {
            let mut listed: Vec<Bson> = self.sessions.open.keys().map(|key| session_of(key, now_ms)).collect();
            if listed.is_empty() {
                // The one that asks.
                listed.push(session_of(&[0; 16], now_ms));
            }
            *first = doc! { "$documents": listed };
        }
        stages
    }

    pub(super) fn labels(&self, call: &Call<'_>, failure: &DocDbError) -> Vec<String> {
        labels_of(call, failure.code())
    }

    pub(super) fn commit_transaction(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let Some(key) = key_of(call).filter(|_| in_transaction(call)) else {
            return error(Code::InvalidOptions, "commitTransaction must be run within a transaction");
        };
        if let Err(failure) = self.sessions.check_conflicts(&key, &self.store) {
            // Nothing of it may be seen, and it must not stand in the way of others; the client starts anew.
            self.sessions.abort(&key);
            return Err(failure);
        }
        let Some(session) = self.sessions.open.get_mut(&key) else {
            return error(Code::NoSuchTransaction, "no such transaction");
        };
        if let State::Running(own) = std::mem::replace(&mut session.state, State::Committed) {
            let before = self.store.sequence();
            for event in own.events() {
                if let Err(failure) = self.store.adopt(event) {
                    self.store.discard(before);
                    self.sessions.abort(&key);
                    return Err(failure);
                }
            }
        }
        reply::ok(doc! {})
    }

    pub(super) fn abort_transaction(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let Some(key) = key_of(call).filter(|_| in_transaction(call)) else {
            return error(Code::InvalidOptions, "abortTransaction must be run within a transaction");
        };
        self.sessions.abort(&key);
        reply::ok(doc! {})
    }

    pub(super) fn start_session(&mut self, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let (first, second) = (ambient.object_id().bytes(), ambient.object_id().bytes());
        let bytes = [&first[..], &second[8..]].concat();
        let id = bson::Binary {
            subtype: bson::spec::BinarySubtype::Uuid,
            bytes,
        };
        reply::ok(doc! { "id": { "id": id }, "timeoutMinutes": 30 })
    }

    pub(super) fn end_sessions(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        if call.name != "refreshSessions" {
            let listed = call.body.get_array(call.name).cloned().unwrap_or_default();
            if listed.is_empty() && call.name != "endSessions" {
                self.sessions.abort_all();
            }
            for session in listed {
                if let Some(Bson::Binary(id)) = session.as_document().and_then(|session| session.get("id")) {
                    self.sessions.open.remove(&id.bytes);
                }
            }
        }
        reply::ok(doc! {})
    }
}
