//! One change as a change stream tells it (MongoDB manual: "Change Events").

use bson::{Bson, Document, doc};

use super::changes::{ChangeStream, time_of, token_of};
use super::reply::error;
use crate::error::{Code, Result};
use crate::journal::Entry;
use crate::store::{Event, Namespace, Store};

impl ChangeStream {
    /// The change and what follows from it; nothing when it is not watched.
    pub(super) fn show(&mut self, event: &Event, store: &Store) -> Result<Vec<Document>> {
        let (Some(namespace), Some(kind)) = (event.entry.namespace(), self.kind_of(event)) else {
            return Ok(Vec::new());
        };
        let target = match &event.entry {
            Entry::Rename { to, .. } => Some(to),
            _ => None,
        };
        if !self.watches(namespace) && !target.is_some_and(|target| self.watches(target)) {
            return Ok(Vec::new());
        }
        let mut shown = doc! { "_id": token_of(event.sequence) };
        if self.shows_everything {
            shown.insert("collectionUUID", super::describe::uuid(namespace));
        }
        shown.insert("operationType", kind);
        shown.extend(times(event));
        if let Entry::Put { document, .. } = &event.entry {
            let after = Document::try_from(document.as_ref())?;
            self.full_document(&mut shown, kind, after, namespace, store)?;
        }
        shown.insert("ns", pair(namespace));
        match &event.entry {
            Entry::Put { document, .. } => {
                let after = Document::try_from(document.as_ref())?;
                shown.insert("documentKey", doc! { "_id": after.get("_id").cloned().unwrap_or(Bson::Null) });
                if let ("update", Some(before)) = (kind, &event.before) {
                    let difference = Difference::between(&Document::try_from(before.as_ref())?, &after);
                    shown.insert("updateDescription", difference.into_document(self.shows_everything));
                }
            }
            Entry::Delete { id, .. } => drop(shown.insert("documentKey", doc! { "_id": id.clone() })),
            Entry::Rename { to, .. } => drop(shown.insert("to", pair(to))),
            _ => {}
        }
        if self.shows_everything {
            if let Entry::CreateCollection { namespace } = &event.entry {
                let is_view = options(store, namespace).is_some_and(|options| options.contains_key("viewOn"));
                shown.insert("nsType", if is_view { "view" } else { "collection" });
            }
            if let Some(description) = description(event, store)? {
                shown.insert("operationDescription", description);
            }
        }
        self.document_before(&mut shown, event, namespace, store)?;
        let mut all = vec![shown];
        if matches!(kind, "drop" | "rename") && self.collection.is_some() {
            self.over = true;
            let mut last = doc! { "_id": token_of(event.sequence), "operationType": "invalidate" };
            last.extend(times(event));
            all.push(last);
        }
        Ok(all)
    }

    fn watches(&self, namespace: &Namespace) -> bool {
        let is = |watched: &Option<String>, name: &str| watched.as_ref().is_none_or(|watched| watched == name);
        is(&self.database, &namespace.database) && is(&self.collection, &namespace.collection)
    }

    /// `operationType`; some are told only with `showExpandedEvents`.
    fn kind_of(&self, event: &Event) -> Option<&'static str> {
        Some(match (&event.entry, &event.before) {
            (Entry::Put { .. }, None) => "insert",
            (Entry::Put { .. }, Some(_)) if event.is_replacement => "replace",
            (Entry::Put { .. }, Some(_)) => "update",
            (Entry::Delete { .. }, _) => "delete",
            (Entry::DropCollection { .. }, _) => "drop",
            (Entry::Rename { .. }, _) => "rename",
            (Entry::CreateCollection { .. }, _) if self.shows_everything => "create",
            (Entry::CreateIndex { .. }, None) if self.shows_everything => "createIndexes",
            (Entry::DropIndex { .. }, _) if self.shows_everything => "dropIndexes",
            (Entry::SetOptions { .. } | Entry::CreateIndex { .. }, _) if self.shows_everything => "modify",
            _ => return None,
        })
    }

    fn full_document(&self, shown: &mut Document, kind: &str, after: Document, namespace: &Namespace, store: &Store) -> Result<()> {
        if kind != "update" {
            shown.insert("fullDocument", after);
        } else if self.full_document != "default" && self.full_document != "updateLookup" && !keeps_images(store, namespace) {
            if self.full_document == "required" {
                return missing_image();
            }
            shown.insert("fullDocument", Bson::Null);
        } else if self.full_document != "default" {
            let id = after.get("_id").unwrap_or(&Bson::Null);
            let current = store
                .collection(namespace)
                .and_then(|collection| collection.get(collection.slot_of(id)?));
            let current = current.map(|raw| Document::try_from(raw.as_ref())).transpose()?;
            shown.insert("fullDocument", current.map_or(Bson::Null, Bson::Document));
        }
        Ok(())
    }

    fn document_before(&self, shown: &mut Document, event: &Event, namespace: &Namespace, store: &Store) -> Result<()> {
        let (Entry::Put { .. } | Entry::Delete { .. }, Some(before)) = (&event.entry, &event.before) else {
            return Ok(());
        };
        if self.before_change == "off" {
            return Ok(());
        }
        let before = if keeps_images(store, namespace) {
            Document::try_from(before.as_ref())?.into()
        } else if self.before_change == "required" {
            return missing_image();
        } else {
            Bson::Null
        };
        shown.insert("fullDocumentBeforeChange", before);
        Ok(())
    }
}

