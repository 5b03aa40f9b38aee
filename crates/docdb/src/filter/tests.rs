//! Which documents a filter finds, and which filters are refused.

use bson::{Bson, Document, bson, doc};

use super::Filter;
use crate::error::DocDbError;

#[track_caller]
fn check(filter: Document, document: Document, expected: bool) {
    let parsed = Filter::parse(&filter).unwrap();
    assert_eq!(parsed.matches_document(&document).unwrap(), expected, "{filter} on {document}");
}

#[test]
fn equality_looks_into_arrays_and_paths() {
    check(doc! { "a": 1 }, doc! { "a": 1.0 }, true);
    check(doc! { "a": 1 }, doc! { "a": "1" }, false);
    check(doc! { "a": 1 }, doc! { "a": [3, 1] }, true);
    check(doc! { "a": [3, 1] }, doc! { "a": [3, 1] }, true);
    check(doc! { "a": [3, 1] }, doc! { "a": [[3, 1]] }, true);
    check(doc! { "a": [1, 3] }, doc! { "a": [3, 1] }, false);
    check(doc! { "a.b": 2 }, doc! { "a": { "b": 2 } }, true);
    check(doc! { "a.b": 2 }, doc! { "a": [{ "b": 1 }, { "b": 2 }] }, true);
    check(doc! { "a.1.b": 2 }, doc! { "a": [{ "b": 1 }, { "b": 2 }] }, true);
    check(doc! { "a.0": 1 }, doc! { "a": [1] }, true);
    check(doc! { "a.0": 1 }, doc! { "a": [2, 1] }, false);
    check(doc! { "a.b": 1 }, doc! { "a": [[{ "b": 1 }]] }, false);
    check(doc! { "a": { "b": 1, "c": 2 } }, doc! { "a": { "c": 2, "b": 1 } }, false);
    check(doc! {}, doc! { "a": 1 }, true);
}

#[test]
fn null_finds_missing_fields() {
    check(doc! { "a": null }, doc! {}, true);
    check(doc! { "a": null }, doc! { "a": null }, true);
    check(doc! { "a": null }, doc! { "a": 0 }, false);
    check(doc! { "a": { "$ne": null } }, doc! {}, false);
    check(doc! { "a.b": null }, doc! { "a": 5 }, true);
    check(doc! { "a.b": null }, doc! { "a": [{ "b": 1 }, {}] }, true);
    check(doc! { "a.b": null }, doc! { "a": [] }, false);
    check(doc! { "a": { "$gte": null } }, doc! {}, true);
    check(doc! { "a": { "$gt": null } }, doc! {}, false);
}

#[test]
fn comparison_stays_within_a_type() {
    check(doc! { "a": { "$gt": 1 } }, doc! { "a": 2 }, true);
    check(doc! { "a": { "$gt": 1 } }, doc! { "a": "2" }, false);
    check(doc! { "a": { "$lt": "b" } }, doc! { "a": "a" }, true);
    check(doc! { "a": { "$gte": 2, "$lte": 2 } }, doc! { "a": 2 }, true);
    check(doc! { "a": { "$gt": 1, "$lt": 3 } }, doc! { "a": [0, 5] }, true);
    check(doc! { "a": { "$elemMatch": { "$gt": 1, "$lt": 3 } } }, doc! { "a": [0, 5] }, false);
    check(doc! { "a": { "$lt": 5 } }, doc! { "a": f64::NAN }, false);
    check(doc! { "a": { "$gt": Bson::MinKey } }, doc! { "a": "any" }, true);
}

#[test]
fn list_and_negation_operators() {
    check(doc! { "a": { "$in": [1, 2] } }, doc! { "a": 2 }, true);
    check(doc! { "a": { "$in": [1, null] } }, doc! {}, true);
    check(doc! { "a": { "$in": [] } }, doc! { "a": 1 }, false);
    check(doc! { "a": { "$nin": [1, 2] } }, doc! { "a": [2, 9] }, false);
    check(doc! { "a": { "$nin": [1] } }, doc! {}, true);
    check(doc! { "a": { "$ne": 1 } }, doc! { "a": [1, 2] }, false);
    check(doc! { "a": { "$not": { "$gt": 5 } } }, doc! {}, true);
    check(doc! { "a": { "$not": { "$gt": 5 } } }, doc! { "a": 6 }, false);
    check(doc! { "$or": [{ "a": 1 }, { "b": 1 }] }, doc! { "b": 1 }, true);
    check(doc! { "$and": [{ "a": 1 }, { "b": 1 }] }, doc! { "b": 1 }, false);
    check(doc! { "$nor": [{ "a": 1 }, { "b": 1 }] }, doc! { "c": 1 }, true);
}

