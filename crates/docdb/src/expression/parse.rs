//! Expression documents to expressions, with MongoDB's errors for what it refuses.

use bson::{Bson, Document, RawBson, RawBsonRef};

use super::control;
use super::table::{Shape, find};
use super::value::{Value, fail, name};
use super::{Arguments, Expression};
use crate::error::{Code, DocDbError, Result};
use crate::scope::Scope;
use crate::shell::shell_document;

/// The variables that are known at a place, outermost first.
pub(super) struct Names<'s> {
    pub(super) scope: &'s Scope,
    pub(super) locals: Vec<String>,
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// With MongoDB's code and text when an operator is unknown or its arguments are wrong.
    pub(crate) fn parse(value: &Bson, scope: &Scope) -> Result<Self> {
        let mut names = Names { scope, locals: Vec::new() };
        names.parse(value)
    }
}

impl Names<'_> {
    pub(super) fn parse(&mut self, value: &Bson) -> Result<Expression> {
        match value {
            Bson::String(text) if text.starts_with("$$") => self.variable(&text[2..]),
            Bson::String(text) if text.starts_with('$') => field(&text[1..]),
            Bson::Array(items) => {
                let items = items.iter().map(|item| self.parse(item)).collect::<Result<Vec<_>>>()?;
                Ok(Expression::Array(items))
            }
            Bson::Document(document) => self.document(document),
            other => Ok(Expression::Constant(RawBson::try_from(other.clone())?)),
        }
    }

    /// Parses in the presence of one more variable.
    pub(super) fn parse_within(&mut self, local: &str, value: &Bson) -> Result<Expression> {
        self.locals.push(local.to_owned());
        let parsed = self.parse(value);
        self.locals.pop();
        parsed
    }

    fn variable(&self, text: &str) -> Result<Expression> {
        let mut steps: Vec<String> = text.split('.').map(str::to_owned).collect();
        let variable = steps.remove(0);
        if steps.iter().any(String::is_empty) {
            return fail(15998, "FieldPath field names may not be empty strings.");
        }
        if let Some(depth) = self.locals.iter().rposition(|local| *local == variable) {
            return Ok(Expression::Variable(depth, steps));
        }
        let constant = |value: Bson| -> Result<Expression> {
            let raw = RawBson::try_from(value)?;
            Ok(match super::follow(Some(raw.as_raw_bson_ref()), &steps).into_raw() {
                Some(value) => Expression::Constant(value),
                None => Expression::Nothing,
            })
        };
        match variable.as_str() {
            "ROOT" | "CURRENT" => Ok(Expression::Field(steps)),
            "REMOVE" => Ok(Expression::Nothing),
            "NOW" => constant(Bson::DateTime(bson::DateTime::from_millis(self.scope.now_ms))),
            "CLUSTER_TIME" => constant(Bson::Timestamp(bson::Timestamp {
                time: u32::try_from(self.scope.now_ms.div_euclid(1000)).unwrap_or(0),
                increment: 1,
            })),
            "DESCEND" | "PRUNE" | "KEEP" => constant(Bson::String(format!("$${variable}"))),
            _ => match self.scope.variables.get(&variable) {
                Some(value) => constant(value.clone()),
                None => {
                    let starts_well = variable.starts_with(|c: char| c.is_ascii_lowercase() || !c.is_ascii());
                    if !starts_well {
                        return fail(9, format!("'{variable}' starts with an invalid character for a user variable name"));
                    }
                    fail(17276, format!("Use of undefined variable: {variable}"))
                }
            },
        }
    }

    fn document(&mut self, document: &Document) -> Result<Expression> {
        let operator = document.keys().find(|key| key.starts_with('$'));
        if let Some(operator) = operator {
            if document.len() > 1 {
                return fail(
                    15983,
                    format!(
                        "an expression specification must contain exactly one field, the name of the expression. Found {} fields in {}, while parsing object",
                        document.len(),
                        shell_document(document)
                    ),
                );
            }
            let operand = document.get(operator).cloned().unwrap_or(Bson::Null);
            return self.operator(operator, &operand);
        }
        let mut fields = Vec::new();
        for (key, value) in document {
            if key.contains('.') {
                return fail(
                    16412,
                    format!("FieldPath field names may not contain '.'. Consider using $getField or $setField. in '{key}'"),
                );
            }
            fields.push((name(key)?, self.parse(value)?));
        }
        if fields.iter().all(|(_, value)| value.constant().is_some()) {
            let mut constant = bson::RawDocumentBuf::new();
            for (name, value) in &fields {
                constant.append(name, value.constant().map_or(RawBsonRef::Null, RawBson::as_raw_bson_ref));
            }
            return Ok(Expression::Constant(constant.into()));
        }
        Ok(Expression::Object(fields))
    }

    fn operator(&mut self, operator: &str, operand: &Bson) -> Result<Expression> {
        let operand = &written_out(operator, operand);
        if let Some(special) = control::parse(self, operator, operand)? {
            return Ok(special);
        }
        let Some(entry) = find(operator) else {
            return Err(DocDbError::new(
                Code::InvalidPipelineOperator,
                format!("Unrecognized expression '{operator}'"),
            ));
        };
        let arguments = match &entry.shape {
            Shape::Positional { least, most } => {
                let arguments = match operand {
                    Bson::Array(items) => items.iter().map(|item| self.parse(item)).collect::<Result<Vec<_>>>()?,
                    single => vec![self.parse(single)?],
                };
                check_count(operator, arguments.len(), *least, *most)?;
                arguments
            }
            Shape::Named { names, required } => self.named(operator, operand, names, *required)?,
        };
        let constant = entry.is_pure && arguments.iter().all(|argument| argument.constant().is_some());
        let call = Expression::Call(entry.call, arguments, self.scope.collation);
        if constant {
            return fold(call);
        }
        Ok(call)
    }

    fn named(&mut self, operator: &str, operand: &Bson, names: &[&str], required: usize) -> Result<Vec<Expression>> {
        let Bson::Document(given) = operand else {
            // `{ $dayOfMonth: "$at" }` is short for the first argument, where that is all that is needed.
            if required <= 1 {
                let single = match operand {
                    Bson::Array(items) if items.len() == 1 => &items[0],
                    other => other,
                };
                return Ok(vec![self.parse(single)?]);
            }
            return fail(40000, format!("{operator} only supports an object as its argument"));
        };
        // The short form may itself be an expression.
        if required <= 1 && given.keys().next().is_some_and(|key| key.starts_with('$')) {
            return Ok(vec![self.parse(operand)?]);
        }
        if let Some(unknown) = given.keys().find(|key| !names.contains(&key.as_str())) {
            return fail(40000, format!("Unrecognized argument to {operator}: {unknown}"));
        }
        let mut arguments = Vec::with_capacity(names.len());
        for (place, argument) in names.iter().enumerate() {
            match given.get(argument) {
                Some(value) => arguments.push(self.parse(value)?),
                None if place < required => return fail(40000, format!("Missing '{argument}' parameter to {operator}")),
                None => arguments.push(Expression::Nothing),
            }
        }
        Ok(arguments)
    }
}

