//! What the open project does when the page around it changes.

use super::SessionHandle;
use crate::state::services::{Follower, Services};
use crate::state::storage::Key;

struct OpenProject(Services);

impl SessionHandle {
    /// Follows the page from now on.
    pub(in crate::state) fn follow(&self) {
        self.services.follower.get_or_init(|| {
            let may_write = self.services.storage.may_write();
            self.change(|session| session.look_only = !may_write);
            Box::new(OpenProject(self.services.clone()))
        });
    }
}

impl OpenProject {
    fn handle(&self) -> SessionHandle {
        SessionHandle::new(self.0.clone())
    }
}

impl Follower for OpenProject {
    fn save_now(&self) {
        self.handle().save_now();
    }

    fn stored(&self, key: &Key) {
        match key {
            Key::Project(id) if self.0.session.read(|session| session.project == *id) => self.handle().reload_project(),
            Key::Segment(_) | Key::Snapshot => self.handle().follow_data(),
            _ => {}
        }
    }

    fn may_write(&self, may: bool, again: bool) {
        let handle = self.handle();
        handle.change(|session| session.look_only = !may);
        if again {
            // The other tab wrote in the meantime: start from what it left.
            handle.reload_project();
            handle.close_backend();
        }
    }
}
