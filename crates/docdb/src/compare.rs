//! BSON comparison across types (MongoDB manual: "Comparison/Sort Order").

use std::cmp::Ordering;

use bson::{RawArray, RawBsonRef, RawDocument};

use crate::collation::Collation;

/// The place of a value's type in the sort order; numbers share one, strings and symbols share one.
pub(crate) fn type_rank(value: RawBsonRef) -> u8 {
    match value {
        RawBsonRef::MinKey => 0,
        RawBsonRef::Undefined => 1,
        RawBsonRef::Null => 2,
        RawBsonRef::Int32(_) | RawBsonRef::Int64(_) | RawBsonRef::Double(_) | RawBsonRef::Decimal128(_) => 3,
        RawBsonRef::String(_) | RawBsonRef::Symbol(_) => 4,
        RawBsonRef::Document(_) => 5,
        RawBsonRef::Array(_) => 6,
        RawBsonRef::Binary(_) => 7,
        RawBsonRef::ObjectId(_) => 8,
        RawBsonRef::Boolean(_) => 9,
        RawBsonRef::DateTime(_) => 10,
        RawBsonRef::Timestamp(_) => 11,
        RawBsonRef::RegularExpression(_) => 12,
        RawBsonRef::DbPointer(_) => 13,
        RawBsonRef::JavaScriptCode(_) => 14,
        RawBsonRef::JavaScriptCodeWithScope(_) => 15,
        RawBsonRef::MaxKey => 16,
    }
}

/// Orders two values as `sort` does. NaN is the smallest number and equals itself; damaged bytes count as absent.
pub fn compare(left: RawBsonRef, right: RawBsonRef) -> Ordering {
    compare_by(left, right, None)
}

/// As [`compare`], with strings in the order of a language.
pub(crate) fn compare_by(left: RawBsonRef, right: RawBsonRef, collation: Option<Collation>) -> Ordering {
    use RawBsonRef as V;
    let by_type = type_rank(left).cmp(&type_rank(right));
    if by_type.is_ne() {
        return by_type;
    }
    match (left, right) {
        (V::String(a) | V::Symbol(a), V::String(b) | V::Symbol(b)) => match collation {
            Some(collation) => collation.compare(a, b),
            None => a.cmp(b),
        },
        (V::Document(a), V::Document(b)) => compare_documents(a, b, collation),
        (V::Array(a), V::Array(b)) => compare_arrays(a, b, collation),
        (V::Binary(a), V::Binary(b)) => (a.bytes.len(), u8::from(a.subtype), a.bytes).cmp(&(b.bytes.len(), u8::from(b.subtype), b.bytes)),
        (V::ObjectId(a), V::ObjectId(b)) => a.cmp(&b),
        (V::Boolean(a), V::Boolean(b)) => a.cmp(&b),
        (V::DateTime(a), V::DateTime(b)) => a.cmp(&b),
        (V::Timestamp(a), V::Timestamp(b)) => (a.time, a.increment).cmp(&(b.time, b.increment)),
        (V::RegularExpression(a), V::RegularExpression(b)) => {
            (a.pattern.as_str(), a.options.as_str()).cmp(&(b.pattern.as_str(), b.options.as_str()))
        }
        (V::JavaScriptCode(a), V::JavaScriptCode(b)) => a.cmp(b),
        (V::JavaScriptCodeWithScope(a), V::JavaScriptCodeWithScope(b)) => {
            a.code.cmp(b.code).then_with(|| compare_documents(a.scope, b.scope, collation))
        }
        (a, b) => match (Number::of(a), Number::of(b)) {
            (Some(a), Some(b)) => a.compare(b),
            _ => Ordering::Equal,
        },
    }
}

/// Tells whether a query for one value finds the other (`1` equals `1.0`).
pub fn equal(left: RawBsonRef, right: RawBsonRef) -> bool {
    compare(left, right).is_eq()
}

fn compare_documents(left: &RawDocument, right: &RawDocument, collation: Option<Collation>) -> Ordering {
    let (mut left, mut right) = (left.iter().flatten(), right.iter().flatten());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some((left_name, a)), Some((right_name, b))) => {
                let order = type_rank(a)
                    .cmp(&type_rank(b))
                    .then_with(|| left_name.as_str().cmp(right_name.as_str()))
                    .then_with(|| compare_by(a, b, collation));
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}

