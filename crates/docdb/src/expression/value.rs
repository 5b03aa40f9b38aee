//! Values of expressions: borrowed from the document where they can be.

use std::borrow::Cow;

use bson::{Bson, RawArrayBuf, RawBson, RawBsonRef, RawDocumentBuf};

use crate::compare::Number;
use crate::error::{Code, DocDbError, Result};
use crate::shell::type_name;

/// What an expression gives.
#[derive(Debug, Clone)]
pub(crate) enum Value<'d> {
    /// The field is not there; no value at all.
    Missing,
    Borrowed(RawBsonRef<'d>),
    Owned(RawBson),
}

impl<'d> Value<'d> {
    pub(crate) const NULL: Value<'static> = Value::Owned(RawBson::Null);

    pub(crate) fn get(&self) -> Option<RawBsonRef<'_>> {
        match self {
            Value::Missing => None,
            Value::Borrowed(value) => Some(*value),
            Value::Owned(value) => Some(value.as_raw_bson_ref()),
        }
    }

    /// About how much memory it would take to hold.
    pub(crate) fn bytes(&self) -> usize {
        match self.get() {
            Some(RawBsonRef::String(text)) => text.len(),
            Some(RawBsonRef::Array(items)) => items.as_bytes().len(),
            Some(RawBsonRef::Document(document)) => document.as_bytes().len(),
            Some(RawBsonRef::Binary(binary)) => binary.bytes.len(),
            _ => size_of::<RawBson>(),
        }
    }

    /// Null for a missing value.
    pub(crate) fn or_null(&self) -> RawBsonRef<'_> {
        self.get().unwrap_or(RawBsonRef::Null)
    }

    pub(crate) fn into_raw(self) -> Option<RawBson> {
        match self {
            Value::Missing => None,
            Value::Borrowed(value) => Some(value.into()),
            Value::Owned(value) => Some(value),
        }
    }

    pub(crate) fn into_owned(self) -> Value<'static> {
        match self {
            Value::Missing => Value::Missing,
            Value::Borrowed(value) => Value::Owned(value.into()),
            Value::Owned(value) => Value::Owned(value),
        }
    }

    /// Missing, null or undefined.
    pub(crate) fn is_nullish(&self) -> bool {
        matches!(self.get(), None | Some(RawBsonRef::Null | RawBsonRef::Undefined))
    }

    /// The truth of a condition: false, 0, null and missing are false.
    pub(crate) fn is_true(&self) -> bool {
        match self.get() {
            None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => false,
            Some(RawBsonRef::Boolean(truth)) => truth,
            Some(other) => match Number::of(other) {
                Some(Number::Whole(whole)) => whole != 0,
                Some(Number::Float(float)) => float != 0.0,
                None => true,
            },
        }
    }

    pub(crate) fn type_name(&self) -> &'static str {
        match self.get() {
            None => "missing",
            Some(value) => type_name_of(value),
        }
    }

    pub(crate) fn number(&self) -> Option<Number> {
        self.get().and_then(Number::of)
    }

    /// A whole number, also one that is written as 2.0.
    pub(crate) fn whole(&self) -> Option<i64> {
        self.number().filter(|number| number.is_whole()).and_then(Number::truncated)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self.get() {
            Some(RawBsonRef::String(text) | RawBsonRef::Symbol(text)) => Some(text),
            _ => None,
        }
    }

    /// The items of an array.
    pub(crate) fn items(&self) -> Option<Vec<RawBsonRef<'_>>> {
        match self.get() {
            Some(RawBsonRef::Array(items)) => Some(items.into_iter().flatten().collect()),
            _ => None,
        }
    }

    /// Keeps one of the items of this array.
    pub(crate) fn pick(self, position: usize) -> Value<'d> {
        match self {
            Value::Borrowed(RawBsonRef::Array(items)) => items.get(position).ok().flatten().map_or(Value::Missing, Value::Borrowed),
            Value::Owned(RawBson::Array(items)) => items
                .get(position)
                .ok()
                .flatten()
                .map_or(Value::Missing, |item| Value::Owned(item.into())),
            _ => Value::Missing,
        }
    }

    /// As messages show it.
    pub(crate) fn shown(&self) -> String {
        match self.get() {
            None => "missing".into(),
            Some(value) => Bson::try_from(value).map_or_else(|_| "?".into(), |value| crate::shell_value(&value)),
        }
    }
}

pub(crate) fn type_name_of(value: RawBsonRef) -> &'static str {
    match value {
        RawBsonRef::Document(_) => "object",
        RawBsonRef::Array(_) => "array",
        other => Bson::try_from(other).map_or("undefined", |value| type_name(&value)),
    }
}

macro_rules! from_raw {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Value<'_> {
            fn from(value: $kind) -> Self {
                Value::Owned(value.into())
            }
        })*
    };
}

from_raw!(
    bool,
    i32,
    i64,
    f64,
    String,
    &str,
    RawArrayBuf,
    RawDocumentBuf,
    bson::DateTime,
    bson::Decimal128,
    bson::oid::ObjectId
);

impl From<RawBson> for Value<'_> {
    fn from(value: RawBson) -> Self {
        Value::Owned(value)
    }
}

/// A count as the smallest whole type.
pub(crate) fn count(number: i64) -> RawBson {
    i32::try_from(number).map_or(RawBson::Int64(number), RawBson::Int32)
}

/// Collects items to an array.
pub(crate) fn array<'i>(items: impl IntoIterator<Item = RawBsonRef<'i>>) -> Value<'static> {
    let mut array = RawArrayBuf::new();
    items.into_iter().for_each(|item| array.push(item));
    array.into()
}

/// A field name as BSON writes it.
pub(crate) fn name(text: &str) -> Result<bson::raw::CString> {
    bson::raw::CString::try_from(text).map_err(DocDbError::from)
}

pub(crate) fn fail<T>(code: i32, message: impl Into<String>) -> Result<T> {
    Err(DocDbError::new(Code::from_number(code), message))
}

/// Text as it is, or what `$toString` and `$concat` would make of it.
pub(crate) fn lossy<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value.get()? {
        RawBsonRef::String(text) | RawBsonRef::Symbol(text) => Some(Cow::Borrowed(text)),
        RawBsonRef::JavaScriptCode(code) => Some(Cow::Borrowed(code)),
        RawBsonRef::Int32(number) => Some(number.to_string().into()),
        RawBsonRef::Int64(number) => Some(number.to_string().into()),
        RawBsonRef::Double(number) => Some(super::convert::double_text(number).into()),
        RawBsonRef::Decimal128(number) => Some(number.to_string().into()),
        RawBsonRef::DateTime(at) => Some(super::calendar::iso(at.timestamp_millis()).into()),
        RawBsonRef::Timestamp(at) => Some(format!("Timestamp({}, {})", at.time, at.increment).into()),
        _ => None,
    }
}
