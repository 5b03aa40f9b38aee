//! Type operators (MongoDB manual: "$convert").

use bson::oid::ObjectId;
use bson::{Bson, RawBson, RawBsonRef};

use super::value::{fail, lossy};
use super::{Arguments, Value, calendar};
use crate::compare::Number;
use crate::error::Result;

/// A double as JavaScript and the server write it.
pub(super) fn double_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    if number != 0.0 && (number.abs() >= 1e15 || number.abs() < 1e-5) {
        return format!("{number:e}");
    }
    number.to_string()
}

pub(super) fn type_of(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(arguments.at(0).type_name().into())
}

pub(super) fn is_number(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(arguments.at(0).number().is_some().into())
}

const TARGETS: [(&str, i64); 10] = [
    ("double", 1),
    ("string", 2),
    ("object", 3),
    ("array", 4),
    ("objectId", 7),
    ("bool", 8),
    ("date", 9),
    ("int", 16),
    ("long", 18),
    ("decimal", 19),
];

pub(super) fn convert(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.at(1).is_nullish() {
        return Ok(Value::NULL);
    }
    let target = match (arguments.at(1).text(), arguments.at(1).whole()) {
        (Some(name), _) => TARGETS.iter().find(|(known, _)| *known == name),
        (None, Some(number)) => TARGETS.iter().find(|(_, known)| *known == number),
        _ => None,
    };
    let Some((target, _)) = target else {
        return fail(2, format!("Unknown type name: {}", arguments.at(1).shown()));
    };
    if arguments.at(0).is_nullish() {
        let on_null = arguments.take(3);
        return Ok(if on_null.get().is_some() { on_null } else { Value::NULL });
    }
    match converted(arguments.at(0), target, "") {
        Ok(value) => Ok(value),
        Err(_) if arguments.at(2).get().is_some() => Ok(arguments.take(2)),
        Err(error) => Err(error),
    }
}

