//! Journal records: every committed change as bytes that guard themselves.
//!
//! Layout, little endian: `BJ`, version (1 byte, 1), kind (1 byte), sequence (8 bytes), part (4 bytes), length of the
//! payload (4 bytes), CRC-32 of all of that and the payload (4 bytes), payload (a BSON document).
//!
//! Kind `c` is a change. A snapshot of everything up to its sequence starts with a record of kind `s`, part 0, which tells
//! the number of parts that follow with kind `P`, from 1. As soon as all its parts are stored, every record before it is
//! obsolete. In base64 the three kinds begin with `QkoBY`, `QkoBc` and `QkoBU`.

use bson::spec::ElementType;
use bson::{Bson, Document, RawDocument, RawDocumentBuf};

use crate::crc::checksum;
use crate::error::{DocDbError, Result};
use crate::index::IndexSpec;
use crate::store::Namespace;

const MAGIC: [u8; 2] = *b"BJ";
const VERSION: u8 = 1;
const HEADER: usize = 24;

/// One change with its place in the order of all changes, or one part of a snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub kind: Kind,
    /// Of a change, its number from 1; of a snapshot, the number of the last change in it.
    pub sequence: u64,
    /// 0, except for the parts of a snapshot.
    pub part: u32,
    pub entry: Entry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    Change = b'c',
    SnapshotStart = b's',
    SnapshotPart = b'P',
}

/// What a record says. Each is idempotent.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// The document with this `_id` is now this one.
    Put {
        namespace: Namespace,
        document: RawDocumentBuf,
    },
    Delete {
        namespace: Namespace,
        id: Bson,
    },
    CreateCollection {
        namespace: Namespace,
    },
    DropCollection {
        namespace: Namespace,
    },
    /// The collection has another name.
    Rename {
        namespace: Namespace,
        to: Namespace,
        /// One that had the name is gone.
        replaces: bool,
    },
    /// `validator`, `capped`, `viewOn`, … of a collection.
    SetOptions {
        namespace: Namespace,
        options: Document,
    },
    CreateIndex {
        namespace: Namespace,
        spec: IndexSpec,
    },
    DropIndex {
        namespace: Namespace,
        name: String,
    },
    /// The store is empty; the `parts` records that follow are all that it holds.
    Snapshot {
        parts: u32,
    },
}

impl Entry {
    /// The collection that it is about; a snapshot is about all.
    pub fn namespace(&self) -> Option<&Namespace> {
        match self {
            Entry::Put { namespace, .. }
            | Entry::Delete { namespace, .. }
            | Entry::CreateCollection { namespace }
            | Entry::DropCollection { namespace }
            | Entry::Rename { namespace, .. }
            | Entry::SetOptions { namespace, .. }
            | Entry::CreateIndex { namespace, .. }
            | Entry::DropIndex { namespace, .. } => Some(namespace),
            Entry::Snapshot { .. } => None,
        }
    }
}

/// Writes a record.
///
/// # Errors
/// When a name holds a zero byte, which BSON cannot write.
pub fn encode(kind: Kind, sequence: u64, part: u32, entry: &Entry) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(HEADER + TYPICAL + document_size(entry));
    bytes.extend(MAGIC);
    bytes.extend([VERSION, kind as u8]);
    bytes.extend(sequence.to_le_bytes());
    bytes.extend(part.to_le_bytes());
    bytes.extend([0; HEADER - 16]);
    write_payload(entry, &mut bytes)?;
    let length = (bytes.len() - HEADER) as u32;
    bytes[16..20].copy_from_slice(&length.to_le_bytes());
    let checksum = checksum(&[&bytes[..20], &bytes[HEADER..]]);
    bytes[20..HEADER].copy_from_slice(&checksum.to_le_bytes());
    Ok(bytes)
}

/// What a payload takes besides a document.
const TYPICAL: usize = 96;

fn document_size(entry: &Entry) -> usize {
    match entry {
        Entry::Put { document, .. } => document.as_bytes().len(),
        _ => 0,
    }
}

/// Reads one record that takes up all the bytes.
///
/// # Errors
/// [`DocDbError::Damaged`] with the reason.
pub fn decode(bytes: &[u8]) -> Result<Record> {
    let (record, length) = decode_first(bytes)?;
    if length != bytes.len() {
        return Err(damaged(format!("{} bytes too many", bytes.len() - length)));
    }
    Ok(record)
}

/// Tells whether a record starts a snapshot, without reading all of it.
pub fn starts_snapshot(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC) && bytes.get(3) == Some(&(Kind::SnapshotStart as u8))
}

