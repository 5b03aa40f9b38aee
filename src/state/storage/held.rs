//! Work that found no room: it stays in memory, is read from there, and is stored as soon as it fits.

use serde::Serialize;

use super::{Key, Storage, StorageFailure};

impl Storage {
    /// Saves a value; what cannot be stored now is held until it fits.
    pub fn save_or_hold<T: Serialize>(&self, key: &Key, value: &T) -> Result<(), StorageFailure> {
        let text = serde_json::to_string(value).map_err(|_| StorageFailure::Blocked)?;
        let result = self.write(key, &text);
        if let Err(StorageFailure::Full | StorageFailure::Blocked) = result {
            self.0.held.borrow_mut().insert(key.name(), text);
        }
        result
    }

    /// Holds a value no longer: a newer one is stored.
    pub fn let_go(&self, key: &Key) {
        self.0.held.borrow_mut().remove(&key.name());
    }

    /// Whether something would be gone with the page.
    pub fn holds(&self) -> bool {
        !self.0.held.borrow().is_empty()
    }

    /// Stores what is held, as far as there is room.
    pub fn store_held(&self) {
        let held: Vec<(String, String)> = self
            .0
            .held
            .borrow()
            .iter()
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        for (name, text) in held {
            if let Some(key) = Key::parse(&name) {
                let _ = self.write(&key, &text);
            }
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
    fn what_is_stored_later_is_newer_than_what_is_held() {
        let memory = MemoryStore::with_quota(60);
        let storage = Storage::new(memory, "/");
        let key = Key::Project("a".to_owned().into());
        assert_eq!(storage.save_or_hold(&key, &"h".repeat(90)), Err(StorageFailure::Full));
        assert_eq!(storage.keys(), std::slice::from_ref(&key));
        storage.save(&key, &"new").unwrap();
        assert_eq!(storage.load::<String>(&key).as_deref(), Some("new"));
        assert!(!storage.holds());
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
