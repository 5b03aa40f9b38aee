//! Date operators (MongoDB manual: "Date Expression Operators").

use bson::{RawBsonRef, RawDocumentBuf};

use super::calendar::{self, DAY, Parts, days_in_month, zone_offset};
use super::value::fail;
use super::{Arguments, Value};
use crate::error::Result;

/// Milliseconds of a date, a timestamp or an ObjectId; `None` for null.
fn moment(value: &Value<'_>) -> Result<Option<i64>> {
    match value.get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(None),
        Some(RawBsonRef::DateTime(at)) => Ok(Some(at.timestamp_millis())),
        Some(RawBsonRef::Timestamp(at)) => Ok(Some(i64::from(at.time) * 1000)),
        Some(RawBsonRef::ObjectId(id)) => Ok(Some(id.timestamp().timestamp_millis())),
        Some(_) => fail(16006, format!("can't convert from BSON type {} to Date", value.type_name())),
    }
}

/// What the zone adds; `None` for a null zone.
pub(super) fn shift(zone: &Value<'_>, ms: i64) -> Result<Option<i64>> {
    match zone.get() {
        None => Ok(Some(0)),
        Some(RawBsonRef::Null | RawBsonRef::Undefined) => Ok(None),
        Some(RawBsonRef::String(name)) => match zone_offset(name, ms) {
            Some(offset) => Ok(Some(offset)),
            None => fail(40485, format!("unrecognized time zone identifier: \"{name}\"")),
        },
        Some(_) => fail(40533, format!("timezone must evaluate to a string, found {}", zone.type_name())),
    }
}

/// Local milliseconds from arguments `date, timezone`.
fn local(arguments: &Arguments<'_>) -> Result<Option<i64>> {
    let Some(ms) = moment(arguments.at(0))? else { return Ok(None) };
    Ok(shift(arguments.at(1), ms)?.map(|offset| ms.saturating_add(offset)))
}

fn part<'d>(arguments: &Arguments<'_>, read: fn(Parts) -> i64) -> Result<Value<'d>> {
    Ok(local(arguments)?.map_or(Value::NULL, |ms| (read(Parts::of(ms)) as i32).into()))
}

