//! Own projects of the playground, kept by name, and the templates they start from.

use std::rc::Rc;

use serde::Deserialize;

use super::files::SavedProject;
use super::session::{Files, ProjectId};
use super::storage::Key;
use super::workspace::SessionHandle;
use crate::i18n::{Message, Texts, session as words};
use crate::platform::time;

/// A ready-made start.
#[derive(Debug, PartialEq)]
pub struct Template {
    pub id: &'static str,
    pub title: Message,
    pub about: Message,
    files: &'static [(&'static str, &'static str)],
}

const PACKAGE: (&str, &str) = ("package.json", include_str!("../../assets/templates/package.json"));

pub const TEMPLATES: [Template; 4] = [
    Template {
        id: "hello",
        title: Message::same("Hello, Express"),
        about: Message::new("One route that answers with text.", "Ek route jo text se jawab deta hai."),
        files: &[PACKAGE, ("server.js", include_str!("../../assets/templates/hello/server.js"))],
    },
    Template {
        id: "users",
        title: Message::same("REST users"),
        about: Message::new(
            "List, read, add, change and delete users kept in an array.",
            "Array mein rakhe users ko list, read, add, change aur delete karo.",
        ),
        files: &[
            PACKAGE,
            ("server.js", include_str!("../../assets/templates/users/server.js")),
            ("users.js", include_str!("../../assets/templates/users/users.js")),
        ],
    },
    Template {
        id: "http",
        title: Message::same("Raw http"),
        about: Message::new(
            "Node’s own http module, without Express.",
            "Node ka apna http module, bina Express ke.",
        ),
        files: &[("server.js", include_str!("../../assets/templates/http/server.js"))],
    },
    Template {
        id: "page",
        title: Message::same("Static page"),
        about: Message::new(
            "A page with a form, served by express.static, and the route behind it.",
            "Ek form wala page, express.static se, aur uske peeche ka route.",
        ),
        files: &[
            PACKAGE,
            ("server.js", include_str!("../../assets/templates/page/server.js")),
            ("public/index.html", include_str!("../../assets/templates/page/index.html")),
            ("public/style.css", include_str!("../../assets/templates/page/style.css")),
        ],
    },
];

impl Template {
    pub fn files(&self) -> Files {
        self.files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }
}

/// A project from a zip file or a folder, as `project.js` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Imported {
    pub name: String,
    pub files: Files,
    /// Paths that hold no text and were left out.
    pub left: Vec<String>,
}

/// Why a project cannot have this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    Empty,
    Taken(String),
}

impl NameError {
    /// Says it, and what to do.
    pub fn text(&self, texts: &Texts) -> String {
        match self {
            Self::Empty => texts.get(&words::PROJECT_UNNAMED).to_owned(),
            Self::Taken(name) => texts.fill(&words::PROJECT_TAKEN, &[("name", name)]),
        }
    }
}

