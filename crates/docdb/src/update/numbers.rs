//! Arithmetic on BSON numbers as `$inc` and `$mul` do it (MongoDB manual: "$inc").

use bson::{Bson, RawBson, RawBsonRef};

use crate::expression;

pub(super) fn is_number(value: &Bson) -> bool {
    matches!(value, Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_))
}

/// The sum; 32-bit numbers widen to 64 bits, `None` when 64 bits are not enough or one is no number.
pub(super) fn add(left: &Bson, right: &Bson) -> Option<Bson> {
    combine(left, right, i64::checked_add, expression::add)
}

/// The product, by the rules of [`add`].
pub(super) fn multiply(left: &Bson, right: &Bson) -> Option<Bson> {
    combine(left, right, i64::checked_mul, expression::product)
}

/// `other` is for doubles and decimals.
fn combine(
    left: &Bson,
    right: &Bson,
    whole: fn(i64, i64) -> Option<i64>,
    other: fn(RawBsonRef, RawBsonRef) -> Option<RawBson>,
) -> Option<Bson> {
    match (left, right) {
        (Bson::Int32(a), Bson::Int32(b)) => {
            let result = whole((*a).into(), (*b).into())?;
            Some(i32::try_from(result).map_or(Bson::Int64(result), Bson::Int32))
        }
        (Bson::Int32(_) | Bson::Int64(_), Bson::Int32(_) | Bson::Int64(_)) => Some(Bson::Int64(whole(integer(left)?, integer(right)?)?)),
        _ => {
            let (left, right) = (RawBson::try_from(left.clone()).ok()?, RawBson::try_from(right.clone()).ok()?);
            Bson::try_from(other(left.as_raw_bson_ref(), right.as_raw_bson_ref())?).ok()
        }
    }
}

fn integer(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        _ => None,
    }
}

/// A zero of the operand's own type, what `$mul` leaves in a missing field.
pub(super) fn zero_like(operand: &Bson) -> Bson {
    match operand {
        Bson::Int64(_) => Bson::Int64(0),
        Bson::Double(_) => Bson::Double(0.0),
        Bson::Decimal128(_) => "0".parse().map_or(Bson::Int32(0), Bson::Decimal128),
        _ => Bson::Int32(0),
    }
}