/// The operand with what it leaves out, and with what is no expression as a literal.
fn written_out(operator: &str, operand: &Bson) -> Bson {
    match (operator, operand) {
        ("$getField", Bson::Document(given)) if given.contains_key("input") => operand.clone(),
        ("$getField", Bson::Document(given)) if given.contains_key("field") => {
            let mut all = given.clone();
            all.insert("input", "$$CURRENT");
            all.into()
        }
        ("$getField", field) => bson::doc! { "field": field.clone(), "input": "$$CURRENT" }.into(),
        ("$sortArray", Bson::Document(given)) => {
            let mut all = given.clone();
            if let Some(Bson::Document(order)) = given.get("sortBy") {
                // Its names may be paths.
                all.insert("sortBy", bson::doc! { "$literal": order.clone() });
            }
            all.into()
        }
        _ => operand.clone(),
    }
}

/// Evaluates what depends on no document.
fn fold(call: Expression) -> Result<Expression> {
    let empty = bson::RawDocumentBuf::new();
    let value = call.evaluate(&empty).map(Value::into_raw);
    match value {
        Ok(Some(value)) => Ok(Expression::Constant(value)),
        // It fails, or is missing, at each document as well.
        Ok(None) | Err(_) => Ok(call),
    }
}

fn field(path: &str) -> Result<Expression> {
    if path.is_empty() {
        return fail(16872, "'$' by itself is not a valid FieldPath");
    }
    let steps: Vec<String> = path.split('.').map(str::to_owned).collect();
    for step in &steps {
        if step.is_empty() {
            let text = if path.ends_with('.') {
                "FieldPath must not end with a '.'."
            } else {
                "FieldPath field names may not be empty strings."
            };
            return fail(if path.ends_with('.') { 40353 } else { 15998 }, text);
        }
        if step.starts_with('$') {
            return fail(
                16410,
                format!("FieldPath field names may not start with '$'. Consider using $getField or $setField. Path: {path}"),
            );
        }
    }
    Ok(Expression::Field(steps))
}

pub(super) fn check_count(operator: &str, count: usize, least: usize, most: usize) -> Result<()> {
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let passed = format!("{count} were passed in.");
    if least == most {
        return fail(16020, format!("Expression {operator} takes exactly {least} arguments. {passed}"));
    }
    if most == usize::MAX {
        return fail(
            16020,
            format!("Expression {operator} takes at least {least} arguments, and at most 4294967295, but {passed}"),
        );
    }
    fail(
        28667,
        format!("Expression {operator} takes at least {least} arguments, and at most {most}, but {passed}"),
    )
}

impl std::fmt::Debug for Arguments<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.values.fmt(formatter)
    }
}
