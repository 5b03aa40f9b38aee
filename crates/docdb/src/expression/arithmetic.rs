//! Arithmetic operators (MongoDB manual: "Arithmetic Expression Operators").

use bson::{Decimal128, RawBson, RawBsonRef};

use super::decimal::Decimal;
use super::value::{fail, type_name_of};
use super::{Arguments, Value};
use crate::compare::{Number, compare_by};
use crate::error::Result;

/// The type of a result: the widest of its operands'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Int,
    Long,
    Double,
    Decimal,
}

fn width(value: RawBsonRef) -> Option<Width> {
    match value {
        RawBsonRef::Int32(_) => Some(Width::Int),
        RawBsonRef::Int64(_) => Some(Width::Long),
        RawBsonRef::Double(_) => Some(Width::Double),
        RawBsonRef::Decimal128(_) => Some(Width::Decimal),
        _ => None,
    }
}

pub(super) fn float(value: RawBsonRef) -> f64 {
    match Number::of(value) {
        Some(Number::Whole(whole)) => whole as f64,
        Some(Number::Float(float)) => float,
        None => f64::NAN,
    }
}

fn decimal(value: RawBsonRef) -> Option<Decimal> {
    match value {
        RawBsonRef::Decimal128(value) => Decimal::parse(value),
        RawBsonRef::Double(value) => Decimal::from_text(&value.to_string()),
        other => Decimal::from_text(&Number::of(other)?.truncated()?.to_string()),
    }
}

pub(super) fn to_decimal128(value: f64) -> RawBson {
    let text = if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else {
        value.to_string()
    };
    text.parse::<Decimal128>().map_or(RawBson::Double(value), RawBson::Decimal128)
}

fn whole(number: i128, width: Width) -> RawBson {
    match (i32::try_from(number), i64::try_from(number)) {
        (Ok(number), _) if width == Width::Int => RawBson::Int32(number),
        (_, Ok(number)) => RawBson::Int64(number),
        _ => RawBson::Double(number as f64),
    }
}

fn combine(
    left: RawBsonRef,
    right: RawBsonRef,
    wholes: fn(i128, i128) -> i128,
    floats: fn(f64, f64) -> f64,
    decimals: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<RawBson> {
    let width = width(left)?.max(width(right)?);
    Some(match width {
        Width::Int | Width::Long => {
            let (a, b) = (Number::of(left)?.truncated()?, Number::of(right)?.truncated()?);
            whole(wholes(a.into(), b.into()), width)
        }
        Width::Double => RawBson::Double(floats(float(left), float(right))),
        Width::Decimal => {
            let exact = decimal(left).zip(decimal(right)).and_then(|(a, b)| decimals(a, b)?.to_decimal128());
            exact.map_or_else(|| to_decimal128(floats(float(left), float(right))), RawBson::Decimal128)
        }
    })
}

/// The sum of two numbers, in the wider of their types.
pub(crate) fn add(left: RawBsonRef, right: RawBsonRef) -> Option<RawBson> {
    combine(left, right, |a, b| a + b, |a, b| a + b, Decimal::add)
}

/// The product of two numbers, in the wider of their types.
pub(crate) fn product(left: RawBsonRef, right: RawBsonRef) -> Option<RawBson> {
    combine(left, right, |a, b| a.saturating_mul(b), |a, b| a * b, Decimal::multiply)
}

/// The mean of a sum.
pub(crate) fn average(sum: RawBsonRef, count: u64) -> RawBson {
    match sum {
        RawBsonRef::Decimal128(_) => {
            combine(sum, RawBsonRef::Int64(count as i64), |a, _| a, |a, b| a / b, Decimal::divide).unwrap_or(RawBson::Null)
        }
        other => RawBson::Double(float(other) / count as f64),
    }
}

/// The standard deviation of numbers; `None` when there are too few.
pub(crate) fn deviation(numbers: &[f64], of_sample: bool) -> Option<f64> {
    let count = numbers.len() as f64;
    let degrees = if of_sample { count - 1.0 } else { count };
    if degrees <= 0.0 {
        return None;
    }
    let mean = numbers.iter().sum::<f64>() / count;
    Some((numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / degrees).sqrt())
}

pub(super) fn sum(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut total = RawBson::Int32(0);
    let mut date = None;
    for value in &arguments.values {
        match value.get() {
            None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => return Ok(Value::NULL),
            Some(RawBsonRef::DateTime(at)) if date.is_none() => date = Some(at.timestamp_millis()),
            Some(RawBsonRef::DateTime(_)) => return fail(16612, "only one date allowed in an $add expression"),
            Some(number) => match add(total.as_raw_bson_ref(), number) {
                Some(sum) => total = sum,
                None => {
                    return fail(
                        14,
                        format!("$add only supports numeric or date types, not {}", type_name_of(number)),
                    );
                }
            },
        }
    }
    match date {
        Some(at) => moved(at, float(total.as_raw_bson_ref()), "$add"),
        None => Ok(total.into()),
    }
}

/// A date so many milliseconds later, if there is such a date.
fn moved(at: i64, milliseconds: f64, operator: &str) -> Result<Value<'static>> {
    let milliseconds = milliseconds.round();
    let fits = milliseconds >= i64::MIN as f64 && milliseconds < i64::MAX as f64;
    match at.checked_add(milliseconds as i64) {
        Some(at) if fits => Ok(bson::DateTime::from_millis(at).into()),
        _ => fail(15, format!("date overflow in {operator}")),
    }
}

