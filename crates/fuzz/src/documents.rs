//! Documents with few names and few values, so that queries meet them: mixed types, arrays, nesting, null and missing.

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{Bson, DateTime, Document, doc};

use crate::random::Random;

pub const FIELDS: [&str; 4] = ["a", "b", "c", "d"];
const TEXTS: [&str; 8] = ["", "a", "A", "ab", "abc", "á", "b", "10"];

/// A value without parts.
pub fn scalar(random: &mut Random) -> Bson {
    let small = random.below(5) as i32 - 1;
    match random.below(16) {
        0..5 => Bson::Int32(small),
        5 => Bson::Int64(small.into()),
        6 => Bson::Double(small.into()),
        7 => Bson::Double(f64::from(small) + 0.5),
        8..11 => Bson::String((*random.pick(&TEXTS)).to_owned()),
        11 => Bson::Null,
        12 => Bson::Boolean(random.percent(50)),
        13 => Bson::DateTime(DateTime::from_millis(small.into())),
        14 => Bson::ObjectId(ObjectId::from_bytes([small as u8; 12])),
        _ => rare(random),
    }
}

fn rare(random: &mut Random) -> Bson {
    match random.below(9) {
        0 => Bson::Double(f64::NAN),
        1 => Bson::Double(f64::INFINITY),
        2 => Bson::Double(-0.0),
        3 => Bson::Int64(i64::MAX),
        4 => Bson::Int64(i64::MIN),
        5 => Bson::MinKey,
        6 => Bson::MaxKey,
        7 => "1.5".parse().map_or(Bson::Null, Bson::Decimal128),
        _ => Bson::Timestamp(backlab_docdb::bson::Timestamp { time: 1, increment: 1 }),
    }
}

/// A value of any kind, at most so many levels deep.
pub fn value(random: &mut Random, depth: usize) -> Bson {
    match random.below(10) {
        0..2 if depth > 0 => Bson::Array((0..random.below(4)).map(|_| value(random, depth - 1)).collect()),
        2..4 if depth > 0 => Bson::Document(fields(random, depth - 1)),
        _ => scalar(random),
    }
}

fn fields(random: &mut Random, depth: usize) -> Document {
    let mut document = Document::new();
    for name in FIELDS {
        if random.percent(55) {
            document.insert(name, value(random, depth));
        }
    }
    document
}

/// A document with this `_id`.
pub fn document(random: &mut Random, id: i32) -> Document {
    let mut document = doc! { "_id": id };
    document.extend(fields(random, 2));
    document
}

/// A path of one to three steps, some of them places in an array.
pub fn path(random: &mut Random) -> String {
    let mut path = (*random.pick(&FIELDS)).to_owned();
    for _ in 0..random.below(5).saturating_sub(2) {
        path.push('.');
        if random.percent(15) {
            path.push_str(random.word("0 1"));
        } else {
            path.push_str(random.pick::<&str>(&FIELDS));
        }
    }
    path
}
