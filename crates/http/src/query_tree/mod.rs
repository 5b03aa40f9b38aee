//! Nested query strings as the `qs` package reads them: `a[b][]=1` → `{ a: { b: ['1'] } }`.

mod json;
mod values;

use crate::HttpError;
use indexmap::IndexMap;

/// A value of a nested query string.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Text(String),
    /// Holes stand where indices were left out; they are not written.
    List(List),
    Map(Map),
}

/// An array under construction.
#[derive(Debug, Clone, PartialEq, Default)]
struct List {
    items: Vec<Option<Tree>>,
    /// Last index of an array that arose because a text met an object.
    conflict: Option<usize>,
}

/// An object; also an array that grew past the limit, then `overflow` is its last index.
#[derive(Debug, Clone, PartialEq, Default)]
struct Map {
    entries: IndexMap<String, Tree>,
    overflow: Option<usize>,
    conflict: Option<usize>,
}

/// How much nesting is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Levels of brackets; 0 reads none.
    pub depth: usize,
    /// Deeper input is an error instead of a literal key.
    pub strict_depth: bool,
    /// Longer arrays become objects with numbers for keys.
    pub array_limit: usize,
    /// Pairs read at most.
    pub parameter_limit: usize,
    /// Bytes are ISO-8859-1 instead of UTF-8.
    pub latin1: bool,
    /// A parameter `utf8=✓`, or its ISO-8859-1 form, names the charset and is left out, as browsers' forms send it.
    pub charset_sentinel: bool,
    /// `&#9786;` in a value stands for a character, when bytes are ISO-8859-1.
    pub numeric_entities: bool,
}

impl Options {
    /// What `app.set('query parser', 'extended')` means.
    pub const QUERY: Options = Options {
        depth: 5,
        strict_depth: false,
        array_limit: 20,
        parameter_limit: 1000,
        latin1: false,
        charset_sentinel: false,
        numeric_entities: false,
    };
}

/// Keys deeper than this are not merged with what came before: merging calls itself for every level.
const DEEPEST_MERGED: usize = 500;

/// Reads a nested query string; returns the object as JSON.
pub fn parse(query: &str, options: Options) -> Result<String, HttpError> {
    let mut root = Tree::Map(Map::default());
    for (key, value) in values::values(query, options) {
        if key.is_empty() {
            continue;
        }
        let found = segments(&key, options).and_then(|segments| {
            let is_new = |map: &Map| !map.entries.contains_key(segments[0].as_str());
            if segments.len() > DEEPEST_MERGED && !matches!(&root, Tree::Map(map) if is_new(map)) {
                return Err(HttpError::QueryDepth);
            }
            Ok(branch(&segments, value, options))
        });
        match found {
            Ok(branch) => root = merge(root, branch, options),
            Err(error) => {
                json::write(root);
                return Err(error);
            }
        }
    }
    Ok(json::write(root))
}

fn index_of(text: &str) -> Option<usize> {
    text.parse().ok().filter(|index: &usize| index.to_string() == text)
}

/// `a[b][c]` → `a`, `[b]`, `[c]`.
fn segments(key: &str, options: Options) -> Result<Vec<String>, HttpError> {
    if options.depth == 0 {
        return Ok(vec![key.to_owned()]);
    }
    let mut segments = Vec::new();
    let mut open = key.find('[');
    let parent = &key[..open.unwrap_or(key.len())];
    if !parent.is_empty() {
        segments.push(parent.to_owned());
    }
    let mut levels = 0;
    while let Some(start) = open {
        if levels == options.depth {
            if options.strict_depth {
                return Err(HttpError::QueryDepth);
            }
            segments.push(format!("[{}]", &key[start..]));
            break;
        }
        let Some(end) = closing(key, start) else {
            segments.push(format!("[{}]", &key[start..]));
            break;
        };
        segments.push(key[start..=end].to_owned());
        levels += 1;
        open = key[end + 1..].find('[').map(|at| end + 1 + at);
    }
    Ok(segments)
}

fn closing(key: &str, start: usize) -> Option<usize> {
    let mut level = 0;
    for (at, byte) in key.bytes().enumerate().skip(start) {
        match byte {
            b'[' => level += 1,
            b']' if level == 1 => return Some(at),
            b']' => level -= 1,
            _ => {}
        }
    }
    None
}

/// Builds the tree that one key stands for.
fn branch(segments: &[String], value: Tree, options: Options) -> Tree {
    segments.iter().rev().fold(value, |leaf, segment| {
        if segment == "[]" {
            return if leaf.is_overflow() {
                leaf
            } else {
                combine(Tree::List(List::default()), leaf, options)
            };
        }
        let name = segment
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'))
            .unwrap_or(segment);
        let bracketed = name.len() != segment.len();
        match index_of(name).filter(|_| bracketed) {
            Some(index) if index < options.array_limit => {
                let mut items = vec![None; index];
                items.push(Some(leaf));
                Tree::List(List { items, conflict: None })
            }
            index => {
                let mut map = Map {
                    overflow: index,
                    ..Map::default()
                };
                if name != "__proto__" {
                    map.set(name.to_owned(), leaf);
                }
                Tree::Map(map)
            }
        }
    })
}

/// Puts a value behind what stands there, as an array.
fn combine(present: Tree, value: Tree, options: Options) -> Tree {
    if let Tree::Map(mut map) = present {
        if map.overflow.is_some() {
            value.spread().into_iter().flatten().for_each(|item| map.push_overflow(item));
            return Tree::Map(map);
        }
        return limited(vec![Some(Tree::Map(map)), Some(value)], options);
    }
    let mut items = present.spread();
    items.extend(value.spread());
    limited(items, options)
}

