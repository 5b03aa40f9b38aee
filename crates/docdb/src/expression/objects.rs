//! Object operators (MongoDB manual: "Object Expression Operators").

use bson::{Bson, Document, RawArrayBuf, RawBson, RawBsonRef, RawDocumentBuf};

use super::value::{count, fail};
use super::{Arguments, Value};
use crate::error::Result;

pub(super) fn to_array(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(Value::NULL),
        Some(RawBsonRef::Document(object)) => {
            let mut all = RawArrayBuf::new();
            for (name, value) in object.iter().flatten() {
                let mut pair = RawDocumentBuf::new();
                pair.append(bson::raw::cstr!("k"), name.as_str());
                pair.append(bson::raw::cstr!("v"), value);
                all.push(RawBson::Document(pair));
            }
            Ok(all.into())
        }
        Some(_) => fail(
            40390,
            format!("$objectToArray requires a document input, found: {}", arguments.at(0).type_name()),
        ),
    }
}

pub(super) fn merge(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut merged = Document::new();
    let single = arguments.values.len() == 1;
    for value in &arguments.values {
        match value.get() {
            None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => {}
            Some(RawBsonRef::Document(object)) => merged.extend(Document::try_from(object)?),
            Some(RawBsonRef::Array(items)) if single => {
                for item in items.into_iter().flatten() {
                    match item {
                        RawBsonRef::Document(object) => merged.extend(Document::try_from(object)?),
                        RawBsonRef::Null => {}
                        other => return refuse(&Value::Borrowed(other)),
                    }
                }
            }
            Some(_) => return refuse(value),
        }
    }
    Ok(RawDocumentBuf::try_from(&merged)?.into())
}

fn refuse<'d>(value: &Value<'_>) -> Result<Value<'d>> {
    fail(
        40400,
        format!(
            "$mergeObjects requires object inputs, but input {} is of type {}",
            value.shown(),
            value.type_name()
        ),
    )
}

pub(super) fn get_field(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(field) = arguments.at(0).text() else {
        return fail(
            5654602,
            format!(
                "$getField requires 'field' to evaluate to type String, but got {}",
                arguments.at(0).type_name()
            ),
        );
    };
    match arguments.at(1).get() {
        None => Ok(Value::Missing),
        Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(Value::NULL),
        Some(RawBsonRef::Document(object)) => Ok(object
            .get(field)
            .ok()
            .flatten()
            .map_or(Value::Missing, |value| Value::Owned(value.into()))),
        Some(_) => Ok(Value::Missing),
    }
}

pub(super) fn set_field(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(field) = arguments.at(0).text().map(str::to_owned) else {
        return fail(4161107, "$setField requires 'field' to evaluate to a constant string");
    };
    let value = arguments.take(2);
    match arguments.at(1).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(Value::NULL),
        Some(RawBsonRef::Document(object)) => {
            let mut object = Document::try_from(object)?;
            match value.get() {
                Some(value) => {
                    object.insert(field, Bson::try_from(value)?);
                }
                None => {
                    object.remove(&field);
                }
            }
            Ok(RawDocumentBuf::try_from(&object)?.into())
        }
        Some(_) => fail(4161105, "$setField requires 'input' to evaluate to type Object"),
    }
}

pub(super) fn unset_field(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    arguments.values.truncate(2);
    set_field(arguments)
}

pub(super) fn bson_size(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null) => Ok(Value::NULL),
        Some(RawBsonRef::Document(object)) => Ok(count(object.as_bytes().len() as i64).into()),
        Some(_) => fail(
            31393,
            format!("$bsonSize requires a document input, found: {}", arguments.at(0).type_name()),
        ),
    }
}

pub(super) fn binary_size(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null) => Ok(Value::NULL),
        Some(RawBsonRef::Binary(binary)) => Ok(count(binary.bytes.len() as i64).into()),
        Some(RawBsonRef::String(text)) => Ok(count(text.len() as i64).into()),
        Some(_) => fail(
            51276,
            format!(
                "$binarySize requires a string or BinData argument, found: {}",
                arguments.at(0).type_name()
            ),
        ),
    }
}