pub(super) fn subtract(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let (left, right) = (arguments.at(0).or_null(), arguments.at(1).or_null());
    match (left, right) {
        (RawBsonRef::DateTime(a), RawBsonRef::DateTime(b)) => {
            return match a.timestamp_millis().checked_sub(b.timestamp_millis()) {
                Some(milliseconds) => Ok(milliseconds.into()),
                None => fail(15, "date overflow in $subtract"),
            };
        }
        (RawBsonRef::DateTime(a), b) if width(b).is_some() => return moved(a.timestamp_millis(), -float(b), "$subtract"),
        _ => {}
    }
    let negative = |a: Decimal, b: Decimal| a.add(Decimal::from_text("-1")?.multiply(b)?);
    match combine(left, right, |a, b| a - b, |a, b| a - b, negative) {
        Some(difference) => Ok(difference.into()),
        None => fail(14, format!("can't $subtract {} from {}", type_name_of(right), type_name_of(left))),
    }
}

pub(super) fn multiply(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut product = RawBson::Int32(1);
    let any_nullish = arguments.any_nullish();
    for value in arguments.values.iter().filter(|value| !value.is_nullish()) {
        let number = value.or_null();
        match self::product(product.as_raw_bson_ref(), number) {
            Some(next) => product = next,
            None => return fail(14, format!("$multiply only supports numeric types, not {}", type_name_of(number))),
        }
    }
    Ok(if any_nullish { Value::NULL } else { product.into() })
}

pub(super) fn divide(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let (left, right) = (arguments.at(0).or_null(), arguments.at(1).or_null());
    let (Some(a), Some(b)) = (width(left), width(right)) else {
        return fail(
            14,
            format!(
                "$divide only supports numeric types, not {} and {}",
                type_name_of(left),
                type_name_of(right)
            ),
        );
    };
    if float(right) == 0.0 {
        return fail(2, "can't $divide by zero");
    }
    if a.max(b) == Width::Decimal {
        let quotient = combine(left, right, |a, _| a, |a, b| a / b, Decimal::divide);
        return Ok(quotient.unwrap_or(RawBson::Null).into());
    }
    Ok((float(left) / float(right)).into())
}

pub(super) fn modulo(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    let (left, right) = (arguments.at(0).or_null(), arguments.at(1).or_null());
    if width(left).is_none() || width(right).is_none() {
        return fail(
            16611,
            format!(
                "$mod only supports numeric types, not {} and {}",
                type_name_of(left),
                type_name_of(right)
            ),
        );
    }
    if float(right) == 0.0 {
        return fail(16610, "can't $mod by zero");
    }
    let remainder = combine(left, right, |a, b| a % b, |a, b| a % b, |_, _| None);
    Ok(remainder.unwrap_or(RawBson::Null).into())
}

/// A function of one number; null stays null.
pub(super) fn unary<'d>(arguments: &Arguments<'_>, name: &str, apply: impl FnOnce(RawBsonRef) -> RawBson) -> Result<Value<'d>> {
    let value = arguments.at(0);
    if value.is_nullish() {
        return Ok(Value::NULL);
    }
    if width(value.or_null()).is_none() {
        return fail(28765, format!("{name} only supports numeric types, not {}", value.type_name()));
    }
    Ok(apply(value.or_null()).into())
}

