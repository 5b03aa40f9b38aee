//! The database's journal: batches of records, each its own key, compacted into a snapshot now and then.

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use serde::{Deserialize, Serialize};

use super::{Key, Storage, StorageFailure};

/// Segments after which compacting pays.
const COMPACT_AFTER: usize = 64;
/// Characters of segments after which compacting pays.
const COMPACT_CHARS: usize = 256 * 1024;
static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// One stored batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Segment {
    /// Sequence number; equals the key's.
    seq: u64,
    /// CRC-32 of the records, one per line.
    sum: u32,
    records: Vec<String>,
}

impl Segment {
    fn new(seq: u64, records: Vec<String>) -> Self {
        Self {
            seq,
            sum: sum(&records),
            records,
        }
    }

    fn is_whole(&self) -> bool {
        self.sum == sum(&self.records)
    }
}

fn sum(records: &[String]) -> u32 {
    let mut digest = CRC.digest();
    for record in records {
        digest.update(record.as_bytes());
        digest.update(b"\n");
    }
    digest.finalize()
}

/// Appends to and reads from the stored journal.
pub struct Journal {
    storage: Storage,
    next: u64,
    segments: usize,
    chars: usize,
}

impl Journal {
    /// Reads what is stored. Damaged segments are moved aside and skipped; the storage reports them.
    pub fn open(storage: Storage) -> (Self, Vec<String>) {
        let mut records = Vec::new();
        let mut journal = Self {
            storage: storage.clone(),
            next: 1,
            segments: 0,
            chars: 0,
        };
        if let Some(snapshot) = journal.read(&Key::Snapshot) {
            journal.next = snapshot.seq + 1;
            records = snapshot.records;
        }
        let first = journal.next;
        let mut numbers: Vec<u64> = storage
            .keys()
            .into_iter()
            .filter_map(|key| if let Key::Segment(number) = key { Some(number) } else { None })
            .collect();
        numbers.sort_unstable();
        for number in numbers {
            if number < first {
                // The snapshot holds it already; compaction was cut short.
                storage.remove(&Key::Segment(number));
                continue;
            }
            journal.next = number + 1;
            if let Some(segment) = journal.read(&Key::Segment(number)) {
                journal.count(&segment);
                records.extend(segment.records);
            }
        }
        (journal, records)
    }

    /// Stores a batch before it is acknowledged.
    pub fn append(&mut self, records: Vec<String>) -> Result<(), StorageFailure> {
        let segment = Segment::new(self.next, records);
        self.storage.save(&Key::Segment(segment.seq), &segment)?;
        self.next += 1;
        self.count(&segment);
        Ok(())
    }

    /// True when so much was appended that a snapshot should take its place.
    pub fn wants_compaction(&self) -> bool {
        self.segments >= COMPACT_AFTER || self.chars >= COMPACT_CHARS
    }

    /// The number of the last stored batch: what a snapshot asked for now will hold.
    pub fn position(&self) -> u64 {
        self.next - 1
    }

    /// Puts a snapshot in the place of all segments up to `position`.
    pub fn compact(&mut self, position: u64, records: Vec<String>) -> Result<(), StorageFailure> {
        self.storage.save(&Key::Snapshot, &Segment::new(position, records))?;
        for number in self.numbers() {
            if number <= position {
                self.storage.remove(&Key::Segment(number));
            }
        }
        let left: Vec<Segment> = self
            .numbers()
            .iter()
            .filter_map(|number| self.storage.load(&Key::Segment(*number)))
            .collect();
        (self.segments, self.chars) = (0, 0);
        left.iter().for_each(|segment| self.count(segment));
        Ok(())
    }

    fn numbers(&self) -> Vec<u64> {
        self.storage
            .keys()
            .into_iter()
            .filter_map(|key| if let Key::Segment(number) = key { Some(number) } else { None })
            .collect()
    }

    fn read(&self, key: &Key) -> Option<Segment> {
        let segment: Segment = self.storage.load(key)?;
        if segment.is_whole() {
            return Some(segment);
        }
        self.storage.set_aside(key, &serde_json::to_string(&segment).unwrap_or_default());
        None
    }

    fn count(&mut self, segment: &Segment) {
        self.segments += 1;
        self.chars += segment.records.iter().map(String::len).sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeyValue, MemoryStore};
    use super::*;

    fn records(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Opens the journal anew and compares what it would boot from.
    fn check(memory: &MemoryStore, expected: &[&str], damaged: &[&str]) -> Journal {
        let storage = Storage::new(memory.clone(), "/");
        let (journal, read) = Journal::open(storage.clone());
        assert_eq!(read, expected);
        assert_eq!(storage.take_damaged(), damaged);
        journal
    }

    #[test]
    fn boots_from_everything_acknowledged() {
        let memory = MemoryStore::default();
        let mut journal = check(&memory, &[], &[]);
        journal.append(records(&["a", "b"])).unwrap();
        journal.append(records(&["c"])).unwrap();
        let mut journal = check(&memory, &["a", "b", "c"], &[]);
        let position = journal.position();
        journal.append(records(&["d"])).unwrap();
        journal.compact(position, records(&["abc"])).unwrap();
        check(&memory, &["abc", "d"], &[]).append(records(&["e"])).unwrap();
        check(&memory, &["abc", "d", "e"], &[]);
    }

    #[test]
    fn forgets_segments_that_a_snapshot_covers() {
        let memory = MemoryStore::default();
        let mut journal = check(&memory, &[], &[]);
        journal.append(records(&["a"])).unwrap();
        let left_behind = memory.get("backlab:1:/:journal:segment:000000000001").unwrap();
        journal.compact(journal.position(), records(&["A"])).unwrap();
        memory.set("backlab:1:/:journal:segment:000000000001", &left_behind).unwrap();
        check(&memory, &["A"], &[]);
    }

    #[test]
    fn isolates_a_damaged_segment() {
        let memory = MemoryStore::default();
        let mut journal = check(&memory, &[], &[]);
        for name in ["a", "b", "c"] {
            journal.append(records(&[name])).unwrap();
        }
        memory
            .set(
                "backlab:1:/:journal:segment:000000000002",
                "{\"seq\":2,\"sum\":1,\"records\":[\"x\"]}",
            )
            .unwrap();
        check(&memory, &["a", "c"], &["journal:segment:000000000002"])
            .append(records(&["d"]))
            .unwrap();
        check(&memory, &["a", "c", "d"], &[]);
    }

    #[test]
    fn a_full_store_refuses_and_keeps_the_rest() {
        let memory = MemoryStore::with_quota(120);
        let mut journal = check(&memory, &[], &[]);
        journal.append(records(&["a"])).unwrap();
        assert_eq!(journal.append(records(&["b".repeat(100).as_str()])), Err(StorageFailure::Full));
        check(&memory, &["a"], &[]);
    }
}
