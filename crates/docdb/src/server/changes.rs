//! Change streams over the store's events (MongoDB manual: "Change Events").

use bson::{Bson, Document, RawDocumentBuf, Timestamp, doc};

use super::Server;
use super::cursors::Cursor;
use super::reply::{self, error};
use crate::aggregate::Pipeline;
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;
use crate::scope::Scope;
use crate::store::{Namespace, Store};

/// A watched collection, database or server, and how far it was read.
#[derive(Debug)]
pub(super) struct ChangeStream {
    pub(super) database: Option<String>,
    pub(super) collection: Option<String>,
    seen: u64,
    pub(super) full_document: String,
    pub(super) before_change: String,
    stages: Vec<Document>,
    pub(super) shows_everything: bool,
    pub(super) over: bool,
}

/// The cluster time of a change.
pub(super) fn time_of(sequence: u64) -> Timestamp {
    Timestamp {
        time: 1_700_000_000_u32.wrapping_add((sequence >> 16) as u32),
        increment: (sequence & 0xffff) as u32 + 1,
    }
}

pub(super) fn sequence_of(time: Timestamp) -> u64 {
    (u64::from(time.time.wrapping_sub(1_700_000_000)) << 16) + u64::from(time.increment.saturating_sub(1))
}

pub(super) fn token_of(sequence: u64) -> Document {
    doc! { "_data": format!("82{sequence:016X}") }
}

fn read_token(token: &Bson) -> Result<u64> {
    let data = token.as_document().and_then(|token| token.get_str("_data").ok());
    let number = data
        .and_then(|data| data.get(2..18))
        .and_then(|hex| u64::from_str_radix(hex, 16).ok());
    number.ok_or_else(|| {
        DocDbError::new(
            Code::ChangeStreamFatalError,
            "Invalid resume token: it was not given by this server",
        )
    })
}

/// The documents that were inserted into a collection after this change.
pub(super) fn inserted_since(store: &Store, namespace: &Namespace, seen: u64) -> Vec<RawDocumentBuf> {
    let events = store
        .events()
        .iter()
        .filter(|event| event.sequence > seen && event.before.is_none());
    events
        .filter_map(|event| match &event.entry {
            Entry::Put { namespace: of, document } if of == namespace => Some(document.clone()),
            _ => None,
        })
        .collect()
}

impl Server {
    pub(super) fn watch(&mut self, namespace: Namespace, stages: &[Document], now_ms: i64) -> Result<RawDocumentBuf> {
        if self.settings.replica_set.is_none() {
            return error(Code::Location(40573), "The $changeStream stage is only supported on replica sets");
        }
        let Some(Bson::Document(given)) = stages.first().and_then(|stage| stage.get("$changeStream")) else {
            return error(Code::FailedToParse, "the $changeStream stage must be specified as an object");
        };
        const KNOWN: [&str; 8] = [
            "fullDocument",
            "fullDocumentBeforeChange",
            "resumeAfter",
            "startAfter",
            "startAtOperationTime",
            "allChangesForCluster",
            "showExpandedEvents",
            "showRawUpdateDescription",
        ];
        if let Some(unknown) = given.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return error(
                Code::Location(40415),
                format!("BSON field '$changeStream.{unknown}' is an unknown field."),
            );
        }
        let rest = stages[1..].to_vec();
        for stage in &rest {
            const ALLOWED: [&str; 8] = [
                "$match",
                "$project",
                "$addFields",
                "$set",
                "$replaceRoot",
                "$replaceWith",
                "$redact",
                "$unset",
            ];
            if let Some(name) = stage
                .keys()
                .next()
                .filter(|name| !ALLOWED.contains(&name.as_str()) && *name != "$changeStreamSplitLargeEvent")
            {
                Pipeline::parse(std::slice::from_ref(stage), &Scope::default())?;
                return error(
                    Code::IllegalOperation,
                    format!("{name} is not permitted in a $changeStream pipeline"),
                );
            }
        }
        Pipeline::parse(&rest, &Scope::at(now_ms))?;
        let seen = match (
            given.get("resumeAfter").or(given.get("startAfter")),
            given.get("startAtOperationTime"),
        ) {
            (Some(token), _) => read_token(token)?,
            (None, Some(Bson::Timestamp(time))) => sequence_of(*time).saturating_sub(1),
            _ => self.store.sequence(),
        };
        let oldest = self.store.events().front().map_or(0, |event| event.sequence);
        if seen + 1 < oldest {
            return error(
                Code::ChangeStreamHistoryLost,
                "Resume of change stream was not possible, as the resume point may no longer be in the oplog.",
            );
        }
        let text = |name: &str, otherwise: &str| given.get_str(name).unwrap_or(otherwise).to_owned();
        let everything = given.get("allChangesForCluster") == Some(&Bson::Boolean(true));
        let whole_database = *namespace.collection == *"$cmd.aggregate";
        let stream = ChangeStream {
            database: (!everything).then(|| namespace.database.to_string()),
            collection: (!everything && !whole_database).then(|| namespace.collection.to_string()),
            seen,
            full_document: text("fullDocument", "default"),
            before_change: text("fullDocumentBeforeChange", "off"),
            stages: rest,
            shows_everything: given.get("showExpandedEvents") == Some(&Bson::Boolean(true)),
            over: false,
        };
        let token = stream.token();
        let shown = namespace.to_string();
        let id = self.cursors.open(Cursor {
            namespace,
            rest: Default::default(),
            stream: Some(stream),
            tail: None,
        });
        reply::cursor(id, &shown, "firstBatch", Vec::new(), Some(token))
    }
}

impl ChangeStream {
    /// Where a stream that goes on after this one starts.
    pub(super) fn token(&self) -> Document {
        token_of(self.seen)
    }

    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// The events since the last look.
    pub(super) fn next(&mut self, store: &Store) -> Result<Vec<RawDocumentBuf>> {
        let pipeline = Pipeline::parse(&self.stages, &Scope::default())?;
        let mut found = Vec::new();
        let seen = self.seen;
        let mut created = None;
        for event in store.events().iter().filter(|event| event.sequence > seen) {
            if self.over {
                break;
            }
            // The options of a new collection are part of its creation.
            let is_part = matches!(&event.entry, Entry::SetOptions { namespace, .. } if created == Some(namespace));
            created = match &event.entry {
                Entry::CreateCollection { namespace } => Some(namespace),
                _ => None,
            };
            if is_part {
                continue;
            }
            for shown in self.show(event, store)? {
                let Some(kept) = pipeline.filter_one(&shown)? else { continue };
                let token = kept.get_document("_id").map(|token| token.as_bytes().to_vec());
                let expected = RawDocumentBuf::try_from(&shown)?;
                if token.ok() != expected.get_document("_id").map(|token| token.as_bytes().to_vec()).ok() {
                    return error(
                        Code::ChangeStreamFatalError,
                        "Encountered an event whose _id field, which contains the resume token, was modified by the pipeline. Modifying the _id field of an event makes it impossible to resume the stream from that point.",
                    );
                }
                found.push(kept);
            }
        }
        self.seen = store.sequence().max(self.seen);
        Ok(found)
    }
}
