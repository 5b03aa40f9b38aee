//! `$group` (MongoDB manual: "$group"): groups by the bytes of the key, in the order in which they are met.

use std::borrow::Cow;
use std::collections::HashMap;

use bson::raw::CString;
use bson::{Bson, RawBson, RawDocument, RawDocumentBuf};

use super::accumulator::{Accumulator, State};
use crate::collation::Collation;
use crate::error::Result;
use crate::expression::value::{fail, name};
use crate::expression::{Expression, Value};
use crate::key;
use crate::scope::Scope;
use crate::shell::type_name;

#[derive(Debug)]
pub(crate) struct Group {
    id: Expression,
    fields: Vec<(CString, Accumulator)>,
    collation: Option<Collation>,
}

impl Group {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(15947, "a group's fields must be specified in an object");
        };
        let Some(id) = given.get("_id") else {
            return fail(15955, "a group specification must include an _id");
        };
        let mut fields = Vec::new();
        for (field, accumulator) in given.iter().filter(|(field, _)| *field != "_id") {
            if field.contains('.') {
                return fail(40235, format!("The field name '{field}' cannot contain '.'"));
            }
            if field.starts_with('$') {
                return fail(40236, format!("The field name '{field}' cannot be an operator name"));
            }
            fields.push((name(field)?, Accumulator::parse_field(field, accumulator, scope)?));
        }
        Ok(Group {
            id: Expression::parse(id, scope)?,
            fields,
            collation: scope.collation,
        })
    }

    pub(super) fn run(&self, documents: &[Cow<'_, RawDocument>]) -> Result<Vec<RawDocumentBuf>> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut groups: Vec<(RawBson, Vec<State>)> = Vec::new();
        let mut bytes = Vec::new();
        for document in documents {
            let id = self.id.evaluate(document)?;
            bytes.clear();
            key::write(&mut bytes, id.get(), self.collation);
            let place = match places.get(bytes.as_slice()) {
                Some(place) => *place,
                None => {
                    places.insert(bytes.clone(), groups.len());
                    let id = id.into_raw().unwrap_or(RawBson::Null);
                    let mut states = Vec::with_capacity(self.fields.len());
                    for (_, accumulator) in &self.fields {
                        states.push(accumulator.start(id.as_raw_bson_ref())?);
                    }
                    groups.push((id, states));
                    groups.len() - 1
                }
            };
            for ((_, accumulator), state) in self.fields.iter().zip(&mut groups[place].1) {
                accumulator.add(state, document)?;
            }
        }
        let mut results = Vec::with_capacity(groups.len());
        for (id, states) in groups {
            let mut result = RawDocumentBuf::new();
            result.append(bson::raw::cstr!("_id"), id.as_raw_bson_ref());
            for ((field, accumulator), state) in self.fields.iter().zip(states) {
                if let Some(value) = accumulator.finish(state)?.get() {
                    result.append(field, value);
                }
            }
            results.push(result);
        }
        Ok(results)
    }
}

/// The single operator of `{ $sum: "$n" }`.
pub(super) fn single<'b>(field: &str, accumulator: &'b Bson) -> Result<(&'b str, &'b Bson)> {
    match accumulator {
        Bson::Document(inner) => {
            let mut operators = inner.iter();
            match (operators.next(), operators.next()) {
                (Some((operator, operand)), None) if operator.starts_with('$') => Ok((operator, operand)),
                (Some((operator, _)), None) => fail(
                    40234,
                    format!("The field '{field}' must be an accumulator object, found '{operator}'"),
                ),
                _ => fail(40238, format!("The field '{field}' must specify one accumulator")),
            }
        }
        other => fail(
            40234,
            format!("The field '{field}' must be an accumulator object, found {}", type_name(other)),
        ),
    }
}

/// An expression's value as it is kept.
pub(super) fn kept(value: Value<'_>) -> RawBson {
    value.into_raw().unwrap_or(RawBson::Null)
}
