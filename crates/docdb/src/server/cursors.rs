//! Cursors: what a query found and the client has not fetched yet (MongoDB manual: "getMore").

use std::collections::{BTreeMap, VecDeque};

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::arguments::Call;
use super::changes::ChangeStream;
use super::reply::{self, error};
use super::{Connection, Outcome, Server};
use crate::error::{Code, Result};
use crate::store::Namespace;

#[derive(Debug, Default)]
pub(super) struct Cursors {
    open: BTreeMap<i64, Cursor>,
    last: i64,
}

#[derive(Debug)]
pub(super) struct Cursor {
    pub(super) namespace: Namespace,
    pub(super) rest: VecDeque<RawDocumentBuf>,
    pub(super) stream: Option<ChangeStream>,
    /// A tailable cursor and the sequence number that it has seen.
    pub(super) tail: Option<Tail>,
}

#[derive(Debug)]
pub(super) struct Tail {
    pub(super) filter: Document,
    pub(super) seen: u64,
    pub(super) waits: bool,
}

/// Documents of a first batch when the client does not say how many.
const FIRST_BATCH: usize = 101;
/// Bytes of a batch.
const MAX_BATCH_BYTES: usize = 16 * 1024 * 1024;
/// How long a waiting getMore waits when the client does not say, in milliseconds.
const AWAIT: i64 = 1_000;

impl Cursors {
    pub(super) fn open(&mut self, cursor: Cursor) -> i64 {
        self.last += 1;
        // Identifiers look like the server's: large and not in a row.
        let id = (self.last.wrapping_mul(6_364_136_223_846_793_005) & i64::MAX) | 1;
        self.open.insert(id, cursor);
        id
    }

    /// Keeps the rest of the documents, if any, and gives the first batch.
    pub(super) fn first_batch(
        &mut self,
        namespace: &Namespace,
        documents: Vec<RawDocumentBuf>,
        batch_size: Option<i64>,
        single: bool,
    ) -> (i64, Vec<RawDocumentBuf>) {
        let wanted = batch_size.map_or(FIRST_BATCH, |size| size.unsigned_abs() as usize);
        let mut rest: VecDeque<RawDocumentBuf> = documents.into();
        let batch = take(&mut rest, wanted);
        if rest.is_empty() && (batch_size != Some(0) || batch.is_empty() && wanted != 0) || single {
            return (0, batch);
        }
        if rest.is_empty() && batch_size == Some(0) {
            return (0, batch);
        }
        let id = self.open(Cursor {
            namespace: namespace.clone(),
            rest,
            stream: None,
            tail: None,
        });
        (id, batch)
    }

    pub(super) fn close(&mut self, id: i64) -> bool {
        self.open.remove(&id).is_some()
    }

    pub(super) fn is_stream(&self, id: i64) -> bool {
        self.open.get(&id).is_some_and(|cursor| cursor.stream.is_some())
    }

    pub(super) fn count(&self) -> usize {
        self.open.len()
    }
}

fn take(rest: &mut VecDeque<RawDocumentBuf>, wanted: usize) -> Vec<RawDocumentBuf> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < wanted {
        let Some(next) = rest.front() else { break };
        bytes += next.as_bytes().len();
        if bytes > MAX_BATCH_BYTES && !batch.is_empty() {
            break;
        }
        batch.extend(rest.pop_front());
    }
    batch
}

impl Server {
    pub(super) fn get_more(&mut self, connection: &mut Connection, call: &Call<'_>, now_ms: i64) -> Result<Outcome> {
        let Some(id) = call.body.get("getMore").and_then(Bson::as_i64) else {
            return error(
                Code::TypeMismatch,
                "BSON field 'getMore.getMore' is the wrong type, expected type 'long'",
            );
        };
        let wanted = match call.number("batchSize")? {
            Some(size) if size < 0 => {
                return error(
                    Code::Location(51024),
                    format!("BSON field 'batchSize' value must be >= 0, actual value '{size}'"),
                );
            }
            Some(0) | None => usize::MAX,
            Some(size) => size as usize,
        };
        let Some(cursor) = self.cursors.open.get_mut(&id) else {
            return error(Code::CursorNotFound, format!("cursor id {id} not found"));
        };
        if let Ok(collection) = call.body.get_str("collection")
            && *collection != *cursor.namespace.collection
        {
            return error(
                Code::Unauthorized,
                format!(
                    "Requested getMore on namespace '{}.{collection}', but cursor belongs to a different namespace {}",
                    call.database, cursor.namespace
                ),
            );
        }
        let mut token = None;
        if let Some(stream) = &mut cursor.stream {
            let next = stream.next(&self.store)?;
            cursor.rest.extend(next);
            token = Some(stream.token());
        } else if let Some(tail) = &mut cursor.tail {
            cursor.rest.extend(tail.next(&cursor.namespace, &self.store)?);
        }
        let is_live = cursor.stream.is_some() || cursor.tail.is_some();
        let ended = cursor.stream.as_ref().is_some_and(ChangeStream::is_over);
        let waits = cursor.stream.is_some() || cursor.tail.as_ref().is_some_and(|tail| tail.waits);
        if waits && !ended && cursor.rest.is_empty() {
            let patience = call.number("maxTimeMS")?.unwrap_or(AWAIT);
            let deadline = *connection.deadline.get_or_insert(now_ms + patience);
            if now_ms < deadline {
                return Ok(Outcome::Wait(deadline));
            }
        }
        let batch = take(&mut cursor.rest, wanted);
        let namespace = cursor.namespace.to_string();
        let done = cursor.rest.is_empty() && (!is_live || ended);
        if done {
            self.cursors.open.remove(&id);
        }
        Ok(Outcome::Done(reply::cursor(
            if done { 0 } else { id },
            &namespace,
            "nextBatch",
            batch,
            token,
        )?))
    }

    pub(super) fn kill_cursors(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let (mut killed, mut unknown) = (Vec::new(), Vec::new());
        for id in call.body.get_array("cursors").into_iter().flatten() {
            let known = id.as_i64().is_some_and(|id| self.cursors.close(id));
            if known { &mut killed } else { &mut unknown }.push(id.clone());
        }
        reply::ok(doc! { "cursorsKilled": killed, "cursorsNotFound": unknown, "cursorsAlive": [], "cursorsUnknown": [] })
    }
}
