//! Reads of one moment outside transactions (MongoDB manual: "Read Concern snapshot").

use bson::{Bson, RawDocumentBuf, Timestamp};

use super::arguments::Call;
use super::changes::{sequence_of, time_of};
use super::reply::error;
use super::{Connection, Outcome, Server};
use crate::collection::Ambient;
use crate::error::{Code, Result};

/// How many moments are kept.
const MAX_SNAPSHOTS: usize = 100;
const READS: [&str; 4] = ["find", "aggregate", "distinct", "getMore"];

impl Server {
    /// Does the command on the store as it was at the moment that its read concern names, if it names one.
    pub(super) fn at_snapshot(&mut self, connection: &mut Connection, call: &mut Call<'_>, ambient: &mut dyn Ambient) -> Result<Outcome> {
        let concern = match call.body.get_document("readConcern") {
            Ok(concern) if matches!(concern.get_str("level"), Ok("snapshot")) => concern.clone(),
            _ => return self.dispatch(connection, call, ambient),
        };
        if !READS.contains(&call.name) {
            return error(
                Code::InvalidOptions,
                format!(
                    "Command {} does not support {{ readConcern: {{ level: \"snapshot\" }} }} :: caused by :: read concern not supported",
                    call.name
                ),
            );
        }
        if self.settings.replica_set.is_none() {
            return error(Code::Location(246), "Cannot specify 'snapshot' readConcern to a standalone server");
        }
        let sequence = match concern.get("atClusterTime") {
            Some(Bson::Timestamp(at)) => sequence_of(*at),
            _ => self.store.sequence(),
        };
        if sequence >= self.store.sequence() {
            let copy = self.store.fork();
            self.snapshots.insert(sequence, copy);
            if self.snapshots.len() > MAX_SNAPSHOTS {
                self.snapshots.pop_first();
            }
        }
        let Some(mut copy) = self.snapshots.remove(&sequence) else {
            return error(
                Code::SnapshotUnavailable,
                "Read timestamp is older than the oldest available timestamp.",
            );
        };
        std::mem::swap(&mut self.store, &mut copy);
        let result = self.dispatch(connection, call, ambient);
        std::mem::swap(&mut self.store, &mut copy);
        self.snapshots.insert(sequence, copy);
        match result? {
            Outcome::Done(document) => Ok(Outcome::Done(stamp(&document, time_of(sequence))?)),
            other => Ok(other),
        }
    }
}

/// The answer with the moment that it is true of.
fn stamp(document: &RawDocumentBuf, at: Timestamp) -> Result<RawDocumentBuf> {
    let mut stamped = RawDocumentBuf::new();
    let mut has_cursor = false;
    for element in document {
        let (name, value) = element?;
        if let ("cursor", bson::RawBsonRef::Document(cursor)) = (name.as_str(), value) {
            let mut cursor = cursor.to_owned();
            cursor.append(bson::raw::cstr!("atClusterTime"), at);
            stamped.append(name, &cursor);
            has_cursor = true;
        } else {
            stamped.append(name, value);
        }
    }
    if !has_cursor {
        stamped.append(bson::raw::cstr!("atClusterTime"), at);
    }
    Ok(stamped)
}
