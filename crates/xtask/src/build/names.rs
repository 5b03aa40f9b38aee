//! Shortens the names under which the app's wasm imports its script's functions. wasm-bindgen's hold a hash each, in both files.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wasm_encoder::{EntityType, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// Rewrites both files in their place. `from` is the name of the module that the script hands to the wasm.
pub fn shorten(wasm: &Path, script: &Path, from: &str) -> Result<()> {
    let (bytes, short) = imports(&fs::read(wasm)?, from).with_context(|| format!("{} could not be read", wasm.display()))?;
    let text = replace(&fs::read_to_string(script)?, &short);
    fs::write(wasm, bytes)?;
    Ok(fs::write(script, text.replace(&format!("\"{from}\""), &format!("\"{SHORT}\"")))?)
}

/// What the module itself is called instead.
const SHORT: &str = "i";

/// Returns the module with short names, and each name's.
fn imports(bytes: &[u8], from: &str) -> Result<(Vec<u8>, BTreeMap<String, String>)> {
    let mut module = Module::new();
    let mut short = BTreeMap::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            let mut section = ImportSection::new();
            for import in imports.into_imports() {
                let import = import?;
                let kind = EntityType::try_from(import.ty)?;
                if import.module == from {
                    let next = format!("i{}", short.len());
                    section.import(SHORT, short.entry(import.name.to_owned()).or_insert(next), kind);
                } else {
                    section.import(import.module, import.name, kind);
                }
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &bytes[usize::try_from(range.start)?..usize::try_from(range.end)?];
            module.section(&RawSection { id, data });
        }
    }
    Ok((module.finish(), short))
}

/// Puts each name's replacement where the script uses it as a whole word.
fn replace(script: &str, names: &BTreeMap<String, String>) -> String {
    let in_word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(in_word) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|character| !in_word(character)).unwrap_or(word.len()));
        out.push_str(before);
        out.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{imports, replace};
    use std::collections::BTreeMap;
    use wasm_encoder::{CustomSection, EntityType, ImportSection, Module, TypeSection};
    use wasmparser::{Parser, Payload};

    fn module(names: &[(&str, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for (from, name) in names {
            section.import(from, name, EntityType::Function(0));
        }
        let custom = CustomSection {
            name: "kept".into(),
            data: b"bytes".as_slice().into(),
        };
        let mut module = Module::new();
        module.section(&types).section(&section).section(&custom);
        module.finish()
    }

    #[test]
    fn only_the_scripts_functions_get_short_names() -> anyhow::Result<()> {
        let long = module(&[
            ("./app_bg.js", "__wbg_log_1f"),
            ("./parts.js", "load"),
            ("./app_bg.js", "__wbg_now_2e"),
        ]);
        let (bytes, names) = imports(&long, "./app_bg.js")?;
        assert_eq!(bytes, module(&[("i", "i0"), ("./parts.js", "load"), ("i", "i1")]));
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            [
                ("__wbg_log_1f".to_owned(), "i0".to_owned()),
                ("__wbg_now_2e".to_owned(), "i1".to_owned()),
            ]
        );
        let sections = Parser::new(0)
            .parse_all(&bytes)
            .filter(|payload| matches!(payload, Ok(Payload::CustomSection(_))));
        assert_eq!(sections.count(), 1);
        Ok(())
    }

    #[test]
    fn a_name_inside_another_word_stays() {
        let names = BTreeMap::from([("__wbg_log_1f".to_owned(), "i0".to_owned())]);
        for (before, after) in [
            ("({__wbg_log_1f: function() {}})", "({i0: function() {}})"),
            ("__wbg_log_1f", "i0"),
            (
                "$__wbg_log_1f __wbg_log_1f2 wasm.__wbg_log_1f",
                "$__wbg_log_1f __wbg_log_1f2 wasm.i0",
            ),
            ("`é ${__wbg_log_1f}`;", "`é ${i0}`;"),
            ("", ""),
        ] {
            assert_eq!(replace(before, &names), after);
        }
    }
}
