//! A file of the content that is fetched once, and again only after a failure.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::Loadable;
use super::json;
use super::same::Same;
use super::store::Store;
use crate::platform::{content, spawn};

/// Content files that came with a pre-rendered page, by name. They stay unread until the page that draws them asks.
#[derive(Default)]
pub struct Carried(RefCell<Map<String, Value>>);

impl Carried {
    pub fn set(&self, files: Map<String, Value>) {
        self.0.replace(files);
    }

    /// Hands a file over, once.
    pub fn take<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let file = self.0.borrow_mut().remove(name)?;
        json::from_value(file).ok()
    }

    /// Returns the name of the file that ends so.
    pub fn name(&self, end: &str) -> Option<String> {
        self.0.borrow().keys().find(|name| name.ends_with(end)).cloned()
    }
}

/// One file: its value as far as it is known.
pub struct Fetched<T: PartialEq + 'static> {
    pub value: Store<Loadable<Same<T>>>,
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
    /// Takes the value from what came with the page, if it did.
    pub fn take(&self, carried: &Carried, name: &str) {
        if let Some(value) = carried.take(name) {
            self.asked.set(true);
            self.value.set(Loadable::Ready(Same::new(value)));
        }
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
                Ok(value) => Loadable::Ready(Same::new(value)),
                Err(error) => Loadable::Failed(error),
            });
        });
    }
}
