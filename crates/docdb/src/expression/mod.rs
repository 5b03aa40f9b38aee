//! Aggregation expressions: parsed once, evaluated over raw documents (MongoDB manual: "Expressions").

mod arithmetic;
mod arrays;
mod bits;
pub(crate) mod calendar;
mod comparison;
mod control;
pub(crate) mod convert;
mod date_parts;
mod dates;
mod decimal;
mod objects;
mod parse;
pub(crate) mod percentiles;
mod sets;
mod strings;
mod table;
mod trigonometry;
pub(crate) mod value;

use bson::raw::CString;
use bson::{Bson, RawArrayBuf, RawBson, RawBsonRef, RawDocument, RawDocumentBuf};

use crate::budget::Held;
use crate::collation::Collation;
use crate::error::Result;
use crate::raw;
pub(crate) use arithmetic::{add, average, deviation, product};
use control::Control;
pub(crate) use control::random;
pub(crate) use value::Value;

/// A parsed expression such as `{ $multiply: ["$price", "$count"] }`.
#[derive(Debug)]
pub(crate) enum Expression {
    Constant(RawBson),
    /// `$$REMOVE`.
    Nothing,
    /// `"$a.b"`; no steps for `$$ROOT`.
    Field(Vec<String>),
    /// A variable of `$let`, `$map`, …, counted from the outermost, and the path into it.
    Variable(usize, Vec<String>),
    Object(Vec<(CString, Expression)>),
    Array(Vec<Expression>),
    /// An operator that needs no more than the values of its arguments.
    Call(Operator, Vec<Expression>, Option<Collation>),
    Control(Box<Control>),
}

/// What an operator does with its arguments.
pub(crate) type Operator = for<'d> fn(Arguments<'d>) -> Result<Value<'d>>;

/// The evaluated arguments of an operator.
pub(crate) struct Arguments<'d> {
    pub(crate) values: Vec<Value<'d>>,
    pub(crate) collation: Option<Collation>,
}

/// What an expression is evaluated in.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'d> {
    root: RawBsonRef<'d>,
    locals: Option<&'d Local<'d>>,
}

/// A variable's value, and those around it.
pub(crate) struct Local<'d> {
    value: Option<RawBsonRef<'d>>,
    depth: usize,
    outer: Option<&'d Local<'d>>,
}

impl<'d> Surroundings<'d> {
    pub(crate) fn of(root: RawBsonRef<'d>) -> Self {
        Surroundings { root, locals: None }
    }

    /// The variable that comes next.
    pub(crate) fn local(&self, value: Option<RawBsonRef<'d>>) -> Local<'d> {
        Local {
            value,
            depth: self.locals.map_or(0, |outer| outer.depth + 1),
            outer: self.locals,
        }
    }

    pub(crate) fn within(self, local: &'d Local<'d>) -> Self {
        Surroundings {
            locals: Some(local),
            ..self
        }
    }

    fn variable(&self, depth: usize) -> Option<RawBsonRef<'d>> {
        let mut local = self.locals;
        while let Some(inner) = local {
            if inner.depth == depth {
                return inner.value;
            }
            local = inner.outer;
        }
        None
    }
}

impl Expression {
    /// The expression's value for a document.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator cannot take its arguments.
    pub(crate) fn evaluate<'d>(&'d self, document: &'d RawDocument) -> Result<Value<'d>> {
        self.value(Surroundings::of(RawBsonRef::Document(document)))
    }

    /// The code of a `$where`.
    ///
    /// # Errors
    /// When it is no code, or JavaScript is not run here.
    pub(crate) fn parse_where(code: &Bson) -> Result<Self> {
        control::where_of(code)
    }

    pub(crate) fn value<'d>(&'d self, around: Surroundings<'d>) -> Result<Value<'d>> {
        let mut held = Held::default();
        Ok(match self {
            Expression::Constant(value) => Value::Borrowed(value.as_raw_bson_ref()),
            Expression::Nothing => Value::Missing,
            Expression::Field(steps) => follow(Some(around.root), steps),
            Expression::Variable(depth, steps) => follow(around.variable(*depth), steps),
            Expression::Object(fields) => {
                let mut object = RawDocumentBuf::new();
                for (name, expression) in fields {
                    let value = expression.value(around)?;
                    held.add(value.bytes())?;
                    if let Some(value) = value.get() {
                        object.append(name, value);
                    }
                }
                object.into()
            }
            Expression::Array(items) => {
                let mut array = RawArrayBuf::new();
                for item in items {
                    let value = item.value(around)?;
                    held.add(value.bytes())?;
                    array.push(value.or_null());
                }
                array.into()
            }
            Expression::Call(operator, arguments, collation) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    let value = argument.value(around)?;
                    held.add(value.bytes())?;
                    values.push(value);
                }
                operator(Arguments {
                    values,
                    collation: *collation,
                })?
            }
            Expression::Control(control) => control.value(around)?,
        })
    }

    /// The value, when it needs no document.
    pub(crate) fn constant(&self) -> Option<&RawBson> {
        match self {
            Expression::Constant(value) => Some(value),
            _ => None,
        }
    }
}

/// The value at a path; an array on the way gives an array of what its elements have there.
fn follow<'d>(value: Option<RawBsonRef<'d>>, steps: &[String]) -> Value<'d> {
    let Some(value) = value else { return Value::Missing };
    let Some((first, rest)) = steps.split_first() else {
        return Value::Borrowed(value);
    };
    match value {
        RawBsonRef::Document(document) => follow(raw::get(document, first), rest),
        RawBsonRef::Array(items) => {
            let mut found = RawArrayBuf::new();
            for item in items.into_iter().flatten() {
                if let Some(value) = follow(Some(item), steps).get() {
                    found.push(value);
                }
            }
            found.into()
        }
        _ => Value::Missing,
    }
}

impl<'d> Arguments<'d> {
    /// The argument at this place; a missing one when it was not given.
    pub(crate) fn take(&mut self, place: usize) -> Value<'d> {
        self.values
            .get_mut(place)
            .map_or(Value::Missing, |value| std::mem::replace(value, Value::Missing))
    }

    pub(crate) fn at(&self, place: usize) -> &Value<'d> {
        const MISSING: &Value<'static> = &Value::Missing;
        self.values.get(place).unwrap_or(MISSING)
    }

    pub(crate) fn any_nullish(&self) -> bool {
        self.values.iter().any(Value::is_nullish)
    }
}

#[cfg(test)]
mod tests;
