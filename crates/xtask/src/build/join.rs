//! Joins the files that the cutter makes of what several parts share: few files compress better than many.

use super::direct;
use crate::command::Program;
use crate::root;
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_encoder::{EntityType, ExportKind, ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// What the cutter's files import, all from the main one.
pub const FROM: &str = "__wasm_split";
/// What they import it from once they are joined.
pub const JOINED_FROM: &str = "s";

/// What the optimiser has to know of the wasm that Rust makes.
pub const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Where a file of the cutter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Main,
    File(String),
}

/// Says for each file where it goes, from the files that each part loads.
pub fn places(parts: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Place> {
    let mut users: BTreeMap<&String, BTreeSet<&str>> = BTreeMap::new();
    for (part, files) in parts {
        for file in files {
            users.entry(file).or_default().insert(part);
        }
    }
    users.into_iter().map(|(file, users)| (file.clone(), place(file, &users))).collect()
}

/// What a lesson's page loads one after another.
const STAGES: [&str; 3] = ["lesson", "exercises", "workbench"];

/// Every page loads `lesson` or `pages`, so what both need is the main file's. What else is shared is one file for each stage that it is
/// first needed in, and one more for what other pages need too.
fn place(file: &str, users: &BTreeSet<&str>) -> Place {
    let first = STAGES.into_iter().find(|stage| users.contains(stage));
    match (first, users.contains("pages")) {
        _ if users.len() == 1 => Place::File(file.to_owned()),
        (Some("lesson"), true) => Place::Main,
        (Some(stage), true) => Place::File(format!("with_pages_and_{stage}")),
        (Some(stage), false) => Place::File(format!("with_{stage}")),
        (None, true) => Place::File("with_pages".into()),
        (None, false) => Place::File("with_tools".into()),
    }
}

/// Puts the cutter's files at the end of the main one.
pub fn into_main(main: &Path, files: &[PathBuf]) -> Result<()> {
    merge((main, FROM), files, main)
}

/// Makes one file of the cutter's files.
pub fn into_file(files: &[PathBuf], out: &Path) -> Result<()> {
    let door = out.with_extension("door");
    fs::write(&door, stand_in(files)?)?;
    merge((&door, FROM), files, out)?;
    Ok(fs::write(out, without_exports(&fs::read(out)?)?)?)
}

fn merge((base, name): (&Path, &str), files: &[PathBuf], out: &Path) -> Result<()> {
    let mut arguments = vec!["-g".to_owned(), base.to_string_lossy().into_owned(), name.to_owned()];
    for (at, file) in files.iter().enumerate() {
        arguments.extend([file.to_string_lossy().into_owned(), format!("file{at}")]);
    }
    arguments.extend(["-o".into(), out.to_string_lossy().into_owned()]);
    arguments.extend(FEATURES.map(str::to_owned));
    Program::new(root::root().join("runtime/node_modules/.bin/wasm-merge"))
        .args(arguments)
        .quiet()?;
    Ok(fs::write(out, direct::direct(&fs::read(out)?)?)?)
}

/// A module that exports what the files import, and imports it itself: joined, they have one memory, one table and one stack.
fn stand_in(files: &[PathBuf]) -> Result<Vec<u8>> {
    let mut imports = ImportSection::new();
    let mut exports = ExportSection::new();
    let mut known = BTreeSet::new();
    let (mut memories, mut tables, mut globals) = (0, 0, 0);
    for file in files {
        let bytes = fs::read(file)?;
        for payload in Parser::new(0).parse_all(&bytes) {
            let Payload::ImportSection(section) = payload? else { continue };
            for import in section.into_imports() {
                let import = import?;
                if !known.insert(import.name.to_owned()) {
                    continue;
                }
                let entity = EntityType::try_from(import.ty)?;
                let (kind, count) = match entity {
                    EntityType::Memory(_) => (ExportKind::Memory, &mut memories),
                    EntityType::Table(_) => (ExportKind::Table, &mut tables),
                    EntityType::Global(_) => (ExportKind::Global, &mut globals),
                    _ => bail!("`{}` is neither a memory nor a table nor a global", import.name),
                };
                imports.import(JOINED_FROM, import.name, entity);
                exports.export(import.name, kind, *count);
                *count += 1;
            }
        }
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

/// Nothing asks a joined file for anything: what it holds is in the table.
fn without_exports(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && !matches!(payload, Payload::ExportSection(_))
        {
            let data = &bytes[usize::try_from(range.start)?..usize::try_from(range.end)?];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::{Place, places};
    use std::collections::BTreeMap;

    #[test]
    fn what_every_page_loads_is_in_the_main_file() {
        let parts = [
            ("lesson", ["c1", "c2", "c3", "split_lesson"].as_slice()),
            ("pages", &["c1", "c4", "split_pages"]),
            ("workbench", &["c1", "c2", "c4", "split_workbench"]),
            ("tools", &["c3", "c5", "split_tools"]),
            ("banners", &["c5", "split_banners"]),
        ];
        let parts: BTreeMap<String, Vec<String>> = parts
            .into_iter()
            .map(|(part, files)| (part.to_owned(), files.iter().map(|file| (*file).to_owned()).collect()))
            .collect();
        let places = places(&parts);
        for (file, expected) in [
            ("c1", None),
            ("c2", Some("with_lesson")),
            ("c3", Some("with_lesson")),
            ("c4", Some("with_pages_and_workbench")),
            ("c5", Some("with_tools")),
            ("split_lesson", Some("split_lesson")),
        ] {
            let expected = expected.map_or(Place::Main, |file| Place::File(file.to_owned()));
            assert_eq!(places.get(file), Some(&expected), "{file}");
        }
    }
}
