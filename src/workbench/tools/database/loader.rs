//! Asks for the pages of a query, and drops answers that come after the question changed.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use super::pages::{PAGE, Pages};
use super::query::Query;
use crate::hooks::use_session_part;
use crate::platform::{spawn, time};
use crate::state::workspace::SessionHandle;

/// What the last question came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum State {
    #[default]
    Asking,
    /// Milliseconds, and how the documents were found: `IXSCAN email_1`.
    Found {
        ms: f64,
        plan: String,
        examined: u64,
    },
    Refused(String),
}

#[derive(Default)]
struct Inner {
    /// Grows with each new question.
    stamp: u32,
    query: Query,
    pages: Pages,
    state: State,
    /// Rows in sight.
    rows: Range<usize>,
}

/// A collection's documents, as far as they were asked for.
#[derive(Clone)]
pub struct Loader {
    inner: Rc<RefCell<Inner>>,
    update: Callback<()>,
    session: SessionHandle,
    collection: String,
}

#[hook]
pub fn use_loader(collection: &str) -> Loader {
    let (_, session) = use_session_part(|_| ());
    let inner = use_mut_ref(Inner::default);
    let update = use_force_update();
    Loader {
        inner,
        update: Callback::from(move |()| update.force_update()),
        session,
        collection: collection.to_owned(),
    }
}

impl Loader {
    pub fn pages(&self) -> Pages {
        self.inner.borrow().pages.clone()
    }

    pub fn state(&self) -> State {
        self.inner.borrow().state.clone()
    }

    /// Asks a new question, or the same one again; what is on show stays until the answer comes.
    pub fn start(&self, query: Query) {
        let mut inner = self.inner.borrow_mut();
        inner.stamp += 1;
        inner.query = query;
        let stamp = inner.stamp;
        drop(inner);
        self.load(stamp, 0, true);
    }

    /// These rows are in sight.
    pub fn view(&self, rows: &Range<usize>) {
        let mut inner = self.inner.borrow_mut();
        inner.rows = rows.clone();
        let missing = inner.pages.ask(rows);
        let stamp = inner.stamp;
        drop(inner);
        if stamp > 0 {
            for page in missing {
                self.load(stamp, page, false);
            }
        }
    }

    /// A whole document as it is now: what is on show may be some of its fields.
    pub async fn whole(&self, document: &Value) -> Option<Value> {
        let query = Query {
            filter: serde_json::json!({ "_id": { "$eq": document.get("_id")? } }),
            ..Query::default()
        };
        let answer = self.session.data(query.find(&self.collection, 0, 1)).await.ok()?;
        documents(answer).pop()
    }

    fn load(&self, stamp: u32, page: usize, fresh: bool) {
        let command = self.inner.borrow().query.find(&self.collection, page * PAGE, PAGE);
        let loader = self.clone();
        spawn(async move {
            let from = time::precise();
            let answer = loader.session.data(command).await;
            let ms = time::precise() - from;
            let mut inner = loader.inner.borrow_mut();
            if inner.stamp != stamp {
                return;
            }
            match answer {
                Ok(answer) => {
                    if fresh {
                        inner.pages = Pages::default();
                    }
                    let number = |name: &str| answer.get(name).and_then(Value::as_f64).unwrap_or(0.0) as u64;
                    let (total, examined) = (number("total") as usize, number("examined"));
                    let plan = answer.get("plan").and_then(Value::as_str).unwrap_or_default().to_owned();
                    inner.pages.came(page, documents(answer), total);
                    if fresh {
                        inner.state = State::Found { ms, plan, examined };
                    }
                }
                Err(error) => {
                    inner.pages.failed(page);
                    inner.state = State::Refused(error.message);
                }
            }
            let rows = inner.rows.clone();
            drop(inner);
            if fresh {
                loader.view(&rows);
            }
            loader.update.emit(());
        });
    }
}

fn documents(mut answer: Value) -> Vec<Value> {
    match answer.get_mut("documents").map(Value::take) {
        Some(Value::Array(documents)) => documents,
        _ => Vec::new(),
    }
}
