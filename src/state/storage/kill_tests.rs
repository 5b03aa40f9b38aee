//! Tabs that die at random places of a write load: nothing that was acknowledged is lost, and what is left always starts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use backlab_backend::{Backend, DataCommand, DataOutcome, SeededRandom, VirtualClock};
use serde_json::{Value, json};

use super::{Journal, KeyValue, MemoryStore, Storage, StorageFailure};

/// Deaths, in all stores together.
const KILLS: usize = 200;
/// Deaths of one store, so that what one life left is what the next begins with.
const LIVES: usize = 10;

/// A store whose tab dies after some more changes; the one in which it dies may be cut short.
#[derive(Clone)]
struct Mortal {
    store: MemoryStore,
    left: Rc<Cell<usize>>,
    torn: bool,
}

impl Mortal {
    fn is_dead(&self) -> bool {
        self.left.get() == 0
    }

    /// True when this change still happens.
    fn lives(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        !self.is_dead()
    }
}

impl KeyValue for Mortal {
    fn get(&self, key: &str) -> Option<String> {
        self.store.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageFailure> {
        let was_alive = !self.is_dead();
        if self.lives() {
            return self.store.set(key, value);
        }
        // A value that is there is replaced whole or not at all.
        if self.torn && was_alive && self.store.get(key).is_none() {
            let half = value.chars().take(value.chars().count() / 2).collect::<String>();
            return self.store.set(key, &half);
        }
        Ok(())
    }

    fn remove(&self, key: &str) {
        if self.lives() {
            self.store.remove(key);
        }
    }

    fn keys(&self) -> Vec<String> {
        self.store.keys()
    }
}

/// A generator that says the same for the same seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % most
    }
}

