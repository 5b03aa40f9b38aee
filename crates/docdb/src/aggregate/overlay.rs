//! New values at dotted paths, put over a document (MongoDB manual: "$addFields").

use bson::{RawArray, RawArrayBuf, RawBson, RawBsonRef, RawDocument, RawDocumentBuf};

use crate::expression::value::name;

/// Paths and what to put there.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    children: Vec<(String, Node)>,
}

#[derive(Debug)]
enum Node {
    /// `None` takes the field away.
    Value(Option<RawBson>),
    Inner(Overlay),
}

impl Overlay {
    pub(crate) fn set(&mut self, path: &str, value: Option<RawBson>) {
        let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
        let position = self.children.iter().position(|(name, _)| name == step);
        match (position, rest) {
            (Some(position), None) => self.children[position].1 = Node::Value(value),
            (None, None) => self.children.push((step.to_owned(), Node::Value(value))),
            (position, Some(rest)) => {
                let position = position.unwrap_or_else(|| {
                    self.children.push((step.to_owned(), Node::Inner(Overlay::default())));
                    self.children.len() - 1
                });
                if let Node::Value(_) = self.children[position].1 {
                    self.children[position].1 = Node::Inner(Overlay::default());
                }
                if let Node::Inner(inner) = &mut self.children[position].1 {
                    inner.set(rest, value);
                }
            }
        }
    }

    /// The document with the new values; fields that are new come last.
    pub(crate) fn apply(&self, document: &RawDocument) -> RawDocumentBuf {
        let mut result = RawDocumentBuf::new();
        let mut met = vec![false; self.children.len()];
        for (key, value) in document.iter().flatten() {
            let Some(position) = self.children.iter().position(|(name, _)| name == key.as_str()) else {
                result.append(key, value);
                continue;
            };
            met[position] = true;
            match &self.children[position].1 {
                Node::Value(Some(new)) => result.append(key, new.as_raw_bson_ref()),
                Node::Value(None) => {}
                Node::Inner(inner) => result.append(key, inner.over(value).as_raw_bson_ref()),
            }
        }
        for ((key, node), met) in self.children.iter().zip(met) {
            // A name with a zero byte cannot be in a document.
            let (false, Ok(key)) = (met, name(key)) else { continue };
            match node {
                Node::Value(Some(new)) => result.append(&key, new.as_raw_bson_ref()),
                Node::Value(None) => {}
                Node::Inner(inner) => {
                    let made = inner.apply(&RawDocumentBuf::new());
                    result.append(&key, &made);
                }
            }
        }
        result
    }

    fn over(&self, value: RawBsonRef) -> RawBson {
        match value {
            RawBsonRef::Document(inner) => self.apply(inner).into(),
            RawBsonRef::Array(items) => self.over_items(items).into(),
            _ => self.apply(&RawDocumentBuf::new()).into(),
        }
    }

    fn over_items(&self, items: &RawArray) -> RawArrayBuf {
        let mut result = RawArrayBuf::new();
        for item in items.into_iter().flatten() {
            result.push(self.over(item));
        }
        result
    }
}
