//! A project as it is saved, and changes of its files: pure, so that every rule of the file tree has a table test.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::session::{Files, ProjectId, SaveState, ServerState, Session};
use crate::i18n::{Texts, session as words};

/// A project as it is kept, and as an exported file holds it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SavedProject {
    pub files: Files,
    pub open: Vec<String>,
    pub active: String,
    pub edit: u32,
    /// Where an own project started; lessons bring their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starter: Option<Files>,
    /// Milliseconds since the epoch.
    pub updated: f64,
}

/// Why a file cannot have this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    Empty,
    Exists(String),
    BadName(String),
    Locked(String),
    Last,
}

impl FileError {
    /// Says it, and what to do.
    pub fn text(&self, texts: &Texts) -> String {
        let (message, name) = match self {
            Self::Empty => (&words::FILE_EMPTY, ""),
            Self::Exists(name) => (&words::FILE_EXISTS, name.as_str()),
            Self::BadName(name) => (&words::FILE_BAD_NAME, name.as_str()),
            Self::Locked(name) => (&words::FILE_LOCKED, name.as_str()),
            Self::Last => (&words::FILE_LAST, ""),
        };
        texts.fill(message, &[("name", name)])
    }
}

impl Session {
    /// Opens a project: what was saved, or the starter.
    pub fn open(&mut self, id: ProjectId, starter: Files, readonly: Vec<String>, open: Vec<String>, saved: Option<SavedProject>) {
        let fresh = Self {
            tool: self.tool,
            database: self.database.clone(),
            look_only: self.look_only,
            history: self.history.clone(),
            ..Self::default()
        };
        let waiting = matches!(self.server, ServerState::Loading(_) | ServerState::Unavailable(_));
        let server = if waiting { self.server.clone() } else { ServerState::Idle };
        *self = Self {
            project: id,
            server,
            readonly: Rc::new(readonly),
            ..fresh
        };
        let (files, starter, tabs, active, edit) = match saved {
            Some(saved) => {
                let mut files = saved.files;
                // Locked files come from the lesson, so that a changed lesson reaches old work.
                for path in self.readonly.iter() {
                    if let Some(text) = starter.get(path) {
                        files.insert(path.clone(), text.clone());
                    }
                }
                (files, saved.starter.unwrap_or(starter), saved.open, saved.active, saved.edit)
            }
            None => (starter.clone(), starter, open.clone(), String::new(), 0),
        };
        self.open = tabs.into_iter().filter(|path| files.contains_key(path)).collect();
        if self.open.is_empty() {
            self.open = open.into_iter().filter(|path| files.contains_key(path)).collect();
        }
        if self.open.is_empty() {
            self.open.extend(
                files
                    .keys()
                    .find(|path| *path == "server.js")
                    .or_else(|| files.keys().next())
                    .cloned(),
            );
        }
        self.active = if files.contains_key(&active) {
            active
        } else {
            self.open.first().cloned().unwrap_or_default()
        };
        (self.files, self.starter, self.edit) = (Rc::new(files), Rc::new(starter), edit);
    }

    /// Returns what is to be kept.
    pub fn to_save(&self, now: f64) -> SavedProject {
        SavedProject {
            files: (*self.files).clone(),
            open: self.open.clone(),
            active: self.active.clone(),
            edit: self.edit,
            starter: matches!(self.project, ProjectId::Own(_)).then(|| (*self.starter).clone()),
            updated: now,
        }
    }

    /// Takes typed text. The same text, or a locked file, changes nothing.
    pub fn edit_file(&mut self, path: &str, text: &str) -> bool {
        if self.is_readonly(path) || self.files.get(path).is_some_and(|old| old == text) {
            return false;
        }
        Rc::make_mut(&mut self.files).insert(path.into(), text.into());
        self.touch();
        true
    }

    /// Brings a file to the front, as a tab.
    pub fn select_file(&mut self, path: &str) {
        if self.files.contains_key(path) {
            if !self.open.iter().any(|tab| tab == path) {
                self.open.push(path.into());
            }
            self.active = path.into();
        }
    }

    /// Closes a tab; the file stays. The last tab stays too.
    pub fn close_tab(&mut self, path: &str) {
        let Some(at) = self.open.iter().position(|tab| tab == path).filter(|_| self.open.len() > 1) else {
            return;
        };
        self.open.remove(at);
        if self.active == path {
            self.active = self.open[at.min(self.open.len() - 1)].clone();
        }
    }

    pub fn add_file(&mut self, path: &str, text: &str) -> Result<(), FileError> {
        let path = self.free_name(path)?;
        Rc::make_mut(&mut self.files).insert(path.clone(), text.into());
        self.touch();
        self.select_file(&path);
        Ok(())
    }

    pub fn rename_file(&mut self, from: &str, to: &str) -> Result<(), FileError> {
        if from == to.trim() {
            return Ok(());
        }
        if self.is_readonly(from) {
            return Err(FileError::Locked(from.into()));
        }
        let to = self.free_name(to)?;
        let files = Rc::make_mut(&mut self.files);
        let Some(text) = files.remove(from) else { return Ok(()) };
        files.insert(to.clone(), text);
        for tab in self.open.iter_mut().chain([&mut self.active]) {
            if tab == from {
                to.clone_into(tab);
            }
        }
        self.touch();
        Ok(())
    }

