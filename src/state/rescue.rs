//! The backup file as the last screen makes it: of stored values as they are, because what would read them may be what broke.

use serde_json::{Map, Value};

use super::backup::{KIND, VERSION};
use super::json;
use super::storage::{Key, Storage};

/// Gathers what is kept. What is no JSON goes to what was damaged.
pub fn backup(storage: &Storage) -> String {
    let (mut file, mut projects, mut damaged) = (Map::new(), Map::new(), Map::new());
    for key in storage.keys() {
        let Some(text) = storage.text(&key) else { continue };
        let (part, name) = match &key {
            Key::Settings | Key::Progress | Key::Projects => (&mut file, key.name()),
            Key::Project(id) => (&mut projects, id.to_string()),
            Key::Damaged(name) => {
                damaged.insert(name.clone(), text.into());
                continue;
            }
            _ => continue,
        };
        match json::parse(&text) {
            Ok(value) => part.insert(name, value),
            Err(_) => damaged.insert(key.name(), text.into()),
        };
    }
    for (name, value) in [
        ("kind", KIND.into()),
        ("version", VERSION.into()),
        ("files", projects.into()),
        ("damaged", damaged.into()),
    ] {
        file.insert(name.into(), value);
    }
    Value::Object(file).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::backup::Backup;
    use crate::state::files::SavedProject;
    use crate::state::progress::Progress;
    use crate::state::session::ProjectId;
    use crate::state::storage::{KeyValue, MemoryStore};

    #[test]
    fn it_is_a_backup_of_all_that_can_be_read() {
        let memory = MemoryStore::default();
        let storage = Storage::new(memory.clone(), "/");
        let progress = Progress {
            requests: 7,
            ..Progress::default()
        };
        storage.save(&Key::Progress, &progress).unwrap();
        storage.save(&Key::Projects, &["shop"]).unwrap();
        storage
            .save(&Key::Project(ProjectId::Own("shop".into())), &SavedProject::default())
            .unwrap();
        assert_eq!(Backup::parse("b.json", &backup(&storage)), Ok(Backup::read(&storage)));
        memory.set("backlab:1:/:settings", "{\"half").unwrap();
        let read = Backup::parse("b.json", &backup(&storage)).unwrap();
        assert_eq!((&read.progress, &read.damaged["settings"]), (&progress, &Value::from("{\"half")));
    }
}
