//! Whole numbers in BSON values, whatever their type.

use bson::Bson;

/// Doubles above this do not hold every whole number.
const EXACT: f64 = 9e15;

/// The value as a whole number, if it is one.
pub(crate) fn whole(value: &Bson) -> Option<i64> {
    match value {
        Bson::Double(number) if number.fract() != 0.0 || number.abs() >= EXACT => None,
        value => truncated(value),
    }
}

/// The value without what follows its point, if it is a number.
pub(crate) fn truncated(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        Bson::Double(number) => Some(*number as i64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_type() {
        let check = |value: Bson, as_whole: Option<i64>, cut: Option<i64>| {
            assert_eq!((whole(&value), truncated(&value)), (as_whole, cut), "{value:?}");
        };
        check(Bson::Int32(-3), Some(-3), Some(-3));
        check(Bson::Int64(1 << 40), Some(1 << 40), Some(1 << 40));
        check(Bson::Double(2.0), Some(2), Some(2));
        check(Bson::Double(2.7), None, Some(2));
        check(Bson::Double(f64::NAN), None, Some(0));
        check(Bson::Double(1e16), None, Some(10_000_000_000_000_000));
        check(Bson::String("2".into()), None, None);
    }
}
