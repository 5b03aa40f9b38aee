//! Reading and writing at a dotted path of a decoded document (MongoDB manual: "Dot Notation").

use bson::{Bson, Document};

use crate::error::{Code, DocDbError, Result};
use crate::path::array_position;
use crate::shell::{shell_document, shell_value};

/// A field may be padded into an array up to this position, as in MongoDB.
const MAX_PADDING: usize = 1_500_000;

/// One path is the other or lies inside it.
pub(super) fn overlap(left: &str, right: &str) -> bool {
    let inside = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    left == right || inside(left, right) || inside(right, left)
}

/// The value at the path, if it is there.
pub(super) fn find<'d>(document: &'d mut Document, path: &str) -> Option<&'d mut Bson> {
    let mut steps = path.split('.');
    let mut value = document.get_mut(steps.next()?)?;
    for step in steps {
        value = match value {
            Bson::Document(inner) => inner.get_mut(step)?,
            Bson::Array(items) => items.get_mut(array_position(step)?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Puts a value at the path and makes the documents on the way.
pub(super) fn put(document: &mut Document, path: &str, value: Bson) -> Result<()> {
    let (parents, last) = path.rsplit_once('.').map_or((None, path), |(parents, last)| (Some(parents), last));
    let Some(parents) = parents else {
        document.insert(last, value);
        return Ok(());
    };
    let mut steps = parents.split('.');
    let first = steps.next().unwrap_or_default();
    let mut name = first;
    let mut holder = document.entry(first).or_insert(Bson::Document(Document::new()));
    for step in steps {
        holder = child(holder, step, name)?;
        name = step;
    }
    *child(holder, last, name)? = value;
    Ok(())
}

fn child<'d>(holder: &'d mut Bson, step: &str, name: &str) -> Result<&'d mut Bson> {
    match holder {
        Bson::Document(inner) => Ok(inner.entry(step).or_insert(Bson::Document(Document::new()))),
        Bson::Array(items) => {
            let Some(position) = array_position(step).filter(|position| *position < items.len() + MAX_PADDING) else {
                return Err(not_viable(step, name, &Bson::Array(items.clone())));
            };
            while items.len() <= position {
                let is_last = items.len() == position;
                items.push(if is_last { Bson::Document(Document::new()) } else { Bson::Null });
            }
            Ok(&mut items[position])
        }
        scalar => Err(not_viable(step, name, scalar)),
    }
}

fn not_viable(step: &str, name: &str, value: &Bson) -> DocDbError {
    DocDbError::new(
        Code::PathNotViable,
        format!("Cannot create field '{step}' in element {{{name}: {}}}", shell_value(value)),
    )
}

/// Takes the value at the path away; in an array, null stays in its place.
pub(super) fn remove(document: &mut Document, path: &str) -> Option<Bson> {
    let Some((parents, last)) = path.rsplit_once('.') else {
        return document.remove(path);
    };
    match find(document, parents)? {
        Bson::Document(inner) => inner.remove(last),
        Bson::Array(items) => items.get_mut(array_position(last)?).map(|item| std::mem::replace(item, Bson::Null)),
        _ => None,
    }
}

/// `{_id: 5}`, for messages about one document.
pub(super) fn shown_id(document: &Document) -> String {
    let mut shown = Document::new();
    if let Some(id) = document.get("_id") {
        shown.insert("_id", id.clone());
    }
    shell_document(&shown)
}