/// Returns a name that is free, with a number if need be.
pub fn free_name(names: &[String], wish: &str) -> String {
    let taken = |name: &str| names.iter().any(|other| other == name);
    if !taken(wish) {
        return wish.into();
    }
    (2..)
        .map(|number| format!("{wish} {number}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| wish.into())
}

fn check_name(names: &[String], name: &str) -> Result<String, NameError> {
    match name.trim() {
        "" => Err(NameError::Empty),
        name if names.iter().any(|other| other == name) => Err(NameError::Taken(name.into())),
        name => Ok(name.into()),
    }
}

impl SessionHandle {
    /// Makes a project from a template and answers its name.
    pub fn new_project(&self, template: &Template) -> String {
        let name = self.services.projects.read(|names| free_name(names, template.title.en));
        let files = template.files();
        self.keep_project(
            &name,
            &SavedProject {
                starter: Some(files.clone()),
                files,
                updated: time::now(),
                ..SavedProject::default()
            },
        );
        name
    }

    /// Keeps an imported project under a name that is free, with the way back in a toast, and answers that name.
    pub fn import_project(&self, imported: Imported) -> String {
        let name = self.services.projects.read(|names| free_name(names, imported.name.trim()));
        self.keep_project(
            &name,
            &SavedProject {
                starter: Some(imported.files.clone()),
                files: imported.files,
                updated: time::now(),
                ..SavedProject::default()
            },
        );
        let texts = crate::hooks::texts(&self.services);
        let mut text = texts.fill(&crate::i18n::pages::IMPORTED, &[("name", &name)]);
        if !imported.left.is_empty() {
            text.push(' ');
            text.push_str(&texts.fill(&crate::i18n::pages::LEFT_OUT, &[("files", &imported.left.join(", "))]));
        }
        let (handle, back) = (self.clone(), name.clone());
        let undo = yew::Callback::from(move |()| handle.forget_project(&back));
        self.services
            .toasts
            .undoable("check", text, texts.get(&crate::i18n::shell::UNDO), undo);
        name
    }

    /// Opens an own project; false when there is none of that name.
    pub fn open_own(&self, name: &str) -> bool {
        let id = ProjectId::Own(name.into());
        let Some(saved) = self.services.storage.load::<SavedProject>(&Key::Project(id.clone())) else {
            return false;
        };
        let starter = saved.starter.unwrap_or(saved.files);
        self.open_project(id, starter, Vec::new(), vec!["server.js".into()]);
        true
    }

    /// Answers the name that it has now: without room for the copy it keeps its own, and a toast says why.
    pub fn rename_project(&self, from: &str, to: &str) -> Result<String, NameError> {
        if from == to.trim() {
            return Ok(from.into());
        }
        let to = self.services.projects.read(|names| check_name(names, to))?;
        self.save_now();
        let Some(saved) = self.stored(from) else { return Ok(from.into()) };
        if !self.keep_project(&to, &saved) {
            return Ok(from.into());
        }
        self.forget_project(from);
        Ok(to)
    }

    /// Deletes an own project, with the way back in a toast.
    pub fn delete_project(&self, name: &str) {
        self.save_now();
        let Some(saved) = self.stored(name) else { return };
        self.forget_project(name);
        let texts = crate::hooks::texts(&self.services);
        let (handle, name) = (self.clone(), name.to_owned());
        let text = texts.fill(&crate::i18n::shell::DELETED, &[("file", &name)]);
        let undo = yew::Callback::from(move |()| _ = handle.keep_project(&name, &saved));
        self.services
            .toasts
            .undoable("trash", text, texts.get(&crate::i18n::shell::UNDO), undo);
    }

    /// Returns an own project as it is kept.
    pub fn stored(&self, name: &str) -> Option<SavedProject> {
        self.services.storage.load(&Key::Project(ProjectId::Own(name.into())))
    }

    pub(super) fn list_project(&self, name: &str) {
        self.services.projects.update(|names| {
            if !names.iter().any(|other| other == name) {
                let names = Rc::make_mut(names);
                names.push(name.into());
                names.sort();
            }
        });
    }

    /// Stores an own project; answers whether it is stored, and a toast says why not.
    pub(super) fn keep_project(&self, name: &str, saved: &SavedProject) -> bool {
        let result = self.services.storage.save(&Key::Project(ProjectId::Own(name.into())), saved);
        if let Err(failure) = result {
            let texts = crate::hooks::texts(&self.services);
            let values = [("name", name), ("why", texts.get(failure.words()))];
            self.services.toasts.error(texts.fill(&words::PROJECT_NOT_SAVED, &values));
            return false;
        }
        self.list_project(name);
        true
    }

    fn forget_project(&self, name: &str) {
        self.services.storage.remove(&Key::Project(ProjectId::Own(name.into())));
        self.services
            .projects
            .update(|names| Rc::make_mut(names).retain(|other| other != name));
        if self.now().project == ProjectId::Own(name.into()) {
            // Nothing is open now, so that a late save does not bring it back.
            self.close_project();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::services::Services;
    use super::*;
    use crate::routes::Route;

    #[test]
    fn imports_beside_what_is_there() {
        let handle = SessionHandle::new(Services::detached(Route::Playground(None)));
        let imported = |name: &str, left: &[&str]| Imported {
            name: name.into(),
            files: [("app.js".to_owned(), format!("// {name}"))].into(),
            left: left.iter().map(|path| (*path).to_owned()).collect(),
        };
        let said = |handle: &SessionHandle| handle.services.toasts.0.get().last().unwrap().text.clone();
        for (wish, left, name, text) in [
            ("shop", &[][..], "shop", "shop was imported."),
            (
                " shop ",
                &["logo.png", "a.bin"][..],
                "shop 2",
                "shop 2 was imported. Left out, as they are no text: logo.png, a.bin.",
            ),
            ("shop", &[][..], "shop 3", "shop 3 was imported."),
        ] {
            assert_eq!(handle.import_project(imported(wish, left)), name);
            assert_eq!(said(&handle), text);
        }
        assert!(handle.open_own("shop 3"));
        assert_eq!(handle.now().active_text(), "// shop");
        let undo = handle.services.toasts.0.get().last().unwrap().action.clone().unwrap().1;
        undo.emit(());
        assert!(!handle.open_own("shop 3"));
        assert_eq!(handle.services.projects.get().join(", "), "shop, shop 2");
    }

    #[test]
    fn keeps_projects_by_name() {
        let handle = SessionHandle::new(Services::detached(Route::Playground(None)));
        let names = |handle: &SessionHandle| handle.services.projects.get().join(", ");
        assert_eq!(handle.new_project(&TEMPLATES[0]), "Hello, Express");
        assert_eq!(handle.new_project(&TEMPLATES[0]), "Hello, Express 2");
        assert!(handle.open_own("Hello, Express 2"));
        handle.edit("server.js", "mine");
        assert_eq!(
            handle.rename_project("Hello, Express 2", "Hello, Express"),
            Err(NameError::Taken("Hello, Express".into()))
        );
        assert_eq!(handle.rename_project("Hello, Express 2", " shop "), Ok("shop".into()));
        assert_eq!(names(&handle), "Hello, Express, shop");
        assert!(handle.open_own("shop"));
        assert_eq!(handle.now().active_text(), "mine");
        handle.delete_project("shop");
        assert_eq!(names(&handle), "Hello, Express");
        handle.save_now();
        assert!(!handle.open_own("shop"));
        let undo = handle.services.toasts.0.get().last().unwrap().action.clone().unwrap().1;
        undo.emit(());
        assert!(handle.open_own("shop"));
    }
}
