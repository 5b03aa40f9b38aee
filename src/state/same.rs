//! A value that came once and never changes.

use std::ops::Deref;
use std::rc::Rc;

/// Shared content of the page. Two are equal when they are the same one, so that no part of the app holds the code that would compare
/// what is in them.
#[derive(Debug)]
pub struct Same<T>(Rc<T>);

impl<T> Same<T> {
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
