//! Owns every key that the page keeps in the browser, so that no two features can collide.

mod held;
mod journal;
#[cfg(test)]
mod kill_tests;
mod memory;
mod room;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use backlab_course::table::Table;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use journal::Journal;
pub use memory::MemoryStore;
pub use room::{Room, Spare};

use super::session::ProjectId;
use crate::i18n::{Message, session as words};

/// Layout version; part of every key. A new layout reads the old one and writes its own.
const VERSION: u32 = 1;

/// Where bytes are kept: the browser, or memory in tests.
pub trait KeyValue {
    fn get(&self, key: &str) -> Option<String>;
    fn set(&self, key: &str, value: &str) -> Result<(), StorageFailure>;
    fn remove(&self, key: &str);
    fn keys(&self) -> Vec<String>;
}

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageFailure {
    Full,
    Blocked,
    OtherTab,
}

impl StorageFailure {
    /// The reason, to stand in a sentence.
    pub fn words(self) -> &'static Message {
        match self {
            Self::Full => &words::STORE_FULL,
            Self::Blocked => &words::STORE_BLOCKED,
            Self::OtherTab => &words::STORE_OTHER_TAB,
        }
    }
}

/// Everything that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Settings,
    Progress,
    /// Names of own projects.
    Projects,
    /// Requests sent from the request lab, the newest first.
    Requests,
    /// One project's files.
    Project(ProjectId),
    /// Snapshots of the Database tool, the newest first.
    Snapshots,
    /// The journal's compacted start.
    Snapshot,
    /// One batch of journal records, by sequence number.
    Segment(u64),
    /// A value that could not be read, kept for export.
    Damaged(String),
    /// Nothing but space, held back so that a full store can still note that something was removed.
    Reserve,
}

impl Key {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Settings => "settings".into(),
            Self::Progress => "progress".into(),
            Self::Projects => "projects".into(),
            Self::Requests => "requests".into(),
            Self::Project(id) => format!("project:{id}"),
            Self::Snapshots => "snapshots".into(),
            Self::Snapshot => "journal:snapshot".into(),
            Self::Segment(number) => format!("journal:segment:{number:012}"),
            Self::Damaged(name) => format!("damaged:{name}"),
            Self::Reserve => "reserve".into(),
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "settings" => Self::Settings,
            "progress" => Self::Progress,
            "projects" => Self::Projects,
            "requests" => Self::Requests,
            "snapshots" => Self::Snapshots,
            "journal:snapshot" => Self::Snapshot,
            "reserve" => Self::Reserve,
            _ => match name.split_once(':')? {
                ("project", id) => Self::Project(id.to_owned().into()),
                ("journal", rest) => Self::Segment(rest.strip_prefix("segment:")?.parse().ok()?),
                ("damaged", rest) => Self::Damaged(rest.into()),
                _ => return None,
            },
        })
    }
}

/// The page's keys in a store that other sites of the same host may share. Clones are the same one.
#[derive(Clone)]
pub struct Storage(Rc<Inner>);

struct Inner {
    store: Box<dyn KeyValue>,
    prefix: String,
    may_write: Cell<bool>,
    damaged: RefCell<Vec<String>>,
    /// By the key's name.
    held: RefCell<Table<String>>,
}

impl Storage {
    /// `base_path` is the deployment's path, so that two copies on one host stay apart.
    pub fn new(store: impl KeyValue + 'static, base_path: &str) -> Self {
        Self(Rc::new(Inner {
            store: Box::new(store),
            prefix: format!("backlab:{VERSION}:{base_path}:"),
            may_write: Cell::new(true),
            damaged: RefCell::default(),
            held: RefCell::default(),
        }))
    }

