//! Everything that lives as long as the page: the shared values and the places they are kept. Reached through context.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use backlab_course::lesson::{Course, Lesson, Module, SearchEntry};
use backlab_course::task::Cause;

use super::compare::Compare;
use super::error::{Loadable, UiError};
use super::fetched::{Carried, Fetched};
use super::progress::Progress;
use super::reference::MockRoute;
use super::same::Same;
use super::session::{ProjectId, Session};
use super::settings::Settings;
use super::storage::{Key, MemoryStore, Storage, StorageFailure};
use super::store::Store;
use super::toasts::Toasts;
use super::wishes::Wishes;
use super::workspace::{Engine, Timers};
use crate::routes::Route;

/// Which dialog is open; there is at most one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    Palette,
    Settings,
    Shortcuts,
    /// What can be given up when the browser's space runs out.
    Room,
}

/// Conditions of the whole page, shown as banners.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub online: bool,
    /// Another tab has the right to write, and this one only looks.
    pub other_tab: bool,
    /// The learner chose to only look.
    pub look_only: bool,
    /// Work that could not be kept.
    pub storage: Option<UiError>,
    /// `storage` is about space, so that making room helps.
    pub full: bool,
    /// What `storage` is about; only a success of the same takes the message away.
    unkept: Option<Work>,
    /// Stored values that could not be read and were moved aside.
    pub damaged: Vec<String>,
    /// A newer version of the page is ready.
    pub update: bool,
    /// Banners that the learner hid.
    pub hidden: Vec<&'static str>,
}

impl Default for Status {
    fn default() -> Self {
        Self {
            online: true,
            other_tab: false,
            look_only: false,
            storage: None,
            full: false,
            unkept: None,
            damaged: Vec::new(),
            update: false,
            hidden: Vec::new(),
        }
    }
}

/// Kinds of work that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Project,
    Progress,
    Database,
}

impl Status {
    /// Tells whether there may be something to say.
    pub fn has_news(&self) -> bool {
        !self.online || self.other_tab || self.storage.is_some() || !self.damaged.is_empty() || self.update
    }

    /// Notes whether work could be kept, and why not.
    pub fn kept(&mut self, work: Work, failure: Option<(StorageFailure, UiError)>) {
        if let Some((failure, error)) = failure {
            self.full = failure == StorageFailure::Full;
            (self.storage, self.unkept) = (Some(error), Some(work));
        } else if self.unkept == Some(work) {
            (self.storage, self.full, self.unkept) = (None, false, None);
        }
    }

    /// Nothing of the reader's work waits for room.
    pub fn all_kept(&mut self) {
        self.kept(Work::Project, None);
        self.kept(Work::Progress, None);
    }
}

/// What the open project has to know of the page around it. The page is smaller than the project's code, and is there before it.
pub trait Follower {
    fn save_now(&self);
    /// Another tab stored a value while this one looks on.
    fn stored(&self, key: &Key);
    /// This tab got the right to write, or lost it; `again` when it had looked on before.
    fn may_write(&self, may: bool, again: bool);
}

/// A lesson in one language: `(language, slug)`.
pub type LessonKey = (String, String);

/// The lessons that were asked for.
pub type Lessons = Vec<(LessonKey, Loadable<Same<Lesson>>)>;