/// Cuts a run of records apart. After damage it goes on at the next record that is whole; the damaged stretch is
/// one item, which [`decode`] will refuse.
pub fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut records = Vec::new();
    let (mut start, mut position) = (0, 0);
    while position < bytes.len() {
        match decode_first(&bytes[position..]) {
            Ok((_, length)) => {
                if start < position {
                    records.push(&bytes[start..position]);
                }
                records.push(&bytes[position..position + length]);
                position += length;
                start = position;
            }
            Err(_) => position += 1,
        }
    }
    if start < position {
        records.push(&bytes[start..position]);
    }
    records
}

fn decode_first(bytes: &[u8]) -> Result<(Record, usize)> {
    let Some((header, rest)) = bytes.split_first_chunk::<HEADER>() else {
        return Err(damaged("cut off in its header"));
    };
    if header[..2] != MAGIC {
        return Err(damaged("not a journal record"));
    }
    if header[2] != VERSION {
        return Err(damaged(format!("version {} is not known here", header[2])));
    }
    let kind = match header[3] {
        b'c' => Kind::Change,
        b's' => Kind::SnapshotStart,
        b'P' => Kind::SnapshotPart,
        other => return Err(damaged(format!("kind {other} is not known here"))),
    };
    let number = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let length = number(16) as usize;
    let Some(payload) = rest.get(..length) else {
        return Err(damaged(format!("cut off: {} of {length} bytes are there", rest.len())));
    };
    if checksum(&[&header[..20], payload]) != number(20) {
        return Err(damaged("its checksum does not fit"));
    }
    let mut sequence = [0; 8];
    sequence.copy_from_slice(&header[4..12]);
    let sequence = u64::from_le_bytes(sequence);
    let entry = parse(RawDocument::from_bytes(payload)?)?;
    Ok((
        Record {
            kind,
            sequence,
            part: number(12),
            entry,
        },
        HEADER + length,
    ))
}

fn write_payload(entry: &Entry, bytes: &mut Vec<u8>) -> Result<()> {
    match entry {
        Entry::Put { namespace, document } => write_put(namespace, document, bytes),
        other => bytes.extend(payload(other)?.as_bytes()),
    }
    Ok(())
}

