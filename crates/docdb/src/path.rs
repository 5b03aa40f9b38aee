//! Dotted paths through documents and arrays (MongoDB manual: "Query an Array of Embedded Documents").

use bson::{RawBsonRef, RawDocument};

use crate::raw;

/// A field path, split at the dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path(Vec<String>);

impl Path {
    pub(crate) fn new(dotted: &str) -> Self {
        Path(dotted.split('.').map(str::to_owned).collect())
    }

    /// Calls `visit` with each value that the path leads to, until it answers true; returns whether it did.
    ///
    /// An array on the way is entered: by position when the step is a number, and element by element when the
    /// elements are documents. A document that lacks the field counts as `None`. The last value is not taken apart.
    pub(crate) fn any<'d>(&self, document: &'d RawDocument, visit: &mut dyn FnMut(Option<RawBsonRef<'d>>) -> bool) -> bool {
        walk(document, &self.0, visit)
    }

    /// As [`Path::any`], and after an array also visits its elements.
    pub(crate) fn any_expanded<'d>(&self, document: &'d RawDocument, visit: &mut dyn FnMut(Option<RawBsonRef<'d>>) -> bool) -> bool {
        self.any(document, &mut |value| {
            if visit(value) {
                return true;
            }
            match value {
                Some(RawBsonRef::Array(array)) => array.into_iter().flatten().any(|element| visit(Some(element))),
                _ => false,
            }
        })
    }
}

fn walk<'d>(document: &'d RawDocument, steps: &[String], visit: &mut dyn FnMut(Option<RawBsonRef<'d>>) -> bool) -> bool {
    let Some((first, rest)) = steps.split_first() else {
        return false;
    };
    let value = raw::get(document, first);
    if rest.is_empty() {
        return visit(value);
    }
    enter(value, rest, visit)
}

fn enter<'d>(value: Option<RawBsonRef<'d>>, steps: &[String], visit: &mut dyn FnMut(Option<RawBsonRef<'d>>) -> bool) -> bool {
    match value {
        Some(RawBsonRef::Document(inner)) => walk(inner, steps, visit),
        Some(RawBsonRef::Array(array)) => {
            if let Some(position) = steps.first().and_then(|step| array_position(step))
                && let Ok(Some(element)) = array.get(position)
            {
                let done = match &steps[1..] {
                    [] => visit(Some(element)),
                    // An array inside an array is entered only by position.
                    rest => enter(Some(element), rest, visit),
                };
                if done {
                    return true;
                }
            }
            array.into_iter().flatten().any(|element| match element {
                RawBsonRef::Document(inner) => walk(inner, steps, visit),
                _ => false,
            })
        }
        _ => visit(None),
    }
}

/// `"0"`, `"12"`; not `"01"`, which is a field name only.
pub(crate) fn array_position(step: &str) -> Option<usize> {
    let is_plain = step.bytes().all(|b| b.is_ascii_digit()) && (step == "0" || !step.starts_with('0'));
    if is_plain { step.parse().ok() } else { None }
}

impl Path {
    pub(crate) fn steps(&self) -> &[String] {
        &self.0
    }

    /// The path from this step on.
    pub(crate) fn from(&self, step: usize) -> Path {
        Path(self.0[step..].to_vec())
    }

    /// Tells whether a step may be a place in an array.
    pub(crate) fn has_position(&self) -> bool {
        self.0.iter().any(|step| array_position(step).is_some())
    }
}
