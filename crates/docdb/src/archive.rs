//! All of a store as one file, as `mongodump --archive` writes it and `mongorestore --archive --drop` reads it (MongoDB Database
//! Tools: "The Mongodump archive format specification"): a magic number, a header, what each collection is like, then the
//! documents in segments that end with four bytes of ones.

use std::collections::BTreeMap;

use bson::{Bson, Document, RawDocument, RawDocumentBuf, doc};

use crate::collection::Collection;
use crate::error::{DocDbError, Result};
use crate::extjson;
use crate::index::IndexSpec;
use crate::server::VERSION;
use crate::store::{Namespace, Store};

/// 0x8199e26d, the low byte first.
const MAGIC: [u8; 4] = [0x6d, 0xe2, 0x99, 0x81];
const FORMAT: &str = "0.1";
const END: [u8; 4] = [255; 4];

impl Store {
    /// Writes every collection of every database.
    ///
    /// # Errors
    /// When options cannot be written as BSON.
    pub fn to_archive(&self) -> Result<Vec<u8>> {
        let mut bytes = MAGIC.to_vec();
        let header = doc! { "concurrent_collections": 1, "version": FORMAT, "server_version": VERSION, "tool_version": "100.13.0" };
        append(&mut bytes, &header)?;
        for (namespace, collection) in self.collections() {
            let metadata = doc! {
                "db": &*namespace.database, "collection": &*namespace.collection, "metadata": metadata(namespace, collection),
                "size": i32::try_from(collection.size()).unwrap_or(i32::MAX), "type": kind(collection),
            };
            append(&mut bytes, &metadata)?;
        }
        bytes.extend(END);
        for (namespace, collection) in self.collections().filter(|(_, collection)| kind(collection) == "collection") {
            let mut sum = Checksum::new();
            if !collection.is_empty() {
                append(&mut bytes, &segment(namespace, false, 0))?;
                for document in collection.documents() {
                    bytes.extend(document.as_bytes());
                    sum.add(document.as_bytes());
                }
                bytes.extend(END);
            }
            append(&mut bytes, &segment(namespace, true, sum.finish()))?;
            bytes.extend(END);
        }
        Ok(bytes)
    }

    /// Puts the collections of an archive in place of those with the same names, as one change; the others stay. Answers how
    /// many documents it held.
    ///
    /// # Errors
    /// When it is no archive, is damaged, or holds what a collection refuses; then nothing has changed.
    pub fn take_archive(&mut self, bytes: &[u8]) -> Result<usize> {
        let dumped = read(bytes)?;
        let mut merged = Store::default();
        merged.collections = self.collections.clone();
        let mut count = 0;
        for (namespace, dump) in dumped {
            merged.collections.remove(&namespace);
            merged.create_collection(&namespace)?;
            merged.set_options(&namespace, dump.options)?;
            count += dump.documents.len();
            let Some(collection) = merged.collection_mut(&namespace) else {
                continue;
            };
            for document in dump.documents {
                collection.insert(&namespace, document)?;
            }
            for index in dump.indexes.iter().filter(|index| index.name != "_id_") {
                merged.create_index(&namespace, index.clone())?;
            }
        }
        self.replace_with(merged)?;
        Ok(count)
    }
}

fn kind(collection: &Collection) -> &'static str {
    if collection.options().contains_key("viewOn") {
        "view"
    } else {
        "collection"
    }
}

fn append(bytes: &mut Vec<u8>, document: &Document) -> Result<()> {
    bytes.extend(RawDocumentBuf::try_from(document)?.as_bytes());
    Ok(())
}

/// The content of a collection's `metadata.json`: canonical Extended JSON.
fn metadata(namespace: &Namespace, collection: &Collection) -> String {
    let indexes: Vec<Document> = match kind(collection) {
        "view" => Vec::new(),
        _ => collection.indexes().map(|(spec, _)| spec.to_document()).collect(),
    };
    let metadata = doc! {
        "indexes": indexes, "collectionName": &*namespace.collection, "type": kind(collection), "options": collection.options().clone(),
    };
    extjson::document_to_canonical_json(metadata).to_string()
}

