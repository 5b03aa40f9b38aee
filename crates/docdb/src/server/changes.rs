//! Change streams over the store's events (MongoDB manual: "Change Events").

use bson::{Bson, Document, RawDocumentBuf, Timestamp, doc};

use super::Server;
use super::arguments::Call;
use super::cursors::Cursor;
use super::reply::{self, error};
use crate::aggregate::Pipeline;
use crate::error::{Code, DocDbError, Result};
use crate::journal::Entry;
use crate::scope::Scope;
use crate::store::{Event, Namespace, Store};

/// A watched collection, database or server, and how far it was read.
#[derive(Debug)]
pub(super) struct ChangeStream {
    database: Option<String>,
    collection: Option<String>,
    seen: u64,
    full_document: String,
    before_change: String,
    stages: Vec<Document>,
    shows_everything: bool,
    over: bool,
    /// An invalidation follows the event that was read last.
    invalidated: Option<u64>,
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

fn token_of(sequence: u64) -> Document {
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
    pub(super) fn watch(&mut self, call: &Call<'_>, namespace: Namespace, stages: &[Document], now_ms: i64) -> Result<RawDocumentBuf> {
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
        let whole_database = namespace.collection == "$cmd.aggregate";
        let stream = ChangeStream {
            database: (!everything).then(|| namespace.database.clone()),
            collection: (!everything && !whole_database).then(|| namespace.collection.clone()),
            seen,
            full_document: text("fullDocument", "default"),
            before_change: text("fullDocumentBeforeChange", "off"),
            stages: rest,
            shows_everything: given.get("showExpandedEvents") == Some(&Bson::Boolean(true)),
            over: false,
            invalidated: None,
        };
        let token = stream.token();
        let shown = namespace.to_string();
        let id = self.cursors.open(Cursor {
            namespace,
            rest: Default::default(),
            stream: Some(stream),
            tail: None,
        });
        let _ = call;
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
        for event in store.events().iter().filter(|event| event.sequence > seen) {
            if self.over {
                break;
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

    fn show(&mut self, event: &Event, store: &Store) -> Result<Vec<Document>> {
        let Some(namespace) = event.entry.namespace() else {
            return Ok(Vec::new());
        };
        let is_watched = self.database.as_ref().is_none_or(|database| *database == namespace.database)
            && self
                .collection
                .as_ref()
                .is_none_or(|collection| *collection == namespace.collection);
        if !is_watched {
            return Ok(Vec::new());
        }
        let mut shown = doc! { "_id": token_of(event.sequence) };
        if self.shows_everything {
            shown.insert("collectionUUID", super::describe::uuid(namespace));
        }
        let kind = match (&event.entry, &event.before) {
            (Entry::Put { .. }, None) => "insert",
            (Entry::Put { .. }, Some(_)) if event.is_replacement => "replace",
            (Entry::Put { .. }, Some(_)) => "update",
            (Entry::Delete { .. }, _) => "delete",
            (Entry::DropCollection { .. }, _) => "drop",
            (Entry::CreateCollection { .. }, _) if self.shows_everything => "create",
            (Entry::CreateIndex { .. }, _) if self.shows_everything => "createIndexes",
            (Entry::DropIndex { .. }, _) if self.shows_everything => "dropIndexes",
            (Entry::SetOptions { .. }, _) if self.shows_everything => "modify",
            _ => return Ok(Vec::new()),
        };
        shown.insert("operationType", kind);
        shown.insert("clusterTime", time_of(event.sequence));
        shown.insert("wallTime", bson::DateTime::from_millis(1_700_000_000_000 + event.sequence as i64));
        match &event.entry {
            Entry::Put { document, .. } => {
                let after = Document::try_from(document.as_ref())?;
                let id = after.get("_id").cloned().unwrap_or(Bson::Null);
                if kind != "update" {
                    shown.insert("fullDocument", after.clone());
                } else if self.full_document != "default" && self.full_document != "updateLookup" && !keeps_images(store, namespace) {
                    if self.full_document == "required" {
                        return missing_image();
                    }
                    shown.insert("fullDocument", Bson::Null);
                } else if self.full_document != "default" {
                    let current = store
                        .collection(namespace)
                        .and_then(|collection| collection.get(collection.slot_of(&id)?));
                    let current = current.map(|raw| Document::try_from(raw.as_ref())).transpose()?;
                    shown.insert("fullDocument", current.map_or(Bson::Null, Bson::Document));
                }
                shown.insert("ns", doc! { "db": &namespace.database, "coll": &namespace.collection });
                shown.insert("documentKey", doc! { "_id": id });
                if let ("update", Some(before)) = (kind, &event.before) {
                    shown.insert("updateDescription", difference(&Document::try_from(before.as_ref())?, &after));
                }
            }
            Entry::Delete { id, .. } => {
                shown.insert("ns", doc! { "db": &namespace.database, "coll": &namespace.collection });
                shown.insert("documentKey", doc! { "_id": id.clone() });
            }
            _ => {
                shown.insert("ns", doc! { "db": &namespace.database, "coll": &namespace.collection });
            }
        }
        if self.before_change != "off"
            && let Some(before) = &event.before
        {
            if !keeps_images(store, namespace) {
                if self.before_change == "required" {
                    return missing_image();
                }
                shown.insert("fullDocumentBeforeChange", Bson::Null);
                return Ok(vec![shown]);
            }
            shown.insert("fullDocumentBeforeChange", Document::try_from(before.as_ref())?);
        }
        let mut all = vec![shown];
        if kind == "drop" && self.collection.is_some() {
            self.over = true;
            self.invalidated = Some(event.sequence);
            all.push(doc! {
                "_id": token_of(event.sequence), "operationType": "invalidate", "clusterTime": time_of(event.sequence),
                "wallTime": bson::DateTime::from_millis(1_700_000_000_000 + event.sequence as i64),
            });
        }
        Ok(all)
    }
}

/// Tells whether the collection keeps documents as they were before and after each change.
fn keeps_images(store: &Store, namespace: &Namespace) -> bool {
    let options = store.collection(namespace).map(|collection| collection.options());
    let images = options.and_then(|options| options.get_document("changeStreamPreAndPostImages").ok());
    images.is_some_and(|images| images.get("enabled") == Some(&Bson::Boolean(true)))
}

fn missing_image<T>() -> Result<T> {
    error(
        Code::Location(47),
        "Change stream was configured to require a pre- or post-image for all update, delete and replace events, but the image for an event was not found",
    )
}

/// What an update set and took away, by dotted paths.
fn difference(before: &Document, after: &Document) -> Document {
    let (mut updated, mut removed, mut truncated) = (Document::new(), Vec::new(), Vec::new());
    compare(before, after, "", &mut updated, &mut removed, &mut truncated);
    doc! { "updatedFields": updated, "removedFields": removed, "truncatedArrays": truncated }
}

fn compare(before: &Document, after: &Document, prefix: &str, updated: &mut Document, removed: &mut Vec<Bson>, truncated: &mut Vec<Bson>) {
    for (name, value) in after {
        let path = format!("{prefix}{name}");
        match (before.get(name), value) {
            (Some(known), value) if known == value => {}
            (Some(Bson::Document(known)), Bson::Document(inner)) => {
                compare(known, inner, &format!("{path}."), updated, removed, truncated);
            }
            (Some(Bson::Array(known)), Bson::Array(items)) if items.len() >= known.len() => {
                let changed: Vec<usize> = (0..items.len()).filter(|place| known.get(*place) != items.get(*place)).collect();
                if changed.len() * 2 > items.len() {
                    updated.insert(path, value.clone());
                } else {
                    for place in changed {
                        updated.insert(format!("{path}.{place}"), items[place].clone());
                    }
                }
            }
            (Some(Bson::Array(known)), Bson::Array(items)) if known.starts_with(items) => {
                truncated.push(doc! { "field": path, "newSize": items.len() as i32 }.into());
            }
            _ => {
                updated.insert(path, value.clone());
            }
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(name)) {
        removed.push(format!("{prefix}{name}").into());
    }
}
