//! The paths of a projection as a tree, and what is done at their ends (MongoDB manual: "Project Fields to Return from Query").

use bson::raw::CStr;
use bson::{RawArray, RawArrayBuf, RawBsonRef, RawDocument, RawDocumentBuf};

use super::Kind;
use crate::error::{Code, DocDbError, Result};
use crate::filter::Filter;

#[derive(Debug, Default)]
pub(super) struct Tree {
    children: Vec<(String, Node)>,
}

#[derive(Debug)]
enum Node {
    Inner(Tree),
    Leaf(Leaf),
}

/// What is done with a field.
#[derive(Debug)]
pub(super) enum Leaf {
    /// Kept or left out as a whole.
    Whole,
    /// The first or the last elements, or those after some that are skipped.
    Slice { skip: Option<i64>, limit: i64 },
    /// The first element that fits a filter over `{ value: [ element ] }`.
    ElemMatch(Box<Filter>),
    /// The element that the query found in this array.
    Positional(String),
}

/// The document and the filter that found it.
pub(super) struct Root<'r> {
    pub(super) document: &'r RawDocument,
    pub(super) filter: Option<&'r Filter>,
}

impl Tree {
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.children.iter().any(|(child, _)| child == name)
    }

    pub(super) fn add(&mut self, path: &str, leaf: Leaf) {
        let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
        let known = self.children.iter().position(|(name, _)| name == step);
        match (known, rest) {
            (Some(position), Some(rest)) => {
                if let Node::Inner(tree) = &mut self.children[position].1 {
                    tree.add(rest, leaf);
                }
            }
            (Some(position), None) => self.children[position].1 = Node::Leaf(leaf),
            (None, Some(rest)) => {
                let mut tree = Tree::default();
                tree.add(rest, leaf);
                self.children.push((step.to_owned(), Node::Inner(tree)));
            }
            (None, None) => self.children.push((step.to_owned(), Node::Leaf(leaf))),
        }
    }

    /// The path that is there already and is this one, or holds it, or lies in it.
    pub(super) fn collides(&self, path: &str) -> Option<String> {
        let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
        match (self.children.iter().find(|(name, _)| name == step)?, rest) {
            ((_, Node::Leaf(_)), _) => Some(step.to_owned()),
            ((_, Node::Inner(_)), None) => Some(format!("{step}.")),
            ((_, Node::Inner(tree)), Some(rest)) => tree.collides(rest).map(|inner| format!("{step}.{inner}")),
        }
    }

    pub(super) fn project(&self, kind: Kind, name: &CStr, value: RawBsonRef, kept: &mut RawDocumentBuf, root: &Root<'_>) -> Result<()> {
        let Some((_, node)) = self.children.iter().find(|(child, _)| child == name.as_str()) else {
            if kind == Kind::Exclude {
                kept.append(name, value);
            }
            return Ok(());
        };
        match (node, value) {
            (Node::Leaf(leaf), value) => leaf.project(kind, name, value, kept, root)?,
            (Node::Inner(tree), RawBsonRef::Document(inner)) => kept.append(name, tree.project_document(kind, inner, root)?),
            (Node::Inner(tree), RawBsonRef::Array(items)) => kept.append(name, tree.project_array(kind, items, root)?),
            (Node::Inner(_), scalar) if kind == Kind::Exclude => kept.append(name, scalar),
            _ => {}
        }
        Ok(())
    }

    fn project_document(&self, kind: Kind, document: &RawDocument, root: &Root<'_>) -> Result<RawDocumentBuf> {
        let mut kept = RawDocumentBuf::new();
        for element in document {
            let (name, value) = element?;
            self.project(kind, name, value, &mut kept, root)?;
        }
        Ok(kept)
    }

    fn project_array(&self, kind: Kind, items: &RawArray, root: &Root<'_>) -> Result<RawArrayBuf> {
        let mut kept = RawArrayBuf::new();
        for item in items {
            match item? {
                RawBsonRef::Document(inner) => kept.push(self.project_document(kind, inner, root)?),
                RawBsonRef::Array(inner) => kept.push(self.project_array(kind, inner, root)?),
                scalar if kind == Kind::Exclude => kept.push(scalar),
                _ => {}
            }
        }
        Ok(kept)
    }
}

impl Leaf {
    fn project(&self, kind: Kind, name: &CStr, value: RawBsonRef, kept: &mut RawDocumentBuf, root: &Root<'_>) -> Result<()> {
        let items = match (self, value) {
            (Leaf::Whole, value) => {
                if kind == Kind::Include {
                    kept.append(name, value);
                }
                return Ok(());
            }
            (_, RawBsonRef::Array(items)) => items,
            (Leaf::ElemMatch(_), _) => return Ok(()),
            (_, scalar) => {
                kept.append(name, scalar);
                return Ok(());
            }
        };
        let mut chosen = RawArrayBuf::new();
        match self {
            Leaf::Slice { skip, limit } => {
                let length = items.into_iter().count() as i64;
                let (start, count) = match *skip {
                    None if *limit < 0 => ((length + limit).max(0), length),
                    None => (0, *limit),
                    Some(skip) if skip < 0 => ((length + skip).max(0), *limit),
                    Some(skip) => (skip.min(length), *limit),
                };
                for item in items.into_iter().skip(start as usize).take(count as usize) {
                    chosen.push(item?);
                }
            }
            Leaf::ElemMatch(filter) => {
                for item in items {
                    let item = item?;
                    let mut single = RawArrayBuf::new();
                    single.push(item);
                    let mut holder = RawDocumentBuf::new();
                    holder.append(bson::raw::cstr!("value"), single);
                    if filter.matches(&holder) {
                        chosen.push(item);
                        break;
                    }
                }
                if chosen.is_empty() {
                    return Ok(());
                }
            }
            Leaf::Positional(array) => {
                let position = root.filter.and_then(|filter| filter.position(root.document, array));
                let Some(item) = position.and_then(|position| items.get(position).ok().flatten()) else {
                    return Err(DocDbError::new(
                        Code::Location(51246),
                        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
                    ));
                };
                chosen.push(item);
            }
            Leaf::Whole => {}
        }
        kept.append(name, chosen);
        Ok(())
    }
}
