//! The parts of `$accumulator` (MongoDB manual: "$accumulator (aggregation)"); one server merges nothing.

use bson::{Bson, RawArrayBuf, RawBson, RawBsonRef, RawDocument};

use crate::error::Result;
use crate::expression::value::fail;
use crate::expression::{Expression, Value};
use crate::javascript::Function;
use crate::scope::Scope;
use crate::shell::type_name;

#[derive(Debug)]
pub(super) struct Script {
    init: Function,
    /// Sees the group's `_id` as its document.
    init_arguments: Expression,
    accumulate: Function,
    accumulate_arguments: Expression,
    finalize: Option<Function>,
}

impl Script {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(
                4544703,
                format!("$accumulator expects an object as an argument; found: {}", type_name(operand)),
            );
        };
        let function = |name: &str| {
            Function::parse(
                given.get(name),
                (4544702, "$accumulator's functions must be of type string or code"),
            )
        };
        let arguments = |name: &str| match given.get(name) {
            Some(list @ Bson::Array(_)) => Expression::parse(list, scope),
            Some(other) => fail(14, format!("$accumulator '{name}' must be an array; found: {}", type_name(other))),
            None => Expression::parse(&Bson::Array(Vec::new()), scope),
        };
        for required in ["init", "accumulate", "accumulateArgs", "merge", "lang"] {
            if !given.contains_key(required) {
                return fail(4544701, format!("$accumulator missing required argument '{required}'"));
            }
        }
        if given.get_str("lang").ok() != Some("js") {
            return fail(4544705, "$accumulator only supports lang: 'js'");
        }
        function("merge")?;
        Ok(Script {
            init: function("init")?,
            init_arguments: arguments("initArgs")?,
            accumulate: function("accumulate")?,
            accumulate_arguments: arguments("accumulateArgs")?,
            finalize: given.get("finalize").map(|_| function("finalize")).transpose()?,
        })
    }

    /// The state of a group before its first document.
    pub(super) fn start(&self, id: RawBsonRef<'_>) -> Result<RawBson> {
        let arguments = match id {
            RawBsonRef::Document(id) => list(&self.init_arguments, id, None)?,
            _ => list(&self.init_arguments, RawDocument::from_bytes(EMPTY)?, None)?,
        };
        Ok(called(self.init.call(RawBsonRef::Null, &arguments)?))
    }

    pub(super) fn add(&self, state: &mut RawBson, document: &RawDocument) -> Result<()> {
        let arguments = list(&self.accumulate_arguments, document, Some(state.as_raw_bson_ref()))?;
        *state = called(self.accumulate.call(RawBsonRef::Null, &arguments)?);
        Ok(())
    }

    pub(super) fn finish(&self, state: RawBson) -> Result<Value<'static>> {
        let Some(finalize) = &self.finalize else { return Ok(state.into()) };
        let mut arguments = RawArrayBuf::new();
        arguments.push(state.as_raw_bson_ref());
        finalize.call(RawBsonRef::Null, &arguments)
    }
}

/// A document without fields.
const EMPTY: &[u8] = &[5, 0, 0, 0, 0];

fn list(expression: &Expression, document: &RawDocument, first: Option<RawBsonRef<'_>>) -> Result<RawArrayBuf> {
    let mut arguments = RawArrayBuf::new();
    if let Some(first) = first {
        arguments.push(first);
    }
    let values = expression.evaluate(document)?;
    values
        .items()
        .unwrap_or_default()
        .into_iter()
        .for_each(|value| arguments.push(value));
    Ok(arguments)
}

fn called(value: Value<'static>) -> RawBson {
    value.into_raw().unwrap_or(RawBson::Null)
}
