//! Documents with something changed that no program would write: other types, extremes, operators where values belong.

use backlab_docdb::bson::raw::cstr;
use backlab_docdb::bson::spec::BinarySubtype;
use backlab_docdb::bson::{Binary, Bson, DateTime, Document, JavaScriptCodeWithScope, Regex, Timestamp};

use crate::documents::{path, value};
use crate::pipelines::{ACCUMULATORS, ARGUMENTS, EXPRESSIONS, STAGES};
use crate::random::Random;

/// Operators of filters, updates and projections.
pub const OPERATORS: &str = "$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $expr $jsonSchema $mod $regex $options $text \
    $where $geoWithin $geoIntersects $near $nearSphere $geometry $maxDistance $minDistance $box $center $centerSphere $polygon $all $elemMatch \
    $size $bitsAllSet $bitsAllClear $bitsAnySet $bitsAnyClear $slice $meta $comment $rand $sampleRate $currentDate $inc $min $max $mul $rename \
    $set $setOnInsert $unset $addToSet $pop $pull $push $pullAll $each $position $sort $bit $natural $search $language $caseSensitive \
    $diacriticSensitive $ref $id $db $alwaysTrue $alwaysFalse";
/// Words of JSON Schema, GeoJSON and index options.
const WORDS: &str = "bsonType required properties additionalProperties items minItems maxItems uniqueItems pattern minimum maximum enum allOf \
    anyOf oneOf not minLength multipleOf dependencies patternProperties Point Polygon LineString MultiPoint MultiPolygon GeometryCollection \
    type coordinates geometries locale strength numericOrdering textScore and or xor";

/// Changes one place; mostly a deep one.
pub fn change(random: &mut Random, document: &mut Document) {
    let names: Vec<String> = document.keys().cloned().collect();
    if names.is_empty() {
        document.insert(name(random), extreme(random));
        return;
    }
    let chosen = random.pick(&names).clone();
    match random.below(12) {
        0 => drop(document.remove(&chosen)),
        1 => drop(document.insert(name(random), extreme(random))),
        2 => {
            let moved = document.remove(&chosen).unwrap_or(Bson::Null);
            document.insert(name(random), moved);
        }
        _ => {
            if let Some(inner) = document.get_mut(&chosen) {
                change_value(random, inner);
            }
        }
    }
}

fn change_value(random: &mut Random, value: &mut Bson) {
    match value {
        Bson::Document(inner) if random.percent(85) => change(random, inner),
        Bson::Array(items) if !items.is_empty() && random.percent(85) => {
            let place = random.below(items.len());
            match random.below(8) {
                0 => drop(items.remove(place)),
                1 => {
                    let copy = items[place].clone();
                    items.push(copy);
                }
                _ => change_value(random, &mut items[place]),
            }
        }
        _ => match random.below(6) {
            0 => {
                let inner = std::mem::replace(value, Bson::Null);
                *value = Bson::Array(vec![inner]);
            }
            1 => {
                let inner = std::mem::replace(value, Bson::Null);
                let mut wrapped = Document::new();
                wrapped.insert(name(random), inner);
                *value = wrapped.into();
            }
            _ => *value = extreme(random),
        },
    }
}

/// A name of any kind.
fn name(random: &mut Random) -> String {
    match random.below(8) {
        0..2 => random.word(OPERATORS).into(),
        2 => random.word(EXPRESSIONS).into(),
        3 => random.word(STAGES).into(),
        4 => random.word(ACCUMULATORS).into(),
        5 => random.word(ARGUMENTS).into(),
        6 => path(random),
        _ => (*random.pick(&[
            "",
            "$",
            "$$",
            ".",
            "a.",
            ".a",
            "a..b",
            "_id",
            "$[]",
            "a.$",
            "a.$[].b",
            "a.$[x]",
            "a.99999999",
            "0",
            "é.ü",
            "a\u{1F600}",
        ]))
        .into(),
    }
}

/// A value at the edge of its type.
pub fn extreme(random: &mut Random) -> Bson {
    match random.below(16) {
        0 => Bson::Int32(*random.pick(&[0, 1, -1, 7, 400, i32::MAX, i32::MIN])),
        1 => Bson::Int64(*random.pick(&[0, 1, -1, i64::MAX, i64::MIN, 1 << 31, 1 << 53, -1 << 40])),
        2 => Bson::Double(*random.pick(&[
            0.0,
            -0.0,
            0.5,
            -1.5,
            1e300,
            -1e300,
            9.3e18,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MIN_POSITIVE,
        ])),
        3 => {
            let text = random.word("0 -0 1E+6144 1E-6176 NaN Infinity -Infinity 9.999999999999999999999999999999999E+6144 1.5");
            text.parse().map_or(Bson::Null, Bson::Decimal128)
        }
        4 => Bson::DateTime(DateTime::from_millis(*random.pick(&[
            0,
            -1,
            i64::MAX,
            i64::MIN,
            253_402_300_800_000,
            -62_135_596_800_001,
        ]))),
        5 => Bson::String(text(random)),
        6 => Bson::from(random.word(WORDS)),
        7 => Bson::from(format!("${}", name(random))),
        8 => Bson::RegularExpression(Regex {
            pattern: text(random).replace('\0', "").try_into().unwrap_or_else(|_| cstr!("a").into()),
            options: random.word("i m s x u ixms zz").try_into().unwrap_or_else(|_| cstr!("").into()),
        }),
        9 => Bson::Binary(Binary {
            subtype: BinarySubtype::Generic,
            bytes: vec![255; random.below(20)],
        }),
        10 => Bson::Timestamp(Timestamp {
            time: u32::MAX,
            increment: random.below(2) as u32,
        }),
        11 => Bson::JavaScriptCodeWithScope(JavaScriptCodeWithScope {
            code: "1".into(),
            scope: Document::new(),
        }),
        12 => random
            .pick(&[
                Bson::MinKey,
                Bson::MaxKey,
                Bson::Undefined,
                Bson::Null,
                Bson::Boolean(true),
                Bson::Boolean(false),
            ])
            .clone(),
        13 => Bson::Document(Document::new()),
        14 => Bson::Array(Vec::new()),
        _ => value(random, 2),
    }
}

fn text(random: &mut Random) -> String {
    let texts = [
        "",
        "a",
        "é",
        "\u{1F600}b",
        "a\0b",
        "(",
        "[",
        "(?=a)",
        "a{99999}",
        "(a*)*$",
        "\\",
        "%Y-%m-%dT%H:%M:%S.%L%z",
        "%",
        "%q",
        "2020-02-30",
        "+25:99",
        "Europe/Paris",
        "UTC",
        "-03:30",
        "9999-12-31T23:59:59.999Z",
        "0001-01-01",
        "12:00",
        "1e999",
        "-",
        "0x10",
        "ffffffffffffffffffffffff",
    ];
    let text = *random.pick(&texts);
    if random.percent(10) {
        text.repeat(1 + random.below(50))
    } else {
        text.to_owned()
    }
}
