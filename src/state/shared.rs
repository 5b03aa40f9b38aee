//! A project that came in a link: nothing of it is stored, and nothing runs before the learner says so.

use serde::{Deserialize, Serialize};

use super::projects::free_name;
use super::session::{Files, ProjectId};
use super::workspace::SessionHandle;

/// What stands before the packed project in the address, behind `#`.
pub const MARK: &str = "share=";

/// What a link carries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SharedProject {
    pub name: String,
    pub files: Files,
}

impl SharedProject {
    /// Reads what a link was unpacked to; none when it is no project.
    pub fn read(text: &str) -> Option<Self> {
        let project: Self = super::json::read(text).ok()?;
        (!project.files.is_empty()).then_some(project)
    }
}

/// How far a project from a link has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// It has not run: the learner has yet to decide.
    Unread,
    Allowed,
}

impl SessionHandle {
    /// Opens a project from a link, with an empty database of its own.
    pub fn open_shared(&self, project: &SharedProject) {
        self.follow();
        self.save_now();
        self.set_apart(true);
        *self.services.kept.borrow_mut() = None;
        self.change(|session| {
            let id = ProjectId::Own(String::new());
            session.open(id, project.files.clone(), Vec::new(), vec!["server.js".into()], None);
            session.shared = Some((project.name.clone(), Sharing::Unread));
        });
    }

    /// The learner has decided: it may run.
    pub fn allow_shared(&self) {
        self.change(|session| {
            if let Some((_, sharing)) = &mut session.shared {
                *sharing = Sharing::Allowed;
            }
        });
        self.run();
    }

    /// Forgets a project from a link; the stored data are there again.
    pub fn leave_shared(&self) {
        if self.now().shared.is_some() {
            self.set_apart(false);
            self.close_project();
        }
    }

    /// Keeps the open project among the learner's own and answers its name.
    pub fn keep_shared(&self) -> Option<String> {
        let session = self.now();
        let (wish, _) = session.shared.as_ref()?;
        let name = self.services.projects.read(|names| free_name(names, wish.trim()));
        let mut saved = session.to_save(crate::platform::time::now());
        saved.starter = Some((*session.starter).clone());
        self.keep_project(&name, &saved);
        Some(name)
    }

    /// The open project as a link carries it.
    pub fn to_shared(&self, name: &str) -> SharedProject {
        SharedProject {
            name: name.to_owned(),
            files: (*self.now().files).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::services::Services;
    use super::*;
    use crate::routes::Route;

    fn shared() -> SharedProject {
        SharedProject {
            name: "shop".into(),
            files: [("server.js".to_owned(), "theirs".to_owned())].into(),
        }
    }

    #[test]
    fn links_carry_projects_and_nothing_else() {
        let text = serde_json::to_string(&shared()).unwrap();
        assert_eq!(SharedProject::read(&text), Some(shared()));
        for other in ["", "[]", "{\"name\":\"x\",\"files\":{}}"] {
            assert_eq!(SharedProject::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_shared_project_waits_and_is_not_kept() {
        let handle = SessionHandle::new(Services::detached(Route::Playground(None)));
        handle.open_shared(&shared());
        handle.run();
        assert_eq!(handle.now().server, super::super::session::ServerState::Idle);
        handle.edit("server.js", "changed");
        handle.save_now();
        assert!(handle.services.projects.get().is_empty());
        assert_eq!(handle.keep_shared().as_deref(), Some("shop"));
        assert!(handle.open_own("shop"));
        assert_eq!((handle.now().active_text(), handle.now().shared), ("changed", None));
    }
}
