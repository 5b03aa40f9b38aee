//! Bitwise operators (MongoDB manual: "Bitwise Operators").

use bson::RawBsonRef;

use super::value::{fail, type_name_of};
use super::{Arguments, Value};
use crate::error::Result;

pub(super) fn bit_not(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null) => Ok(Value::NULL),
        Some(RawBsonRef::Int32(number)) => Ok((!number).into()),
        Some(RawBsonRef::Int64(number)) => Ok((!number).into()),
        Some(other) => fail(14, format!("$bitNot only supports int and long, not {}", type_name_of(other))),
    }
}

fn bits<'d>(arguments: &Arguments<'_>, name: &str, start: i64, apply: fn(i64, i64) -> i64) -> Result<Value<'d>> {
    let mut all = start;
    let mut wide = false;
    for value in &arguments.values {
        match value.get() {
            None | Some(RawBsonRef::Null) => return Ok(Value::NULL),
            Some(RawBsonRef::Int32(number)) => all = apply(all, number.into()),
            Some(RawBsonRef::Int64(number)) => {
                wide = true;
                all = apply(all, number);
            }
            Some(other) => {
                return fail(
                    14,
                    format!("{name} only supports int and long operands, not {}", type_name_of(other)),
                );
            }
        }
    }
    Ok(if wide { all.into() } else { (all as i32).into() })
}

pub(super) fn bit_and(arguments: Arguments<'_>) -> Result<Value<'_>> {
    bits(&arguments, "$bitAnd", -1, |a, b| a & b)
}

pub(super) fn bit_or(arguments: Arguments<'_>) -> Result<Value<'_>> {
    bits(&arguments, "$bitOr", 0, |a, b| a | b)
}

pub(super) fn bit_xor(arguments: Arguments<'_>) -> Result<Value<'_>> {
    bits(&arguments, "$bitXor", 0, |a, b| a ^ b)
}