    /// Returns what is kept; a value that cannot be read is moved aside and reported by `take_damaged`.
    pub fn load<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let text = self.text(key)?;
        match super::json::read(&text) {
            Ok(value) => Some(value),
            Err(_) => {
                self.set_aside(key, &text);
                None
            }
        }
    }

    /// Returns what is kept as it is, readable or not.
    pub fn text(&self, key: &Key) -> Option<String> {
        let held = self.0.held.borrow().get(&key.name()).cloned();
        held.or_else(|| self.0.store.get(&self.full(key)))
    }

    pub fn save<T: Serialize>(&self, key: &Key, value: &T) -> Result<(), StorageFailure> {
        let text = serde_json::to_string(value).map_err(|_| StorageFailure::Blocked)?;
        self.write(key, &text)
    }

    pub fn remove(&self, key: &Key) {
        if self.0.may_write.get() {
            self.let_go(key);
            self.0.store.remove(&self.full(key));
        }
    }

    /// Lists the keys of this deployment, and those of what found no room.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys: Vec<Key> = self.0.store.keys().iter().filter_map(|name| self.key_of(name)).collect();
        for (name, _) in self.0.held.borrow().iter() {
            keys.extend(Key::parse(name).filter(|key| !keys.contains(key)));
        }
        keys
    }

    /// Reads the key that a `storage` event names; `None` for another site's.
    pub fn key_of(&self, full: &str) -> Option<Key> {
        Key::parse(full.strip_prefix(&self.0.prefix)?)
    }

    /// Removes everything of this deployment.
    pub fn clear(&self) {
        for key in self.keys() {
            self.remove(&key);
        }
    }

    /// Bytes that this deployment's keys and values take; browsers count two per character.
    pub fn used(&self) -> usize {
        self.sum(|name| name.starts_with(&self.0.prefix))
    }

    /// Bytes that everything else takes which the browser counts together with this deployment: other pages of the same host.
    pub fn others(&self) -> usize {
        self.sum(|name| !name.starts_with(&self.0.prefix))
    }

    fn sum(&self, is_counted: impl Fn(&str) -> bool) -> usize {
        let names = self.0.store.keys();
        names.iter().filter(|name| is_counted(name)).map(|name| self.bytes_of(name)).sum()
    }

    fn bytes_of(&self, name: &str) -> usize {
        2 * (name.len() + self.0.store.get(name).map_or(0, |value| value.encode_utf16().count()))
    }

    /// Gives or takes the right to write (one tab has it).
    pub fn set_may_write(&self, may: bool) {
        self.0.may_write.set(may);
    }

    pub fn may_write(&self) -> bool {
        self.0.may_write.get()
    }

    /// Returns the names of values that were moved aside since the last call.
    pub fn take_damaged(&self) -> Vec<String> {
        self.0.damaged.take()
    }

    /// The lock that decides which tab writes.
    pub fn lock_name(&self) -> String {
        format!("{}writer", self.0.prefix)
    }

    fn full(&self, key: &Key) -> String {
        format!("{}{}", self.0.prefix, key.name())
    }

    fn write(&self, key: &Key, text: &str) -> Result<(), StorageFailure> {
        if !self.0.may_write.get() {
            return Err(StorageFailure::OtherTab);
        }
        self.0.store.set(&self.full(key), text)?;
        self.let_go(key);
        Ok(())
    }

    fn set_aside(&self, key: &Key, text: &str) {
        let name = key.name();
        self.0.damaged.borrow_mut().push(name.clone());
        // The original stays where it is when there is no room for the copy.
        if self.write(&Key::Damaged(name), text).is_ok() {
            self.remove(key);
        }
    }
}

impl PartialEq for Storage {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_deployments_apart_and_damage_aside() {
        let memory = MemoryStore::default();
        let (one, two) = (Storage::new(memory.clone(), "/"), Storage::new(memory.clone(), "/copy/"));
        one.save(&Key::Projects, &vec!["shop"]).unwrap();
        assert_eq!(one.load::<Vec<String>>(&Key::Projects), Some(vec!["shop".into()]));
        assert_eq!(two.load::<Vec<String>>(&Key::Projects), None);
        memory.set("backlab:1:/:progress", "{\"half").unwrap();
        assert_eq!(one.load::<Vec<String>>(&Key::Progress), None);
        assert_eq!(one.take_damaged(), ["progress"]);
        assert_eq!(one.keys(), [Key::Damaged("progress".into()), Key::Projects]);
        one.set_may_write(false);
        assert_eq!(one.save(&Key::Settings, &1), Err(StorageFailure::OtherTab));
    }

    #[test]
    fn reads_back_every_key() {
        for key in [
            Key::Settings,
            Key::Requests,
            Key::Snapshots,
            Key::Snapshot,
            Key::Reserve,
            Key::Segment(42),
            Key::Project(ProjectId::Task("middleware/hanging".into())),
            Key::Project(ProjectId::Own("a:b".into())),
            Key::Damaged("journal:segment:000000000001".into()),
        ] {
            assert_eq!(Key::parse(&key.name()), Some(key));
        }
    }
}
