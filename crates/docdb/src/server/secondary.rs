//! The second member of a replica set: the same data behind another address, to be read and not written (MongoDB manual:
//! "Replica Set Secondary Members", "Read Preference").

use super::{Connection, Server};
use crate::error::{Code, DocDbError, Result};

/// Commands that change data or indexes, which only the primary takes.
const OF_PRIMARY: [&str; 18] = [
    "insert",
    "update",
    "delete",
    "bulkWrite",
    "findAndModify",
    "findandmodify",
    "createIndexes",
    "dropIndexes",
    "deleteIndexes",
    "create",
    "drop",
    "dropDatabase",
    "collMod",
    "renameCollection",
    "commitTransaction",
    "abortTransaction",
    "setFeatureCompatibilityVersion",
    "setDefaultRWConcern",
];

impl Server {
    /// Names the address (`host:port`) at which the second member is reached.
    pub fn add_secondary(&mut self, host: String) {
        self.secondary = Some(host);
    }

    /// A connection to the second member.
    pub fn connect_to_secondary(&mut self) -> Connection {
        Connection {
            is_secondary: true,
            ..self.connect()
        }
    }
}

/// Refuses on the second member what only the primary does.
pub(super) fn check(connection: &Connection, command: &str) -> Result<()> {
    if connection.is_secondary && OF_PRIMARY.contains(&command) {
        return Err(DocDbError::new(Code::NotWritablePrimary, "not primary"));
    }
    Ok(())
}
