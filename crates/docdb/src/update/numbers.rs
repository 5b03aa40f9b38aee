//! Arithmetic on BSON numbers as `$inc` and `$mul` do it (MongoDB manual: "$inc").

use bson::Bson;

pub(super) fn is_number(value: &Bson) -> bool {
    matches!(value, Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_))
}

/// The sum; 32-bit numbers widen to 64 bits, `None` when 64 bits are not enough or one is no number.
pub(super) fn add(left: &Bson, right: &Bson) -> Option<Bson> {
    combine(left, right, i64::checked_add, |a, b| a + b)
}

/// The product, by the rules of [`add`].
pub(super) fn multiply(left: &Bson, right: &Bson) -> Option<Bson> {
    combine(left, right, i64::checked_mul, |a, b| a * b)
}

fn combine(left: &Bson, right: &Bson, whole: fn(i64, i64) -> Option<i64>, float: fn(f64, f64) -> f64) -> Option<Bson> {
    match (left, right) {
        (Bson::Int32(a), Bson::Int32(b)) => {
            let result = whole((*a).into(), (*b).into())?;
            Some(i32::try_from(result).map_or(Bson::Int64(result), Bson::Int32))
        }
        (Bson::Int32(_) | Bson::Int64(_), Bson::Int32(_) | Bson::Int64(_)) => Some(Bson::Int64(whole(integer(left)?, integer(right)?)?)),
        (Bson::Decimal128(_), _) | (_, Bson::Decimal128(_)) => {
            let result = float(as_float(left)?, as_float(right)?);
            result.to_string().parse().ok().map(Bson::Decimal128)
        }
        _ => Some(Bson::Double(float(as_float(left)?, as_float(right)?))),
    }
}

fn integer(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        _ => None,
    }
}

fn as_float(value: &Bson) -> Option<f64> {
    match value {
        Bson::Double(number) => Some(*number),
        Bson::Decimal128(number) => number.to_string().parse().ok(),
        other => integer(other).map(|number| number as f64),
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
