//! The whole store as records.

use super::Store;
use crate::error::Result;
use crate::journal::{self, Entry, Kind};

impl Store {
    /// The whole store as records: a snapshot of everything up to the last change.
    ///
    /// # Errors
    /// When a document cannot be written as BSON.
    pub fn snapshot(&self) -> Result<Vec<Vec<u8>>> {
        let mut entries = Vec::new();
        for (namespace, collection) in &self.collections {
            entries.push(Entry::CreateCollection {
                namespace: namespace.clone(),
            });
            if !collection.options().is_empty() {
                entries.push(Entry::SetOptions {
                    namespace: namespace.clone(),
                    options: collection.options().clone(),
                });
            }
            for (spec, _) in collection.indexes().filter(|(spec, _)| spec.name != "_id_") {
                entries.push(Entry::CreateIndex {
                    namespace: namespace.clone(),
                    spec: spec.clone(),
                });
            }
            for document in collection.documents() {
                entries.push(Entry::Put {
                    namespace: namespace.clone(),
                    document: document.to_owned(),
                });
            }
        }
        let start = Entry::Snapshot {
            parts: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        };
        let mut records = vec![journal::encode(Kind::SnapshotStart, self.sequence, 0, &start)?];
        for (part, entry) in (1..).zip(&entries) {
            records.push(journal::encode(Kind::SnapshotPart, self.sequence, part, entry)?);
        }
        Ok(records)
    }
}
