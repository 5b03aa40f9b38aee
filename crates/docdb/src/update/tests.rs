//! What updates do to a document, and which are refused.

use bson::{Bson, DateTime, Document, RawDocumentBuf, bson, doc};

use super::Update;

fn run(document: &Document, update: &Document, inserting: bool) -> crate::Result<Document> {
    let mut changed = document.clone();
    let update = Update::parse(update)?;
    let result = update.apply(&mut changed, &super::Occasion::at(1_000, inserting));
    let raw = RawDocumentBuf::try_from(document)?;
    // On bytes it is the same, or left to the decoded document.
    if let (Some(after), false) = (update.apply_raw(&raw, 1_000)?, inserting) {
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(after, RawDocumentBuf::try_from(&changed)?);
    }
    result.map(|()| changed)
}

#[track_caller]
fn check(document: Document, update: Document, expected: Document) {
    assert_eq!(run(&document, &update, false).unwrap(), expected, "{update} on {document}");
}

#[track_caller]
fn refuse(document: Document, update: Document, code: i32, message: &str) {
    let error = run(&document, &update, false).expect_err("update should be refused");
    assert_eq!((error.code(), error.to_string().as_str()), (code, message));
}

#[test]
fn decimals_are_exact() {
    let decimal = |text: &str| Bson::Decimal128(text.parse().unwrap());
    check(
        doc! { "a": decimal("0.1") },
        doc! { "$inc": { "a": decimal("0.2") } },
        doc! { "a": decimal("0.3") },
    );
    check(
        doc! { "a": decimal("1.10") },
        doc! { "$mul": { "a": 3 } },
        doc! { "a": decimal("3.30") },
    );
}

#[test]
fn field_operators() {
    check(
        doc! { "a": 1 },
        doc! { "$set": { "a": 2, "b.c": 3 } },
        doc! { "a": 2, "b": { "c": 3 } },
    );
    check(
        doc! { "a": [1, { "b": 2 }] },
        doc! { "$set": { "a.1.b": 5, "a.3": 9 } },
        doc! { "a": [1, { "b": 5 }, null, 9] },
    );
    check(
        doc! { "a": 1, "b": { "c": 1 } },
        doc! { "$unset": { "a": "", "b.c": "", "x.y": "" } },
        doc! { "b": {} },
    );
    check(doc! { "a": [1, 2] }, doc! { "$unset": { "a.0": 1 } }, doc! { "a": [null, 2] });
    check(doc! { "a": 1 }, doc! { "$inc": { "a": 2, "n": -1 } }, doc! { "a": 3, "n": -1 });
    check(doc! { "a": i32::MAX }, doc! { "$inc": { "a": 1 } }, doc! { "a": 2_147_483_648_i64 });
    check(doc! { "a": 2 }, doc! { "$mul": { "a": 1.5, "b": 4 } }, doc! { "a": 3.0, "b": 0 });
    check(
        doc! { "a": 5, "b": 5 },
        doc! { "$min": { "a": 3, "b": 9, "c": 1 } },
        doc! { "a": 3, "b": 5, "c": 1 },
    );
    check(doc! { "a": 5 }, doc! { "$max": { "a": 9 } }, doc! { "a": 9 });
    check(
        doc! { "a": 1, "c": 2 },
        doc! { "$rename": { "a": "b", "none": "d" } },
        doc! { "c": 2, "b": 1 },
    );
    check(
        doc! {},
        doc! { "$currentDate": { "at": true } },
        doc! { "at": Bson::DateTime(DateTime::from_millis(1_000)) },
    );
    check(doc! { "a": 1 }, doc! { "$setOnInsert": { "b": 1 } }, doc! { "a": 1 });
    let inserted = run(&doc! {}, &doc! { "$setOnInsert": { "b": 1 }, "$set": { "a": 2 } }, true).unwrap();
    assert_eq!(inserted, doc! { "a": 2, "b": 1 });
}