/// `{ op: "put", db: …, in: …, document: … }` with the document's bytes as they are: most records are of this kind.
fn write_put(namespace: &Namespace, document: &RawDocument, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend([0; 4]);
    for (name, text) in [("op", "put"), ("db", &namespace.database), ("in", &namespace.collection)] {
        bytes.push(ElementType::String as u8);
        bytes.extend(name.as_bytes());
        bytes.push(0);
        bytes.extend((text.len() as u32 + 1).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes.push(0);
    }
    bytes.push(ElementType::EmbeddedDocument as u8);
    bytes.extend(b"document\0");
    bytes.extend(document.as_bytes());
    bytes.push(0);
    let length = ((bytes.len() - start) as u32).to_le_bytes();
    bytes[start..start + 4].copy_from_slice(&length);
}

fn payload(entry: &Entry) -> Result<RawDocumentBuf> {
    let document = match entry {
        Entry::Delete { namespace, id } => with(head("delete", namespace), "id", id.clone()),
        Entry::CreateCollection { namespace } => head("create", namespace),
        Entry::DropCollection { namespace } => head("drop", namespace),
        Entry::Rename { namespace, to, replaces } => {
            let mut document = head("rename", namespace);
            document.extend(bson::doc! { "toDb": &*to.database, "to": &*to.collection, "replaces": *replaces });
            document
        }
        Entry::SetOptions { namespace, options } => with(head("options", namespace), "options", options.clone().into()),
        Entry::CreateIndex { namespace, spec } => with(head("createIndex", namespace), "index", spec.to_document().into()),
        Entry::DropIndex { namespace, name } => with(head("dropIndex", namespace), "name", name.into()),
        Entry::Snapshot { parts } => bson::doc! { "op": "snapshot", "parts": i64::from(*parts) },
        Entry::Put { namespace, document } => with(head("put", namespace), "document", Document::try_from(document.as_ref())?.into()),
    };
    Ok(RawDocumentBuf::try_from(&document)?)
}

fn head(op: &str, namespace: &Namespace) -> Document {
    bson::doc! { "op": op, "db": &*namespace.database, "in": &*namespace.collection }
}

fn with(mut document: Document, name: &str, value: Bson) -> Document {
    document.insert(name, value);
    document
}

fn parse(payload: &RawDocument) -> Result<Entry> {
    let text = |name: &str| payload.get_str(name).map_err(|error| damaged(error.to_string()));
    let namespace = || Ok::<_, DocDbError>(Namespace::new(text("db")?, text("in")?));
    let value = |name: &str| {
        let found = payload.get(name)?;
        found.ok_or_else(|| damaged(format!("'{name}' is missing")))
    };
    Ok(match text("op")? {
        "put" => {
            let document = payload.get_document("document").map_err(|error| damaged(error.to_string()))?;
            // Every byte is read once here, so that nobody meets broken BSON later.
            Document::try_from(document)?;
            Entry::Put {
                namespace: namespace()?,
                document: document.to_owned(),
            }
        }
        "delete" => Entry::Delete {
            namespace: namespace()?,
            id: Bson::try_from(value("id")?)?,
        },
        "create" => Entry::CreateCollection { namespace: namespace()? },
        "options" => Entry::SetOptions {
            namespace: namespace()?,
            options: Document::try_from(payload.get_document("options").map_err(|error| damaged(error.to_string()))?)?,
        },
        "rename" => Entry::Rename {
            namespace: namespace()?,
            to: Namespace::new(text("toDb")?, text("to")?),
            replaces: value("replaces")?.as_bool().unwrap_or_default(),
        },
        "drop" => Entry::DropCollection { namespace: namespace()? },
        "createIndex" => {
            let spec = payload.get_document("index").map_err(|error| damaged(error.to_string()))?;
            Entry::CreateIndex {
                namespace: namespace()?,
                spec: IndexSpec::from_document(&Document::try_from(spec)?)?,
            }
        }
        "dropIndex" => Entry::DropIndex {
            namespace: namespace()?,
            name: text("name")?.to_owned(),
        },
        "snapshot" => Entry::Snapshot {
            parts: value("parts")?.as_i64().and_then(|parts| u32::try_from(parts).ok()).unwrap_or(0),
        },
        other => return Err(damaged(format!("the change '{other}' is not known here"))),
    })
}

fn damaged(reason: impl Into<String>) -> DocDbError {
    DocDbError::Damaged(reason.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    fn records() -> Vec<Record> {
        let namespace = Namespace::new("shop", "users");
        let document = RawDocumentBuf::try_from(&doc! { "_id": 1, "name": "Asha" }).unwrap();
        let entries = vec![
            Entry::CreateCollection {
                namespace: namespace.clone(),
            },
            Entry::Put {
                namespace: namespace.clone(),
                document,
            },
            Entry::Delete {
                namespace: namespace.clone(),
                id: Bson::Int32(1),
            },
            Entry::CreateIndex {
                namespace: namespace.clone(),
                spec: IndexSpec::new(&[("a", 1), ("b", -1)]).unique(),
            },
            Entry::DropIndex {
                namespace: namespace.clone(),
                name: "a_1_b_-1".into(),
            },
            Entry::Rename {
                namespace: namespace.clone(),
                to: Namespace::new("shop", "people"),
                replaces: true,
            },
            Entry::DropCollection { namespace },
        ];
        let mut records: Vec<Record> = (1..)
            .zip(entries)
            .map(|(sequence, entry)| Record {
                kind: Kind::Change,
                sequence,
                part: 0,
                entry,
            })
            .collect();
        records.push(Record {
            kind: Kind::SnapshotStart,
            sequence: 7,
            part: 0,
            entry: Entry::Snapshot { parts: 1 },
        });
        records.push(Record {
            kind: Kind::SnapshotPart,
            part: 1,
            sequence: 7,
            ..records[0].clone()
        });
        records
    }

    fn bytes(record: &Record) -> Vec<u8> {
        encode(record.kind, record.sequence, record.part, &record.entry).unwrap()
    }

    #[test]
    fn reads_what_it_wrote() {
        for record in records() {
            let bytes = bytes(&record);
            assert_eq!(starts_snapshot(&bytes), record.kind == Kind::SnapshotStart);
            assert_eq!(decode(&bytes).unwrap(), record);
        }
    }

    #[test]
    fn any_flipped_bit_and_any_cut_is_found() {
        let bytes = bytes(&records()[1]);
        for position in 0..bytes.len() {
            for bit in 0..8 {
                let mut broken = bytes.clone();
                broken[position] ^= 1 << bit;
                assert!(decode(&broken).is_err(), "bit {bit} of byte {position}");
            }
            assert!(decode(&bytes[..position]).is_err(), "cut at {position}");
        }
    }

    #[test]
    fn splits_around_damage() {
        let parts: Vec<Vec<u8>> = records().iter().map(bytes).collect();
        let whole = parts.concat();
        assert_eq!(split(&whole), parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mut broken = whole.clone();
        broken[parts[0].len() + 30] ^= 1;
        let found = split(&broken);
        assert_eq!(found.iter().filter(|part| decode(part).is_ok()).count(), parts.len() - 1);
        assert_eq!(found.len(), parts.len());
        assert_eq!(split(b"nothing").len(), 1);
    }
}
