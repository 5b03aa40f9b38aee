//! A tree as JSON, written and taken apart without recursion: hostile input nests as deep as the options let it.

use super::Tree;
use std::fmt::Write;

enum Open {
    Map(indexmap::map::IntoIter<String, Tree>),
    List(std::vec::IntoIter<Option<Tree>>),
}

pub(super) fn write(tree: Tree) -> String {
    let mut json = String::new();
    let mut open = Vec::new();
    begin(tree, &mut json, &mut open);
    while let Some(last) = open.last_mut() {
        let next = match last {
            Open::Map(entries) => entries.next().map(|(key, value)| (Some(key), value)),
            Open::List(items) => items.by_ref().flatten().next().map(|value| (None, value)),
        };
        let Some((key, value)) = next else {
            json.push(if matches!(last, Open::Map(_)) { '}' } else { ']' });
            open.pop();
            continue;
        };
        if !json.ends_with(['{', '[']) {
            json.push(',');
        }
        if let Some(key) = key {
            string(&key, &mut json);
            json.push(':');
        }
        begin(value, &mut json, &mut open);
    }
    json
}

fn begin(tree: Tree, json: &mut String, open: &mut Vec<Open>) {
    match tree {
        Tree::Text(text) => string(&text, json),
        Tree::Map(map) => {
            json.push('{');
            open.push(Open::Map(map.entries.into_iter()));
        }
        Tree::List(list) => {
            json.push('[');
            open.push(Open::List(list.items.into_iter()));
        }
    }
}

fn string(text: &str, json: &mut String) {
    // Writing to a String does not fail.
    let _ = write!(json, "{}", serde_json::Value::from(text));
}
