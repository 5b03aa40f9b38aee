//! `$push` with its modifiers, and `$pull` (MongoDB manual: "Array Update Operators").

use bson::{Bson, Document, RawBson, RawDocumentBuf};

use crate::compare::equal;
use crate::error::{DocDbError, Result};
use crate::filter::{Filter, Predicate, is_logical, is_operator_document, matches_value, parse_value_predicates};
use crate::scope::Scope;
use crate::shell::type_name;
use crate::sort::Sort;

/// `$push`, with its modifiers.
#[derive(Debug)]
pub(super) struct Push {
    each: Vec<Bson>,
    position: Option<i64>,
    slice: Option<i64>,
    /// `{ score: -1 }`, or `{ "": 1 }` for the elements themselves.
    sort: Option<Document>,
}

impl Push {
    pub(super) fn parse(operand: &Bson) -> Result<Self> {
        let spec = match operand {
            Bson::Document(spec) if spec.contains_key("$each") => spec,
            value => {
                return Ok(Push {
                    each: vec![value.clone()],
                    position: None,
                    slice: None,
                    sort: None,
                });
            }
        };
        let mut push = Push {
            each: Vec::new(),
            position: None,
            slice: None,
            sort: None,
        };
        for (name, value) in spec {
            let whole = || {
                crate::number::whole(value).ok_or_else(|| {
                    DocDbError::bad_value(format!(
                        "The value for {name} must be an integer value but was given type: {}",
                        type_name(value)
                    ))
                })
            };
            match (name.as_str(), value) {
                ("$each", Bson::Array(items)) => push.each = items.clone(),
                ("$each", other) => {
                    return Err(DocDbError::bad_value(format!(
                        "The argument to $each in $push must be an array but it was of type: {}",
                        type_name(other)
                    )));
                }
                ("$position", _) => push.position = Some(whole()?),
                ("$slice", _) => push.slice = Some(whole()?),
                ("$sort", Bson::Document(order)) => push.sort = Some(order.clone()),
                ("$sort", direction) => push.sort = Some(bson::doc! { "value": direction.clone() }),
                _ => return Err(DocDbError::bad_value(format!("Unrecognized clause in $push: {name}"))),
            }
        }
        Ok(push)
    }

    pub(super) fn apply(&self, items: &mut Vec<Bson>) -> Result<()> {
        let length = items.len() as i64;
        let position = match self.position {
            None => length,
            Some(position) if position < 0 => (length + position).max(0),
            Some(position) => position.min(length),
        };
        items.splice(position as usize..position as usize, self.each.iter().cloned());
        if let Some(order) = &self.sort {
            self.sort(items, order)?;
        }
        match self.slice {
            Some(keep) if keep >= 0 => items.truncate(keep as usize),
            Some(keep) => {
                let surplus = items.len().saturating_sub(keep.unsigned_abs() as usize);
                items.drain(..surplus);
            }
            None => {}
        }
        Ok(())
    }

    fn sort(&self, items: &mut Vec<Bson>, order: &Document) -> Result<()> {
        let by_element = order.contains_key("value") && !items.iter().any(|item| item.as_document().is_some());
        let mut rows: Vec<(RawDocumentBuf, Bson)> = Vec::with_capacity(items.len());
        for item in items.drain(..) {
            let keyed = match (&item, by_element) {
                (Bson::Document(document), false) => RawDocumentBuf::try_from(document)?,
                _ => RawDocumentBuf::try_from(&bson::doc! { "value": item.clone() })?,
            };
            rows.push((keyed, item));
        }
        Sort::parse(order)?.sort(&mut rows, |(keyed, _)| keyed);
        items.extend(rows.into_iter().map(|(_, item)| item));
        Ok(())
    }
}

/// What `$pull` takes out.
#[derive(Debug)]
pub(super) enum Pull {
    /// Elements equal to one of these.
    Any(Vec<Bson>),
    /// Elements that fulfil `{ $gt: 5 }`.
    Value(Vec<Predicate>),
    /// Documents that fulfil `{ product: "pen" }`.
    Document(Box<Filter>),
}

impl Pull {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        Ok(match operand {
            Bson::Document(operators) if is_operator_document(operators) && !is_logical(operators) => {
                Pull::Value(parse_value_predicates(operators, scope)?)
            }
            Bson::Document(filter) => Pull::Document(Box::new(Filter::parse_in(filter, scope)?)),
            Bson::RegularExpression(_) => Pull::Value(parse_value_predicates(&bson::doc! { "$in": [operand.clone()] }, scope)?),
            value => Pull::Any(vec![value.clone()]),
        })
    }

    pub(super) fn takes(&self, item: &Bson) -> Result<bool> {
        Ok(match (self, item) {
            (Pull::Any(values), item) => {
                let mut found = false;
                for value in values {
                    found |= same(value, item)?;
                }
                found
            }
            (Pull::Value(predicates), item) => matches_value(predicates, RawBson::try_from(item.clone())?.as_raw_bson_ref()),
            (Pull::Document(filter), Bson::Document(document)) => filter.matches_document(document)?,
            (Pull::Document(_), _) => false,
        })
    }
}

/// Tells whether a query for one value finds the other.
pub(super) fn same(left: &Bson, right: &Bson) -> Result<bool> {
    let (left, right) = (RawBson::try_from(left.clone())?, RawBson::try_from(right.clone())?);
    Ok(equal(left.as_raw_bson_ref(), right.as_raw_bson_ref()))
}