/// The shared values. Clones are the same. They are never freed, as the page's end is theirs.
#[derive(Clone)]
pub struct Services(&'static Inner);

pub struct Inner {
    pub session: Store<Session>,
    pub settings: Store<Settings>,
    pub progress: Store<Progress>,
    pub projects: Store<Rc<Vec<String>>>,
    pub toasts: Toasts,
    pub status: Store<Status>,
    pub dialog: Store<Option<Dialog>>,
    /// What the editor compares the open project with.
    pub compare: Store<Option<Rc<Compare>>>,
    pub route: Store<Route>,
    /// A link was followed since the page was loaded.
    pub moved: Cell<bool>,
    /// A counter and the sentence for the polite live region.
    pub said: Store<(u32, String)>,
    pub carried: Carried,
    pub course: Fetched<Course>,
    /// The open lesson's part of the course, which comes with its page.
    pub module: Fetched<Module>,
    pub lessons: Store<Rc<Lessons>>,
    pub mock_api: Fetched<Vec<MockRoute>>,
    pub search: Fetched<Vec<SearchEntry>>,
    pub wishes: Wishes,
    /// The open project, as soon as there is one.
    pub(super) follower: OnceCell<Box<dyn Follower>>,
    pub storage: Storage,
    pub(super) engine: RefCell<Engine>,
    pub(super) timers: RefCell<Timers>,
    /// Grows with each run, so that late answers are told apart.
    pub(super) turn: Cell<u32>,
    /// The same for sent requests.
    pub(super) sends: Cell<u32>,
    /// The same for checks.
    pub(super) checks: Cell<u32>,
    /// What the last report was made of.
    pub(super) recording: RefCell<Option<super::workspace::Recording>>,
    /// The catalogue of causes in one language.
    pub(super) causes: RefCell<Option<(String, Vec<Cause>)>>,
    /// The open project, when it is saved under its id: neither one from a link nor none at all.
    pub(super) kept: RefCell<Option<ProjectId>>,
}

impl Deref for Services {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

impl PartialEq for Services {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Services {
    /// Reads what is kept and starts at `route`.
    pub fn new(storage: Storage, route: Route) -> Self {
        let settings = storage.load(&Key::Settings).unwrap_or_default();
        let progress = storage.load(&Key::Progress).unwrap_or_default();
        let projects: Vec<String> = storage.load(&Key::Projects).unwrap_or_default();
        let status = Status {
            damaged: storage.take_damaged(),
            ..Status::default()
        };
        Self(Box::leak(Box::new(Inner {
            session: Store::new(Session::default()),
            settings: Store::new(settings),
            progress: Store::new(progress),
            projects: Store::new(Rc::new(projects)),
            toasts: Toasts::default(),
            status: Store::new(status),
            dialog: Store::new(None),
            compare: Store::new(None),
            route: Store::new(route),
            moved: Cell::new(false),
            said: Store::new((0, String::new())),
            carried: Carried::default(),
            course: Fetched::default(),
            module: Fetched::default(),
            lessons: Store::new(Rc::default()),
            mock_api: Fetched::default(),
            search: Fetched::default(),
            wishes: Wishes::default(),
            follower: OnceCell::new(),
            storage,
            engine: RefCell::default(),
            timers: RefCell::default(),
            turn: Cell::new(0),
            sends: Cell::new(0),
            checks: Cell::new(0),
            recording: RefCell::default(),
            causes: RefCell::default(),
            kept: RefCell::default(),
        })))
    }

    /// Services without a browser behind them: pre-rendering and tests.
    pub fn detached(route: Route) -> Self {
        Self::new(Storage::new(MemoryStore::default(), "/"), route)
    }

    /// Says one sentence in the polite live region.
    pub fn announce(&self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.said.update(|(count, said)| (*count, *said) = (*count + 1, sentence));
    }

    /// Returns what follows the page; none before a project was open, and then there is nothing that could get lost.
    pub fn follower(&self) -> Option<&dyn Follower> {
        self.follower.get().map(Box::as_ref)
    }

    /// Saves the open project, if there is one.
    pub fn save_now(&self) {
        if let Some(follower) = self.follower() {
            follower.save_now();
        }
    }

    /// Puts a lesson into the cache.
    pub fn put_lesson(&self, language: &str, slug: &str, lesson: Loadable<Same<Lesson>>) {
        let key = (language.to_owned(), slug.to_owned());
        self.lessons.update(|lessons| {
            let lessons = Rc::make_mut(lessons);
            lessons.retain(|(known, _)| *known != key);
            lessons.push((key, lesson));
        });
    }

    /// Returns a number greater than all before.
    pub(super) fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get() + 1);
        self.turn.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_goes_when_the_same_work_is_kept() {
        let mut status = Status::default();
        let mut check = |work: Work, failure: Option<(StorageFailure, &str)>, shown: Option<&str>, full: bool| {
            status.kept(work, failure.map(|(failure, title)| (failure, UiError::new(title, "", ""))));
            let title = status.storage.as_ref().map(|error| error.title.as_str());
            assert_eq!((title, status.full), (shown, full));
        };
        check(Work::Project, None, None, false);
        check(Work::Project, Some((StorageFailure::Full, "server.js")), Some("server.js"), true);
        check(Work::Database, None, Some("server.js"), true);
        check(
            Work::Project,
            Some((StorageFailure::Blocked, "server.js")),
            Some("server.js"),
            false,
        );
        check(Work::Project, None, None, false);
    }
}
