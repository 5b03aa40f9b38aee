//! The data that the mock API starts with.

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{Bson, DateTime, Document};
use backlab_docdb::{Ambient, DocDbError, IndexSpec, Namespace, Store, extjson};

use super::database::{DATABASE, namespace};

/// 2026-01-05T09:00:00Z, the moment that the seed data is seen from.
pub(crate) const NOW_MS: i64 = 1_767_603_600_000;

const COLLECTIONS: [(&str, &str); 4] = [
    ("books", include_str!("seed/books.json")),
    ("orders", include_str!("seed/orders.json")),
    ("reviews", include_str!("seed/reviews.json")),
    ("users", include_str!("seed/users.json")),
];

/// A store with the seed data, none of it in the journal yet.
pub(crate) fn store() -> Store {
    let mut store = Store::default();
    // The files are ours, and a test reads all of them.
    let _ = fill(&mut store);
    store.start_unsaved();
    store
}

/// Puts the mock API's collections back to the start; other databases stay as they are.
pub(crate) fn reset(store: &mut Store) -> Result<(), DocDbError> {
    store.drop_database(DATABASE)?;
    fill(store)
}

fn fill(store: &mut Store) -> Result<(), DocDbError> {
    for (collection, text) in COLLECTIONS {
        let documents: Vec<serde_json::Value> = serde_json::from_str(text).map_err(|error| DocDbError::Json(error.to_string()))?;
        let documents: Vec<Document> = documents.into_iter().map(document).collect::<Result<_, _>>()?;
        store.insert(&namespace(collection), documents, &mut Nothing)?;
    }
    for (collection, spec) in [
        ("users", IndexSpec::new(&[("email", 1)]).unique()),
        ("books", IndexSpec::new(&[("genre", 1)])),
        ("books", IndexSpec::new(&[("author", 1)])),
        ("orders", IndexSpec::new(&[("userId", 1)])),
        ("reviews", IndexSpec::new(&[("bookId", 1), ("userId", 1)]).unique()),
    ] {
        store.create_index(&Namespace::new(DATABASE, collection), spec)?;
    }
    Ok(())
}

/// Moments are written as text in the files.
fn document(value: serde_json::Value) -> Result<Document, DocDbError> {
    let mut document = extjson::document_from_json(value)?;
    for name in ["createdAt", "updatedAt"] {
        if let Some(Bson::String(text)) = document.get(name) {
            let moment = DateTime::parse_rfc3339_str(text)?;
            document.insert(name, moment);
        }
    }
    Ok(document)
}

/// Seed documents have their ids and need no time.
struct Nothing;

impl Ambient for Nothing {
    fn now_ms(&mut self) -> i64 {
        NOW_MS
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::from_bytes([0; 12])
    }
}