#[test]
fn array_operators() {
    check(doc! {}, doc! { "$push": { "a": 1 } }, doc! { "a": [1] });
    check(
        doc! { "a": [1] },
        doc! { "$push": { "a": { "$each": [2, 3] } } },
        doc! { "a": [1, 2, 3] },
    );
    check(doc! { "a": [1] }, doc! { "$push": { "a": [2, 3] } }, doc! { "a": [1, [2, 3]] });
    check(
        doc! { "a": [5, 1] },
        doc! { "$push": { "a": { "$each": [3, 9], "$sort": -1, "$slice": 3 } } },
        doc! { "a": [9, 5, 3] },
    );
    check(
        doc! { "a": [{ "s": 2 }] },
        doc! { "$push": { "a": { "$each": [{ "s": 1 }], "$sort": { "s": 1 } } } },
        doc! { "a": [{ "s": 1 }, { "s": 2 }] },
    );
    check(
        doc! { "a": [1, 2] },
        doc! { "$push": { "a": { "$each": [9], "$position": 0 } } },
        doc! { "a": [9, 1, 2] },
    );
    check(
        doc! { "a": [1, 2, 3] },
        doc! { "$push": { "a": { "$each": [], "$slice": -2 } } },
        doc! { "a": [2, 3] },
    );
    check(
        doc! { "a": [1] },
        doc! { "$addToSet": { "a": { "$each": [1.0, 2, 2] } } },
        doc! { "a": [1, 2] },
    );
    check(doc! { "a": [1, 2, 3] }, doc! { "$pop": { "a": 1, "b": 1 } }, doc! { "a": [1, 2] });
    check(doc! { "a": [1, 2, 3] }, doc! { "$pop": { "a": -1 } }, doc! { "a": [2, 3] });
    check(doc! { "a": [1, 5, 9] }, doc! { "$pull": { "a": { "$gt": 4 } } }, doc! { "a": [1] });
    check(doc! { "a": [1, 5, 1] }, doc! { "$pull": { "a": 1 } }, doc! { "a": [5] });
    check(
        doc! { "a": [{ "p": "pen", "n": 1 }, { "p": "ink" }] },
        doc! { "$pull": { "a": { "p": "pen" } } },
        doc! { "a": [{ "p": "ink" }] },
    );
    check(doc! { "a": [1, 2, 3] }, doc! { "$pullAll": { "a": [1, 3] } }, doc! { "a": [2] });
}

#[test]
fn replacement_keeps_the_id() {
    check(doc! { "_id": 1, "a": 1 }, doc! { "b": 2 }, doc! { "_id": 1, "b": 2 });
    check(doc! { "_id": 1, "a": 1 }, doc! {}, doc! { "_id": 1 });
    refuse(
        doc! { "_id": 1 },
        doc! { "_id": 2 },
        66,
        "After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
    );
}

#[test]
fn bad_updates_get_mongodbs_answer() {
    refuse(
        doc! { "a": [{ "b": 1 }] },
        doc! { "$rename": { "a.$[].b": "c" } },
        2,
        "The source field for $rename may not be dynamic: a.$[].b",
    );
    refuse(
        doc! {},
        doc! { "$addToSet": { "a": { "$each": [1], "$slice": 1 } } },
        2,
        "Found unexpected fields after $each in $addToSet: { $each: [ 1 ], $slice: 1 }",
    );
    refuse(
        doc! {},
        doc! { "$foo": { "a": 1 } },
        9,
        "Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array",
    );
    refuse(
        doc! {},
        doc! { "$set": { "a": 1 }, "$inc": { "a": 1 } },
        40,
        "Updating the path 'a' would create a conflict at 'a'",
    );
    refuse(
        doc! {},
        doc! { "$set": { "a": 1, "a.b": 1 } },
        40,
        "Updating the path 'a.b' would create a conflict at 'a'",
    );
    refuse(
        doc! {},
        doc! { "$inc": { "a": "x" } },
        14,
        "Cannot increment with non-numeric argument: { a: \"x\" }",
    );
    refuse(
        doc! { "_id": 1, "a": "x" },
        doc! { "$inc": { "a": 1 } },
        14,
        "Cannot apply $inc to a value of non-numeric type. { _id: 1 } has the field 'a' of non-numeric type string",
    );
    refuse(
        doc! { "_id": 1, "a": 3 },
        doc! { "$push": { "a": 1 } },
        2,
        "The field 'a' must be an array but is of type int in document { _id: 1 }",
    );
    refuse(
        doc! { "a": 5 },
        doc! { "$set": { "a.b": 1 } },
        28,
        "Cannot create field 'b' in element {a: 5}",
    );
    refuse(
        doc! { "_id": 1 },
        doc! { "$set": { "_id": 2 } },
        66,
        "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
    refuse(
        doc! {},
        doc! { "$set": { "a..b": 1 } },
        56,
        "The update path 'a..b' contains an empty field name, which is not allowed.",
    );
    refuse(
        doc! { "a": bson!([]) },
        doc! { "$set": { "a.999999999": 1 } },
        28,
        "Cannot create field '999999999' in element {a: []}",
    );
}