#[test]
fn element_and_array_operators() {
    check(doc! { "a": { "$exists": true } }, doc! { "a": null }, true);
    check(doc! { "a": { "$exists": false } }, doc! { "a": null }, false);
    check(doc! { "a.b": { "$exists": false } }, doc! { "a": [] }, true);
    check(doc! { "a": { "$type": "number" } }, doc! { "a": 1.5 }, true);
    check(doc! { "a": { "$type": ["string", 10] } }, doc! { "a": null }, true);
    check(doc! { "a": { "$type": "array" } }, doc! { "a": [1] }, true);
    check(doc! { "a": { "$type": "int" } }, doc! { "a": ["x", 1] }, true);
    check(doc! { "a": { "$size": 2 } }, doc! { "a": [1, 2] }, true);
    check(doc! { "a": { "$size": 0 } }, doc! {}, false);
    check(doc! { "a": { "$all": [1, 2] } }, doc! { "a": [2, 3, 1] }, true);
    check(doc! { "a": { "$all": [1, 2] } }, doc! { "a": [1] }, false);
    check(doc! { "a": { "$all": [] } }, doc! { "a": [] }, false);
    check(
        doc! { "a": { "$elemMatch": { "b": 1, "c": 2 } } },
        doc! { "a": [{ "b": 1, "c": 2 }] },
        true,
    );
    check(
        doc! { "a": { "$elemMatch": { "b": 1, "c": 2 } } },
        doc! { "a": [{ "b": 1 }, { "c": 2 }] },
        false,
    );
    check(
        doc! { "a": { "$elemMatch": { "$or": [{ "b": 1 }, { "c": 2 }] } } },
        doc! { "a": [{ "c": 2 }] },
        true,
    );
    check(doc! { "a": { "$mod": [4, 1] } }, doc! { "a": 9 }, true);
    check(doc! { "a": { "$mod": [4, 1] } }, doc! { "a": "9" }, false);
}

#[test]
fn regular_expressions() {
    check(doc! { "a": { "$regex": "^as" } }, doc! { "a": "Asha" }, false);
    check(doc! { "a": { "$regex": "^as", "$options": "i" } }, doc! { "a": "Asha" }, true);
    check(
        doc! { "a": { "$options": "i", "$regex": "^as" } },
        doc! { "a": ["x", "Asha"] },
        true,
    );
    let regex = Bson::RegularExpression(bson::Regex {
        pattern: "sh".try_into().unwrap(),
        options: "".try_into().unwrap(),
    });
    check(doc! { "a": regex.clone() }, doc! { "a": "Asha" }, true);
    check(doc! { "a": { "$in": [regex.clone()] } }, doc! { "a": "Asha" }, true);
    check(doc! { "a": { "$not": regex } }, doc! { "a": "Asha" }, false);
}

#[test]
fn bad_filters_get_mongodbs_answer() {
    #[track_caller]
    fn refuse(filter: Document, code: i32, message: &str) {
        let error: DocDbError = Filter::parse(&filter).expect_err("filter should be refused");
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    refuse(
        doc! { "$foo": 1 },
        2,
        "unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.",
    );
    refuse(doc! { "a": { "$foo": 1 } }, 2, "unknown operator: $foo");
    refuse(doc! { "a": { "$gt": 1, "b": 1 } }, 2, "unknown operator: b");
    refuse(doc! { "a": { "$in": 1 } }, 2, "$in needs an array");
    refuse(doc! { "a": { "$all": 1 } }, 2, "$all needs an array");
    refuse(doc! { "$or": 1 }, 2, "$or must be an array");
    refuse(doc! { "$and": [] }, 2, "$and/$or/$nor must be a nonempty array");
    refuse(doc! { "$and": [1] }, 2, "$or/$and/$nor entries need to be full objects");
    refuse(doc! { "a": { "$not": 1 } }, 2, "$not needs a regex or a document");
    refuse(doc! { "a": { "$elemMatch": 1 } }, 2, "$elemMatch needs an Object");
    refuse(
        doc! { "a": { "$size": -1 } },
        2,
        "Failed to parse $size. Expected a non-negative number in: $size: -1",
    );
    refuse(doc! { "a": { "$mod": [0, 1] } }, 2, "divisor cannot be 0");
    refuse(doc! { "a": { "$type": "text" } }, 2, "Unknown type name alias: text");
    refuse(doc! { "a": { "$options": "i" } }, 2, "$options needs a $regex");
    refuse(doc! { "a": { "$regex": bson!(5) } }, 2, "$regex has to be a string");
    let broken = Filter::parse(&doc! { "a": { "$regex": "(" } }).unwrap_err();
    assert_eq!(broken.code_name(), "Location51091");
}
