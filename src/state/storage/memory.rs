//! A store in memory, with a quota: for tests and for browsers that keep nothing.

use std::cell::RefCell;
use std::rc::Rc;

use backlab_course::table::Table;

use super::{KeyValue, StorageFailure};

/// Clones share their contents.
#[derive(Clone, Default)]
pub struct MemoryStore {
    values: Rc<RefCell<Table<String>>>,
    /// Characters that fit; `None` for no limit.
    quota: Option<usize>,
}

impl MemoryStore {
    pub fn with_quota(quota: usize) -> Self {
        Self {
            quota: Some(quota),
            ..Self::default()
        }
    }
}

impl KeyValue for MemoryStore {
    fn get(&self, key: &str) -> Option<String> {
        self.values.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageFailure> {
        let others: usize = self
            .values
            .borrow()
            .iter()
            .filter(|(name, _)| *name != key)
            .map(|(name, value)| name.len() + value.len())
            .sum();
        if self.quota.is_some_and(|quota| others + key.len() + value.len() > quota) {
            return Err(StorageFailure::Full);
        }
        self.values.borrow_mut().insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&self, key: &str) {
        self.values.borrow_mut().remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.values.borrow().iter().map(|(name, _)| name.clone()).collect()
    }
}