macro_rules! parts {
    ($($function:ident $read:expr;)*) => {
        $(pub(super) fn $function(arguments: Arguments<'_>) -> Result<Value<'_>> {
            part(&arguments, $read)
        })*
    };
}

parts! {
    year |at| at.year;
    month |at| at.month;
    day_of_month |at| at.day;
    day_of_week |at| at.iso_weekday() % 7 + 1;
    day_of_year |at| at.day_of_year();
    week week_of_year;
    iso_week |at| at.iso_week().1;
    iso_day_of_week |at| at.iso_weekday();
    hour |at| at.hour;
    minute |at| at.minute;
    second |at| at.second;
    millisecond |at| at.millisecond;
}

/// Weeks begin on Sundays; days before the first Sunday are in week 0.
fn week_of_year(at: Parts) -> i64 {
    (at.day_of_year() + 6 - at.iso_weekday() % 7) / 7
}

pub(super) fn iso_week_year(arguments: Arguments<'_>) -> Result<Value<'_>> {
    Ok(local(&arguments)?.map_or(Value::NULL, |ms| Parts::of(ms).iso_week().0.into()))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn to_text(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(ms) = moment(arguments.at(0))? else {
        let on_null = arguments.take(3);
        return Ok(if on_null.get().is_some() { on_null } else { Value::NULL });
    };
    let Some(offset) = shift(arguments.at(2), ms)? else {
        return Ok(Value::NULL);
    };
    let format = match arguments.at(1).get() {
        None if arguments.at(2).get().is_none() || offset == 0 => "%Y-%m-%dT%H:%M:%S.%LZ",
        None => "%Y-%m-%dT%H:%M:%S.%L",
        Some(RawBsonRef::String(format)) => format,
        Some(RawBsonRef::Null) => return Ok(Value::NULL),
        Some(_) => {
            return fail(
                18533,
                format!(
                    "$dateToString requires that 'format' be a string, found: {}",
                    arguments.at(1).type_name()
                ),
            );
        }
    };
    let at = Parts::of(ms.saturating_add(offset));
    let mut text = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let minutes = offset / 60_000;
        let piece = match letters.next() {
            Some('Y') => format!("{:04}", at.year),
            Some('m') => format!("{:02}", at.month),
            Some('d') => format!("{:02}", at.day),
            Some('H') => format!("{:02}", at.hour),
            Some('M') => format!("{:02}", at.minute),
            Some('S') => format!("{:02}", at.second),
            Some('L') => format!("{:03}", at.millisecond),
            Some('j') => format!("{:03}", at.day_of_year()),
            Some('w') => (at.iso_weekday() % 7 + 1).to_string(),
            Some('u') => at.iso_weekday().to_string(),
            Some('U') => format!("{:02}", week_of_year(at)),
            Some('V') => format!("{:02}", at.iso_week().1),
            Some('G') => format!("{:04}", at.iso_week().0),
            Some('b') => MONTHS[(at.month - 1) as usize][..3].to_owned(),
            Some('B') => MONTHS[(at.month - 1) as usize].to_owned(),
            Some('z') => format!(
                "{}{:02}{:02}",
                if minutes < 0 { '-' } else { '+' },
                minutes.abs() / 60,
                minutes.abs() % 60
            ),
            Some('Z') => minutes.to_string(),
            Some('%') => "%".to_owned(),
            Some(other) => return fail(18536, format!("Invalid format character '%{other}' in format string")),
            None => return fail(18535, "Unmatched '%' at end of format string"),
        };
        text.push_str(&piece);
    }
    Ok(text.into())
}

pub(super) fn from_text(mut arguments: Arguments<'_>) -> Result<Value<'_>> {
    let has_fallback = arguments.at(3).get().is_some();
    let parsed = match arguments.at(0).get() {
        None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => {
            let on_null = arguments.take(4);
            return Ok(if on_null.get().is_some() { on_null } else { Value::NULL });
        }
        Some(RawBsonRef::String(text)) => match arguments.at(1).text() {
            Some(format) => read(text, format),
            None => calendar::parse_iso(text),
        },
        Some(_) if has_fallback => None,
        Some(_) => {
            return fail(
                241,
                format!(
                    "$dateFromString requires that 'dateString' be a string, found: {}",
                    arguments.at(0).type_name()
                ),
            );
        }
    };
    match parsed {
        Some(ms) => match shift(arguments.at(2), ms)? {
            Some(offset) => Ok(bson::DateTime::from_millis(ms.saturating_sub(offset)).into()),
            None => Ok(Value::NULL),
        },
        None if has_fallback => Ok(arguments.take(3)),
        None => {
            let text = arguments.at(0).text().unwrap_or_default();
            fail(
                241,
                format!(
                    "Error parsing date string '{text}'; 0: passing a time zone identifier as part of the string is not allowed '{}'",
                    text.chars().next().unwrap_or(' ')
                ),
            )
        }
    }
}

/// Reads text by a format of `%Y %m %d …`.
fn read(text: &str, format: &str) -> Option<i64> {
    let mut at = Parts {
        year: 1970,
        month: 1,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        millisecond: 0,
    };
    let mut offset = 0;
    let mut rest = text;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            rest = rest.strip_prefix(letter)?;
            continue;
        }
        let kind = letters.next()?;
        let most = match kind {
            'Y' | 'G' => 4,
            'L' | 'j' => 3,
            _ => 2,
        };
        if kind == 'b' || kind == 'B' {
            let month = MONTHS.iter().position(|name| {
                rest.to_lowercase()
                    .starts_with(&(if kind == 'b' { &name[..3] } else { name }).to_lowercase())
            })?;
            rest = rest.get(if kind == 'b' { 3 } else { MONTHS[month].len() }..)?;
            at.month = month as i64 + 1;
            continue;
        }
        if kind == 'z' {
            let length = if rest.starts_with(['+', '-']) {
                if rest.get(3..4) == Some(":") { 6 } else { 5 }
            } else {
                1
            };
            offset = calendar::offset_minutes(rest.get(..length)?)? * 60_000;
            rest = &rest[length..];
            continue;
        }
        let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number: i64 = rest.get(..length)?.parse().ok()?;
        rest = &rest[length..];
        match kind {
            'Y' => at.year = number,
            'm' => at.month = number,
            'd' => at.day = number,
            'H' => at.hour = number,
            'M' => at.minute = number,
            'S' => at.second = number,
            'L' => at.millisecond = number,
            'j' => at.day = number,
            _ => return None,
        }
    }
    (rest.is_empty() && (1..=12).contains(&at.month)).then(|| at.to_ms().saturating_sub(offset))
}

pub(super) fn to_parts(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(ms) = local(&arguments)? else { return Ok(Value::NULL) };
    let at = Parts::of(ms);
    let mut parts = RawDocumentBuf::new();
    if arguments.at(2).is_true() {
        let (year, week) = at.iso_week();
        parts.append(bson::raw::cstr!("isoWeekYear"), year as i32);
        parts.append(bson::raw::cstr!("isoWeek"), week as i32);
        parts.append(bson::raw::cstr!("isoDayOfWeek"), at.iso_weekday() as i32);
    } else {
        parts.append(bson::raw::cstr!("year"), at.year as i32);
        parts.append(bson::raw::cstr!("month"), at.month as i32);
        parts.append(bson::raw::cstr!("day"), at.day as i32);
    }
    parts.append(bson::raw::cstr!("hour"), at.hour as i32);
    parts.append(bson::raw::cstr!("minute"), at.minute as i32);
    parts.append(bson::raw::cstr!("second"), at.second as i32);
    parts.append(bson::raw::cstr!("millisecond"), at.millisecond as i32);
    Ok(parts.into())
}

/// Months or milliseconds in a unit.
enum Unit {
    Months(i64),
    Ms(i64),
}

fn unit(value: &Value<'_>, name: &str) -> Result<Unit> {
    Ok(match value.text() {
        Some("year") => Unit::Months(12),
        Some("quarter") => Unit::Months(3),
        Some("month") => Unit::Months(1),
        Some("week") => Unit::Ms(7 * DAY),
        Some("day") => Unit::Ms(DAY),
        Some("hour") => Unit::Ms(3_600_000),
        Some("minute") => Unit::Ms(60_000),
        Some("second") => Unit::Ms(1000),
        Some("millisecond") => Unit::Ms(1),
        _ => return fail(9, format!("unknown time unit value: {} in {name}", value.shown())),
    })
}

/// `None` for a time that no date can be.
fn moved(ms: i64, by: i64, unit: &Unit) -> Option<i64> {
    match unit {
        Unit::Ms(length) => ms.checked_add(by.checked_mul(*length)?),
        Unit::Months(months) => {
            let at = Parts::of(ms);
            let total = (at.year * 12 + at.month - 1).checked_add(by.checked_mul(*months)?)?;
            let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
            // The last day of a shorter month stands for days that it lacks.
            let day = at.day.min(days_in_month(year, month));
            let ms = Parts { year, month, day, ..at }.to_ms();
            (ms != i64::MAX && ms != i64::MIN).then_some(ms)
        }
    }
}

fn shifted<'d>(arguments: &Arguments<'_>, name: &str, sign: i64) -> Result<Value<'d>> {
    let Some(ms) = moment(arguments.at(0))? else {
        return Ok(Value::NULL);
    };
    if arguments.at(1).is_nullish() || arguments.at(2).is_nullish() {
        return Ok(Value::NULL);
    }
    let unit = unit(arguments.at(1), name)?;
    let Some(amount) = arguments.at(2).whole() else {
        return fail(5166405, format!("{name} expects integer amount of time units"));
    };
    let Some(offset) = shift(arguments.at(3), ms)? else {
        return Ok(Value::NULL);
    };
    let moved = amount.checked_mul(sign).and_then(|by| moved(ms.saturating_add(offset), by, &unit));
    match moved.and_then(|moved| moved.checked_sub(offset)) {
        Some(ms) => Ok(bson::DateTime::from_millis(ms).into()),
        None => fail(5166406, format!("{name} overflowed")),
    }
}

