//! Which request changed the data last, and what.

use backlab_course::trace::{Trace, Write};

use crate::state::same::Same;

/// The writes of one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Number of the request.
    pub trace: u32,
    /// `#15 PATCH /api/me`.
    pub by: String,
    pub writes: Vec<Write>,
    /// The first and the last of the requests after it that only read.
    pub readers: Option<(u32, u32)>,
}

/// The last request that wrote; a past request on show that wrote comes first.
pub fn last_changes(traces: &[Same<Trace>], shown: Option<u32>) -> Option<Changes> {
    let writes = |trace: &Same<Trace>| !trace.writes.is_empty();
    let chosen = shown.and_then(|id| traces.iter().position(|trace| trace.id == id && writes(trace)));
    let at = chosen.or_else(|| traces.iter().rposition(writes))?;
    let trace = &traces[at];
    let mut readers = traces[at + 1..].iter().take_while(|trace| !writes(trace)).map(|trace| trace.id);
    let first = readers.next();
    Some(Changes {
        trace: trace.id,
        by: format!("#{} {} {}", trace.id, trace.request.method, trace.request.url),
        writes: trace.writes.iter().map(named).collect(),
        readers: first.map(|first| (first, readers.last().unwrap_or(first))),
    })
}

/// The write with its collection named as the database lists it: `shop.users`, and `users` of the mock API.
fn named(write: &Write) -> Write {
    let mut write = write.clone();
    if !write.database.is_empty() {
        write.collection = format!("{}.{}", write.database, write.collection);
    }
    write
}

impl Changes {
    pub fn of(&self, collection: &str) -> impl Iterator<Item = &Write> {
        self.writes.iter().filter(move |write| write.collection == collection)
    }

    /// The write to a document, by the text of its `_id`.
    pub fn to(&self, collection: &str, id: &str) -> Option<&Write> {
        self.of(collection).find(|write| write.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(id: u32, writes: usize) -> Same<Trace> {
        Same::new(Trace {
            id,
            writes: vec![
                Write {
                    collection: "users".into(),
                    id: "u1".into(),
                    ..Write::default()
                };
                writes
            ],
            ..Trace::default()
        })
    }

    #[test]
    fn the_last_writer_is_named() {
        let traces = [trace(1, 1), trace(2, 1), trace(3, 0), trace(4, 0)];
        let found = |shown| last_changes(&traces, shown).map(|changes| (changes.trace, changes.readers));
        assert_eq!(found(None), Some((2, Some((3, 4)))));
        assert_eq!(found(Some(3)), Some((2, Some((3, 4)))));
        assert_eq!(found(Some(1)), Some((1, None)));
        assert_eq!(last_changes(&[trace(1, 0)], None), None);
    }

    #[test]
    fn collections_of_the_learner_are_named_with_their_database() {
        let name = |database: &str| {
            let write = Write {
                collection: "users".into(),
                database: database.into(),
                ..Write::default()
            };
            named(&write).collection
        };
        assert_eq!((name(""), name("shop")), ("users".to_owned(), "shop.users".to_owned()));
    }
}