fn pair(namespace: &Namespace) -> Document {
    doc! { "db": &*namespace.database, "coll": &*namespace.collection }
}

fn times(event: &Event) -> Document {
    let wall = bson::DateTime::from_millis(1_700_000_000_000 + event.sequence as i64);
    doc! { "clusterTime": time_of(event.sequence), "wallTime": wall }
}

fn options<'s>(store: &'s Store, namespace: &Namespace) -> Option<&'s Document> {
    store.collection(namespace).map(|collection| collection.options())
}

/// What a change of a collection or an index was.
fn description(event: &Event, store: &Store) -> Result<Option<Document>> {
    Ok(Some(match (&event.entry, &event.before) {
        (Entry::CreateIndex { spec, .. }, None) => doc! { "indexes": [spec.to_document()] },
        (Entry::CreateIndex { spec, .. }, Some(_)) => doc! { "index": spec.to_document() },
        (Entry::DropIndex { .. }, Some(spec)) => doc! { "indexes": [Document::try_from(spec.as_ref())?] },
        (Entry::SetOptions { options, .. }, _) => options.clone(),
        (Entry::CreateCollection { namespace }, _) => {
            let mut made = doc! { "idIndex": { "v": 2, "key": { "_id": 1 }, "name": "_id_" } };
            made.extend(options(store, namespace).cloned().unwrap_or_default());
            made
        }
        (Entry::Rename { to, replaces, .. }, _) => {
            let mut moved = doc! { "to": pair(to) };
            if *replaces {
                moved.insert("dropTarget", super::describe::uuid(to));
            }
            moved
        }
        _ => return Ok(None),
    }))
}

/// Tells whether the collection keeps documents as they were before and after each change.
fn keeps_images(store: &Store, namespace: &Namespace) -> bool {
    let images = options(store, namespace).and_then(|options| options.get_document("changeStreamPreAndPostImages").ok());
    images.is_some_and(|images| images.get("enabled") == Some(&Bson::Boolean(true)))
}

fn missing_image<T>() -> Result<T> {
    error(
        Code::Location(47),
        "Change stream was configured to require a pre- or post-image for all update, delete and replace events, but the image for an event was not found",
    )
}

/// What an update set and took away, by dotted paths (MongoDB manual: "update Event").
#[derive(Default)]
struct Difference {
    updated: Document,
    removed: Vec<Bson>,
    truncated: Vec<Bson>,
    /// Paths whose text has more than one reading → their steps: a name is a string, a place in an array a number.
    ambiguous: Document,
}

impl Difference {
    fn between(before: &Document, after: &Document) -> Self {
        let mut difference = Difference::default();
        difference.documents(before, after, &mut Vec::new());
        difference
    }

    fn into_document(self, with_paths: bool) -> Document {
        let mut document = doc! { "updatedFields": self.updated, "removedFields": self.removed, "truncatedArrays": self.truncated };
        if with_paths {
            document.insert("disambiguatedPaths", self.ambiguous);
        }
        document
    }

    /// The path as text; remembers its steps when the text does not tell them.
    fn path(&mut self, steps: &[Bson]) -> String {
        let texts: Vec<String> = steps
            .iter()
            .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
            .collect();
        let path = texts.join(".");
        let is_ambiguous = |name: &str| name.contains('.') || name.bytes().all(|byte| byte.is_ascii_digit());
        if steps.iter().filter_map(Bson::as_str).any(is_ambiguous) {
            self.ambiguous.insert(&path, steps.to_vec());
        }
        path
    }

    fn documents(&mut self, before: &Document, after: &Document, steps: &mut Vec<Bson>) {
        for (name, value) in after {
            steps.push(name.as_str().into());
            self.values(before.get(name), value, steps);
            steps.pop();
        }
        for name in before.keys().filter(|name| !after.contains_key(name)) {
            steps.push(name.as_str().into());
            let path = self.path(steps);
            self.removed.push(path.into());
            steps.pop();
        }
    }

    fn values(&mut self, before: Option<&Bson>, after: &Bson, steps: &mut Vec<Bson>) {
        match (before, after) {
            (Some(known), value) if known == value => {}
            (Some(Bson::Document(known)), Bson::Document(inner)) => self.documents(known, inner, steps),
            (Some(Bson::Array(known)), Bson::Array(items)) if items.len() >= known.len() && !is_other(known, items) => {
                for (place, item) in (0..).zip(items) {
                    steps.push(Bson::Int32(place));
                    self.values(known.get(place as usize), item, steps);
                    steps.pop();
                }
            }
            (Some(Bson::Array(known)), Bson::Array(items)) if known.starts_with(items) => {
                let path = self.path(steps);
                self.truncated.push(doc! { "field": path, "newSize": items.len() as i32 }.into());
            }
            (_, value) => {
                let path = self.path(steps);
                self.updated.insert(path, value.clone());
            }
        }
    }
}

/// Tells whether so much of an array is different that the whole of it is shorter to tell.
fn is_other(known: &[Bson], items: &[Bson]) -> bool {
    let is_new = |place: &usize| match (known.get(*place), &items[*place]) {
        (Some(Bson::Document(_)), Bson::Document(_)) => false,
        (before, after) => before != Some(after),
    };
    (0..items.len()).filter(is_new).count() * 2 > items.len()
}