macro_rules! shortcuts {
    ($($function:ident $target:literal;)*) => {
        $(pub(super) fn $function(arguments: Arguments<'_>) -> Result<Value<'_>> {
            if arguments.at(0).is_nullish() {
                return Ok(Value::NULL);
            }
            converted(arguments.at(0), $target, "")
        })*
    };
}

shortcuts! {
    to_bool "bool";
    to_int "int";
    to_long "long";
    to_double "double";
    to_decimal "decimal";
    to_string "string";
    to_date "date";
    to_object_id "objectId";
}

const FAILURE: i32 = 241;

fn converted<'d>(value: &Value<'_>, target: &str, _: &str) -> Result<Value<'d>> {
    let Some(raw) = value.get() else { return Ok(Value::NULL) };
    let unsupported = || {
        fail(
            FAILURE,
            format!(
                "Unsupported conversion from {} to {target} in $convert with no onError value",
                value.type_name()
            ),
        )
    };
    let unreadable = |what: &str| {
        fail(
            FAILURE,
            format!(
                "Failed to parse {what} '{}' in $convert with no onError value",
                value.text().unwrap_or_default()
            ),
        )
    };
    let overflow = || {
        fail(
            FAILURE,
            format!(
                "Conversion would overflow target type in $convert with no onError value: {}",
                value.shown()
            ),
        )
    };
    match target {
        "bool" => Ok(match raw {
            RawBsonRef::Boolean(truth) => truth,
            other => match Number::of(other) {
                Some(Number::Whole(whole)) => whole != 0,
                Some(Number::Float(float)) => float != 0.0,
                None => true,
            },
        }
        .into()),
        "string" => match raw {
            RawBsonRef::ObjectId(id) => Ok(id.to_hex().into()),
            RawBsonRef::Boolean(truth) => Ok(truth.to_string().into()),
            RawBsonRef::Binary(binary) if binary.subtype == bson::spec::BinarySubtype::Uuid && binary.bytes.len() == 16 => {
                let hex: String = binary.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                Ok(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]).into())
            }
            RawBsonRef::Document(_) | RawBsonRef::Array(_) => Ok(Bson::try_from(raw)?.into_relaxed_extjson().to_string().into()),
            _ => match lossy(value) {
                Some(text) => Ok(text.into_owned().into()),
                None => unsupported(),
            },
        },
        "int" | "long" => {
            let whole = match raw {
                RawBsonRef::Boolean(truth) => i64::from(truth),
                RawBsonRef::DateTime(at) if target == "long" => at.timestamp_millis(),
                RawBsonRef::String(text) => match text.parse::<i64>() {
                    Ok(number) => number,
                    Err(_) => return unreadable("number"),
                },
                other => match Number::of(other) {
                    Some(number) => match number.truncated() {
                        Some(whole) => whole,
                        None => return overflow(),
                    },
                    None => return unsupported(),
                },
            };
            if target == "long" {
                return Ok(whole.into());
            }
            i32::try_from(whole).map_or_else(|_| overflow(), |whole| Ok(whole.into()))
        }
        "double" => match raw {
            RawBsonRef::Boolean(truth) => Ok(f64::from(u8::from(truth)).into()),
            RawBsonRef::DateTime(at) => Ok((at.timestamp_millis() as f64).into()),
            RawBsonRef::String(text) => match text.parse::<f64>() {
                Ok(number) if !text.starts_with(char::is_whitespace) => Ok(number.into()),
                _ => unreadable("number"),
            },
            other => match Number::of(other) {
                Some(Number::Whole(whole)) => Ok((whole as f64).into()),
                Some(Number::Float(float)) => Ok(float.into()),
                None => unsupported(),
            },
        },
        "decimal" => match raw {
            RawBsonRef::Decimal128(number) => Ok(number.into()),
            RawBsonRef::String(text) => match text.parse::<bson::Decimal128>() {
                Ok(number) => Ok(number.into()),
                Err(_) => unreadable("number"),
            },
            RawBsonRef::Boolean(truth) => Ok(decimal(u8::from(truth).to_string()).into()),
            RawBsonRef::DateTime(at) => Ok(decimal(at.timestamp_millis().to_string()).into()),
            other => match Number::of(other) {
                Some(Number::Whole(whole)) => Ok(decimal(whole.to_string()).into()),
                Some(Number::Float(float)) => Ok(super::arithmetic::to_decimal128(float).into()),
                None => unsupported(),
            },
        },
        "date" => match raw {
            RawBsonRef::DateTime(at) => Ok(at.into()),
            RawBsonRef::Timestamp(at) => Ok(bson::DateTime::from_millis(i64::from(at.time) * 1000).into()),
            RawBsonRef::ObjectId(id) => Ok(id.timestamp().into()),
            RawBsonRef::String(text) => match calendar::parse_iso(text) {
                Some(ms) => Ok(bson::DateTime::from_millis(ms).into()),
                None => fail(
                    FAILURE,
                    format!(
                        "Error parsing date string '{text}'; 0: Unexpected character '{}'",
                        text.chars().next().unwrap_or(' ')
                    ),
                ),
            },
            RawBsonRef::Int32(_) => unsupported(),
            other => match Number::of(other).and_then(Number::truncated) {
                Some(ms) => Ok(bson::DateTime::from_millis(ms).into()),
                None => unsupported(),
            },
        },
        "objectId" => match raw {
            RawBsonRef::ObjectId(id) => Ok(id.into()),
            RawBsonRef::String(text) => match ObjectId::parse_str(text) {
                Ok(id) => Ok(id.into()),
                Err(_) => fail(
                    FAILURE,
                    format!(
                        "Failed to parse objectId '{text}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found {}",
                        text.len()
                    ),
                ),
            },
            _ => unsupported(),
        },
        _ => unsupported(),
    }
}

fn decimal(text: String) -> RawBson {
    text.parse().map_or(RawBson::Null, RawBson::Decimal128)
}