pub(super) fn of_float(value: RawBsonRef, apply: fn(f64) -> f64) -> RawBson {
    match value {
        RawBsonRef::Decimal128(_) => to_decimal128(apply(float(value))),
        other => RawBson::Double(apply(float(other))),
    }
}

pub(super) fn exp(arguments: Arguments<'_>) -> Result<Value<'_>> {
    unary(&arguments, "$exp", |value| of_float(value, f64::exp))
}

pub(super) fn binary_float<'d>(arguments: &Arguments<'_>, name: &str, apply: fn(f64, f64) -> f64) -> Result<Value<'d>> {
    if arguments.any_nullish() {
        return Ok(Value::NULL);
    }
    for value in &arguments.values {
        if width(value.or_null()).is_none() {
            return fail(28765, format!("{name} only supports numeric types, not {}", value.type_name()));
        }
    }
    Ok(apply(float(arguments.at(0).or_null()), float(arguments.at(1).or_null())).into())
}

pub(super) fn ln(arguments: Arguments<'_>) -> Result<Value<'_>> {
    positive(&arguments, 28766, "$ln's argument must be a positive number")?;
    unary(&arguments, "$ln", |value| of_float(value, f64::ln))
}

pub(super) fn log10(arguments: Arguments<'_>) -> Result<Value<'_>> {
    positive(&arguments, 28761, "$log10's argument must be a positive number")?;
    unary(&arguments, "$log10", |value| of_float(value, f64::log10))
}

pub(super) fn log(arguments: Arguments<'_>) -> Result<Value<'_>> {
    positive(&arguments, 28758, "$log's argument must be a positive number")?;
    binary_float(&arguments, "$log", f64::log)
}

fn positive(arguments: &Arguments<'_>, code: i32, text: &str) -> Result<()> {
    match arguments.at(0).get() {
        Some(value) if width(value).is_some() && float(value) <= 0.0 => fail(code, format!("{text}, but is {}", arguments.at(0).shown())),
        _ => Ok(()),
    }
}

pub(super) fn sqrt(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if arguments
        .at(0)
        .get()
        .is_some_and(|value| width(value).is_some() && float(value) < 0.0)
    {
        return fail(28714, "$sqrt's argument must be greater than or equal to 0");
    }
    unary(&arguments, "$sqrt", |value| of_float(value, f64::sqrt))
}

pub(super) fn pow(arguments: Arguments<'_>) -> Result<Value<'_>> {
    if let (Some(RawBsonRef::Int32(_) | RawBsonRef::Int64(_)), Some(RawBsonRef::Int32(_) | RawBsonRef::Int64(_))) =
        (arguments.at(0).get(), arguments.at(1).get())
    {
        let (base, exponent) = (arguments.at(0).whole().unwrap_or(0), arguments.at(1).whole().unwrap_or(0));
        if base == 0 && exponent < 0 {
            return fail(28764, "$pow cannot take a base of 0 and a negative exponent");
        }
        let exact = u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent));
        if let Some(exact) = exact {
            let is_int = matches!(
                (arguments.at(0).get(), arguments.at(1).get()),
                (Some(RawBsonRef::Int32(_)), Some(RawBsonRef::Int32(_)))
            );
            return Ok(whole(exact.into(), if is_int { Width::Int } else { Width::Long }).into());
        }
    }
    binary_float(&arguments, "$pow", f64::powf)
}

pub(super) fn abs(arguments: Arguments<'_>) -> Result<Value<'_>> {
    unary(&arguments, "$abs", |value| match value {
        RawBsonRef::Int32(number) => whole(i128::from(number).abs(), Width::Int),
        RawBsonRef::Int64(number) => whole(i128::from(number).abs(), Width::Long),
        other => of_float(other, f64::abs),
    })
}

fn keep_whole(value: RawBsonRef, apply: fn(f64) -> f64) -> RawBson {
    match value {
        RawBsonRef::Int32(_) | RawBsonRef::Int64(_) => value.into(),
        other => of_float(other, apply),
    }
}

pub(super) fn ceil(arguments: Arguments<'_>) -> Result<Value<'_>> {
    unary(&arguments, "$ceil", |value| keep_whole(value, f64::ceil))
}

pub(super) fn floor(arguments: Arguments<'_>) -> Result<Value<'_>> {
    unary(&arguments, "$floor", |value| keep_whole(value, f64::floor))
}

pub(super) fn round(arguments: Arguments<'_>) -> Result<Value<'_>> {
    to_places(&arguments, "$round", f64::round_ties_even)
}

pub(super) fn trunc(arguments: Arguments<'_>) -> Result<Value<'_>> {
    to_places(&arguments, "$trunc", f64::trunc)
}

fn to_places<'d>(arguments: &Arguments<'_>, name: &str, apply: fn(f64) -> f64) -> Result<Value<'d>> {
    let places = match arguments.at(1).get() {
        None if arguments.values.len() < 2 => 0,
        None | Some(RawBsonRef::Null) => return Ok(Value::NULL),
        Some(_) => match arguments.at(1).whole() {
            Some(places) if (-20..=100).contains(&places) => places as i32,
            _ => return fail(51082, format!("precision argument to  {name} must be a integral value")),
        },
    };
    unary(arguments, name, |value| match value {
        RawBsonRef::Int32(_) | RawBsonRef::Int64(_) if places >= 0 => value.into(),
        RawBsonRef::Int32(_) | RawBsonRef::Int64(_) => {
            let scale = 10_f64.powi(-places);
            let rounded = (apply(float(value) / scale) * scale) as i128;
            whole(rounded, width(value).unwrap_or(Width::Long))
        }
        other => {
            let rounded = rounded(float(other), places, apply);
            if matches!(other, RawBsonRef::Decimal128(_)) {
                to_decimal128(rounded)
            } else {
                RawBson::Double(rounded)
            }
        }
    })
}

fn rounded(number: f64, places: i32, apply: fn(f64) -> f64) -> f64 {
    if apply(1.5) == 2.0 && places > 0 && number.is_finite() {
        // The number's own decimal digits decide, which a scaled number would not keep.
        let places = places.unsigned_abs() as usize;
        return format!("{number:.places$}").parse().unwrap_or(number);
    }
    let scale = 10_f64.powi(places);
    let scaled = number * scale;
    if !scaled.is_finite() {
        return number;
    }
    apply(scaled) / scale
}

/// The values of a summing operator: its arguments, or the items of its only one.
fn spread<'v>(arguments: &'v Arguments<'_>) -> Vec<RawBsonRef<'v>> {
    if arguments.values.len() == 1
        && let Some(items) = arguments.at(0).items()
    {
        return items;
    }
    arguments.values.iter().filter_map(Value::get).collect()
}

pub(super) fn total(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let mut total = RawBson::Int32(0);
    for value in spread(&arguments) {
        total = add(total.as_raw_bson_ref(), value).unwrap_or(total);
    }
    Ok(total.into())
}

pub(super) fn mean(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let (mut total, mut count) = (RawBson::Int32(0), 0);
    for value in spread(&arguments) {
        if let Some(sum) = add(total.as_raw_bson_ref(), value) {
            total = sum;
            count += 1;
        }
    }
    Ok(if count == 0 {
        Value::NULL
    } else {
        average(total.as_raw_bson_ref(), count).into()
    })
}

fn extreme<'d>(arguments: &Arguments<'_>, wins: std::cmp::Ordering) -> Value<'d> {
    let mut best: Option<RawBsonRef> = None;
    for value in spread(arguments) {
        if matches!(value, RawBsonRef::Null | RawBsonRef::Undefined) {
            continue;
        }
        if best.is_none_or(|best| compare_by(value, best, arguments.collation) == wins) {
            best = Some(value);
        }
    }
    best.map_or(Value::NULL, |best| Value::Owned(best.into()))
}

pub(super) fn least(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(extreme(&arguments, std::cmp::Ordering::Less))
}

pub(super) fn greatest(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(extreme(&arguments, std::cmp::Ordering::Greater))
}

fn spread_deviation<'d>(arguments: &Arguments<'_>, of_sample: bool) -> Value<'d> {
    let numbers: Vec<f64> = spread(arguments)
        .into_iter()
        .filter(|value| width(*value).is_some())
        .map(float)
        .collect();
    deviation(&numbers, of_sample).map_or(Value::NULL, Value::from)
}

pub(super) fn deviation_of_all(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(spread_deviation(&arguments, false))
}

pub(super) fn deviation_of_sample(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(spread_deviation(&arguments, true))
}
