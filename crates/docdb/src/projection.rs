//! Projections by inclusion or exclusion (MongoDB manual: "Project Fields to Return from Query").

use bson::{Bson, Document, RawArray, RawArrayBuf, RawBsonRef, RawDocument, RawDocumentBuf};

use crate::error::{Code, DocDbError, Result};

/// A parsed projection such as `{ name: 1, "address.city": 1, _id: 0 }`.
#[derive(Debug)]
pub struct Projection {
    /// `None`: only `_id` is said, which alone decides nothing about the other fields.
    kind: Option<Kind>,
    id: Option<bool>,
    fields: Tree,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Include,
    Exclude,
}

#[derive(Debug, Default)]
struct Tree {
    children: Vec<(String, Tree)>,
}

impl Projection {
    /// Parses a projection; the empty one keeps everything.
    ///
    /// # Errors
    /// When inclusion and exclusion are mixed, or a value is an expression.
    pub fn parse(projection: &Document) -> Result<Self> {
        let mut parsed = Projection {
            kind: None,
            id: None,
            fields: Tree::default(),
        };
        parsed.add(projection, "")?;
        Ok(parsed)
    }

    fn add(&mut self, projection: &Document, prefix: &str) -> Result<()> {
        for (name, value) in projection {
            let path = format!("{prefix}{name}");
            if path.is_empty() || path.split('.').any(str::is_empty) {
                return Err(DocDbError::new(Code::BadValue, "FieldPath field names may not be empty strings."));
            }
            match value {
                Bson::Document(operators) if operators.keys().next().is_some_and(|key| key.starts_with('$')) => {
                    return Err(DocDbError::bad_value(format!(
                        "projection expressions such as the one on '{path}' are not supported by this store; \
                         use 1 to include a field or 0 to exclude it"
                    )));
                }
                Bson::Document(nested) => self.add(nested, &format!("{path}."))?,
                Bson::Boolean(include) => self.set(&path, *include)?,
                Bson::Int32(number) => self.set(&path, *number != 0)?,
                Bson::Int64(number) => self.set(&path, *number != 0)?,
                Bson::Double(number) => self.set(&path, *number != 0.0)?,
                _ => {
                    return Err(DocDbError::bad_value(format!(
                        "the projection of '{path}' must be 1 to include the field or 0 to exclude it"
                    )));
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, path: &str, include: bool) -> Result<()> {
        if path == "_id" {
            self.id = Some(include);
            return Ok(());
        }
        let kind = if include { Kind::Include } else { Kind::Exclude };
        match (self.kind.unwrap_or(kind), kind) {
            (Kind::Include, Kind::Exclude) => {
                return Err(DocDbError::new(
                    Code::ExclusionInInclusion,
                    format!("Cannot do exclusion on field {path} in inclusion projection"),
                ));
            }
            (Kind::Exclude, Kind::Include) => {
                return Err(DocDbError::new(
                    Code::InclusionInExclusion,
                    format!("Cannot do inclusion on field {path} in exclusion projection"),
                ));
            }
            _ => self.kind = Some(kind),
        }
        self.fields.add(path);
        Ok(())
    }

    /// The document with only what the projection leaves, in the document's own field order.
    ///
    /// # Errors
    /// When the bytes are not BSON.
    pub fn apply(&self, document: &RawDocument) -> Result<RawDocumentBuf> {
        let kind = self
            .kind
            .unwrap_or(if self.id == Some(true) { Kind::Include } else { Kind::Exclude });
        let mut kept = RawDocumentBuf::new();
        for element in document {
            let (name, value) = element?;
            if name.as_str() == "_id" && !self.fields.children.iter().any(|(child, _)| child == "_id") {
                if self.id != Some(false) {
                    kept.append(name, value);
                }
                continue;
            }
            self.fields.project(kind, name, value, &mut kept)?;
        }
        Ok(kept)
    }
}

impl Tree {
    fn add(&mut self, path: &str) {
        let mut node = self;
        for step in path.split('.') {
            let position = node.children.iter().position(|(name, _)| name == step).unwrap_or_else(|| {
                node.children.push((step.to_owned(), Tree::default()));
                node.children.len() - 1
            });
            node = &mut node.children[position].1;
        }
    }

    fn child(&self, name: &str) -> Option<&Tree> {
        self.children.iter().find(|(child, _)| child == name).map(|(_, tree)| tree)
    }

    fn project(&self, kind: Kind, name: &bson::raw::CStr, value: RawBsonRef, kept: &mut RawDocumentBuf) -> Result<()> {
        match (self.child(name.as_str()), kind) {
            (None, Kind::Include) => {}
            (None, Kind::Exclude) => kept.append(name, value),
            (Some(tree), Kind::Include) if tree.children.is_empty() => kept.append(name, value),
            (Some(tree), Kind::Exclude) if tree.children.is_empty() => {}
            (Some(tree), _) => match value {
                RawBsonRef::Document(inner) => kept.append(name, tree.project_document(kind, inner)?),
                RawBsonRef::Array(items) => kept.append(name, tree.project_array(kind, items)?),
                scalar if kind == Kind::Exclude => kept.append(name, scalar),
                _ => {}
            },
        }
        Ok(())
    }

    fn project_document(&self, kind: Kind, document: &RawDocument) -> Result<RawDocumentBuf> {
        let mut kept = RawDocumentBuf::new();
        for element in document {
            let (name, value) = element?;
            self.project(kind, name, value, &mut kept)?;
        }
        Ok(kept)
    }

    fn project_array(&self, kind: Kind, items: &RawArray) -> Result<RawArrayBuf> {
        let mut kept = RawArrayBuf::new();
        for item in items {
            match item? {
                RawBsonRef::Document(inner) => kept.push(self.project_document(kind, inner)?),
                RawBsonRef::Array(inner) => kept.push(self.project_array(kind, inner)?),
                scalar if kind == Kind::Exclude => kept.push(scalar),
                _ => {}
            }
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    #[test]
    fn keeps_what_is_asked_for() {
        #[track_caller]
        fn check(projection: Document, expected: Document) {
            let document = doc! { "_id": 1, "name": "Asha", "at": { "city": "Pune", "pin": 5 }, "tags": [{ "a": 1, "b": 2 }, 3] };
            let raw = RawDocumentBuf::try_from(&document).unwrap();
            let kept = Projection::parse(&projection).unwrap().apply(&raw).unwrap();
            assert_eq!(Document::try_from(kept).unwrap(), expected);
        }
        check(doc! { "name": 1 }, doc! { "_id": 1, "name": "Asha" });
        check(doc! { "name": true, "_id": 0 }, doc! { "name": "Asha" });
        check(doc! { "_id": 1 }, doc! { "_id": 1 });
        check(doc! { "at.city": 1 }, doc! { "_id": 1, "at": { "city": "Pune" } });
        check(doc! { "at": { "city": 1 } }, doc! { "_id": 1, "at": { "city": "Pune" } });
        check(doc! { "tags.a": 1, "_id": 0 }, doc! { "tags": [{ "a": 1 }] });
        check(
            doc! { "tags": 0, "at.pin": 0 },
            doc! { "_id": 1, "name": "Asha", "at": { "city": "Pune" } },
        );
        check(doc! { "tags.a": 0, "name": 0, "at": 0 }, doc! { "_id": 1, "tags": [{ "b": 2 }, 3] });
        check(doc! { "_id": 0, "tags": 0, "at": 0 }, doc! { "name": "Asha" });
    }

    #[test]
    fn refuses_a_mix() {
        let error = Projection::parse(&doc! { "a": 1, "b": 0 }).unwrap_err();
        assert_eq!(error.to_string(), "Cannot do exclusion on field b in inclusion projection");
        assert_eq!(error.code(), 31254);
        assert_eq!(Projection::parse(&doc! { "a": 0, "b": 1 }).unwrap_err().code(), 31253);
    }
}