fn limited(items: Vec<Option<Tree>>, options: Options) -> Tree {
    if items.len() > options.array_limit {
        return Tree::Map(Map {
            overflow: Some(items.len() - 1),
            ..Map::from_items(items)
        });
    }
    Tree::List(List { items, conflict: None })
}

fn pair(first: Tree, second: Tree, options: Options) -> Tree {
    limited(vec![Some(first), Some(second)], options)
}

fn merge(target: Tree, source: Tree, options: Options) -> Tree {
    match (target, source) {
        (target, Tree::Text(text)) if text.is_empty() => target,
        (Tree::List(mut list), Tree::Text(text)) => {
            let next = list.items.len();
            list.items.push(Some(Tree::Text(text)));
            if list.count() > options.array_limit {
                return Tree::Map(Map {
                    overflow: Some(next),
                    ..Map::from_items(list.items)
                });
            }
            Tree::List(list)
        }
        (Tree::Map(mut map), source @ Tree::Text(_)) => {
            if map.overflow.is_some() {
                map.push_overflow(source);
            } else if let Some(last) = map.conflict {
                map.set((last + 1).to_string(), source);
                map.conflict = Some(last + 1);
            } else {
                return match pair(Tree::Map(map), source, options) {
                    Tree::List(list) => Tree::List(List { conflict: Some(1), ..list }),
                    other => other,
                };
            }
            Tree::Map(map)
        }
        (target @ Tree::Text(_), source @ Tree::Text(_)) => pair(target, source, options),
        (target @ Tree::Text(_), Tree::Map(map)) => match map.overflow {
            Some(last) => {
                let mut shifted = Map {
                    overflow: Some(last + 1),
                    ..Map::default()
                };
                shifted.set("0".to_owned(), target);
                for (key, value) in map.entries {
                    shifted.set(index_of(&key).map_or(key, |index| (index + 1).to_string()), value);
                }
                Tree::Map(shifted)
            }
            None => pair(target, Tree::Map(map), options),
        },
        (target @ Tree::Text(_), source @ Tree::List(_)) => {
            let mut items = vec![Some(target)];
            items.extend(source.spread());
            limited(items, options)
        }
        (Tree::List(mut target), Tree::List(source)) => {
            for (index, item) in source.items.into_iter().enumerate() {
                let Some(item) = item else { continue };
                if target.items.len() <= index {
                    target.items.resize(index + 1, None);
                }
                match target.items[index].take() {
                    None => target.items[index] = Some(item),
                    Some(present) if !present.is_text() && !item.is_text() => {
                        target.items[index] = Some(merge(present, item, options));
                    }
                    Some(present) => {
                        target.items[index] = Some(present);
                        target.items.push(Some(item));
                    }
                }
            }
            if target.count() > options.array_limit {
                let last = target.items.len() - 1;
                return Tree::Map(Map {
                    overflow: Some(last),
                    ..Map::from_items(target.items)
                });
            }
            Tree::List(target)
        }
        (Tree::List(target), Tree::Map(source)) => {
            let conflict = target.conflict.map(|_| target.items.len() - 1);
            merge_maps(
                Map {
                    conflict,
                    ..Map::from_items(target.items)
                },
                source,
                options,
            )
        }
        (Tree::Map(target), Tree::List(source)) => merge_maps(target, Map::from_items(source.items), options),
        (Tree::Map(target), Tree::Map(source)) => merge_maps(target, source, options),
    }
}

fn merge_maps(mut target: Map, source: Map, options: Options) -> Tree {
    for (key, value) in source.entries {
        let merged = match target.take(&key) {
            Some(present) => merge(present, value, options),
            None => value,
        };
        let index = index_of(&key);
        target.set(key, merged);
        if target.overflow.is_none() && source.overflow.is_some() {
            target.overflow = target.entries.keys().filter_map(|key| index_of(key)).chain(source.overflow).max();
        }
        if let Some(index) = index {
            target.overflow = target.overflow.map(|last| last.max(index));
            target.conflict = target.conflict.map(|last| last.max(index));
        }
    }
    Tree::Map(target)
}

impl Tree {
    fn is_text(&self) -> bool {
        matches!(self, Tree::Text(_))
    }

    fn is_overflow(&self) -> bool {
        matches!(self, Tree::Map(Map { overflow: Some(_), .. }))
    }

    /// The items of a list, or the value as the only item.
    fn spread(self) -> Vec<Option<Tree>> {
        match self {
            Tree::List(list) => list.items,
            other => vec![Some(other)],
        }
    }
}

impl List {
    fn count(&self) -> usize {
        self.items.iter().flatten().count()
    }
}

impl Map {
    fn from_items(items: Vec<Option<Tree>>) -> Map {
        let entries = items
            .into_iter()
            .enumerate()
            .filter_map(|(index, item)| Some((index.to_string(), item?)))
            .collect();
        Map { entries, ..Map::default() }
    }

    /// Sets a value; a key that is there keeps its place.
    fn set(&mut self, key: String, value: Tree) {
        self.entries.insert(key, value);
    }

    /// Takes a value out, leaving its place to [`Map::set`].
    fn take(&mut self, key: &str) -> Option<Tree> {
        let value = self.entries.get_mut(key)?;
        Some(std::mem::replace(value, Tree::Text(String::new())))
    }

    fn push_overflow(&mut self, value: Tree) {
        let next = self.overflow.map_or(0, |last| last + 1);
        self.set(next.to_string(), value);
        self.overflow = Some(next);
    }
}

#[cfg(test)]
mod tests;
