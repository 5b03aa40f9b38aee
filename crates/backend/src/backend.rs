//! The built-in backend: mock API, MongoDB server and journal, all on one store.

use backlab_docdb::server::{Server, Settings};
use backlab_docdb::{Recovery, Store};

use crate::clock::Clock;
use crate::message::{Request, Response};
use crate::mock::{MockApi, seed};
use crate::random::Random;
use crate::trace::Trace;

/// A failure that is not the client's.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// MongoDB's text.
    #[error("{0}")]
    Store(#[from] backlab_docdb::DocDbError),
    /// A command of the Database tool that makes no sense.
    #[error("{0}")]
    Command(String),
}

/// The running backend.
pub struct Backend {
    /// Holds the store of all databases; the mock API's collections are in `mock`.
    pub(crate) server: Server,
    /// Open connections of drivers.
    pub(crate) connections: u32,
    pub(crate) api: MockApi,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
    requests: u32,
    /// Milliseconds that the last message of a driver took.
    pub(crate) received_ms: f64,
}

/// What a request came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub response: Response,
    /// Milliseconds to wait on the sandbox's clock before the answer leaves.
    pub delay_ms: f64,
    pub trace: Trace,
    /// Journal records, to be stored before the answer leaves. Then call [`Backend::confirm`] with `sequence`, or
    /// [`Backend::discard`] with `sequence_before` when they could not be stored.
    pub records: Vec<Vec<u8>>,
    pub sequence_before: u64,
    pub sequence: u64,
    /// Names of the collections that changed.
    pub changed: Vec<String>,
}

impl Backend {
    /// Starts with the seed data. The first change will write all of it into the journal.
    pub fn new(clock: Box<dyn Clock>, random: Box<dyn Random>) -> Self {
        Backend {
            server: server(seed::store()),
            connections: 0,
            api: MockApi::new(),
            clock,
            random,
            requests: 0,
            received_ms: 0.0,
        }
    }

    /// Takes over what a journal holds; an empty journal leaves the seed data. Never fails: what is damaged is left out
    /// and reported.
    pub fn boot<'r>(&mut self, records: impl IntoIterator<Item = &'r [u8]>) -> Recovery {
        let (store, recovery) = Store::recover(records);
        if recovery.applied > 0 {
            self.server = server(store);
        }
        recovery
    }

    /// Answers a request to the mock API.
    pub fn handle(&mut self, request: &Request) -> Outcome {
        let sequence_before = self.server.store().taken();
        let mut answer = self.api.handle(request, self.server.store_mut(), &*self.clock, &mut *self.random);
        self.requests += 1;
        answer.trace.id = self.requests;
        let mut changed: Vec<String> = Vec::new();
        for write in &answer.trace.writes {
            if let Err(place) = changed.binary_search(&write.collection) {
                changed.insert(place, write.collection.clone());
            }
        }
        let (records, sequence) = self.taken(sequence_before);
        if changed.is_empty() && !records.is_empty() {
            changed = self.collection_names();
        }
        Outcome {
            response: answer.response,
            delay_ms: answer.delay_ms,
            trace: answer.trace,
            records,
            sequence_before,
            sequence,
            changed,
        }
    }

    /// The journal records since the last call, and the number of the last change. A change that cannot be written must
    /// not stay.
    pub(crate) fn taken(&mut self, sequence_before: u64) -> (Vec<Vec<u8>>, u64) {
        let store = self.server.store_mut();
        match store.take_records() {
            Ok(records) => (records, store.sequence()),
            Err(_) => {
                store.discard(sequence_before);
                (Vec::new(), sequence_before)
            }
        }
    }

    /// Says that all records up to this sequence number are stored.
    pub fn confirm(&mut self, sequence: u64) {
        self.server.store_mut().confirm(sequence);
    }

    /// Takes back every change after this sequence number, because its records could not be stored.
    pub fn discard(&mut self, after: u64) {
        self.server.store_mut().discard(after);
    }

    pub(crate) fn collection_names(&self) -> Vec<String> {
        self.server
            .store()
            .collections()
            .map(|(namespace, _)| crate::data::shown_name(namespace))
            .collect()
    }
}

/// The server as drivers see it: the only member of a replica set, so that it has transactions and change streams.
fn server(store: Store) -> Server {
    let settings = Settings {
        host: "localhost:27017".into(),
        replica_set: Some("rs0".into()),
    };
    Server::new(store, settings)
}
