//! What expressions give, row by row.

use bson::{Bson, DateTime, Document, RawDocumentBuf, bson, doc};

use super::Expression;
use crate::scope::Scope;

fn evaluate(expression: Bson, document: Document) -> crate::Result<Option<Bson>> {
    let raw = RawDocumentBuf::try_from(&document)?;
    let parsed = Expression::parse(&expression, &Scope::default())?;
    let value = parsed.evaluate(&raw)?.into_raw();
    value.map(Bson::try_from).transpose().map_err(Into::into)
}

#[track_caller]
fn check(expression: Bson, expected: Bson) {
    let document = doc! {
        "n": 5, "d": 2.5, "s": "Hello", "a": [1, 2, 3], "o": { "x": 1, "y": [{ "z": 1 }, { "z": 2 }, {}] }, "nil": null,
        "at": DateTime::from_millis(1_709_164_800_123),
    };
    assert_eq!(evaluate(expression.clone(), document).unwrap(), Some(expected), "{expression}");
}

#[track_caller]
fn fails(expression: Bson, code: i32) {
    let error = evaluate(expression.clone(), doc! { "n": 5, "s": "x" }).unwrap_err();
    assert_eq!(error.code(), code, "{expression}: {error}");
}

#[test]
fn paths_and_objects() {
    check(bson!("$o.x"), bson!(1));
    check(bson!("$o.y.z"), bson!([1, 2]));
    check(bson!({ "p": "$n", "q": "$nope" }), bson!({ "p": 5 }));
    check(bson!(["$n", "$nope"]), bson!([5, null]));
    check(bson!({ "$literal": "$n" }), bson!("$n"));
    check(
        bson!({ "$mergeObjects": ["$o", { "x": 2 }] }),
        bson!({ "x": 2, "y": [{ "z": 1 }, { "z": 2 }, {}] }),
    );
    check(bson!({ "$objectToArray": { "a": "$n" } }), bson!([{ "k": "a", "v": 5 }]));
    check(bson!({ "$arrayToObject": [[["a", 1]]] }), bson!({ "a": 1 }));
    assert_eq!(evaluate(bson!("$nope"), doc! {}).unwrap(), None);
}

#[test]
fn arithmetic() {
    check(bson!({ "$add": ["$n", 1] }), bson!(6));
    check(bson!({ "$add": ["$n", 0.5] }), bson!(5.5));
    check(bson!({ "$add": [2_147_483_647, 1] }), Bson::Int64(2_147_483_648));
    check(bson!({ "$add": ["$n", "$nil"] }), Bson::Null);
    check(bson!({ "$divide": ["$n", 2] }), bson!(2.5));
    check(bson!({ "$mod": [-7, 3] }), bson!(-1));
    check(bson!({ "$round": [2.675, 1] }), bson!(2.7));
    check(bson!({ "$pow": [2, 10] }), bson!(1024));
    check(
        bson!({ "$subtract": ["$at", 123] }),
        Bson::DateTime(DateTime::from_millis(1_709_164_800_000)),
    );
    let decimal = |text: &str| Bson::Decimal128(text.parse().unwrap());
    check(bson!({ "$add": [decimal("0.1"), decimal("0.2")] }), decimal("0.3"));
    check(bson!({ "$avg": "$a" }), bson!(2.0));
    fails(bson!({ "$add": ["$s", 1] }), 14);
    fails(bson!({ "$divide": ["$n", 0] }), 2);
    fails(bson!({ "$nope": 1 }), 168);
    fails(bson!({ "$subtract": [1] }), 16020);
    for far in [f64::INFINITY, f64::NAN, 1e300] {
        fails(bson!({ "$add": [DateTime::from_millis(3), far] }), 15);
        fails(bson!({ "$subtract": [DateTime::from_millis(3), far] }), 15);
    }
    fails(bson!({ "$subtract": [DateTime::MAX, DateTime::MIN] }), 15);
}

#[test]
fn conditions_and_arrays() {
    check(bson!({ "$cond": [{ "$gt": ["$n", 3] }, "big", "small"] }), bson!("big"));
    check(
        bson!({ "$switch": { "branches": [{ "case": false, "then": 1 }], "default": 2 } }),
        bson!(2),
    );
    check(bson!({ "$ifNull": ["$nope", "$nil", 7] }), bson!(7));
    check(
        bson!({ "$map": { "input": "$a", "as": "i", "in": { "$multiply": ["$$i", "$n"] } } }),
        bson!([5, 10, 15]),
    );
    check(
        bson!({ "$filter": { "input": "$a", "cond": { "$gte": ["$$this", 2] } } }),
        bson!([2, 3]),
    );
    check(
        bson!({ "$reduce": { "input": "$a", "initialValue": 0, "in": { "$add": ["$$value", "$$this"] } } }),
        bson!(6),
    );
    check(
        bson!({ "$let": { "vars": { "x": 1, "y": "$n" }, "in": { "$add": ["$$x", "$$y"] } } }),
        bson!(6),
    );
    check(bson!({ "$arrayElemAt": ["$a", -1] }), bson!(3));
    check(bson!({ "$slice": ["$a", 1, 5] }), bson!([2, 3]));
    check(bson!({ "$setUnion": [[3, 1], [1, 2]] }), bson!([1, 2, 3]));
    check(bson!({ "$in": [2, "$a"] }), bson!(true));
    check(bson!({ "$size": "$a" }), bson!(3));
    check(bson!({ "$range": [0, 5, 2] }), bson!([0, 2, 4]));
    check(bson!({ "$range": [0, i32::MAX, -1] }), bson!([]));
    fails(bson!({ "$range": [0, i32::MAX] }), 146);
    fails(bson!({ "$range": [0, i64::MAX] }), 34444);
    check(bson!({ "$sortArray": { "input": [3, 1, 2], "sortBy": -1 } }), bson!([3, 2, 1]));
    fails(bson!({ "$size": "$s" }), 17124);
    fails(bson!("$$nope"), 17276);
}