pub(super) fn add(arguments: Arguments<'_>) -> Result<Value<'_>> {
    shifted(&arguments, "$dateAdd", 1)
}

pub(super) fn subtract(arguments: Arguments<'_>) -> Result<Value<'_>> {
    shifted(&arguments, "$dateSubtract", -1)
}

/// Days from Monday to the start of the week.
fn week_start(value: &Value<'_>, otherwise: i64) -> i64 {
    let name = value.text().unwrap_or_default().to_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .position(|day| name.starts_with(day))
        .map_or(otherwise, |day| day as i64)
}

pub(super) fn difference(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let (Some(start), Some(end)) = (moment(arguments.at(0))?, moment(arguments.at(1))?) else {
        return Ok(Value::NULL);
    };
    if arguments.at(2).is_nullish() {
        return Ok(Value::NULL);
    }
    let unit = unit(arguments.at(2), "$dateDiff")?;
    let (Some(a), Some(b)) = (shift(arguments.at(3), start)?, shift(arguments.at(3), end)?) else {
        return Ok(Value::NULL);
    };
    let (start, end) = (start.saturating_add(a), end.saturating_add(b));
    Ok(match unit {
        Unit::Months(months) => {
            let index = |ms: i64| {
                let at = Parts::of(ms);
                (at.year * 12 + at.month - 1).div_euclid(months)
            };
            index(end) - index(start)
        }
        Unit::Ms(length) if length == 7 * DAY => {
            let first = week_start(arguments.at(4), 6);
            let index = |ms: i64| (ms.div_euclid(DAY) + 3 - first).div_euclid(7);
            index(end) - index(start)
        }
        Unit::Ms(length) => end.div_euclid(length) - start.div_euclid(length),
    }
    .into())
}

pub(super) fn truncate(arguments: Arguments<'_>) -> Result<Value<'_>> {
    let Some(ms) = moment(arguments.at(0))? else {
        return Ok(Value::NULL);
    };
    if arguments.at(1).is_nullish() {
        return Ok(Value::NULL);
    }
    let unit = unit(arguments.at(1), "$dateTrunc")?;
    let bin = match arguments.at(2).get() {
        None => 1,
        Some(RawBsonRef::Null) => return Ok(Value::NULL),
        Some(_) => match arguments.at(2).whole() {
            Some(bin) if bin > 0 => bin,
            _ => return fail(5439016, "$dateTrunc requires 'binSize' to be a 64-bit integer greater than 0"),
        },
    };
    let Some(offset) = shift(arguments.at(3), ms)? else {
        return Ok(Value::NULL);
    };
    // Bins are counted from 2000-01-01.
    let origin = calendar::days_of(2000, 1, 1) * DAY;
    let at = ms.saturating_add(offset);
    let start = match unit {
        Unit::Months(months) => {
            let parts = Parts::of(at);
            let index = (parts.year - 2000) * 12 + parts.month - 1;
            let length = months.saturating_mul(bin);
            let first = index.div_euclid(length).saturating_mul(length);
            calendar::days_of(2000, first.saturating_add(1), 1).saturating_mul(DAY)
        }
        Unit::Ms(length) if length == 7 * DAY => {
            let first = week_start(arguments.at(4), 6);
            let monday = calendar::days_of(2000, 1, 3);
            let origin = (monday + first - if first > 5 { 7 } else { 0 }) * DAY;
            binned(at, origin, length.saturating_mul(bin))
        }
        Unit::Ms(length) => binned(at, origin, length.saturating_mul(bin)),
    };
    Ok(bson::DateTime::from_millis(start.saturating_sub(offset)).into())
}

/// The start of the bin of this length that a time is in.
fn binned(at: i64, origin: i64, length: i64) -> i64 {
    let bins = at.saturating_sub(origin).div_euclid(length);
    bins.saturating_mul(length).saturating_add(origin)
}

pub(super) fn timestamp_second(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null) => Ok(Value::NULL),
        Some(RawBsonRef::Timestamp(at)) => Ok(i64::from(at.time).into()),
        Some(_) => fail(
            5687301,
            format!("$tsSecond requires a timestamp, found: {}", arguments.at(0).type_name()),
        ),
    }
}

pub(super) fn timestamp_increment(arguments: Arguments<'_>) -> Result<Value<'_>> {
    match arguments.at(0).get() {
        None | Some(RawBsonRef::Null) => Ok(Value::NULL),
        Some(RawBsonRef::Timestamp(at)) => Ok(i64::from(at.increment).into()),
        Some(_) => fail(
            5687302,
            format!("$tsIncrement requires a timestamp, found: {}", arguments.at(0).type_name()),
        ),
    }
}
