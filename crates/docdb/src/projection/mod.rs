//! Projections (MongoDB manual: "Project Fields to Return from Query"): inclusion, exclusion, `$slice`, `$elemMatch`, `$`.

mod parse;
mod tree;

use bson::{Document, RawDocument, RawDocumentBuf};

use crate::aggregate::Overlay;
use crate::error::Result;
use crate::expression::Expression;
use crate::filter::Filter;
use crate::scope::Scope;
use tree::Tree;

/// A parsed projection such as `{ name: 1, "address.city": 1, _id: 0 }`.
#[derive(Debug)]
pub struct Projection {
    /// `None`: only `_id` is said, which alone decides nothing about the other fields.
    kind: Option<Kind>,
    id: Option<bool>,
    fields: Tree,
    computed: Vec<(String, Expression)>,
    /// Fields that get the text score.
    scores: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Include,
    Exclude,
}

impl Projection {
    /// Parses a projection; the empty one keeps everything.
    ///
    /// # Errors
    /// With MongoDB's code and text when inclusion and exclusion are mixed, or an operator is wrong.
    pub fn parse(projection: &Document) -> Result<Self> {
        Projection::parse_in(projection, &Scope::default())
    }

    /// Tells whether only what it names is kept.
    fn includes(&self) -> bool {
        match self.kind {
            Some(kind) => kind == Kind::Include,
            None => self.id == Some(true) && self.fields.is_empty() || self.only_computes(),
        }
    }

    fn only_computes(&self) -> bool {
        !self.computed.is_empty()
    }

    /// The document with only what the projection leaves, in the document's own field order.
    ///
    /// # Errors
    /// When the bytes are not BSON.
    pub fn apply(&self, document: &RawDocument) -> Result<RawDocumentBuf> {
        self.apply_with(document, None)
    }

    /// As [`Projection::apply`], for a document that this filter found.
    ///
    /// # Errors
    /// When the filter found no array element for the positional `$`, or an expression fails.
    pub fn apply_found(&self, document: &RawDocument, filter: &Filter) -> Result<RawDocumentBuf> {
        self.apply_with(document, Some(filter))
    }

    fn apply_with(&self, document: &RawDocument, filter: Option<&Filter>) -> Result<RawDocumentBuf> {
        let kind = if self.includes() { Kind::Include } else { Kind::Exclude };
        let root = tree::Root { document, filter };
        let mut kept = RawDocumentBuf::new();
        for element in document {
            let (name, value) = element?;
            if name.as_str() == "_id" && !self.fields.has("_id") {
                if self.id != Some(false) {
                    kept.append(name, value);
                }
                continue;
            }
            self.fields.project(kind, name, value, &mut kept, &root)?;
        }
        for name in &self.scores {
            let score = filter.and_then(Filter::text).map_or(0.0, |text| text.score(document));
            kept.append(bson::raw::CString::try_from(name.as_str())?, score);
        }
        if !self.computed.is_empty() {
            let mut overlay = Overlay::default();
            for (path, expression) in &self.computed {
                overlay.set(path, expression.evaluate(document)?.into_raw());
            }
            return Ok(overlay.apply(&kept));
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
