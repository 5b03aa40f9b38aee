//! A lesson's tasks, unread until one is wanted: who only reads the lesson needs no code that reads a task.

use std::cell::{OnceCell, RefCell};
use std::fmt::{self, Debug, Formatter};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json;
use crate::task::Task;

/// The tasks in the order of the page.
#[derive(Default)]
pub struct Tasks {
    ids: Vec<String>,
    unread: RefCell<Vec<Value>>,
    /// Boxed by trait, so that what drops a task is part of what reads it.
    read: OnceCell<Box<dyn AsRef<[Task]>>>,
}

impl Tasks {
    /// Ids, which are known without reading the tasks.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Reads the tasks the first time.
    pub fn all(&self) -> &[Task] {
        let read = self.read.get_or_init(|| {
            // As many as there are ids: what is no task, which a build does not make, is an empty one.
            let task = |unread| json::from_value(unread).unwrap_or_default();
            let tasks: Vec<Task> = self.unread.take().into_iter().map(task).collect();
            Box::new(tasks)
        });
        (**read).as_ref()
    }

    pub fn find(&self, id: &str) -> Option<&Task> {
        self.all().iter().find(|task| task.id == id)
    }
}

impl From<Vec<Task>> for Tasks {
    fn from(tasks: Vec<Task>) -> Self {
        Self {
            ids: tasks.iter().map(|task| task.id.clone()).collect(),
            unread: RefCell::default(),
            read: OnceCell::from(Box::new(tasks) as Box<dyn AsRef<[Task]>>),
        }
    }
}

impl FromIterator<Task> for Tasks {
    fn from_iter<I: IntoIterator<Item = Task>>(tasks: I) -> Self {
        tasks.into_iter().collect::<Vec<_>>().into()
    }
}

impl Clone for Tasks {
    fn clone(&self) -> Self {
        self.all().to_vec().into()
    }
}

impl PartialEq for Tasks {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl Debug for Tasks {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.all().fmt(out)
    }
}

impl Serialize for Tasks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tasks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tasks: Vec<Value> = Vec::deserialize(deserializer)?;
        let id = |task: &Value| task.get("id").and_then(Value::as_str).map(str::to_owned);
        let ids: Option<Vec<_>> = tasks.iter().map(id).collect();
        Ok(Self {
            ids: ids.ok_or_else(|| D::Error::custom("a task has no id"))?,
            unread: RefCell::new(tasks),
            read: OnceCell::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_read_when_one_is_wanted() {
        let task = Task {
            id: "hello/first".into(),
            version: 2,
            ..Task::default()
        };
        let text = serde_json::to_string(&Tasks::from(vec![task.clone()])).unwrap();
        let tasks: Tasks = json::read(&text).unwrap();
        assert_eq!(tasks.ids(), ["hello/first"]);
        assert!(tasks.read.get().is_none());
        assert_eq!(tasks.find("hello/first"), Some(&task));
        assert_eq!(tasks.find("hello/second"), None);
        assert_eq!(tasks.all(), [task]);
    }

    #[test]
    fn a_task_has_an_id() {
        assert!(json::read::<Tasks>(r#"[{"version":1}]"#).is_err());
    }
}
