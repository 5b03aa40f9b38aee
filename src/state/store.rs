//! A value that many components read: changed in one place, each reader redrawn only when it really changed.

use std::cell::{Cell, RefCell};
use std::ptr;
use std::rc::Rc;

use yew::prelude::*;

type Listener = Rc<dyn Fn()>;

struct Inner<T> {
    value: RefCell<T>,
    listeners: Listeners,
}

/// Who listens, whatever the value is: this and what is below is compiled once.
#[derive(Default)]
struct Listeners {
    all: RefCell<Vec<(u32, Listener)>>,
    next: Cell<u32>,
}

impl Listeners {
    fn tell(&self) {
        let all: Vec<Listener> = self.all.borrow().iter().map(|(_, listener)| listener.clone()).collect();
        for listener in all {
            listener();
        }
    }

    fn add(&'static self, listener: Listener) -> Subscription {
        let id = self.next.get();
        self.next.set(id + 1);
        self.all.borrow_mut().push((id, listener));
        Subscription { listeners: self, id }
    }
}

/// A shared cell with listeners. Clones are the same cell. It lives as long as the page and is never freed, so that no part of the app
/// holds the code that would free what is in it.
pub struct Store<T: 'static>(&'static Inner<T>);

impl<T> Clone for Store<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<T> PartialEq for Store<T> {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl<T: Clone + PartialEq + 'static> Store<T> {
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Inner {
            value: RefCell::new(value),
            listeners: Listeners::default(),
        })))
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
            self.0.listeners.tell();
        }
        result
    }

    pub fn set(&self, value: T) {
        self.update(|old| *old = value);
    }

    /// Calls `listener` after each change until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        self.0.listeners.add(Rc::new(listener))
    }
}

/// Ends its listening when dropped.
pub struct Subscription {
    listeners: &'static Listeners,
    id: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.listeners.all.borrow_mut().retain(|(id, _)| *id != self.id);
    }
}

/// Reads a store and redraws the component when it changes.
#[hook]
pub fn use_store<T: Clone + PartialEq + 'static>(store: &Store<T>) -> T {
    use_store_part(store, T::clone)
}

/// Reads one part of a store and redraws the component only when that part changes. `part` must not touch the store.
#[hook]
pub fn use_store_part<T, P>(store: &Store<T>, part: impl Fn(&T) -> P + 'static) -> P
where
    T: Clone + PartialEq + 'static,
    P: Clone + PartialEq + 'static,
{
    let now = store.read(&part);
    let (shown, store) = (now.clone(), store.clone());
    use_changes(Source(&store.0.listeners), Rc::new(move || store.read(&part) != shown));
    now
}

/// Where changes come from; two are the same when they are one store's.
#[derive(Clone, Copy)]
struct Source(&'static Listeners);

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

/// Redraws the component after a change that `differs` from what this rendering shows.
#[hook]
fn use_changes(source: Source, differs: Rc<dyn Fn() -> bool>) {
    // What is asked for may differ from one rendering to the next.
    let latest = use_mut_ref(|| differs.clone());
    *latest.borrow_mut() = differs;
    let update = use_force_update();
    use_effect_with(source, move |source| {
        let check: Listener = Rc::new(move || {
            let differs = latest.borrow().clone();
            if differs() {
                update.force_update();
            }
        });
        check();
        let subscription = source.0.add(check);
        move || drop(subscription)
    });
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
