//! The backup file: everything that is kept in the browser, as one JSON file that another browser can take in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::files::SavedProject;
use super::progress::Progress;
use super::services::Services;
use super::session::ProjectId;
use super::settings::Settings;
use super::storage::{Key, Storage, StorageFailure};
use super::workspace::SessionHandle;
use crate::i18n::{Texts, session as words};
use crate::platform::{files, time};

/// Named in the file, so that another JSON file is not taken for a backup.
pub(super) const KIND: &str = "backlab backup";
pub(super) const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Backup {
    pub kind: String,
    pub version: u32,
    pub settings: Settings,
    pub progress: Progress,
    /// Names of own projects.
    pub projects: Vec<String>,
    /// By project id: lesson, task and own projects.
    pub files: BTreeMap<String, SavedProject>,
    /// What could not be read, as it was found.
    pub damaged: BTreeMap<String, Value>,
}

/// Why a file was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupError {
    NotABackup(String),
    Newer,
    Storage(StorageFailure),
}

impl From<StorageFailure> for BackupError {
    fn from(failure: StorageFailure) -> Self {
        Self::Storage(failure)
    }
}

impl BackupError {
    /// Says it, and what to do.
    pub fn text(&self, texts: &Texts) -> String {
        match self {
            Self::NotABackup(name) => texts.fill(&words::NOT_A_BACKUP, &[("name", name)]),
            Self::Newer => texts.get(&words::NEWER_BACKUP).to_owned(),
            Self::Storage(failure) => texts.fill(&words::NOT_RESTORED, &[("why", texts.get(failure.words()))]),
        }
    }
}

impl Backup {
    /// Gathers what is kept.
    pub fn read(storage: &Storage) -> Self {
        let mut backup = Self {
            kind: KIND.into(),
            version: VERSION,
            settings: storage.load(&Key::Settings).unwrap_or_default(),
            progress: storage.load(&Key::Progress).unwrap_or_default(),
            projects: storage.load(&Key::Projects).unwrap_or_default(),
            ..Self::default()
        };
        for key in storage.keys() {
            match &key {
                Key::Project(id) => {
                    if let Some(project) = storage.load(&key) {
                        backup.files.insert(id.to_string(), project);
                    }
                }
                Key::Damaged(name) => {
                    backup.damaged.insert(name.clone(), storage.text(&key).unwrap_or_default().into());
                }
                _ => {}
            }
        }
        backup
    }

    pub fn parse(name: &str, text: &str) -> Result<Self, BackupError> {
        let backup: Self = super::json::read(text).map_err(|_| BackupError::NotABackup(name.into()))?;
        match (backup.kind.as_str(), backup.version) {
            (KIND, VERSION) => Ok(backup),
            (KIND, _) => Err(BackupError::Newer),
            _ => Err(BackupError::NotABackup(name.into())),
        }
    }

    /// Adds it to what is kept: its files replace files of the same project, progress is merged, all else stays.
    pub fn restore(&self, storage: &Storage) -> Result<(), StorageFailure> {
        for (id, project) in &self.files {
            storage.save(&Key::Project(ProjectId::from(id.clone())), project)?;
        }
        let mut projects: Vec<String> = storage.load(&Key::Projects).unwrap_or_default();
        projects.extend(self.projects.iter().cloned());
        projects.sort();
        projects.dedup();
        storage.save(&Key::Projects, &projects)?;
        storage.save(&Key::Settings, &self.settings)?;
        let mut progress: Progress = storage.load(&Key::Progress).unwrap_or_default();
        progress.merge(self.progress.clone());
        storage.save(&Key::Progress, &progress)
    }
}

/// Saves a backup file to the device.
pub fn download(services: &Services) {
    services.save_now();
    let mut backup = Backup::read(&services.storage);
    let session = services.session.get();
    // What is on the screen goes into the file even when it could not be stored; a project from a link is nobody's yet.
    if !session.files.is_empty() && session.shared.is_none() {
        backup.files.insert(session.project.to_string(), session.to_save(time::now()));
    }
    backup.progress = services.progress.get();
    if let Ok(text) = serde_json::to_string_pretty(&backup) {
        files::download("backlab-backup.json", "application/json", &text);
    }
}

/// What a backup file came upon.
pub struct Restored {
    before: Backup,
    /// Projects of which nothing was kept.
    added: Vec<ProjectId>,
}

/// Takes a backup file in and shows what it brought. Answers what was there before, for [`undo`].
pub fn restore(services: &Services, name: &str, text: &str) -> Result<Restored, BackupError> {
    let backup = Backup::parse(name, text)?;
    services.save_now();
    let before = Backup::read(&services.storage);
    let is_new = |id: &&String| !before.files.contains_key(*id);
    let added = backup.files.keys().filter(is_new).cloned().map(ProjectId::from).collect();
    let restored = Restored { before, added };
    if let Err(failure) = backup.restore(&services.storage) {
        // Half of a file is worse than nothing of it: what it replaced so far comes back.
        undo(services, &restored)?;
        return Err(failure.into());
    }
    show(services);
    Ok(restored)
}

