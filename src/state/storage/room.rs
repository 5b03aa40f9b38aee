//! What can be given up when the browser's space runs out, and what it takes. The learner's code and progress are never among it.

use serde::Deserialize;

use super::{Key, Storage};
use crate::state::session::ProjectId;

/// Something that can be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spare {
    /// Writes of the database, which a snapshot holds in less. Packed by `SessionHandle::pack`, never just removed.
    Journal,
    /// Files of lessons and tasks that were opened and never changed: the lesson has them.
    Untouched,
    /// Requests sent from the request lab.
    Requests,
    /// Values that could not be read and were set aside.
    Damaged,
}

/// One kind of spare things: how many, and the bytes that they take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub spare: Spare,
    pub count: usize,
    pub bytes: usize,
}

/// Characters held back. A record that says that a database was dropped takes some hundreds; the rest is for a snapshot that is a little
/// longer than the one before.
const RESERVE: usize = 40_000;

/// The part of a stored project that says whether the learner ever changed it.
#[derive(Deserialize)]
struct Edits {
    #[serde(default)]
    edit: u32,
}

impl Storage {
    /// Lists what can be given up while `open` is the open project, the largest first.
    pub fn room(&self, open: &ProjectId) -> Vec<Room> {
        let mut rooms: Vec<Room> = Vec::new();
        for key in self.keys() {
            let Some(spare) = self.spare(&key, open) else { continue };
            let bytes = self.size(&key);
            match rooms.iter_mut().find(|room| room.spare == spare) {
                Some(room) => (room.count, room.bytes) = (room.count + 1, room.bytes + bytes),
                None => rooms.push(Room { spare, count: 1, bytes }),
            }
        }
        for room in &mut rooms {
            if room.spare == Spare::Requests {
                room.count = self.load::<Vec<serde::de::IgnoredAny>>(&Key::Requests).map_or(0, |sent| sent.len());
            }
        }
        rooms.retain(|room| room.count > 0);
        rooms.sort_by_key(|room| std::cmp::Reverse(room.bytes));
        rooms
    }

    /// Removes what was given up. A journal is only packed, which is not this module's work.
    pub fn give_up(&self, spare: Spare, open: &ProjectId) {
        for key in self.keys() {
            if spare != Spare::Journal && self.spare(&key, open) == Some(spare) {
                self.remove(&key);
            }
        }
    }

    /// Holds back some space while there is plenty; a store that is full already has none to hold back.
    pub fn hold_reserve(&self) {
        let is_held = self.text(&Key::Reserve).is_some_and(|held| held.len() == RESERVE);
        if !is_held {
            let _ = self.write(&Key::Reserve, &" ".repeat(RESERVE));
        }
    }

    /// Gives the space that was held back to what is written next.
    pub fn use_reserve(&self) {
        self.remove(&Key::Reserve);
    }

    /// Bytes that code, progress and settings take.
    pub fn work(&self, open: &ProjectId) -> usize {
        let is_work =
            |key: &Key| matches!(key, Key::Settings | Key::Progress | Key::Projects | Key::Project(_)) && self.spare(key, open).is_none();
        self.keys().iter().filter(|key| is_work(key)).map(|key| self.size(key)).sum()
    }

    fn spare(&self, key: &Key, open: &ProjectId) -> Option<Spare> {
        match key {
            Key::Segment(_) => Some(Spare::Journal),
            Key::Requests => Some(Spare::Requests),
            Key::Damaged(_) => Some(Spare::Damaged),
            Key::Project(id @ (ProjectId::Lesson(_) | ProjectId::Task(_))) if id != open => {
                let text = self.text(key)?;
                let kept: Edits = crate::state::json::read(&text).ok()?;
                (kept.edit == 0).then_some(Spare::Untouched)
            }
            _ => None,
        }
    }

    fn size(&self, key: &Key) -> usize {
        self.bytes_of(&self.full(key))
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemoryStore;
    use super::*;
    use crate::state::files::SavedProject;
    use crate::state::progress::Progress;

    fn project(id: &str, edit: u32) -> (Key, SavedProject) {
        let files = [("server.js".to_owned(), "x".repeat(100))].into();
        let project = SavedProject {
            files,
            edit,
            ..SavedProject::default()
        };
        (Key::Project(ProjectId::from(id.to_owned())), project)
    }

    /// A storage with some of everything.
    fn full() -> Storage {
        let storage = Storage::new(MemoryStore::default(), "/");
        for (id, edit) in [
            ("lesson:http", 0),
            ("lesson:routes", 0),
            ("task:http/first", 3),
            ("own:shop", 0),
            ("lesson:open", 0),
        ] {
            let (key, project) = project(id, edit);
            storage.save(&key, &project).unwrap();
        }
        storage.save(&Key::Progress, &Progress::default()).unwrap();
        storage.save(&Key::Requests, &["a", "b", "c"]).unwrap();
        storage.save(&Key::Snapshot, &"all").unwrap();
        storage.save(&Key::Segment(1), &"one").unwrap();
        storage.save(&Key::Segment(2), &"two").unwrap();
        storage.save(&Key::Damaged("journal:segment:7".into()), &"{").unwrap();
        storage
    }

    #[test]
    fn lists_only_what_is_not_the_learners() {
        let open = ProjectId::Lesson("open".into());
        let storage = full();
        let rooms: Vec<(Spare, usize)> = storage.room(&open).iter().map(|room| (room.spare, room.count)).collect();
        assert_eq!(
            rooms,
            [
                (Spare::Untouched, 2),
                (Spare::Journal, 2),
                (Spare::Damaged, 1),
                (Spare::Requests, 3)
            ]
        );
        let listed: usize = storage.room(&open).iter().map(|room| room.bytes).sum();
        assert_eq!(
            listed + storage.work(&open) + storage.size(&Key::Snapshot),
            storage.used(),
            "each byte is one or the other"
        );
    }

    #[test]
    fn a_full_store_has_a_reserve() {
        let storage = Storage::new(MemoryStore::with_quota(RESERVE + 200), "/");
        storage.hold_reserve();
        let record = "x".repeat(400);
        assert!(storage.save(&Key::Segment(1), &record).is_err());
        storage.use_reserve();
        assert!(storage.save(&Key::Segment(1), &record).is_ok());
        storage.hold_reserve();
        assert_eq!(storage.keys(), [Key::Segment(1)], "no room to hold back");
        storage.remove(&Key::Segment(1));
        storage.hold_reserve();
        assert_eq!(storage.keys(), [Key::Reserve]);
    }

    #[test]
    fn gives_up_what_was_chosen_and_nothing_else() {
        let open = ProjectId::Lesson("open".into());
        let check = |spare: Spare, gone: &[Key]| {
            let storage = full();
            let mut expected = storage.keys();
            let before = storage.used();
            storage.give_up(spare, &open);
            expected.retain(|key| !gone.contains(key));
            assert_eq!(storage.keys(), expected, "{spare:?}");
            assert_eq!(storage.used() < before, !gone.is_empty(), "{spare:?}");
        };
        let lesson = |slug: &str| Key::Project(ProjectId::Lesson(slug.into()));
        check(Spare::Untouched, &[lesson("http"), lesson("routes")]);
        check(Spare::Requests, &[Key::Requests]);
        check(Spare::Damaged, &[Key::Damaged("journal:segment:7".into())]);
        check(Spare::Journal, &[]);
    }
}
