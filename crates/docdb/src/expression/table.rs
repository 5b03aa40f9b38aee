//! Every operator whose arguments are plain values: name, arguments, function.

use super::Operator;
use super::{
    arithmetic as a, arrays as r, bits as b, comparison as c, convert as v, dates as d, objects as o, percentiles as p, sets as s,
    strings as t, trigonometry as g,
};

pub(super) enum Shape {
    Positional {
        least: usize,
        most: usize,
    },
    /// `{ input: …, find: … }`; the first `required` have to be there.
    Named {
        names: &'static [&'static str],
        required: usize,
    },
}

pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) call: Operator,
    /// The same arguments always give the same value.
    pub(super) is_pure: bool,
}

const fn exactly(name: &'static str, count: usize, call: Operator) -> Entry {
    between(name, count, count, call)
}

const fn between(name: &'static str, least: usize, most: usize, call: Operator) -> Entry {
    Entry {
        name,
        shape: Shape::Positional { least, most },
        call,
        is_pure: true,
    }
}

const fn any(name: &'static str, call: Operator) -> Entry {
    between(name, 0, usize::MAX, call)
}

const fn named(name: &'static str, names: &'static [&'static str], required: usize, call: Operator) -> Entry {
    Entry {
        name,
        shape: Shape::Named { names, required },
        call,
        is_pure: true,
    }
}

pub(super) fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.name == name)
}

