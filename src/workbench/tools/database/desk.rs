//! What the tool keeps while another one is on show: the chosen view, snapshots, the shell's transcript.

use std::rc::Rc;

use super::shell_model::Transcript;
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
#[derive(Debug, Clone, PartialEq)]
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
    pub snapshots: Rc<Vec<Snapshot>>,
    pub shell: Transcript,
}

thread_local! {
    static DESK: Store<Desk> = Store::new(Desk::default());
}

pub fn desk() -> Store<Desk> {
    DESK.with(Clone::clone)
}

pub fn show(view: View) {
    desk().update(|desk| {
        if let View::Collection(name) = &view {
            desk.collection = Some(name.clone());
        }
        desk.view = view;
    });
}