fn text(record: &[u8]) -> String {
    record.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .filter_map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

fn run(backend: &mut Backend, command: &Value) -> DataOutcome {
    backend.data(DataCommand::from_json(command).unwrap()).unwrap()
}

/// A page that has just been opened.
fn start(store: &Mortal) -> (Backend, Journal, Vec<String>) {
    let storage = Storage::new(store.clone(), "/");
    let (journal, records) = Journal::open(storage.clone());
    let mut damage = storage.take_damaged();
    let mut backend = Backend::new(Box::new(VirtualClock::new(0)), Box::new(SeededRandom::new("kill")));
    if !records.is_empty() {
        let records: Vec<Vec<u8>> = records.iter().map(|record| bytes(record)).collect();
        damage.extend(
            backend
                .boot(records.iter().map(Vec::as_slice))
                .damage
                .iter()
                .map(ToString::to_string),
        );
    }
    (backend, journal, damage)
}

type Documents = BTreeMap<u64, u64>;

fn documents(backend: &mut Backend) -> Documents {
    let found = run(backend, &json!({ "data": "find", "collection": "shop.load", "filter": {} })).value;
    let documents = found["documents"].as_array().cloned().unwrap_or_default();
    let read = |document: &Value| Some((document["_id"].as_u64()?, document["v"].as_u64()?));
    documents.iter().filter_map(read).collect()
}

/// One write: the command, and the documents as they are after it.
fn write(chance: &mut Chance, before: &Documents) -> (Value, Documents) {
    let mut after = before.clone();
    let known = before.keys().nth(chance.below(before.len().max(1) as u64) as usize).copied();
    let pad = "x".repeat(chance.below(300) as usize);
    let command = match (known, chance.below(10)) {
        (Some(id), 0..=1) => {
            after.remove(&id);
            json!({ "data": "delete", "collection": "shop.load", "id": id })
        }
        (Some(id), 2..=5) => {
            let version = before[&id] + 1;
            after.insert(id, version);
            json!({ "data": "replace", "collection": "shop.load", "id": id, "document": { "v": version, "pad": pad } })
        }
        _ => {
            let id = before.keys().next_back().map_or(0, |last| last + 1);
            after.insert(id, 0);
            json!({ "data": "insert", "collection": "shop.load", "document": { "_id": id, "v": 0, "pad": pad } })
        }
    };
    (command, after)
}

/// Writes until the tab dies; answers the documents that were acknowledged, and those with the write that was under way.
fn live(store: &Mortal, chance: &mut Chance, kept: Documents) -> (Documents, Documents) {
    let (mut backend, mut journal, _) = start(store);
    let mut acknowledged = kept;
    while !store.is_dead() {
        let (command, after) = write(chance, &acknowledged);
        let outcome = run(&mut backend, &command);
        let stored = journal.append(outcome.records.iter().map(|record| text(record)).collect());
        if store.is_dead() {
            return (acknowledged, after);
        }
        match stored {
            Ok(()) => {
                backend.confirm(outcome.sequence);
                acknowledged = after;
            }
            // The client was told that nothing was written.
            Err(_) => backend.discard(outcome.sequence_before),
        }
        if journal.wants_compaction() || chance.below(40) == 0 {
            let position = journal.position();
            let snapshot = run(&mut backend, &json!({ "data": "snapshot" })).value;
            let records = snapshot.as_array().into_iter().flatten().filter_map(Value::as_str);
            // A snapshot that does not fit leaves the journal as it is.
            let _ = journal.compact(position, records.map(from_base64).collect());
        }
    }
    (acknowledged.clone(), acknowledged)
}

/// Snapshots come as base64; the journal of this test holds hexadecimal.
fn from_base64(record: &str) -> String {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for one in record.bytes().filter(|one| *one != b'=') {
        let value = match one {
            b'A'..=b'Z' => one - b'A',
            b'a'..=b'z' => one - b'a' + 26,
            b'0'..=b'9' => one - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    text(&out)
}

#[test]
fn two_hundred_deaths_lose_nothing_that_was_acknowledged() {
    let mut chance = Chance(0x5eed_ba5e);
    let (mut kills, mut writes, mut damaged) = (0, 0, 0);
    for round in 0..KILLS / LIVES {
        // Every third store is nearly full: writes are refused in it, and compaction does not fit.
        let memory = if round % 3 == 2 {
            MemoryStore::with_quota(60_000)
        } else {
            MemoryStore::default()
        };
        let mut acknowledged = Documents::new();
        // A full store has no room to set a damaged value aside: it is told of at each start.
        let mut torn = false;
        for _ in 0..LIVES {
            let mortal = Mortal {
                store: memory.clone(),
                left: Rc::new(Cell::new(2 + chance.below(70) as usize)),
                torn: chance.below(2) == 0,
            };
            let (before, under_way) = live(&mortal, &mut chance, acknowledged);
            kills += 1;
            writes += before.len();
            let alive = Mortal {
                left: Rc::new(Cell::new(usize::MAX)),
                ..mortal.clone()
            };
            let (mut backend, mut journal, damage) = start(&alive);
            damaged += damage.len();
            let found = documents(&mut backend);
            assert!(
                found == before || found == under_way,
                "kill {kills}: {found:?} is neither {before:?} nor {under_way:?}"
            );
            torn |= mortal.torn;
            assert!(torn || damage.is_empty(), "kill {kills}: {damage:?}");
            // The page works on: what it writes now is there at the next start.
            let outcome = run(
                &mut backend,
                &json!({ "data": "insert", "collection": "shop.alive", "document": { "_id": kills } }),
            );
            if journal.append(outcome.records.iter().map(|record| text(record)).collect()).is_ok() {
                let (mut next, ..) = start(&alive);
                let alive = run(
                    &mut next,
                    &json!({ "data": "find", "collection": "shop.alive", "filter": { "_id": kills } }),
                )
                .value;
                assert_eq!(alive["total"].as_u64(), Some(1));
            }
            acknowledged = found;
        }
    }
    assert_eq!(kills, KILLS);
    // The load was one: documents were kept, and some last writes were cut short.
    assert!(writes > KILLS && damaged > 0, "{writes} documents, {damaged} damaged");
}