fn compare_arrays(left: &RawArray, right: &RawArray, collation: Option<Collation>) -> Ordering {
    let (mut left, mut right) = (left.into_iter().flatten(), right.into_iter().flatten());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => {
                let order = compare_by(a, b, collation);
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}

/// A number of any BSON type; whole numbers keep all 64 bits.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    pub(crate) fn of(value: RawBsonRef) -> Option<Self> {
        match value {
            RawBsonRef::Int32(n) => Some(Number::Whole(n.into())),
            RawBsonRef::Int64(n) => Some(Number::Whole(n)),
            RawBsonRef::Double(n) => Some(Number::Float(n)),
            // The bson crate has no decimal arithmetic: 17 significant digits decide.
            RawBsonRef::Decimal128(n) => Some(Number::Float(n.to_string().parse().unwrap_or(f64::NAN))),
            _ => None,
        }
    }

    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => a.cmp(&b),
            (Number::Float(a), Number::Float(b)) => compare_floats(a, b),
            (Number::Whole(a), Number::Float(b)) => compare_mixed(a, b),
            (Number::Float(a), Number::Whole(b)) => compare_mixed(b, a).reverse(),
        }
    }

    /// The whole part, if the number is finite and fits.
    pub(crate) fn truncated(self) -> Option<i64> {
        match self {
            Number::Whole(n) => Some(n),
            Number::Float(n) if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&n) => Some(n as i64),
            Number::Float(_) => None,
        }
    }

    pub(crate) fn is_whole(self) -> bool {
        match self {
            Number::Whole(_) => true,
            Number::Float(n) => n.fract() == 0.0,
        }
    }
}

fn compare_floats(a: f64, b: f64) -> Ordering {
    // partial_cmp fails only with NaN, the smallest number; false sorts before true.
    a.partial_cmp(&b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan()))
}

fn compare_mixed(whole: i64, float: f64) -> Ordering {
    if float.is_nan() {
        return Ordering::Greater;
    }
    if float >= 9_223_372_036_854_775_808.0 {
        return Ordering::Less;
    }
    if float < -9_223_372_036_854_775_808.0 {
        return Ordering::Greater;
    }
    whole.cmp(&(float as i64)).then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::{Bson, DateTime, RawBson, bson, oid::ObjectId};

    #[test]
    fn orders_values_across_types() {
        let ascending: Vec<Bson> = vec![
            Bson::MinKey,
            Bson::Null,
            Bson::Double(f64::NAN),
            bson!(-5),
            bson!(0.5),
            bson!(1),
            Bson::Int64(9_007_199_254_740_993),
            bson!(f64::INFINITY),
            bson!("B"),
            bson!("a"),
            bson!({ "a": 1 }),
            bson!({ "a": 1, "b": 1 }),
            bson!({ "a": "x" }),
            bson!([]),
            bson!([1]),
            bson!([1, 0]),
            Bson::ObjectId(ObjectId::from_bytes([1; 12])),
            bson!(false),
            bson!(true),
            Bson::DateTime(DateTime::from_millis(5)),
            Bson::MaxKey,
        ];
        let raw: Vec<RawBson> = ascending.iter().map(|v| RawBson::try_from(v.clone()).unwrap()).collect();
        for (i, left) in raw.iter().enumerate() {
            for (j, right) in raw.iter().enumerate() {
                let order = compare(left.as_raw_bson_ref(), right.as_raw_bson_ref());
                assert_eq!(order, i.cmp(&j), "{:?} against {:?}", ascending[i], ascending[j]);
            }
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        #[track_caller]
        fn check(left: Bson, right: Bson, expected: Ordering) {
            let (left, right) = (RawBson::try_from(left).unwrap(), RawBson::try_from(right).unwrap());
            assert_eq!(compare(left.as_raw_bson_ref(), right.as_raw_bson_ref()), expected);
            assert_eq!(compare(right.as_raw_bson_ref(), left.as_raw_bson_ref()), expected.reverse());
        }
        check(bson!(1), bson!(1.0), Ordering::Equal);
        check(bson!(0), bson!(-0.0), Ordering::Equal);
        check(bson!(1), bson!(1.5), Ordering::Less);
        check(bson!(-1), bson!(-1.5), Ordering::Greater);
        check(Bson::Int64(i64::MAX), bson!(9.3e18), Ordering::Less);
        check(
            Bson::Int64(9_007_199_254_740_993),
            bson!(9_007_199_254_740_992.0),
            Ordering::Greater,
        );
        check(Bson::Decimal128("2.5".parse().unwrap()), bson!(2.5), Ordering::Equal);
    }
}