fn segment(namespace: &Namespace, is_end: bool, sum: i64) -> Document {
    doc! { "db": &*namespace.database, "collection": &*namespace.collection, "EOF": is_end, "CRC": sum }
}

/// A collection of an archive.
#[derive(Default)]
struct Dump {
    options: Document,
    indexes: Vec<IndexSpec>,
    documents: Vec<RawDocumentBuf>,
}

fn wrong(what: &str) -> DocDbError {
    DocDbError::bad_value(format!("This is no archive of mongodump that can be read: {what}"))
}

fn read(bytes: &[u8]) -> Result<BTreeMap<Namespace, Dump>> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(wrong("it is compressed. Write it without --gzip, or unpack it with gunzip first."));
    }
    let mut rest = bytes.strip_prefix(&MAGIC).ok_or_else(|| wrong("it does not begin as one."))?;
    let header = document(&mut rest)?.ok_or_else(|| wrong("its header is missing."))?;
    if header.get_str("version").ok() != Some(FORMAT) {
        return Err(wrong("it is of another version of the format."));
    }
    let mut dumps = BTreeMap::new();
    let mut sums = BTreeMap::new();
    while let Some(metadata) = document(&mut rest)? {
        let namespace = namespace_of(metadata)?;
        namespace.check()?;
        let text = metadata.get_str("metadata").unwrap_or("{}");
        let about = serde_json::from_str(text).map_err(|_| wrong("what it says of a collection is not JSON."))?;
        let about = extjson::document_from_json(about)?;
        let indexes = about.get_array("indexes").into_iter().flatten().filter_map(Bson::as_document);
        let dump = Dump {
            options: about.get_document("options").cloned().unwrap_or_default(),
            indexes: indexes.map(IndexSpec::from_document).collect::<Result<_>>()?,
            documents: Vec::new(),
        };
        dumps.insert(namespace, dump);
    }
    while !rest.is_empty() {
        let header = document(&mut rest)?.ok_or_else(|| wrong("a segment has no header."))?;
        let namespace = namespace_of(header)?;
        let sum = sums.entry(namespace.clone()).or_insert_with(Checksum::new);
        if header.get_bool("EOF").unwrap_or(false) {
            let known = header.get_i64("CRC").ok();
            if known.is_some_and(|known| known != sum.finish()) {
                return Err(wrong(&format!("the checksum of {namespace} is another; the file is damaged.")));
            }
        }
        let dump = dumps.entry(namespace).or_default();
        while let Some(document) = document(&mut rest)? {
            sum.add(document.as_bytes());
            dump.documents.push(document.to_owned());
        }
    }
    Ok(dumps)
}

/// The next document; `None` at the end of a segment.
fn document<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a RawDocument>> {
    let damaged = || wrong("it ends too early, or is damaged.");
    let start: [u8; 4] = *rest.first_chunk().ok_or_else(damaged)?;
    if start == END {
        *rest = &rest[4..];
        return Ok(None);
    }
    let length = usize::try_from(i32::from_le_bytes(start)).map_err(|_| damaged())?;
    let (document, after) = rest.split_at_checked(length).ok_or_else(damaged)?;
    *rest = after;
    RawDocument::from_bytes(document).map(Some).map_err(|_| damaged())
}

fn namespace_of(header: &RawDocument) -> Result<Namespace> {
    match (header.get_str("db"), header.get_str("collection")) {
        (Ok(database), Ok(collection)) => Ok(Namespace::new(database, collection)),
        _ => Err(wrong("a part of it names no collection.")),
    }
}

/// CRC-64 with the polynomial of ECMA-182, reflected, as Go's library has it.
struct Checksum {
    table: Box<[u64; 256]>,
    state: u64,
}

