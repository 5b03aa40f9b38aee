//! Update operators to actions per path (MongoDB manual: "Update Operators").

use std::collections::BTreeMap;

use bson::{Bson, Document};

use super::arrays::{Pull, Push};
use super::{numbers, place};
use crate::error::{Code, DocDbError, Result};
use crate::scope::Scope;
use crate::shell::{shell_document, type_name};

/// What to do at one path.
#[derive(Debug)]
pub(super) enum Action {
    Set(Bson),
    SetOnInsert(Bson),
    Unset,
    Increment(Bson),
    Multiply(Bson),
    Least(Bson),
    Greatest(Bson),
    CurrentDate {
        timestamp: bool,
    },
    /// Takes the value away; it is put at the new path.
    RenameTo(String),
    Push(Push),
    AddToSet(Vec<Bson>),
    /// Removes the first or the last element.
    Pop {
        first: bool,
    },
    Pull(Pull),
    Bit(Vec<(BitOperation, i64, bool)>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum BitOperation {
    And,
    Or,
    Xor,
}

const KNOWN: &str = "Expected a valid update modifier or pipeline-style update specified as an array";

pub(super) fn parse_modifiers(update: &Document, scope: &Scope) -> Result<BTreeMap<String, Action>> {
    let mut actions: BTreeMap<String, Action> = BTreeMap::new();
    let mut touched: Vec<String> = Vec::new();
    for (operator, fields) in update {
        if !OPERATORS.contains(&operator.as_str()) {
            return Err(DocDbError::parse(format!("Unknown modifier: {operator}. {KNOWN}")));
        }
        let Bson::Document(fields) = fields else {
            return Err(DocDbError::parse(format!(
                "Modifiers operate on fields but we found type {} instead. For example: {{$mod: {{<field>: ...}}}} not {{{operator}: {}}}",
                type_name(fields),
                crate::shell::shell_value(fields)
            )));
        };
        for (path, operand) in fields {
            check_path(path)?;
            let action = parse_action(operator, path, operand, scope)?;
            claim(&mut touched, path)?;
            if let Action::RenameTo(target) = &action {
                claim(&mut touched, target)?;
            }
            actions.insert(path.clone(), action);
        }
    }
    Ok(actions)
}

const OPERATORS: [&str; 15] = [
    "$bit",
    "$set",
    "$setOnInsert",
    "$unset",
    "$inc",
    "$mul",
    "$min",
    "$max",
    "$currentDate",
    "$rename",
    "$push",
    "$addToSet",
    "$pop",
    "$pull",
    "$pullAll",
];

fn parse_action(operator: &str, path: &str, operand: &Bson, scope: &Scope) -> Result<Action> {
    Ok(match operator {
        "$set" => Action::Set(operand.clone()),
        "$setOnInsert" => Action::SetOnInsert(operand.clone()),
        "$unset" => Action::Unset,
        "$min" => Action::Least(operand.clone()),
        "$max" => Action::Greatest(operand.clone()),
        "$inc" | "$mul" => {
            if !numbers::is_number(operand) {
                let verb = if operator == "$inc" { "increment" } else { "multiply" };
                return Err(DocDbError::mismatch(format!(
                    "Cannot {verb} with non-numeric argument: {}",
                    one_field(path, operand)
                )));
            }
            if operator == "$inc" {
                Action::Increment(operand.clone())
            } else {
                Action::Multiply(operand.clone())
            }
        }
        "$currentDate" => Action::CurrentDate {
            timestamp: parse_date_type(path, operand)?,
        },
        "$rename" => parse_rename(path, operand)?,
        "$push" => Action::Push(Push::parse(operand)?),
        "$addToSet" => Action::AddToSet(parse_each(operand)?),
        "$bit" => Action::Bit(parse_bit(operand)?),
        "$pop" => Action::Pop {
            first: parse_pop(path, operand)?,
        },
        "$pull" => Action::Pull(Pull::parse(operand, scope)?),
        _ => match operand {
            Bson::Array(items) => Action::Pull(Pull::Any(items.clone())),
            other => {
                return Err(DocDbError::bad_value(format!(
                    "$pullAll requires an array argument but was given a {}",
                    type_name(other)
                )));
            }
        },
    })
}

fn parse_date_type(path: &str, operand: &Bson) -> Result<bool> {
    match operand {
        Bson::Boolean(_) => Ok(false),
        Bson::Document(spec) => match spec.get("$type") {
            Some(Bson::String(kind)) if kind == "date" => Ok(false),
            Some(Bson::String(kind)) if kind == "timestamp" => Ok(true),
            _ => Err(DocDbError::bad_value(
                "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
            )),
        },
        other => Err(DocDbError::bad_value(format!(
            "{} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({{$type: 'timestamp/date'}}). ({path})",
            type_name(other)
        ))),
    }
}

fn parse_rename(path: &str, operand: &Bson) -> Result<Action> {
    let Bson::String(target) = operand else {
        return Err(DocDbError::bad_value(format!(
            "The 'to' field for $rename must be a string: {}",
            one_field(path, operand)
        )));
    };
    check_path(target)?;
    for (end, path) in [("source", path), ("destination", target.as_str())] {
        if path.split('.').any(|step| step.starts_with('$')) {
            return Err(DocDbError::bad_value(format!(
                "The {end} field for $rename may not be dynamic: {path}"
            )));
        }
    }
    if target == path {
        return Err(DocDbError::bad_value(format!(
            "The source and target field for $rename must differ: {}",
            one_field(path, operand)
        )));
    }
    Ok(Action::RenameTo(target.clone()))
}

fn parse_bit(operand: &Bson) -> Result<Vec<(BitOperation, i64, bool)>> {
    let Bson::Document(operations) = operand else {
        return Err(DocDbError::bad_value(format!(
            "The $bit modifier is not compatible with a {}. You must pass in an embedded document: {{$bit: {{field: {{and/or/xor: #}}}}",
            type_name(operand)
        )));
    };
    operations
        .iter()
        .map(|(name, mask)| {
            let operation = match name.as_str() {
                "and" => BitOperation::And,
                "or" => BitOperation::Or,
                "xor" => BitOperation::Xor,
                _ => {
                    return Err(DocDbError::bad_value(format!(
                        "The $bit modifier only supports 'and', 'or', and 'xor', not '{name}' which is an unknown operator: {{{name}: {}}}",
                        crate::shell::shell_value(mask)
                    )));
                }
            };
            match mask {
                Bson::Int32(mask) => Ok((operation, i64::from(*mask), false)),
                Bson::Int64(mask) => Ok((operation, *mask, true)),
                _ => Err(DocDbError::bad_value(format!(
                    "The $bit modifier field must be an Integer(32/64 bit); a '{}' is not supported here: {{{name}: {}}}",
                    type_name(mask),
                    crate::shell::shell_value(mask)
                ))),
            }
        })
        .collect()
}

fn parse_pop(path: &str, operand: &Bson) -> Result<bool> {
    match crate::number::whole(operand) {
        Some(1) => Ok(false),
        Some(-1) => Ok(true),
        Some(_) => Err(DocDbError::parse(format!(
            "$pop expects 1 or -1, found: {}",
            crate::shell::shell_value(operand)
        ))),
        None => Err(DocDbError::parse(format!(
            "Expected a number in: {path}: {}",
            crate::shell::shell_value(operand)
        ))),
    }
}

/// `value` or `{ $each: [ … ] }`.
fn parse_each(operand: &Bson) -> Result<Vec<Bson>> {
    match operand {
        Bson::Document(spec) if spec.contains_key("$each") => match spec.get("$each") {
            Some(Bson::Array(items)) if spec.len() == 1 => Ok(items.clone()),
            Some(Bson::Array(_)) => Err(DocDbError::bad_value(format!(
                "Found unexpected fields after $each in $addToSet: {}",
                shell_document(spec)
            ))),
            other => Err(DocDbError::mismatch(format!(
                "The argument to $each in $addToSet must be an array but it was of type {}",
                other.map_or("missing", type_name)
            ))),
        },
        value => Ok(vec![value.clone()]),
    }
}

fn check_path(path: &str) -> Result<()> {
    if path.is_empty() {
        return Err(DocDbError::new(Code::EmptyFieldName, "An empty update path is not valid."));
    }
    for step in path.split('.') {
        if step.is_empty() {
            return Err(DocDbError::new(
                Code::EmptyFieldName,
                format!("The update path '{path}' contains an empty field name, which is not allowed."),
            ));
        }
    }
    Ok(())
}

fn claim(touched: &mut Vec<String>, path: &str) -> Result<()> {
    if let Some(other) = touched.iter().find(|other| place::overlap(other, path)) {
        let shorter = if other.len() < path.len() { other.as_str() } else { path };
        return Err(DocDbError::new(
            Code::ConflictingUpdateOperators,
            format!("Updating the path '{path}' would create a conflict at '{shorter}'"),
        ));
    }
    touched.push(path.to_owned());
    Ok(())
}

fn one_field(path: &str, operand: &Bson) -> String {
    let mut shown = Document::new();
    shown.insert(path, operand.clone());
    shell_document(&shown)
}
