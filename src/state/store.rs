//! A value that many components read: changed in one place, each reader redrawn only when it really changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

type Listener = Rc<dyn Fn()>;

struct Inner<T> {
    value: RefCell<T>,
    listeners: RefCell<Vec<(u32, Listener)>>,
    next: Cell<u32>,
}

/// A shared cell with listeners. Clones are the same cell.
pub struct Store<T>(Rc<Inner<T>>);

impl<T> Clone for Store<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Store<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone + PartialEq + 'static> Store<T> {
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            value: RefCell::new(value),
            listeners: RefCell::default(),
            next: Cell::new(0),
        }))
    }

    /// Returns the value as it is now.
    pub fn get(&self) -> T {
        self.0.value.borrow().clone()
    }

    /// Reads without cloning. The closure must not touch this store again.
    pub fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Changes the value, then tells the listeners when it differs from before.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let before = self.get();
        let result = change(&mut self.0.value.borrow_mut());
        if *self.0.value.borrow() != before {
            let listeners: Vec<Listener> = self.0.listeners.borrow().iter().map(|(_, listener)| listener.clone()).collect();
            for listener in listeners {
                listener();
            }
        }
        result
    }

    pub fn set(&self, value: T) {
        self.update(|old| *old = value);
    }

    /// Calls `listener` after each change until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        let id = self.0.next.get();
        self.0.next.set(id + 1);
        self.0.listeners.borrow_mut().push((id, Rc::new(listener)));
        let inner = Rc::downgrade(&self.0);
        Subscription(Some(Box::new(move || {
            if let Some(inner) = inner.upgrade() {
                inner.listeners.borrow_mut().retain(|(other, _)| *other != id);
            }
        })))
    }
}

/// Ends its listening when dropped.
pub struct Subscription(Option<Box<dyn FnOnce()>>);

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

/// Reads a store and redraws the component when it changes.
#[hook]
pub fn use_store<T: Clone + PartialEq + 'static>(store: &Store<T>) -> T {
    use_store_part(store, T::clone)
}

/// Reads one part of a store and redraws the component only when that part changes.
#[hook]
pub fn use_store_part<T, P>(store: &Store<T>, part: impl Fn(&T) -> P + 'static) -> P
where
    T: Clone + PartialEq + 'static,
    P: Clone + PartialEq + 'static,
{
    let now = part(&store.get());
    let shown = use_mut_ref(|| now.clone());
    *shown.borrow_mut() = now.clone();
    // What is asked for may differ from one rendering to the next.
    let part = Rc::new(part);
    let latest = use_mut_ref(|| part.clone());
    *latest.borrow_mut() = part;
    let update = use_force_update();
    use_effect_with(store.clone(), move |store| {
        let check = {
            let store = store.clone();
            move || {
                let part = latest.borrow().clone();
                let changed = part(&store.get()) != *shown.borrow();
                if changed {
                    update.force_update();
                }
            }
        };
        check();
        let subscription = store.subscribe(check);
        move || drop(subscription)
    });
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_listeners_about_real_changes_only() {
        let store = Store::new(1);
        let calls = Rc::new(Cell::new(0));
        let seen = calls.clone();
        let subscription = store.subscribe(move || seen.set(seen.get() + 1));
        store.set(2);
        store.set(2);
        assert_eq!(calls.get(), 1);
        drop(subscription);
        store.set(3);
        assert_eq!(calls.get(), 1);
        assert_eq!(store.get(), 3);
    }
}
