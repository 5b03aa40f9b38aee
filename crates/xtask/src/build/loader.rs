//! The script that loads the parts, rewritten to the files that the cutter's were joined to.

use super::join::{FROM, JOINED_FROM};
use std::collections::BTreeMap;

/// Loads the files that are in the place of the cutter's; what has none needs no loading.
pub fn rewrite<'a>(script: &str, file_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(script.len());
    // Which constant loads a file: the one of the first that was joined to it.
    let mut loaders = BTreeMap::new();
    let mut skips = false;
    for line in script.lines() {
        let constant = line.strip_prefix("const ").and_then(|rest| rest.split_once(" = makeLoad("));
        if let Some((name, _)) = constant {
            let file = file_of(name.trim_start_matches('_'));
            skips = file.is_none_or(|file| loaders.contains_key(file));
            if let Some(file) = file {
                loaders.entry(file).or_insert(name);
            }
        }
        if !skips {
            out.push_str(&with_loaders(&with_file(line, &file_of), &loaders, &file_of));
            out.push('\n');
        }
        skips &= !line.ends_with(", []);");
    }
    out
}

fn with_file<'a>(line: &str, file_of: &impl Fn(&str) -> Option<&'a str>) -> String {
    const START: &str = "\"./";
    const END: &str = ".wasm\"";
    let stem = line.split_once(START).and_then(|(_, rest)| Some(rest.split_once(END)?.0));
    match stem.and_then(|stem| Some((stem, file_of(stem)?))) {
        Some((stem, file)) => line.replace(&format!("{START}{stem}{END}"), &format!("{START}{file}\"")),
        None => line.to_owned(),
    }
}

/// The list of what a part needs stands at the end of its loader.
fn with_loaders<'a>(line: &str, loaders: &BTreeMap<&'a str, &str>, file_of: &impl Fn(&str) -> Option<&'a str>) -> String {
    let Some((before, list)) = line.strip_suffix("]));").and_then(|line| line.rsplit_once('[')) else {
        return line.to_owned();
    };
    let mut needed: Vec<&str> = Vec::new();
    for name in list.split(", ") {
        let loader = file_of(name.trim_start_matches('_')).and_then(|file| loaders.get(file));
        needed.extend(loader.filter(|loader| !needed.contains(loader)));
    }
    format!("{before}[{}]));", needed.join(", "))
}

/// Hands what the files import to them by the name that it has in joined files.
pub fn for_joined(script: &str) -> String {
    script
        .replace(&format!("{{ {FROM}: "), &format!("{{ {JOINED_FROM}: "))
        .replace(&format!(".{FROM}."), &format!(".{JOINED_FROM}."))
        .replace(&format!(".{FROM},"), &format!(".{JOINED_FROM},"))
}

#[cfg(test)]
mod tests {
    use super::{for_joined, rewrite};

    const SCRIPT: &str = r#"function makeLoad(fetcher, deps) {
}
const __chunk_1 = makeLoad(() => {
    fetch(new URL("./chunk_1.wasm", import.meta.url));
}
, []);
const __chunk_2 = makeLoad(() => {
    fetch(new URL("./chunk_2.wasm", import.meta.url));
}
, []);
const __chunk_3 = makeLoad(() => {
    fetch(new URL("./chunk_3.wasm", import.meta.url));
}
, []);
export const __wasm_split_load_lesson = wrapAsyncCb(makeLoad(() => {
    fetch(new URL("./split_lesson.wasm", import.meta.url));
}
, [__chunk_1, __chunk_2, __chunk_3]));
"#;

    #[test]
    fn a_part_loads_each_joined_file_once() {
        let file_of = |stem: &str| match stem {
            "chunk_1" => None,
            "split_lesson" => Some("lesson-1f.wasm"),
            _ => Some("shared-1f.wasm"),
        };
        let expected = r#"function makeLoad(fetcher, deps) {
}
const __chunk_2 = makeLoad(() => {
    fetch(new URL("./shared-1f.wasm", import.meta.url));
}
, []);
export const __wasm_split_load_lesson = wrapAsyncCb(makeLoad(() => {
    fetch(new URL("./lesson-1f.wasm", import.meta.url));
}
, [__chunk_2]));
"#;
        assert_eq!(rewrite(SCRIPT, file_of), expected);
    }

    #[test]
    fn joined_files_import_by_a_short_name() {
        assert_eq!(
            for_joined(
                "shared = { __wasm_split: {  } }; Object.assign(shared.__wasm_split, {}); shared.__wasm_split.t.get(__wasm_split_shared0)"
            ),
            "shared = { s: {  } }; Object.assign(shared.s, {}); shared.s.t.get(__wasm_split_shared0)"
        );
    }
}
