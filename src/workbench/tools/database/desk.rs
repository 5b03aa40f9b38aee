//! What the tool keeps while another one is on show: the chosen view, the shell's transcript; and the snapshots, which outlive
//! the page.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::shell_model::Transcript;
use crate::state::storage::{Key, Storage, StorageFailure};
use crate::state::store::Store;

/// What stands beside the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum View {
    /// The collection that changed last.
    #[default]
    Latest,
    Collection(String),
    Map,
    Snapshots,
    NewCollection,
    Shell,
}

/// All of the data at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Milliseconds since the epoch.
    pub at: f64,
    /// As the `restore` command takes it.
    pub records: Rc<str>,
}

#[derive(Clone, PartialEq, Default)]
pub struct Desk {
    pub view: View,
    /// The collection that was chosen last.
    pub collection: Option<String>,
    /// The newest first.
    pub snapshots: Rc<Vec<Snapshot>>,
    /// Those that were kept have been read.
    recalled: bool,
    pub shell: Transcript,
}

thread_local! {
    static DESK: Store<Desk> = Store::new(Desk::default());
}

pub fn desk() -> Store<Desk> {
    DESK.with(Clone::clone)
}

impl Desk {
    /// Reads the snapshots that were kept, once.
    pub fn recall(&mut self, storage: &Storage) {
        if !std::mem::replace(&mut self.recalled, true) {
            self.snapshots = Rc::new(storage.load(&Key::Snapshots).unwrap_or_default());
        }
    }

    /// Changes the list of snapshots and keeps it.
    ///
    /// # Errors
    /// When it could not be kept: the change then lives until the page closes.
    pub fn change_snapshots(&mut self, storage: &Storage, change: impl FnOnce(&mut Vec<Snapshot>)) -> Result<(), StorageFailure> {
        let snapshots = Rc::make_mut(&mut self.snapshots);
        change(snapshots);
        storage.save(&Key::Snapshots, snapshots)
    }
}

pub fn show(view: View) {
    desk().update(|desk| {
        if let View::Collection(name) = &view {
            desk.collection = Some(name.clone());
        }
        desk.view = view;
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::storage::MemoryStore;

    #[test]
    fn snapshots_outlive_the_page() {
        let storage = Storage::new(MemoryStore::default(), "/");
        let snapshot = |at: f64| Snapshot { at, records: "[]".into() };
        let mut desk = Desk::default();
        desk.recall(&storage);
        for at in [1.0, 2.0] {
            desk.change_snapshots(&storage, |list| list.insert(0, snapshot(at))).unwrap();
        }
        let mut later = Desk::default();
        later.recall(&storage);
        assert_eq!(*later.snapshots, [snapshot(2.0), snapshot(1.0)]);
        storage.set_may_write(false);
        let refused = later.change_snapshots(&storage, |list| list.retain(|one| one.at > 1.0));
        assert_eq!((refused, later.snapshots.len()), (Err(StorageFailure::OtherTab), 1));
        later.recall(&storage);
        assert_eq!(later.snapshots.len(), 1, "what is on show is not read again");
    }
}
