//! The handle through which components act on the open project; each file holds one kind of action.

pub mod deferred;
mod engine;
mod events;
mod files;
mod follow;
mod grading;
mod notices;
mod requests;
mod sandbox;
mod save;
mod server;

use std::ops::Deref;

use crate::platform::time::Timeout;

pub use engine::Engine;
pub use grading::Recording;
pub use save::storage_error;

use super::services::Services;
use super::session::{Place, Session, Tool};

/// The session as shown, and the actions on the session as it is. Obtained by `hooks::use_session`.
#[derive(Clone)]
pub struct SessionHandle {
    shown: Session,
    pub(crate) services: Services,
}

/// Timers that must end with the page, not with a component.
#[derive(Default)]
pub struct Timers {
    save: Option<Timeout>,
    restart: Option<Timeout>,
    follow: Option<Timeout>,
}

impl Deref for SessionHandle {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.shown
    }
}

impl PartialEq for SessionHandle {
    fn eq(&self, other: &Self) -> bool {
        self.services == other.services && self.shown == other.shown
    }
}

impl SessionHandle {
    pub fn new(services: Services) -> Self {
        Self {
            shown: services.session.get(),
            services,
        }
    }

    /// Pairs the services with the snapshot that a component was drawn from.
    pub fn with(shown: Session, services: Services) -> Self {
        Self { shown, services }
    }

    /// Returns the session as it is now, which may be newer than what is shown.
    pub fn now(&self) -> Session {
        self.services.session.get()
    }

    pub(super) fn change<R>(&self, change: impl FnOnce(&mut Session) -> R) -> R {
        self.services.session.update(change)
    }

    /// Opens a tool of the dock.
    pub fn show_tool(&self, tool: Tool) {
        self.change(|session| {
            session.tool = tool;
            session.tool_wishes += 1;
        });
    }

    /// Shows one check in full; `None` shows the first that failed.
    pub fn show_check(&self, id: Option<&str>) {
        self.change(|session| session.shown_check = id.map(str::to_owned));
    }

    /// Shows a past request in Trace; `None` follows the latest.
    pub fn show_trace(&self, id: Option<u32>) {
        self.change(|session| session.shown_trace = id);
    }

    /// Puts the caret at a line of a file, which comes to the front.
    pub fn go_to(&self, file: &str, line: u32) {
        self.change(|session| {
            if session.files.contains_key(file) {
                session.select_file(file);
                let stamp = session.place.as_ref().map_or(0, |place| place.stamp) + 1;
                session.place = Some(Place {
                    file: file.into(),
                    line,
                    stamp,
                });
            }
        });
    }

    /// Notes where the caret is.
    pub fn caret_at(&self, line: u32, column: u32) {
        self.change(|session| session.caret = Some((line, column)));
    }

    pub fn clear_console(&self) {
        self.change(|session| session.console = Default::default());
    }
}
