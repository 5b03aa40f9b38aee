//! hello, buildInfo, replSetGetStatus: what a driver asks first (MongoDB manual: "hello").

use bson::{Bson, RawDocumentBuf, doc, oid::ObjectId};

use super::arguments::Call;
use super::reply;
use super::write::MAX_STATEMENTS;
use super::{Connection, Server};
use crate::collection::MAX_DOCUMENT_BYTES;
use crate::error::{Code, Result};

/// The version of MongoDB that is spoken here.
pub(crate) const VERSION: &str = "8.2.1";
const WIRE_VERSION: i32 = 27;

impl Server {
    pub(super) fn hello(&mut self, connection: &mut Connection, call: &Call<'_>, now_ms: i64) -> Result<RawDocumentBuf> {
        if let Some(Bson::Document(client)) = call.body.get("client")
            && let Some(Bson::Document(application)) = client.get("application")
        {
            connection.application = application.get_str("name").unwrap_or_default().to_owned();
        }
        let mut answer = doc! { "helloOk": true };
        if call.name == "hello" {
            answer.insert("isWritablePrimary", !connection.is_secondary);
        } else {
            answer.insert("ismaster", !connection.is_secondary);
        }
        if let Some(name) = &self.settings.replica_set {
            let host = &self.settings.host;
            let hosts: Vec<&String> = [host].into_iter().chain(&self.secondary).collect();
            let me = self.secondary.as_ref().filter(|_| connection.is_secondary).unwrap_or(host);
            let at = doc! { "ts": self.cluster_time(), "t": 1_i64 };
            let date = bson::DateTime::from_millis(now_ms);
            answer.extend(doc! {
                "hosts": hosts, "setName": name, "setVersion": 1, "secondary": connection.is_secondary, "primary": host, "me": me,
                "lastWrite": { "opTime": at.clone(), "lastWriteDate": date, "majorityOpTime": at, "majorityWriteDate": date },
            });
            if !connection.is_secondary {
                answer.insert("electionId", ObjectId::from_bytes([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1]));
            }
        }
        answer.extend(doc! {
            "maxBsonObjectSize": MAX_DOCUMENT_BYTES as i32, "maxMessageSizeBytes": 48_000_000, "maxWriteBatchSize": MAX_STATEMENTS as i32,
            "localTime": bson::DateTime::from_millis(now_ms), "logicalSessionTimeoutMinutes": 30, "connectionId": connection.id,
            "minWireVersion": 0, "maxWireVersion": WIRE_VERSION, "readOnly": false,
        });
        reply::ok(answer)
    }

    pub(super) fn build_info(&self) -> Result<RawDocumentBuf> {
        reply::ok(doc! {
            "version": VERSION, "gitVersion": "backlab", "modules": [], "allocator": "system", "javascriptEngine": "none",
            "sysInfo": "deprecated", "versionArray": [8, 2, 1, 0], "openssl": { "running": "none" }, "bits": 64, "debug": false,
            "maxBsonObjectSize": MAX_DOCUMENT_BYTES as i32, "storageEngines": ["wiredTiger"],
        })
    }

    pub(super) fn replica_set_status(&self, now_ms: i64) -> Result<RawDocumentBuf> {
        let Some(name) = &self.settings.replica_set else {
            return reply::error(Code::Location(76), "not running with --replSet");
        };
        reply::ok(doc! {
            "set": name, "date": bson::DateTime::from_millis(now_ms), "myState": 1, "term": 1_i64,
            "members": [{ "_id": 0, "name": &self.settings.host, "health": 1.0, "state": 1, "stateStr": "PRIMARY", "self": true }],
        })
    }
}
