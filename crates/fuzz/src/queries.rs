//! Filters, sorts, indexes and updates over the documents of `documents`.

use backlab_docdb::bson::{Bson, Document, doc};

use crate::documents::{FIELDS, path, scalar, value};
use crate::random::Random;

/// A filter that this database takes.
pub fn filter(random: &mut Random, depth: usize) -> Document {
    let mut filter = Document::new();
    for _ in 0..1 + random.below(3) {
        if depth > 0 && random.percent(15) {
            let operator = random.word("$and $or $or $nor");
            let parts: Vec<Document> = (0..1 + random.below(3)).map(|_| self::filter(random, depth - 1)).collect();
            filter.insert(operator, parts);
        } else {
            filter.insert(field_path(random), test(random, depth));
        }
    }
    filter
}

fn field_path(random: &mut Random) -> String {
    match random.below(10) {
        0 => "_id".into(),
        1..7 => (*random.pick(&FIELDS)).into(),
        _ => path(random),
    }
}

/// What a filter says of one field.
fn test(random: &mut Random, depth: usize) -> Bson {
    if random.percent(30) {
        return value(random, 1);
    }
    let mut tests = Document::new();
    for _ in 0..1 + usize::from(random.percent(30)) {
        operator(random, depth, &mut tests);
    }
    tests.into()
}

fn operator(random: &mut Random, depth: usize, tests: &mut Document) {
    match random.below(15) {
        0..6 => drop(tests.insert(random.word("$gt $gte $lt $lte $eq $ne"), value(random, 1))),
        6..8 => {
            let values: Vec<Bson> = (0..random.below(4)).map(|_| value(random, 1)).collect();
            tests.insert(random.word("$in $in $nin"), values);
        }
        8 => drop(tests.insert("$exists", random.percent(50))),
        9 => drop(tests.insert("$type", random.word("int double string null array object number date"))),
        10 => drop(tests.insert("$size", random.below(3) as i32)),
        11 => drop(tests.insert("$regex", random.word("^a ^A b$ ^ab .* 1"))),
        12 if depth > 0 => {
            let mut inner = Document::new();
            operator(random, depth - 1, &mut inner);
            let inner = if random.percent(50) { inner } else { filter(random, depth - 1) };
            tests.insert("$elemMatch", inner);
        }
        13 if depth > 0 => {
            let mut inner = Document::new();
            operator(random, depth - 1, &mut inner);
            tests.insert("$not", inner);
        }
        _ => {
            let values: Vec<Bson> = (0..1 + random.below(2)).map(|_| scalar(random)).collect();
            tests.insert("$all", values);
        }
    }
}

/// An order; it is total when `_id` ends it.
pub fn sort(random: &mut Random, total: bool) -> Document {
    let mut sort = Document::new();
    for _ in 0..random.below(3) {
        sort.insert(field_path(random), direction(random));
    }
    if total && !sort.contains_key("_id") {
        sort.insert("_id", direction(random));
    }
    sort
}

fn direction(random: &mut Random) -> i32 {
    if random.percent(50) { 1 } else { -1 }
}

/// An index as `createIndexes` is given it.
pub fn index(random: &mut Random) -> Document {
    let mut key = Document::new();
    for _ in 0..1 + random.below(3) {
        key.insert(field_path(random), direction(random));
    }
    let mut index = doc! { "key": key };
    match random.below(10) {
        0 => drop(index.insert("sparse", true)),
        1 | 2 => drop(index.insert("partialFilterExpression", partial(random))),
        3 => drop(index.insert("unique", true)),
        4 => index.extend(doc! { "unique": true, "sparse": true }),
        5 => drop(index.insert("collation", collation())),
        _ => {}
    }
    index
}

pub fn collation() -> Document {
    doc! { "locale": "en", "strength": 2 }
}

fn partial(random: &mut Random) -> Document {
    let test = match random.below(4) {
        0 => doc! { "$exists": true }.into(),
        1 | 2 => doc! { random.word("$gt $gte $lt $lte"): scalar(random) }.into(),
        _ => scalar(random),
    };
    doc! { *random.pick(&FIELDS): test }
}

/// An update that this database takes, for documents that allow it.
pub fn update(random: &mut Random) -> Document {
    let mut update = Document::new();
    for _ in 0..1 + random.below(2) {
        let (operator, operand) = match random.below(12) {
            0..3 => ("$set", value(random, 1)),
            3 => ("$unset", Bson::from("")),
            4 => ("$inc", Bson::from(random.below(3) as i32)),
            5 => ("$mul", Bson::from(2)),
            6 => ("$min", scalar(random)),
            7 => ("$max", scalar(random)),
            8 => ("$push", value(random, 1)),
            9 => ("$addToSet", scalar(random)),
            10 => ("$pop", Bson::from(1)),
            _ => ("$pull", scalar(random)),
        };
        let path = path(random);
        if !update.contains_key(operator) {
            update.insert(operator, doc! { path: operand });
        }
    }
    update
}