    pub fn delete_file(&mut self, path: &str) -> Result<(), FileError> {
        if self.is_readonly(path) {
            return Err(FileError::Locked(path.into()));
        }
        if self.files.len() < 2 {
            return Err(FileError::Last);
        }
        Rc::make_mut(&mut self.files).remove(path);
        self.open.retain(|tab| tab != path);
        if self.active == path || self.open.is_empty() {
            let next = self.open.first().or_else(|| self.files.keys().next()).cloned().unwrap_or_default();
            self.select_file(&next);
        }
        self.touch();
        Ok(())
    }

    /// Puts one file back to where the learner started; a file of the learner's own stays.
    pub fn reset_one(&mut self, path: &str) -> bool {
        self.starter.get(path).cloned().is_some_and(|text| self.edit_file(path, &text))
    }

    /// Puts all files back; files that the learner added go.
    pub fn reset_all(&mut self) {
        self.restore_files(self.starter.clone());
    }

    /// Puts earlier files in the place of these: undo, restore, compare.
    pub fn restore_files(&mut self, files: Rc<Files>) {
        self.files = files;
        self.open.retain(|tab| self.files.contains_key(tab));
        if !self.files.contains_key(&self.active) {
            let next = self.open.first().or_else(|| self.files.keys().next()).cloned().unwrap_or_default();
            self.select_file(&next);
        }
        self.touch();
    }

    fn touch(&mut self) {
        self.edit += 1;
        if !matches!(self.saved, SaveState::Failed(_)) {
            self.saved = SaveState::Unsaved;
        }
    }

    fn free_name(&self, path: &str) -> Result<String, FileError> {
        let path = path.trim().trim_start_matches("./").trim_start_matches('/');
        if path.is_empty() {
            return Err(FileError::Empty);
        }
        let fits = |part: &str| {
            !part.is_empty() && part != ".." && part != "." && part.chars().all(|c| c.is_alphanumeric() || "._-[]@".contains(c))
        };
        if !path.split('/').all(fits) {
            return Err(FileError::BadName(path.into()));
        }
        let taken = |other: &String| other == path || other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"));
        if self.files.keys().any(taken) {
            return Err(FileError::Exists(path.into()));
        }
        Ok(path.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect()
    }

    fn start() -> Session {
        let mut session = Session::default();
        let starter = files(&[("package.json", "{}"), ("server.js", "a"), ("users.js", "u")]);
        session.open(
            ProjectId::Lesson("x".into()),
            starter,
            vec!["users.js".into()],
            vec!["server.js".into()],
            None,
        );
        session
    }

    /// Shows files, tabs and the active tab after one change.
    fn check(change: impl FnOnce(&mut Session) -> Result<(), FileError>, expected: &str) {
        let mut session = start();
        let shown = match change(&mut session) {
            Err(error) => error.text(&Texts::default()),
            Ok(()) => {
                let files: Vec<String> = session.files.iter().map(|(path, text)| format!("{path}={text}")).collect();
                format!(
                    "{} | {} | {} | {}",
                    files.join(" "),
                    session.open.join(" "),
                    session.active,
                    session.edit
                )
            }
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn changes_files_and_tabs_together() {
        check(|_| Ok(()), "package.json={} server.js=a users.js=u | server.js | server.js | 0");
        check(
            |s| s.add_file("routes/a.js", "x"),
            "package.json={} routes/a.js=x server.js=a users.js=u | server.js routes/a.js | routes/a.js | 1",
        );
        check(
            |s| s.rename_file("server.js", "app.js"),
            "app.js=a package.json={} users.js=u | app.js | app.js | 1",
        );
        check(
            |s| s.delete_file("server.js"),
            "package.json={} users.js=u | package.json | package.json | 1",
        );
        check(
            |s| s.delete_file("users.js"),
            "users.js belongs to the lesson and cannot be changed.",
        );
        check(
            |s| s.add_file("server.js/x.js", ""),
            "server.js/x.js is there already. Choose another name.",
        );
        check(
            |s| s.add_file("../x.js", ""),
            "“../x.js” cannot be a file name. Use letters, digits, dots, dashes and slashes.",
        );
        check(|s| s.add_file(" ", ""), "A file needs a name, such as routes/users.js.");
        check(
            |s| {
                s.edit_file("server.js", "b");
                s.edit_file("server.js", "b");
                s.edit_file("users.js", "mine");
                s.add_file("new.js", "")?;
                s.close_tab("server.js");
                s.close_tab("new.js");
                Ok(())
            },
            "new.js= package.json={} server.js=b users.js=u | new.js | new.js | 2",
        );
        check(
            |s| {
                s.edit_file("server.js", "b");
                s.add_file("new.js", "")?;
                s.reset_all();
                Ok(())
            },
            "package.json={} server.js=a users.js=u | server.js | server.js | 3",
        );
    }

    #[test]
    fn saved_work_survives_a_changed_lesson() {
        let mut session = start();
        session.edit_file("server.js", "mine");
        let saved = session.to_save(1.0);
        let starter = files(&[("server.js", "new start"), ("users.js", "new users")]);
        session.open(ProjectId::Lesson("x".into()), starter, vec!["users.js".into()], vec![], Some(saved));
        assert_eq!(session.active_text(), "mine");
        assert_eq!(session.files["users.js"], "new users");
        assert!(session.is_changed("server.js"));
    }
}
