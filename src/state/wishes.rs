//! What the page asks of the exercises and the workbench, which may still be on their way.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::compare::Against;
use super::session::Tool;
use super::store::Store;

/// Something that the workbench should do.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Something with a task of the lesson, by its whole id.
    Task(String, TaskWish),
    /// Put the caret at a line of a file.
    GoTo(String, u32),
    /// Show one check in full.
    Explain(String),
    Show(Tool),
}

#[derive(Debug, Clone, PartialEq)]
pub enum TaskWish {
    /// Open its project at its first file.
    Open,
    /// Open it and run its checks.
    Check,
    /// Check what was predicted, by check id.
    Grade(BTreeMap<String, String>),
    Compare(Against),
}

pub struct Wishes {
    /// What draws the lesson's exercises should load.
    pub exercises: Store<bool>,
    /// It is there.
    pub exercises_here: Store<bool>,
    /// The workbench should load.
    pub workbench: Store<bool>,
    /// It is there.
    pub workbench_here: Store<bool>,
    /// Grows with each wish.
    pub made: Store<u32>,
    waiting: RefCell<Vec<Wish>>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            exercises: Store::new(false),
            exercises_here: Store::new(false),
            workbench: Store::new(false),
            // Natively it always is.
            workbench_here: Store::new(cfg!(not(target_arch = "wasm32"))),
            made: Store::new(0),
            waiting: RefCell::default(),
        }
    }
}

impl Wishes {
    pub fn make(&self, wish: Wish) {
        self.waiting.borrow_mut().push(wish);
        self.workbench.set(true);
        self.made.update(|made| *made += 1);
    }

    /// Whether something that was asked with a task waits for the workbench to come.
    pub fn waits(&self, task: &str, what: impl Fn(&TaskWish) -> bool) -> bool {
        let is_it = |wish: &Wish| matches!(wish, Wish::Task(of, wish) if of == task && what(wish));
        !self.workbench_here.get() && self.waiting.borrow().iter().any(is_it)
    }

    /// Hands over what waits, in order.
    pub fn take(&self) -> Vec<Wish> {
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_wait_in_order_and_are_taken_once() {
        let wishes = Wishes::default();
        assert!(!wishes.workbench.get());
        wishes.make(Wish::Show(Tool::Console));
        wishes.make(Wish::GoTo("server.js".into(), 3));
        assert!(wishes.workbench.get());
        assert_eq!(wishes.take(), [Wish::Show(Tool::Console), Wish::GoTo("server.js".into(), 3)]);
        assert_eq!(wishes.take(), []);
    }

    #[test]
    fn a_wish_waits_until_the_workbench_is_there() {
        let wishes = Wishes::default();
        wishes.workbench_here.set(false);
        wishes.make(Wish::Task("hello/first".into(), TaskWish::Open));
        let waits = |task: &str| wishes.waits(task, |wish| *wish == TaskWish::Open);
        assert!(waits("hello/first") && !waits("hello/second"));
        assert!(!wishes.waits("hello/first", |wish| *wish == TaskWish::Check));
        wishes.workbench_here.set(true);
        assert!(!waits("hello/first"));
    }
}
