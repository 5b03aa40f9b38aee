//! Work that found no room: it stays in memory, is read from there, and is stored as soon as it fits.

use serde::Serialize;

use super::{Key, Storage, StorageFailure};

impl Storage {
    /// Saves a value; what cannot be stored now is held until the page goes.
    pub fn save_or_hold<T: Serialize>(&self, key: &Key, value: &T) -> Result<(), StorageFailure> {
        let text = serde_json::to_string(value).map_err(|_| StorageFailure::Blocked)?;
        let result = self.write(key, &text);
        let mut held = self.0.held.borrow_mut();
        match result {
            Ok(()) => held.remove(&key.name()),
            Err(StorageFailure::Full | StorageFailure::Blocked) => held.insert(key.name(), text),
            Err(StorageFailure::OtherTab) => {}
        }
        result
    }

    /// Whether something would be gone with the page.
    pub fn holds(&self) -> bool {
        !self.0.held.borrow().is_empty()
    }

    /// Stores what is held, as far as there is room.
    pub fn store_held(&self) {
        let mut held = self.0.held.borrow_mut();
        let fits = |(name, text): &(&String, &String)| {
            let key = format!("{}{name}", self.0.prefix);
            self.may_write() && self.0.store.set(&key, text).is_ok()
        };
        let stored: Vec<String> = held.iter().filter(fits).map(|(name, _)| name.clone()).collect();
        for name in stored {
            held.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeyValue, MemoryStore};
    use super::*;

    #[test]
    fn what_finds_no_room_is_read_and_stored_once_it_fits() {
        let memory = MemoryStore::with_quota(200);
        let storage = Storage::new(memory.clone(), "/");
        let key = |name: &str| Key::Project(name.to_owned().into());
        storage.save(&Key::Requests, &"r".repeat(120)).unwrap();
        storage.save_or_hold(&key("a"), &"first").unwrap();
        assert!(!storage.holds());
        assert_eq!(storage.save_or_hold(&key("a"), &"s".repeat(90)), Err(StorageFailure::Full));
        assert!(storage.holds());
        assert_eq!(storage.load::<String>(&key("a")), Some("s".repeat(90)));
        assert_eq!(memory.get(&storage.full(&key("a"))).as_deref(), Some("\"first\""));
        storage.store_held();
        assert!(storage.holds());
        storage.remove(&Key::Requests);
        storage.store_held();
        assert!(!storage.holds());
        assert_eq!(Storage::new(memory, "/").load::<String>(&key("a")), Some("s".repeat(90)));
    }

    #[test]
    fn what_is_removed_is_not_held() {
        let storage = Storage::new(MemoryStore::with_quota(10), "/");
        let key = Key::Project("a".to_owned().into());
        assert_eq!(storage.save_or_hold(&key, &"text"), Err(StorageFailure::Full));
        storage.remove(&key);
        assert!(!storage.holds());
        storage.set_may_write(false);
        assert_eq!(storage.save_or_hold(&key, &"text"), Err(StorageFailure::OtherTab));
        assert!(!storage.holds());
    }
}
