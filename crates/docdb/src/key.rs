//! Values as bytes that sort as the values do: what indexes, grouping and sorting compare
//! (MongoDB manual: "Comparison/Sort Order").
//!
//! Each value starts with the rank of its type; numbers of all types share one form, so that `1`, `1.0` and a 64-bit 1 are
//! one key. A key is prefix-free: keys of several fields are written one after the other.

use bson::{RawBsonRef, RawDocument};

use crate::collation::Collation;
use crate::compare::{Number, type_rank};

/// Appends the value's key; `None` is a missing field, which sorts as null.
pub(crate) fn write(key: &mut Vec<u8>, value: Option<RawBsonRef>, collation: Option<Collation>) {
    let value = value.unwrap_or(RawBsonRef::Null);
    key.push(tag(type_rank(value)));
    write_body(key, value, collation);
}

/// As [`write`]; a descending field has its bytes turned over.
pub(crate) fn write_directed(key: &mut Vec<u8>, value: Option<RawBsonRef>, collation: Option<Collation>, ascending: bool) {
    let start = key.len();
    write(key, value, collation);
    if !ascending {
        invert(&mut key[start..]);
    }
}

pub(crate) fn invert(bytes: &mut [u8]) {
    bytes.iter_mut().for_each(|byte| *byte = !*byte);
}

/// The items in the order of their keys. One sort serves all, because each kind of item would bring its own into wasm.
pub(crate) fn in_order<T>(items: Vec<T>, key: impl Fn(&T) -> Vec<u8>) -> Vec<T> {
    let order = ranks(items.iter().map(key).collect());
    let mut taken: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| taken[place].take()).collect()
}

fn ranks(keys: Vec<Vec<u8>>) -> Vec<usize> {
    let mut keyed: Vec<(Vec<u8>, usize)> = keys.into_iter().zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// The key of one value.
pub(crate) fn of(value: RawBsonRef, collation: Option<Collation>) -> Vec<u8> {
    let mut key = Vec::new();
    write(&mut key, Some(value), collation);
    key
}

/// The first byte of the keys of a type; 0 and 255 stay free for ends.
pub(crate) fn tag(rank: u8) -> u8 {
    rank * 8 + 8
}

fn write_body(key: &mut Vec<u8>, value: RawBsonRef, collation: Option<Collation>) {
    match value {
        RawBsonRef::String(text) | RawBsonRef::Symbol(text) => match collation {
            Some(collation) => escaped(key, &collation.sort_key(text)),
            None => escaped(key, text.as_bytes()),
        },
        RawBsonRef::Document(document) => write_document(key, document, collation),
        RawBsonRef::Array(items) => {
            for item in items.into_iter().flatten() {
                write(key, Some(item), collation);
            }
            key.push(0);
        }
        RawBsonRef::Binary(binary) => {
            key.extend((binary.bytes.len() as u32).to_be_bytes());
            key.push(binary.subtype.into());
            key.extend(binary.bytes);
        }
        RawBsonRef::ObjectId(id) => key.extend(id.bytes()),
        RawBsonRef::Boolean(truth) => key.push(u8::from(truth) + 1),
        RawBsonRef::DateTime(at) => key.extend(ordered(at.timestamp_millis())),
        RawBsonRef::Timestamp(at) => {
            key.extend(at.time.to_be_bytes());
            key.extend(at.increment.to_be_bytes());
        }
        RawBsonRef::RegularExpression(regex) => {
            escaped(key, regex.pattern.as_str().as_bytes());
            escaped(key, regex.options.as_str().as_bytes());
        }
        RawBsonRef::JavaScriptCode(code) => escaped(key, code.as_bytes()),
        RawBsonRef::JavaScriptCodeWithScope(code) => {
            escaped(key, code.code.as_bytes());
            write_document(key, code.scope, collation);
        }
        other => {
            if let Some(number) = Number::of(other) {
                write_number(key, number);
            }
        }
    }
}

fn write_document(key: &mut Vec<u8>, document: &RawDocument, collation: Option<Collation>) {
    for (name, value) in document.iter().flatten() {
        key.push(tag(type_rank(value)));
        key.extend(name.as_str().as_bytes());
        key.push(0);
        write_body(key, value, collation);
    }
    key.push(0);
}

fn escaped(key: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        key.push(*byte);
        if *byte == 0 {
            key.push(255);
        }
    }
    key.push(0);
}

/// The nearest double in sortable form, then what a 64-bit number is above or below it.
fn write_number(key: &mut Vec<u8>, number: Number) {
    let (float, rest) = match number {
        Number::Float(float) => (float, 0),
        Number::Whole(whole) => {
            let float = whole as f64;
            (float, (i128::from(whole) - float as i128) as i16)
        }
    };
    if float.is_nan() {
        key.extend([0; 8]);
    } else {
        // Negative zero is zero.
        let bits = (float + 0.0).to_bits();
        let sortable = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
        key.extend(sortable.to_be_bytes());
    }
    key.extend((rest as u16 ^ 0x8000).to_be_bytes());
}

fn ordered(number: i64) -> [u8; 8] {
    (number as u64 ^ 1 << 63).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use bson::{Bson, RawBson, bson, oid::ObjectId};

    #[test]
    fn sorts_as_the_values_do() {
        let values: Vec<Bson> = vec![
            Bson::MinKey,
            Bson::Null,
            Bson::Double(f64::NAN),
            bson!(f64::NEG_INFINITY),
            Bson::Int64(i64::MIN),
            bson!(-1.5),
            bson!(-0.0),
            bson!(0),
            bson!(1),
            bson!(1.0),
            Bson::Int64(9_007_199_254_740_992),
            Bson::Int64(9_007_199_254_740_993),
            Bson::Int64(i64::MAX),
            bson!(9.3e18),
            bson!(""),
            bson!("a"),
            bson!("a\0"),
            bson!("ab"),
            bson!({}),
            bson!({ "a": 1 }),
            bson!({ "a": 1, "b": 1 }),
            bson!({ "b": 1 }),
            bson!({ "a": "x" }),
            bson!([]),
            bson!([1, 0]),
            bson!([2]),
            Bson::ObjectId(ObjectId::from_bytes([1; 12])),
            bson!(true),
            Bson::DateTime(bson::DateTime::from_millis(-5)),
            Bson::DateTime(bson::DateTime::from_millis(5)),
            Bson::MaxKey,
        ];
        let raw: Vec<RawBson> = values.iter().map(|value| RawBson::try_from(value.clone()).unwrap()).collect();
        for left in &raw {
            for right in &raw {
                let (a, b) = (left.as_raw_bson_ref(), right.as_raw_bson_ref());
                assert_eq!(of(a, None).cmp(&of(b, None)), compare(a, b), "{left:?} {right:?}");
            }
        }
    }
}
