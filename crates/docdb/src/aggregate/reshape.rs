//! Stages that change one document at a time (MongoDB manual: "$unwind", "$replaceRoot", "$addFields", "$redact").

use std::borrow::Cow;

use bson::{Bson, RawArrayBuf, RawBson, RawBsonRef, RawDocument, RawDocumentBuf};

use super::{Overlay, Stage};
use crate::budget::Held;
use crate::error::Result;
use crate::expression::value::fail;
use crate::expression::{Expression, Value};

#[derive(Debug)]
pub(crate) struct Unwind {
    path: String,
    steps: Vec<String>,
    index: Option<String>,
    keeps_empty: bool,
}

impl Unwind {
    pub(super) fn parse(operand: &Bson) -> Result<Self> {
        let (path, index, keeps_empty) = match operand {
            Bson::String(path) => (path.as_str(), None, false),
            Bson::Document(given) => {
                if let Some(unknown) = given
                    .keys()
                    .find(|key| !matches!(key.as_str(), "path" | "includeArrayIndex" | "preserveNullAndEmptyArrays"))
                {
                    return fail(28811, format!("unrecognized option to $unwind stage: {unknown}"));
                }
                let Ok(path) = given.get_str("path") else {
                    return fail(28812, "no path specified to $unwind stage");
                };
                let index = match given.get("includeArrayIndex") {
                    None => None,
                    Some(Bson::String(index)) if !index.is_empty() && !index.starts_with('$') => Some(index.clone()),
                    Some(_) => {
                        return fail(
                            28810,
                            "expected a non-empty string for the includeArrayIndex option to $unwind stage",
                        );
                    }
                };
                let keeps_empty = match given.get("preserveNullAndEmptyArrays") {
                    None => false,
                    Some(Bson::Boolean(keeps)) => *keeps,
                    Some(_) => {
                        return fail(
                            28809,
                            "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage",
                        );
                    }
                };
                (path, index, keeps_empty)
            }
            _ => return fail(15981, "expected either a string or an object as specification for $unwind stage"),
        };
        let Some(path) = path.strip_prefix('$').filter(|path| !path.is_empty()) else {
            return fail(28818, format!("path option to $unwind stage should be prefixed with a '$': {path}"));
        };
        Ok(Unwind {
            path: path.to_owned(),
            steps: path.split('.').map(str::to_owned).collect(),
            index,
            keeps_empty,
        })
    }

    pub(super) fn run<'d>(&self, document: Cow<'d, RawDocument>, results: &mut Vec<Cow<'d, RawDocument>>, held: &mut Held) -> Result<()> {
        let mut value = Some(RawBsonRef::Document(&document));
        for step in &self.steps {
            value = match value {
                Some(RawBsonRef::Document(inner)) => inner.get(step).ok().flatten(),
                _ => None,
            };
        }
        let mut put = |value: Option<RawBsonRef>, place: Option<i64>| -> Result<()> {
            let mut overlay = Overlay::default();
            overlay.set(&self.path, value.map(RawBson::from));
            if let Some(index) = &self.index {
                overlay.set(index, Some(place.map_or(RawBson::Null, RawBson::Int64)));
            }
            let made = overlay.apply(&document);
            held.add(made.as_bytes().len())?;
            results.push(Cow::Owned(made));
            Ok(())
        };
        match value {
            Some(RawBsonRef::Array(items)) if items.is_empty() => {
                if self.keeps_empty {
                    put(None, None)?;
                }
            }
            Some(RawBsonRef::Array(items)) => {
                for (place, item) in items.into_iter().flatten().enumerate() {
                    put(Some(item), Some(place as i64))?;
                }
            }
            None | Some(RawBsonRef::Null | RawBsonRef::Undefined) if !self.keeps_empty => {}
            Some(scalar) if self.index.is_some() => put(Some(scalar), None)?,
            None if self.index.is_some() => put(None, None)?,
            _ => results.push(document),
        }
        Ok(())
    }
}

impl Stage {
    /// One document through a stage that makes one of one.
    pub(super) fn transform(&self, document: &RawDocument) -> Result<RawDocumentBuf> {
        match self {
            Stage::Project(projection) => projection.apply(document),
            Stage::AddFields(fields) => {
                let mut overlay = Overlay::default();
                for (path, expression) in fields {
                    overlay.set(path, expression.evaluate(document)?.into_raw());
                }
                Ok(overlay.apply(document))
            }
            Stage::ReplaceRoot(expression) => {
                let value = expression.evaluate(document)?;
                match value.get() {
                    Some(RawBsonRef::Document(root)) => Ok(root.to_owned()),
                    _ => fail(
                        40228,
                        format!(
                            "'newRoot' expression  must evaluate to an object, but resulting value was: {}. Type of resulting value: '{}'. Input document: {}",
                            value.shown(),
                            value.type_name(),
                            Value::Borrowed(RawBsonRef::Document(document)).shown()
                        ),
                    ),
                }
            }
            _ => Ok(document.to_owned()),
        }
    }
}

/// `$redact`: the parts of the document that the expression keeps.
pub(super) fn redact(expression: &Expression, document: &RawDocument) -> Result<Option<RawDocumentBuf>> {
    let decision = expression.evaluate(document)?;
    match decision.text() {
        Some("$$PRUNE") => Ok(None),
        Some("$$KEEP") => Ok(Some(document.to_owned())),
        Some("$$DESCEND") => {
            let mut kept = RawDocumentBuf::new();
            for (name, value) in document.iter().flatten() {
                match value {
                    RawBsonRef::Document(inner) => {
                        if let Some(inner) = redact(expression, inner)? {
                            kept.append(name, &inner);
                        }
                    }
                    RawBsonRef::Array(items) => {
                        let mut left = RawArrayBuf::new();
                        for item in items.into_iter().flatten() {
                            match item {
                                RawBsonRef::Document(inner) => {
                                    if let Some(inner) = redact(expression, inner)? {
                                        left.push(&inner);
                                    }
                                }
                                other => left.push(other),
                            }
                        }
                        kept.append(name, &left);
                    }
                    other => kept.append(name, other),
                }
            }
            Ok(Some(kept))
        }
        _ => fail(
            17053,
            format!(
                "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned {}",
                decision.shown()
            ),
        ),
    }
}