/// Puts back what [`restore`] found.
pub fn undo(services: &Services, Restored { before, added }: &Restored) -> Result<(), BackupError> {
    for id in added {
        services.storage.remove(&Key::Project(id.clone()));
    }
    before.restore(&services.storage)?;
    services.storage.save(&Key::Progress, &before.progress)?;
    services.storage.save(&Key::Projects, &before.projects)?;
    show(services);
    Ok(())
}

fn show(services: &Services) {
    services.settings.set(services.storage.load(&Key::Settings).unwrap_or_default());
    services.progress.set(services.storage.load(&Key::Progress).unwrap_or_default());
    services.projects.set(services.storage.load(&Key::Projects).unwrap_or_default());
    SessionHandle::new(services.clone()).reload_project();
}

#[cfg(test)]
mod tests {
    use super::super::storage::MemoryStore;
    use super::*;

    #[test]
    fn moves_work_to_another_browser() {
        let (from, to) = (Storage::new(MemoryStore::default(), "/"), Storage::new(MemoryStore::default(), "/"));
        let project = SavedProject {
            files: [("server.js".to_owned(), "mine".to_owned())].into(),
            ..SavedProject::default()
        };
        from.save(&Key::Project(ProjectId::Own("shop".into())), &project).unwrap();
        from.save(&Key::Projects, &["shop"]).unwrap();
        from.save(
            &Key::Progress,
            &Progress {
                requests: 7,
                ..Progress::default()
            },
        )
        .unwrap();
        to.save(&Key::Projects, &["kept"]).unwrap();
        let text = serde_json::to_string(&Backup::read(&from)).unwrap();
        Backup::parse("b.json", &text).unwrap().restore(&to).unwrap();
        assert_eq!(to.load(&Key::Project(ProjectId::Own("shop".into()))), Some(project));
        assert_eq!(to.load::<Vec<String>>(&Key::Projects).unwrap(), ["kept", "shop"]);
        assert_eq!(to.load::<Progress>(&Key::Progress).unwrap().requests, 7);
    }

    #[test]
    fn an_undo_leaves_nothing_of_the_file() {
        let services = Services::detached(crate::routes::Route::Course);
        let mut file = Backup {
            kind: KIND.into(),
            version: 1,
            ..Backup::default()
        };
        for id in ["task:a/b", "own:shop"] {
            file.files.insert(id.into(), SavedProject::default());
        }
        let before = services.storage.keys();
        let restored = restore(&services, "b.json", &serde_json::to_string(&file).unwrap()).unwrap();
        assert!(services.storage.keys().contains(&Key::Project(ProjectId::Own("shop".into()))));
        undo(&services, &restored).unwrap();
        let left: Vec<Key> = services
            .storage
            .keys()
            .into_iter()
            .filter(|key| matches!(key, Key::Project(_)))
            .collect();
        assert_eq!((before, left), (vec![], vec![]));
    }

    #[test]
    fn a_file_without_room_changes_nothing() {
        let storage = Storage::new(MemoryStore::with_quota(1500), "/");
        let services = Services::new(storage.clone(), crate::routes::Route::Course);
        let project = |text: &str| SavedProject {
            files: [("server.js".to_owned(), text.to_owned())].into(),
            ..SavedProject::default()
        };
        storage.save(&Key::Project(ProjectId::Own("a".into())), &project("mine")).unwrap();
        let mut file = Backup {
            kind: KIND.into(),
            version: 1,
            ..Backup::default()
        };
        file.files.insert("own:a".into(), project("the file's"));
        file.files.insert("own:b".into(), project(&"long ".repeat(400)));
        let text = serde_json::to_string(&file).unwrap();
        assert!(matches!(
            restore(&services, "b.json", &text),
            Err(BackupError::Storage(StorageFailure::Full))
        ));
        assert_eq!(storage.load(&Key::Project(ProjectId::Own("a".into()))), Some(project("mine")));
        assert!(!storage.keys().contains(&Key::Project(ProjectId::Own("b".into()))));
    }

    #[test]
    fn refuses_other_files() {
        let check = |text: &str, expected: BackupError| assert_eq!(Backup::parse("a.json", text), Err(expected));
        check("no", BackupError::NotABackup("a.json".into()));
        check("{\"kind\":\"else\",\"version\":1}", BackupError::NotABackup("a.json".into()));
        check("{\"kind\":\"backlab backup\",\"version\":9}", BackupError::Newer);
    }
}