const TABLE: &[Entry] = &[
    // Arithmetic.
    any("$add", a::sum),
    exactly("$subtract", 2, a::subtract),
    any("$multiply", a::multiply),
    exactly("$divide", 2, a::divide),
    exactly("$mod", 2, a::modulo),
    exactly("$abs", 1, a::abs),
    exactly("$ceil", 1, a::ceil),
    exactly("$floor", 1, a::floor),
    exactly("$exp", 1, a::exp),
    exactly("$ln", 1, a::ln),
    exactly("$log", 2, a::log),
    exactly("$log10", 1, a::log10),
    exactly("$pow", 2, a::pow),
    exactly("$sqrt", 1, a::sqrt),
    between("$round", 1, 2, a::round),
    between("$trunc", 1, 2, a::trunc),
    exactly("$sin", 1, g::sin),
    exactly("$cos", 1, g::cos),
    exactly("$tan", 1, g::tan),
    exactly("$asin", 1, g::asin),
    exactly("$acos", 1, g::acos),
    exactly("$atan", 1, g::atan),
    exactly("$atan2", 2, g::atan2),
    exactly("$sinh", 1, g::sinh),
    exactly("$cosh", 1, g::cosh),
    exactly("$tanh", 1, g::tanh),
    exactly("$asinh", 1, g::asinh),
    exactly("$acosh", 1, g::acosh),
    exactly("$atanh", 1, g::atanh),
    exactly("$degreesToRadians", 1, g::radians),
    exactly("$radiansToDegrees", 1, g::degrees),
    exactly("$bitNot", 1, b::bit_not),
    any("$bitAnd", b::bit_and),
    any("$bitOr", b::bit_or),
    any("$bitXor", b::bit_xor),
    any("$sum", a::total),
    any("$avg", a::mean),
    any("$min", a::least),
    any("$max", a::greatest),
    named("$median", &["input", "method"], 2, p::median),
    named("$percentile", &["input", "p", "method"], 3, p::percentile),
    any("$stdDevPop", a::deviation_of_all),
    any("$stdDevSamp", a::deviation_of_sample),
    // Comparison and booleans.
    exactly("$cmp", 2, c::order),
    exactly("$eq", 2, c::equal),
    exactly("$ne", 2, c::not_equal),
    exactly("$gt", 2, c::greater),
    exactly("$gte", 2, c::greater_or_equal),
    exactly("$lt", 2, c::less),
    exactly("$lte", 2, c::less_or_equal),
    exactly("$not", 1, c::not),
    // Strings.
    any("$concat", t::concat),
    exactly("$toLower", 1, t::lower),
    exactly("$toUpper", 1, t::upper),
    named("$trim", &["input", "chars"], 1, t::trim),
    named("$ltrim", &["input", "chars"], 1, t::trim_start),
    named("$rtrim", &["input", "chars"], 1, t::trim_end),
    exactly("$split", 2, t::split),
    exactly("$strLenBytes", 1, t::length_bytes),
    exactly("$strLenCP", 1, t::length),
    exactly("$strcasecmp", 2, t::compare_without_case),
    exactly("$substr", 3, t::substring_bytes),
    exactly("$substrBytes", 3, t::substring_bytes),
    exactly("$substrCP", 3, t::substring),
    between("$indexOfBytes", 2, 4, t::index_of_bytes),
    between("$indexOfCP", 2, 4, t::index_of),
    named("$replaceOne", &["input", "find", "replacement"], 3, t::replace_one),
    named("$replaceAll", &["input", "find", "replacement"], 3, t::replace_all),
    named("$regexMatch", &["input", "regex", "options"], 2, t::regex_match),
    named("$regexFind", &["input", "regex", "options"], 2, t::regex_find),
    named("$regexFindAll", &["input", "regex", "options"], 2, t::regex_find_all),
    // Arrays.
    exactly("$size", 1, r::size),
    exactly("$arrayElemAt", 2, r::element_at),
    exactly("$first", 1, r::first),
    exactly("$last", 1, r::last),
    named("$firstN", &["n", "input"], 2, r::first_n),
    named("$lastN", &["n", "input"], 2, r::last_n),
    named("$minN", &["n", "input"], 2, r::min_n),
    named("$maxN", &["n", "input"], 2, r::max_n),
    any("$concatArrays", r::concat),
    exactly("$in", 2, r::contains),
    between("$indexOfArray", 2, 4, r::index_of),
    exactly("$isArray", 1, r::is_array),
    between("$range", 2, 3, r::range),
    exactly("$reverseArray", 1, r::reverse),
    between("$slice", 2, 3, r::slice),
    named("$sortArray", &["input", "sortBy"], 2, r::sort),
    named("$zip", &["inputs", "useLongestLength", "defaults"], 1, r::zip),
    exactly("$arrayToObject", 1, r::to_object),
    exactly("$objectToArray", 1, o::to_array),
    // Sets.
    exactly("$setDifference", 2, s::difference),
    between("$setEquals", 2, usize::MAX, s::equals),
    any("$setIntersection", s::intersection),
    any("$setUnion", s::union),
    exactly("$setIsSubset", 2, s::is_subset),
    exactly("$allElementsTrue", 1, s::all_true),
    exactly("$anyElementTrue", 1, s::any_true),
    // Objects.
    any("$mergeObjects", o::merge),
    named("$getField", &["field", "input"], 1, o::get_field),
    named("$setField", &["field", "input", "value"], 3, o::set_field),
    named("$unsetField", &["field", "input"], 2, o::unset_field),
    // Types.
    exactly("$type", 1, v::type_of),
    exactly("$isNumber", 1, v::is_number),
    named("$convert", &["input", "to", "onError", "onNull", "format"], 2, v::convert),
    exactly("$toBool", 1, v::to_bool),
    exactly("$toInt", 1, v::to_int),
    exactly("$toLong", 1, v::to_long),
    exactly("$toDouble", 1, v::to_double),
    exactly("$toDecimal", 1, v::to_decimal),
    exactly("$toString", 1, v::to_string),
    exactly("$toDate", 1, v::to_date),
    exactly("$toObjectId", 1, v::to_object_id),
    exactly("$bsonSize", 1, o::bson_size),
    exactly("$binarySize", 1, o::binary_size),
    // Dates.
    named("$year", &["date", "timezone"], 1, d::year),
    named("$month", &["date", "timezone"], 1, d::month),
    named("$dayOfMonth", &["date", "timezone"], 1, d::day_of_month),
    named("$dayOfWeek", &["date", "timezone"], 1, d::day_of_week),
    named("$dayOfYear", &["date", "timezone"], 1, d::day_of_year),
    named("$week", &["date", "timezone"], 1, d::week),
    named("$isoWeek", &["date", "timezone"], 1, d::iso_week),
    named("$isoWeekYear", &["date", "timezone"], 1, d::iso_week_year),
    named("$isoDayOfWeek", &["date", "timezone"], 1, d::iso_day_of_week),
    named("$hour", &["date", "timezone"], 1, d::hour),
    named("$minute", &["date", "timezone"], 1, d::minute),
    named("$second", &["date", "timezone"], 1, d::second),
    named("$millisecond", &["date", "timezone"], 1, d::millisecond),
    named("$dateToString", &["date", "format", "timezone", "onNull"], 1, d::to_text),
    named(
        "$dateFromString",
        &["dateString", "format", "timezone", "onError", "onNull"],
        1,
        d::from_text,
    ),
    named("$dateToParts", &["date", "timezone", "iso8601"], 1, d::to_parts),
    named(
        "$dateFromParts",
        &[
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "millisecond",
            "timezone",
            "isoWeekYear",
            "isoWeek",
            "isoDayOfWeek",
        ],
        0,
        super::date_parts::from_parts,
    ),
    named("$dateAdd", &["startDate", "unit", "amount", "timezone"], 3, d::add),
    named("$dateSubtract", &["startDate", "unit", "amount", "timezone"], 3, d::subtract),
    named(
        "$dateDiff",
        &["startDate", "endDate", "unit", "timezone", "startOfWeek"],
        3,
        d::difference,
    ),
    named(
        "$dateTrunc",
        &["date", "unit", "binSize", "timezone", "startOfWeek"],
        2,
        d::truncate,
    ),
    exactly("$tsSecond", 1, d::timestamp_second),
    exactly("$tsIncrement", 1, d::timestamp_increment),
];