impl Checksum {
    fn new() -> Self {
        let mut table = Box::new([0; 256]);
        for (byte, entry) in (0..).zip(table.iter_mut()) {
            *entry = (0..8).fold(byte, |state: u64, _| {
                if state & 1 == 1 {
                    0xc96c_5795_d787_0f42 ^ (state >> 1)
                } else {
                    state >> 1
                }
            });
        }
        Checksum { table, state: u64::MAX }
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let place = (self.state as u8 ^ byte) as usize;
            self.state = self.table[place] ^ (self.state >> 8);
        }
    }

    fn finish(&self) -> i64 {
        !self.state as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Ambient;
    use crate::store::Find;
    use bson::oid::ObjectId;

    struct Fixed;

    impl Ambient for Fixed {
        fn now_ms(&mut self) -> i64 {
            0
        }

        fn object_id(&mut self) -> ObjectId {
            ObjectId::from_bytes([7; 12])
        }
    }

    fn users() -> Namespace {
        Namespace::new("shop", "users")
    }

    fn store() -> Store {
        let mut store = Store::default();
        let documents =
            (0..5).map(|id| doc! { "_id": id, "name": format!("n{id}"), "at": Bson::Timestamp(bson::Timestamp { time: 1, increment: 2 }) });
        store.insert(&users(), documents.collect(), &mut Fixed).unwrap();
        let index = IndexSpec::from_document(&doc! { "key": { "name": -1 }, "name": "by_name", "unique": true }).unwrap();
        store.create_index(&users(), index).unwrap();
        let capped = Namespace::new("shop", "log");
        store.create_collection(&capped).unwrap();
        store.set_options(&capped, doc! { "capped": true, "size": 4096_i64 }).unwrap();
        let view = Namespace::new("shop", "names");
        store.create_collection(&view).unwrap();
        store
            .set_options(&view, doc! { "viewOn": "users", "pipeline": [{ "$project": { "name": 1 } }] })
            .unwrap();
        store
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = store().to_archive().unwrap();
        assert_eq!(&bytes[..4], MAGIC);
        let mut other = Store::default();
        let kept = Namespace::new("shop", "kept");
        other.insert(&kept, vec![doc! { "_id": 1 }], &mut Fixed).unwrap();
        other.insert(&users(), vec![doc! { "_id": "old" }], &mut Fixed).unwrap();
        assert_eq!(other.take_archive(&bytes).unwrap(), 5);
        let names: Vec<String> = other.collections().map(|(namespace, _)| namespace.to_string()).collect();
        assert_eq!(names, ["shop.kept", "shop.log", "shop.names", "shop.users"]);
        let found = other.find(&users(), &Find::default()).unwrap().documents;
        assert_eq!(found, store().find(&users(), &Find::default()).unwrap().documents);
        for (namespace, collection) in store().collections() {
            let read = other.collection(namespace).unwrap();
            assert_eq!(read.options(), collection.options(), "{namespace}");
            let specs = |collection: &Collection| collection.indexes().map(|(spec, _)| spec.clone()).collect::<Vec<_>>();
            assert_eq!(specs(read), specs(collection), "{namespace}");
        }
    }

    #[test]
    fn damage_changes_nothing() {
        let bytes = store().to_archive().unwrap();
        let refused = |bytes: &[u8]| {
            let mut other = Store::default();
            other.insert(&users(), vec![doc! { "_id": "old" }], &mut Fixed).unwrap();
            let before = other.sequence();
            let error = other.take_archive(bytes).unwrap_err();
            assert_eq!(other.sequence(), before);
            error.to_string()
        };
        for end in (0..bytes.len() - 1).step_by(7) {
            // A file that ends between two segments lacks collections, as one that was written so.
            let mut other = Store::default();
            let _ = other.take_archive(&bytes[..end]);
        }
        assert!(refused(b"text").ends_with("it does not begin as one."));
        assert!(refused(&[0x1f, 0x8b, 8]).contains("gunzip"));
        assert!(refused(&bytes[..bytes.len() - 2]).ends_with("it ends too early, or is damaged."));
        let mut changed = bytes;
        let place = changed.windows(2).rposition(|pair| pair == b"n3").unwrap();
        changed[place] = b'm';
        assert!(refused(&changed).contains("the checksum of shop.users is another"));
    }

    #[test]
    fn the_checksum_is_the_known_one() {
        let mut sum = Checksum::new();
        sum.add(b"12345");
        sum.add(b"6789");
        assert_eq!(sum.finish() as u64, 0x995d_c9bb_df19_39fa);
    }
}
