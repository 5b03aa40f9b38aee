//! The keys of one document in an index (MongoDB manual: "Multikey Indexes").

use bson::{Bson, RawArray, RawBsonRef, RawDocument};

use super::Index;
use crate::error::{Code, DocDbError, Result};
use crate::filter::text::words;
use crate::key;
use crate::path::array_position;
use crate::raw;

/// All keys of a document.
#[derive(Default, PartialEq)]
pub(crate) struct Keys {
    pub(super) keys: Vec<Vec<u8>>,
    pub(super) multikey: bool,
}

/// One indexed field on its way down the document.
#[derive(Clone, Copy)]
enum Field<'d, 'p> {
    /// `None`: the field is missing.
    Value(Option<RawBsonRef<'d>>),
    /// An array, and the steps that lead on from its elements.
    Array(&'d RawArray, &'p [String]),
}

type Row<'d> = Vec<Option<RawBsonRef<'d>>>;

impl Index {
    /// # Errors
    /// When two fields of a compound index are arrays in one document.
    pub(crate) fn keys_of(&self, document: &RawDocument) -> Result<Keys> {
        if self.partial.as_ref().is_some_and(|partial| !partial.matches(document)) {
            return Ok(Keys {
                keys: Vec::new(),
                multikey: false,
            });
        }
        if let Some(text) = &self.text {
            let stems = text.texts(document).into_iter().flat_map(|(text, _)| words(&text));
            let keys = stems.map(|stem| key::of(RawBsonRef::String(&stem), None)).collect();
            let mut keys = key::in_order(keys, Vec::clone);
            keys.dedup();
            return Ok(Keys { keys, multikey: true });
        }
        if let Some(key) = self.single_key(document) {
            return Ok(Keys {
                keys: Vec::from_iter(key),
                multikey: false,
            });
        }
        let (rows, multikey) = self.rows(document)?;
        let mut keys: Vec<Vec<u8>> = rows
            .iter()
            .map(|row| {
                let mut key = Vec::with_capacity(16 * row.len() + super::SLOT);
                for (value, (_, direction)) in row.iter().zip(&self.spec.keys) {
                    key::write_directed(&mut key, *value, self.spec.collation, *direction > 0);
                }
                key
            })
            .collect();
        if multikey {
            // A document may hold the same value twice in one array: that is no conflict with itself.
            keys = key::in_order(keys, Vec::clone);
            keys.dedup();
        }
        Ok(Keys { keys, multikey })
    }

    /// The only key of a document without arrays at the paths; the inner `None`: the index leaves the document out.
    fn single_key(&self, document: &RawDocument) -> Option<Option<Vec<u8>>> {
        let mut key = Vec::with_capacity(16 * self.paths.len() + super::SLOT);
        let mut any_present = false;
        for (path, (_, direction)) in self.paths.iter().zip(&self.spec.keys) {
            let Field::Value(value) = descend(Some(document), path.steps()) else {
                return None;
            };
            any_present |= value.is_some();
            key::write_directed(&mut key, value, self.spec.collation, *direction > 0);
        }
        Some((any_present || !self.spec.sparse).then_some(key))
    }

    /// The values of each key, for messages.
    pub(super) fn values_of(&self, document: &RawDocument) -> Result<Vec<Vec<Bson>>> {
        let (mut rows, multikey) = self.rows(document)?;
        if multikey {
            rows = key::in_order(rows, |row| {
                let mut key = Vec::new();
                row.iter().for_each(|value| key::write(&mut key, *value, self.spec.collation));
                key
            });
        }
        Ok(rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|value| match value {
                        // An empty array is kept as undefined; people are shown null, as a missing field.
                        None | Some(RawBsonRef::Undefined) => Bson::Null,
                        Some(value) => Bson::try_from(value).unwrap_or(Bson::Null),
                    })
                    .collect()
            })
            .collect())
    }

    fn rows<'d>(&self, document: &'d RawDocument) -> Result<(Vec<Row<'d>>, bool)> {
        let fields: Vec<Field> = self.paths.iter().map(|path| descend(Some(document), path.steps())).collect();
        let any_present = fields.iter().any(|field| !matches!(field, Field::Value(None)));
        if self.spec.sparse && !any_present {
            return Ok((Vec::new(), false));
        }
        let multikey = fields.iter().any(|field| matches!(field, Field::Array(..)));
        let mut rows = Vec::new();
        self.expand(fields, &mut rows)?;
        if self.spec.sparse && multikey {
            rows.retain(|row| row.iter().any(Option::is_some));
        }
        Ok((rows, multikey))
    }

    /// Takes the array among the fields apart; two different arrays cannot be indexed together.
    fn expand<'d>(&self, fields: Vec<Field<'d, '_>>, rows: &mut Vec<Row<'d>>) -> Result<()> {
        let mut array: Option<(usize, &'d RawArray)> = None;
        for (position, field) in fields.iter().enumerate() {
            let Field::Array(items, _) = field else { continue };
            match array {
                Some((first, known)) if !std::ptr::eq(known.as_bytes(), items.as_bytes()) => {
                    let name = |position: usize| self.spec.keys[position].0.rsplit('.').next().unwrap_or_default().to_owned();
                    return Err(DocDbError::new(
                        Code::CannotIndexParallelArrays,
                        format!("cannot index parallel arrays [{}] [{}]", name(position), name(first)),
                    ));
                }
                _ => array = array.or(Some((position, items))),
            }
        }
        let Some((_, items)) = array else {
            rows.push(
                fields
                    .into_iter()
                    .map(|field| match field {
                        Field::Value(value) => value,
                        Field::Array(..) => None,
                    })
                    .collect(),
            );
            return Ok(());
        };
        if items.is_empty() {
            let empty = fields
                .into_iter()
                .map(|field| match field {
                    // An empty array itself is undefined; what would be inside it is missing.
                    Field::Array(_, []) => Some(RawBsonRef::Undefined),
                    Field::Array(..) => None,
                    Field::Value(value) => value,
                })
                .collect();
            rows.push(empty);
            return Ok(());
        }
        for item in items.into_iter().flatten() {
            let next = fields
                .iter()
                .map(|field| match *field {
                    Field::Array(_, []) => Field::Value(Some(item)),
                    Field::Array(all, rest) => element(all, item, rest),
                    value => value,
                })
                .collect();
            self.expand(next, rows)?;
        }
        Ok(())
    }
}

fn element<'d, 'p>(all: &'d RawArray, item: RawBsonRef<'d>, rest: &'p [String]) -> Field<'d, 'p> {
    if let Some((first, after)) = rest.split_first()
        && let Some(position) = array_position(first)
        && let Ok(Some(at)) = all.get(position)
    {
        return continue_at(Some(at), after);
    }
    match item {
        RawBsonRef::Document(inner) => descend(Some(inner), rest),
        _ => Field::Value(None),
    }
}

fn descend<'d, 'p>(document: Option<&'d RawDocument>, steps: &'p [String]) -> Field<'d, 'p> {
    let Some((first, rest)) = steps.split_first() else {
        return Field::Value(None);
    };
    continue_at(document.and_then(|document| raw::get(document, first)), rest)
}

fn continue_at<'d, 'p>(value: Option<RawBsonRef<'d>>, rest: &'p [String]) -> Field<'d, 'p> {
    match value {
        Some(RawBsonRef::Array(items)) => Field::Array(items, rest),
        value if rest.is_empty() => Field::Value(value),
        Some(RawBsonRef::Document(inner)) => descend(Some(inner), rest),
        _ => Field::Value(None),
    }
}
