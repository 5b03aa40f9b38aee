//! The built-in backend: mock API, document store and journal in one.

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
    pub(crate) store: Store,
    pub(crate) api: MockApi,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) random: Box<dyn Random>,
    requests: u32,
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
            store: seed::store(),
            api: MockApi::new(),
            clock,
            random,
            requests: 0,
        }
    }

    /// Takes over what a journal holds; an empty journal leaves the seed data. Never fails: what is damaged is left out
    /// and reported.
    pub fn boot<'r>(&mut self, records: impl IntoIterator<Item = &'r [u8]>) -> Recovery {
        let (store, recovery) = Store::recover(records);
        if recovery.applied > 0 {
            self.store = store;
        }
        recovery
    }

    /// Answers a request to the mock API.
    pub fn handle(&mut self, request: &Request) -> Outcome {
        let sequence_before = self.store.sequence();
        let mut answer = self.api.handle(request, &mut self.store, &*self.clock, &mut *self.random);
        self.requests += 1;
        answer.trace.id = self.requests;
        let mut changed: Vec<String> = Vec::new();
        for write in &answer.trace.writes {
            if let Err(place) = changed.binary_search(&write.collection) {
                changed.insert(place, write.collection.clone());
            }
        }
        let (records, sequence) = match self.store.take_records() {
            Ok(records) => (records, self.store.sequence()),
            // A change that cannot be written must not stay.
            Err(_) => {
                self.store.discard(sequence_before);
                (Vec::new(), sequence_before)
            }
        };
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

    /// Says that all records up to this sequence number are stored.
    pub fn confirm(&mut self, sequence: u64) {
        self.store.confirm(sequence);
    }

    /// Takes back every change after this sequence number, because its records could not be stored.
    pub fn discard(&mut self, after: u64) {
        self.store.discard(after);
    }

    pub(crate) fn collection_names(&self) -> Vec<String> {
        self.store
            .collections()
            .map(|(namespace, _)| crate::data::shown_name(namespace))
            .collect()
    }
}
