//! Doing one action at one path of a document (MongoDB manual: "Update Operators Behavior").

use std::cmp::Ordering;

use bson::{Bson, DateTime, Document, RawBson, Timestamp};

use super::arrays::same;
use super::parse::{Action, BitOperation};
use super::{numbers, place};
use crate::compare::compare;
use crate::error::{DocDbError, Result};
use crate::shell::{shell_document, shell_value, type_name};

impl Action {
    /// Does it at the path.
    pub(super) fn apply(&self, document: &mut Document, path: &str, now_ms: i64) -> Result<()> {
        match self {
            Action::Set(value) | Action::SetOnInsert(value) => place::put(document, path, value.clone()),
            Action::Unset => {
                place::remove(document, path);
                Ok(())
            }
            Action::Increment(by) => calculate(document, path, "$inc", by, by.clone(), numbers::add),
            Action::Multiply(by) => calculate(document, path, "$mul", by, numbers::zero_like(by), numbers::multiply),
            Action::Least(value) => put_if(document, path, value, Ordering::Less),
            Action::Greatest(value) => put_if(document, path, value, Ordering::Greater),
            Action::CurrentDate { timestamp: false } => place::put(document, path, Bson::DateTime(DateTime::from_millis(now_ms))),
            Action::CurrentDate { timestamp: true } => {
                let time = u32::try_from(now_ms.div_euclid(1000)).unwrap_or(0);
                place::put(document, path, Bson::Timestamp(Timestamp { time, increment: 1 }))
            }
            Action::RenameTo(target) => match place::remove(document, path) {
                Some(value) => place::put(document, target, value),
                None => Ok(()),
            },
            Action::Push(push) => push.apply(array(document, path, "$push")?),
            Action::AddToSet(values) => {
                let items = array(document, path, "$addToSet")?;
                for value in values {
                    let mut known = false;
                    for item in items.iter() {
                        known |= same(item, value)?;
                    }
                    if !known {
                        items.push(value.clone());
                    }
                }
                Ok(())
            }
            Action::Pop { first } => {
                if let Some(items) = existing_array(document, path, "$pop")? {
                    if *first && !items.is_empty() {
                        items.remove(0);
                    } else {
                        items.pop();
                    }
                }
                Ok(())
            }
            Action::Bit(operations) => {
                let current = place::find(document, path).cloned();
                let (mut number, mut wide) = match current {
                    None => (0, false),
                    Some(Bson::Int32(number)) => (i64::from(number), false),
                    Some(Bson::Int64(number)) => (number, true),
                    Some(other) => {
                        return Err(DocDbError::bad_value(format!(
                            "Cannot apply $bit to a value of non-integral type.{} has the field {path} of non-integer type {}",
                            place::shown_id(document),
                            type_name(&other)
                        )));
                    }
                };
                for (operation, mask, is_wide) in operations {
                    wide |= is_wide;
                    number = match operation {
                        BitOperation::And => number & mask,
                        BitOperation::Or => number | mask,
                        BitOperation::Xor => number ^ mask,
                    };
                }
                let value = if wide { Bson::Int64(number) } else { Bson::Int32(number as i32) };
                place::put(document, path, value)
            }
            Action::Pull(pull) => {
                if let Some(items) = existing_array(document, path, "$pull")? {
                    let mut kept = Vec::with_capacity(items.len());
                    for item in items.drain(..) {
                        if !pull.takes(&item)? {
                            kept.push(item);
                        }
                    }
                    *items = kept;
                }
                Ok(())
            }
        }
    }
}

fn calculate(
    document: &mut Document,
    path: &str,
    operator: &str,
    by: &Bson,
    missing: Bson,
    operation: fn(&Bson, &Bson) -> Option<Bson>,
) -> Result<()> {
    let id = place::shown_id(document);
    let Some(current) = place::find(document, path) else {
        return place::put(document, path, missing);
    };
    if !numbers::is_number(current) {
        let field = path.rsplit('.').next().unwrap_or(path);
        return Err(DocDbError::mismatch(format!(
            "Cannot apply {operator} to a value of non-numeric type. {id} has the field '{field}' of non-numeric type {}",
            type_name(current)
        )));
    }
    *current = operation(current, by).ok_or_else(|| {
        DocDbError::bad_value(format!(
            "Failed to apply {operator} operations to current value ({}) for document {id}",
            shell_value(current)
        ))
    })?;
    Ok(())
}

fn put_if(document: &mut Document, path: &str, value: &Bson, wins: Ordering) -> Result<()> {
    if let Some(current) = place::find(document, path) {
        let (new, old) = (RawBson::try_from(value.clone())?, RawBson::try_from(current.clone())?);
        if compare(new.as_raw_bson_ref(), old.as_raw_bson_ref()) == wins {
            *current = value.clone();
        }
        return Ok(());
    }
    place::put(document, path, value.clone())
}

/// The array at the path; an empty one is made when nothing is there.
fn array<'d>(document: &'d mut Document, path: &str, operator: &str) -> Result<&'d mut Vec<Bson>> {
    if place::find(document, path).is_none() {
        place::put(document, path, Bson::Array(Vec::new()))?;
    }
    existing_array(document, path, operator)?.ok_or_else(|| DocDbError::bad_value(format!("no array could be made at '{path}'")))
}

fn existing_array<'d>(document: &'d mut Document, path: &str, operator: &str) -> Result<Option<&'d mut Vec<Bson>>> {
    let id = place::shown_id(document);
    match place::find(document, path) {
        None => Ok(None),
        Some(Bson::Array(items)) => Ok(Some(items)),
        Some(other) => Err(DocDbError::bad_value(not_an_array(operator, path, &id, other))),
    }
}

fn not_an_array(operator: &str, path: &str, id: &str, value: &Bson) -> String {
    match operator {
        "$push" => format!(
            "The field '{path}' must be an array but is of type {} in document {id}",
            type_name(value)
        ),
        "$addToSet" => format!(
            "Cannot apply $addToSet to non-array field. Field named '{path}' has non-array type {}",
            type_name(value)
        ),
        "$pop" => {
            let mut shown = Document::new();
            shown.insert(path, value.clone());
            format!(
                "Path '{path}' contains an element of non-array type '{}': {}",
                type_name(value),
                shell_document(&shown)
            )
        }
        _ => format!("Cannot apply {operator} to a non-array value"),
    }
}
