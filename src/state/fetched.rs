//! A file of the content that is fetched once, and again only after a failure.

use std::cell::Cell;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::error::Loadable;
use super::store::Store;
use crate::platform::{content, spawn};

/// One file: its value as far as it is known.
pub struct Fetched<T: PartialEq> {
    pub value: Store<Loadable<Rc<T>>>,
    asked: Rc<Cell<bool>>,
}

impl<T: PartialEq + 'static> Default for Fetched<T> {
    fn default() -> Self {
        Self {
            value: Store::new(Loadable::Loading),
            asked: Rc::default(),
        }
    }
}

impl<T: PartialEq + DeserializeOwned + 'static> Fetched<T> {
    /// Takes what came with the page.
    pub fn set(&self, value: T) {
        self.asked.set(true);
        self.value.set(Loadable::Ready(Rc::new(value)));
    }

    /// Fetches `content/<name>` unless it is there or on its way.
    pub fn load(&self, name: &'static str) {
        if self.asked.replace(true) {
            return;
        }
        let (asked, store) = (self.asked.clone(), self.value.clone());
        spawn(async move {
            let fetched = content::fetch::<T>(name).await;
            asked.set(fetched.is_ok());
            store.set(match fetched {
                Ok(value) => Loadable::Ready(Rc::new(value)),
                Err(error) => Loadable::Failed(error),
            });
        });
    }
}
