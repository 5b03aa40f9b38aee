//! Opening projects and changing their files. Every reset acts at once and can be undone.

use std::collections::BTreeMap;
use std::rc::Rc;

use backlab_course::task::Task;
use serde_json::Value;
use yew::Callback;

use super::SessionHandle;
use crate::i18n::shell;
use crate::state::files::{FileError, SavedProject};
use crate::state::session::{Files, ProjectId};
use crate::state::storage::Key;

impl SessionHandle {
    /// Opens a project: what was saved under its id, or `starter` with the files `open` in front.
    pub fn open_project(&self, id: ProjectId, starter: Files, readonly: Vec<String>, open: Vec<String>) {
        self.follow();
        if self.now().project == id && !self.now().files.is_empty() && self.now().shared.is_none() {
            return;
        }
        self.save_now();
        self.stop();
        self.set_apart(false);
        let saved = self.services.storage.load::<SavedProject>(&Key::Project(id.clone()));
        self.report_damage();
        *self.services.kept.borrow_mut() = Some(id.clone());
        self.change(|session| session.open(id, starter, readonly, open, saved));
    }

    /// Opens a task's project, with its entry, environment and seed rows.
    pub fn open_task(&self, task: &Task) {
        let id = ProjectId::Task(task.id.clone());
        let again = self.now().project == id;
        self.open_project(id, task.starter.clone(), task.readonly.clone(), task.open.clone());
        let world = |name: &str| {
            task.world
                .get(name)
                .and_then(|value| value.as_object())
                .cloned()
                .unwrap_or_default()
        };
        // Collecting would sort first, by code that nothing else on the page needs.
        let (mut env, mut data) = (BTreeMap::new(), BTreeMap::new());
        for (name, value) in world("env") {
            env.insert(name, text(&value));
        }
        for (name, rows) in world("data") {
            if let Value::Array(rows) = rows {
                data.insert(name, rows);
            }
        }
        self.change(|session| {
            session.entry = if task.entry.is_empty() {
                "server.js".into()
            } else {
                task.entry.clone()
            };
            (session.env, session.data) = (Rc::new(env), Rc::new(data));
            if !again {
                session.report = None;
            }
        });
    }

    /// Leaves the open project without saving it.
    pub(in crate::state) fn close_project(&self) {
        self.stop();
        *self.services.kept.borrow_mut() = None;
        self.change(|session| session.open(ProjectId::Own(String::new()), Files::new(), Vec::new(), Vec::new(), None));
    }

    /// Shows the open project as it is stored now: after a restore, or when the right to write came from another tab.
    pub fn reload_project(&self) {
        let now = self.now();
        if let Some(saved) = self.services.storage.load::<SavedProject>(&Key::Project(now.project.clone())) {
            let (starter, readonly) = ((*now.starter).clone(), (*now.readonly).clone());
            self.change(|session| session.open(now.project.clone(), starter, readonly, now.open.clone(), Some(saved)));
        }
    }

    /// Takes typed text; saving and restarting follow by themselves.
    pub fn edit(&self, path: &str, text: &str) {
        if self.change(|session| session.edit_file(path, text)) {
            self.changed();
        }
    }

    pub fn select(&self, path: &str) {
        self.change(|session| session.select_file(path));
        self.save_later();
    }

    pub fn close_tab(&self, path: &str) {
        self.change(|session| session.close_tab(path));
        self.save_later();
    }

    pub fn new_file(&self, path: &str) -> Result<(), FileError> {
        self.change(|session| session.add_file(path, ""))?;
        self.changed();
        Ok(())
    }

    pub fn rename(&self, from: &str, to: &str) -> Result<(), FileError> {
        self.change(|session| session.rename_file(from, to))?;
        self.changed();
        Ok(())
    }

    pub fn delete(&self, path: &str) -> Result<(), FileError> {
        self.undoable(&shell::DELETED, path, |session| session.delete_file(path))
    }

    /// Puts one file back to the start, with Undo.
    pub fn reset_file(&self, path: &str) {
        // Infallible: only the shape of `undoable` asks for a result.
        let _ = self.undoable(&shell::FILE_RESET, path, |session| {
            session.reset_one(path);
            Ok(())
        });
    }

    /// Puts all files back to the start, with Undo.
    pub fn reset_project(&self) {
        let _ = self.undoable(&shell::PROJECT_RESET, "", |session| {
            session.reset_all();
            Ok(())
        });
    }

    /// Puts other texts in the place of some files (compare, restore), with Undo.
    pub fn replace_files(&self, files: &Files) {
        let _ = self.undoable(&shell::FILES_REPLACED, "", |session| {
            let mut all = (*session.files).clone();
            all.extend(files.clone());
            session.restore_files(Rc::new(all));
            Ok(())
        });
    }

    /// Acts, and offers the way back to the files before.
    fn undoable(
        &self,
        message: &crate::i18n::Message,
        file: &str,
        act: impl FnOnce(&mut crate::state::session::Session) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let before = self.now();
        self.change(act)?;
        if self.now().files == before.files {
            return Ok(());
        }
        self.changed();
        let texts = crate::hooks::texts(&self.services);
        let handle = self.clone();
        let undo = Callback::from(move |()| {
            if handle.now().project == before.project {
                handle.change(|session| {
                    session.restore_files(before.files.clone());
                    session.open = before.open.clone();
                    session.active = before.active.clone();
                });
                handle.changed();
            }
        });
        self.services
            .toasts
            .undoable("reset", texts.fill(message, &[("file", file)]), texts.get(&shell::UNDO), undo);
        Ok(())
    }

    fn changed(&self) {
        self.save_later();
        self.restart_later();
    }
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
