//! MongoDB's drivers: connections, messages, and what each message did.

use backlab_docdb::bson::{Bson, Document};
use backlab_docdb::server::{Answer, Connection, Work};
use backlab_docdb::{Code, DocDbError, shell_value};

use crate::backend::Backend;
use crate::mask;
use crate::mock::{Surroundings, write};
use crate::trace::{DatabaseWork, Write};

/// What a message came to; [`Backend::work`] tells what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct WireOutcome {
    pub answer: Answer,
    /// Journal records to store before the answer leaves, see [`crate::Outcome`]. When they could not be stored, the client
    /// gets what [`Backend::refuse`] says.
    pub records: Vec<Vec<u8>>,
    pub sequence_before: u64,
    pub sequence: u64,
    /// Names of the collections that changed.
    pub changed: Vec<String>,
}

impl Backend {
    /// A driver connects.
    pub fn connect(&mut self) -> Connection {
        self.connections += 1;
        self.server.connect()
    }

    /// A connection is over.
    pub fn disconnect(&mut self) {
        self.connections = self.connections.saturating_sub(1);
        if self.connections == 0 {
            self.server.abandon_transactions();
        }
    }

    /// Answers one whole message of MongoDB's wire protocol.
    pub fn receive(&mut self, connection: &mut Connection, message: &[u8]) -> WireOutcome {
        let sequence_before = self.server.store().taken();
        let started = self.clock.measure_ms();
        let mut ambient = Surroundings {
            clock: &*self.clock,
            random: &mut *self.random,
        };
        let answer = self.server.receive(connection, message, &mut ambient);
        self.received_ms = self.clock.measure_ms() - started;
        let changed = self.changed_since(sequence_before);
        let (records, sequence) = self.taken(sequence_before);
        WireOutcome {
            answer,
            records,
            sequence_before,
            sequence,
            changed,
        }
    }

    /// The last message's work on documents with what it changed, for a trace; `None` when it had none, and when it was asked before.
    pub fn work(&mut self) -> Option<(DatabaseWork, Vec<Write>)> {
        self.server.take_work().map(|work| shown(work, self.received_ms))
    }

    /// The answer to a message whose change could not be stored and was taken back.
    pub fn refuse(&mut self, message: &[u8], reason: &str) -> Answer {
        let text = format!("The change was not made: {reason}. What is there stays. Read the notice on the page, then try again.");
        self.server.refuse(message, &DocDbError::new(Code::OutOfDiskSpace, text))
    }
}

/// Documents of one command that a trace shows as they were and as they are.
const MOST_WRITES: usize = 100;
/// Letters of a filter or document that a trace shows.
const LONGEST_DETAIL: usize = 2_000;

/// Work as a trace shows it.
fn shown(work: Work, ms: f64) -> (DatabaseWork, Vec<Write>) {
    let Work {
        operation,
        namespace,
        detail,
        done,
    } = work;
    let on = namespace.collection.to_string();
    let writes: Vec<Write> = done.changes.iter().take(MOST_WRITES).map(write).collect();
    let mut detail = shell_value(&hidden(detail));
    if let Some((end, _)) = detail.char_indices().nth(LONGEST_DETAIL) {
        detail.truncate(end);
        detail.push('…');
    }
    let work = DatabaseWork {
        op: format!("{on}.{operation}"),
        on,
        plan: done.plan,
        examined: done.examined,
        returned: done.returned,
        changed: done.changes.len() as u64,
        ms,
        detail,
    };
    (work, writes)
}

/// A value without the secrets in it.
fn hidden(value: Bson) -> Bson {
    match value {
        Bson::Document(document) => Bson::Document(
            document
                .into_iter()
                .map(|(name, value)| {
                    let value = match (mask::hides(&name), value) {
                        (true, Bson::String(_)) => mask::HIDDEN.into(),
                        (_, value) => hidden(value),
                    };
                    (name, value)
                })
                .collect::<Document>(),
        ),
        Bson::Array(items) => Bson::Array(items.into_iter().map(hidden).collect()),
        other => other,
    }
}