#[test]
fn what_grows_without_end_is_refused() {
    let grow = |each: Bson| bson!({ "$reduce": { "input": { "$range": [0, 100] }, "initialValue": ["abcdefgh"], "in": each } });
    fails(grow(bson!({ "$concatArrays": ["$$value", "$$value"] })), 146);
    fails(grow(bson!({ "a": "$$value", "b": "$$value" })), 146);
    fails(grow(bson!(["$$value", "$$value"])), 146);
    let squared = bson!({ "$map": { "input": { "$range": [0, 20_000] }, "in": { "$range": [0, 20_000] } } });
    fails(squared, 146);
}

#[test]
fn strings_types_and_dates() {
    check(bson!({ "$concat": ["$s", " ", "you"] }), bson!("Hello you"));
    check(bson!({ "$toUpper": "$s" }), bson!("HELLO"));
    check(bson!({ "$substrCP": ["$s", 1, 3] }), bson!("ell"));
    check(bson!({ "$split": ["a-b", "-"] }), bson!(["a", "b"]));
    check(bson!({ "$trim": { "input": "  x " } }), bson!("x"));
    check(
        bson!({ "$regexMatch": { "input": "$s", "regex": "^h", "options": "i" } }),
        bson!(true),
    );
    check(bson!({ "$toInt": "42" }), bson!(42));
    check(bson!({ "$toString": "$d" }), bson!("2.5"));
    check(bson!({ "$convert": { "input": "x", "to": "int", "onError": 0 } }), bson!(0));
    check(bson!({ "$type": "$a" }), bson!("array"));
    check(bson!({ "$year": "$at" }), bson!(2024));
    check(bson!({ "$dayOfWeek": "$at" }), bson!(5));
    check(
        bson!({ "$dateToString": { "date": "$at", "format": "%Y-%m-%d %H:%M" } }),
        bson!("2024-02-29 00:00"),
    );
    check(
        bson!({ "$dateToString": { "date": { "$dateAdd": { "startDate": "$at", "unit": "year", "amount": 1 } } } }),
        bson!("2025-02-28T00:00:00.123Z"),
    );
    check(
        bson!({ "$dateDiff": { "startDate": "$at", "endDate": "$at", "unit": "day" } }),
        Bson::Int64(0),
    );
    fails(bson!({ "$toInt": "x" }), 241);
    fails(bson!({ "$year": "$s" }), 16006);
    fails(bson!({ "$dateFromParts": { "year": i64::MAX } }), 40523);
    fails(bson!({ "$dateFromParts": { "year": 2024, "month": 40_000 } }), 31034);
    let start = Bson::DateTime(bson::DateTime::from_millis(0));
    let far = bson!({ "$dateAdd": { "startDate": start, "unit": "year", "amount": i64::MAX / 2 } });
    fails(far, 5166406);
    let truncated = bson!({ "$dateTrunc": { "date": "$at", "unit": "year", "binSize": i64::MAX } });
    check(bson!({ "$type": truncated }), bson!("date"));
}

#[test]
fn fields_by_name_and_numbers_by_place() {
    check(bson!({ "$getField": "n" }), bson!(5));
    check(
        bson!({ "$getField": { "field": "x.y", "input": { "$literal": { "x.y": 1 } } } }),
        bson!(1),
    );
    let people = bson!([{ "a": { "b": 2 } }, { "a": { "b": 1 } }]);
    check(
        bson!({ "$sortArray": { "input": { "$literal": people }, "sortBy": { "a.b": 1 } } }),
        bson!([{ "a": { "b": 1 } }, { "a": { "b": 2 } }]),
    );
    check(bson!({ "$round": [1.6015, 3] }), bson!(1.601));
    check(bson!({ "$round": [2.5, 0] }), bson!(2.0));
    check(bson!({ "$round": [19.25, -1] }), bson!(20.0));
    check(bson!({ "$median": { "input": "$a", "method": "approximate" } }), bson!(2.0));
    check(
        bson!({ "$percentile": { "input": "$a", "p": [0.1, 0.9], "method": "approximate" } }),
        bson!([1.0, 3.0]),
    );
    check(bson!({ "$acosh": 1 }), bson!(0.0));
    check(bson!({ "$acosh": std::f64::consts::PI }), bson!(1.811_526_272_460_853));
    fails(bson!({ "$acos": 2 }), 50989);
    // Nothing here runs JavaScript.
    fails(
        bson!({ "$function": { "body": "function () {}", "args": [], "lang": "js" } }),
        31264,
    );
    fails(bson!({ "$sin": f64::INFINITY }), 50989);
}
