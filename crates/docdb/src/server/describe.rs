//! listCollections, listDatabases, and statistics (MongoDB manual: "Diagnostic Commands").

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, number_of};
use super::reply::{self, error};
use crate::collection::Collection;
use crate::error::{Code, Result};
use crate::filter::Filter;
use crate::store::Namespace;

impl Server {
    pub(super) fn list_collections(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let filter = Filter::parse(&call.document("filter")?)?;
        let name_only = call.flag("nameOnly");
        let mut listed = Vec::new();
        for (namespace, collection) in self
            .store
            .collections()
            .filter(|(namespace, _)| *namespace.database == *call.database)
        {
            let options = collection.options();
            let kind = if options.contains_key("viewOn") {
                "view"
            } else if options.contains_key("timeseries") {
                "timeseries"
            } else {
                "collection"
            };
            let mut entry = doc! { "name": &*namespace.collection, "type": kind };
            entry.insert("options", options.clone());
            entry.insert("info", doc! { "readOnly": kind == "view", "uuid": uuid(namespace) });
            if kind == "collection" {
                entry.insert("idIndex", doc! { "v": 2, "key": { "_id": 1 }, "name": "_id_" });
            }
            if !filter.matches_document(&entry)? {
                continue;
            }
            if name_only {
                for field in ["options", "info", "idIndex"] {
                    entry.remove(field);
                }
            }
            listed.push(RawDocumentBuf::try_from(&entry)?);
        }
        let batch_size = number_of(&call.document("cursor")?, "batchSize", "listCollections")?;
        let namespace = Namespace::new(&call.database, "$cmd.listCollections");
        let (id, batch) = self.cursors.first_batch(&namespace, listed, batch_size, false);
        reply::cursor(id, &namespace.to_string(), "firstBatch", batch, None)
    }

    pub(super) fn list_databases(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        if call.database != "admin" {
            return error(Code::Unauthorized, "listDatabases may only be run against the admin database.");
        }
        let filter = Filter::parse(&call.document("filter")?)?;
        let mut sizes: Vec<(String, i64)> = vec![("admin".into(), 0), ("config".into(), 0), ("local".into(), 0)];
        for (namespace, collection) in self.store.collections() {
            match sizes.iter_mut().find(|(name, _)| **name == *namespace.database) {
                Some((_, size)) => *size += collection.size() as i64,
                None => sizes.push((namespace.database.to_string(), collection.size() as i64)),
            }
        }
        sizes.sort();
        let (mut databases, mut total) = (Vec::new(), 0);
        for (name, size) in sizes {
            let mut entry = doc! { "name": name, "sizeOnDisk": size, "empty": size == 0 };
            if !filter.matches_document(&entry)? {
                continue;
            }
            total += size;
            if call.flag("nameOnly") {
                entry.remove("sizeOnDisk");
                entry.remove("empty");
            }
            databases.push(Bson::Document(entry));
        }
        let mut answer = doc! { "databases": databases };
        if !call.flag("nameOnly") {
            answer.insert("totalSize", total);
            answer.insert("totalSizeMb", total / 1_048_576);
        }
        reply::ok(answer)
    }

    pub(super) fn database_statistics(&self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let (mut collections, mut views, mut objects, mut bytes, mut indexes, mut index_bytes) = (0, 0, 0_i64, 0_i64, 0, 0_i64);
        for (_, collection) in self
            .store
            .collections()
            .filter(|(namespace, _)| *namespace.database == *call.database)
        {
            if collection.options().contains_key("viewOn") {
                views += 1;
                continue;
            }
            collections += 1;
            objects += collection.len() as i64;
            bytes += collection.size() as i64;
            indexes += collection.indexes().count() as i32;
            index_bytes += collection.index_sizes().map(|(_, size)| size as i64).sum::<i64>();
        }
        let scale = call.number("scale")?.unwrap_or(1).max(1) as f64;
        let mean = if objects == 0 { 0.0 } else { bytes as f64 / objects as f64 };
        reply::ok(doc! {
            "db": &call.database, "collections": collections, "views": views, "objects": objects, "avgObjSize": mean,
            "dataSize": bytes as f64 / scale, "storageSize": bytes as f64 / scale, "indexes": indexes,
            "indexSize": index_bytes as f64 / scale, "totalSize": (bytes + index_bytes) as f64 / scale, "scaleFactor": scale as i64,
        })
    }

    pub(super) fn collection_statistics(&self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let namespace = call.namespace()?;
        let empty = Collection::default();
        let collection = self.store.collection(&namespace).unwrap_or(&empty);
        let sizes: Document = collection
            .index_sizes()
            .map(|(name, size)| (name.to_owned(), Bson::Int32(size as i32)))
            .collect();
        let total: i32 = collection.index_sizes().map(|(_, size)| size as i32).sum();
        let count = collection.len() as i32;
        let capped = collection.options().get("capped") == Some(&Bson::Boolean(true));
        let mut answer = doc! {
            "ns": namespace.to_string(), "size": collection.size() as i32, "count": count,
            "avgObjSize": if count == 0 { 0 } else { collection.size() as i32 / count },
            "storageSize": collection.size() as i32, "freeStorageSize": 0, "capped": capped,
            "nindexes": collection.indexes().count() as i32, "indexBuilds": [], "totalIndexSize": total,
            "totalSize": collection.size() as i32 + total, "indexSizes": sizes, "scaleFactor": 1,
        };
        if capped {
            answer.insert("max", collection.options().get("max").cloned().unwrap_or(Bson::Int32(0)));
            answer.insert("maxSize", collection.options().get("size").cloned().unwrap_or(Bson::Int32(0)));
        }
        reply::ok(answer)
    }

    pub(super) fn server_status(&self, now_ms: i64) -> Result<RawDocumentBuf> {
        reply::ok(doc! {
            "host": &self.settings.host, "version": super::VERSION, "process": "mongod", "pid": 1_i64,
            "uptime": 1.0, "localTime": bson::DateTime::from_millis(now_ms),
            "connections": { "current": self.connections, "available": 1000, "totalCreated": self.connections },
            "storageEngine": { "name": "wiredTiger", "supportsCommittedReads": true, "persistent": true },
            "metrics": { "cursor": { "open": { "total": self.cursors.count() as i64 } } },
        })
    }
}

/// A stable identifier, made of the collection's name.
pub(super) fn uuid(namespace: &Namespace) -> bson::Binary {
    let mut bytes = [0x5a_u8; 16];
    for (place, byte) in namespace.to_string().bytes().enumerate() {
        let at = place % 16;
        bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(byte);
    }
    // Version 4, as the server's are.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bson::Binary {
        subtype: bson::spec::BinarySubtype::Uuid,
        bytes: bytes.to_vec(),
    }
}
