//! Saving: 400 ms after the last key, when the page is hidden, and before another project opens.

use super::SessionHandle;
use crate::i18n::shell;
use crate::platform::time;
use crate::state::error::UiError;
use crate::state::services::{Status, Work};
use crate::state::session::{ProjectId, SaveState};
use crate::state::storage::{Key, StorageFailure};

const SAVE_AFTER_MS: u32 = 400;

impl SessionHandle {
    pub(super) fn save_later(&self) {
        let handle = self.clone();
        self.services.timers.borrow_mut().save = time::after(SAVE_AFTER_MS, move || handle.save_now());
    }

    /// Saves at once what is not saved yet.
    pub fn save_now(&self) {
        self.services.timers.borrow_mut().save = None;
        let session = self.now();
        let is_open = self.services.kept.borrow().as_ref() == Some(&session.project);
        let storage = &self.services.storage;
        let result = (is_open && !session.look_only)
            .then(|| storage.save_or_hold(&Key::Project(session.project.clone()), &session.to_save(time::now())));
        storage.store_held();
        if !storage.holds() {
            self.services.status.update(Status::all_kept);
        }
        if let Some(result) = result {
            if let (Ok(()), ProjectId::Own(name)) = (&result, &session.project) {
                self.list_project(name);
            }
            self.saved(result, &session.active);
        }
    }

    fn saved(&self, result: Result<(), StorageFailure>, file: &str) {
        let texts = crate::hooks::texts(&self.services);
        let state = match result {
            Ok(()) => SaveState::Saved,
            Err(failure) => SaveState::Failed(texts.get(failure.words()).to_owned()),
        };
        self.change(|session| session.saved = state);
        self.services.status.update(|status| match result {
            Err(StorageFailure::OtherTab) => status.other_tab = true,
            Err(failure) => status.kept(Work::Project, Some((failure, storage_error(&texts, failure, file)))),
            Ok(()) => {}
        });
    }

    /// Shows values that could not be read.
    pub(super) fn report_damage(&self) {
        let damaged = self.services.storage.take_damaged();
        self.services.status.update(|status| status.damaged.extend(damaged));
    }
}

/// Says what could not be kept, why, and the way out.
pub fn storage_error(texts: &crate::i18n::Texts, failure: StorageFailure, file: &str) -> UiError {
    let title = texts.fill(&shell::NOT_SAVED, &[("file", file)]);
    match failure {
        StorageFailure::Full => UiError::new(title, texts.get(&shell::SPACE_USED), texts.get(&shell::KEEP_OPEN_FULL)),
        StorageFailure::Blocked | StorageFailure::OtherTab => {
            UiError::new(title, texts.get(&shell::STORAGE_BLOCKED), texts.get(&shell::KEEP_OPEN))
        }
    }
}
