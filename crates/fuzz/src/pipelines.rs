//! Aggregation stages and expressions from their names, with operands that often fit.

use backlab_docdb::bson::{Bson, Document, doc};

use crate::documents::{FIELDS, scalar, value};
use crate::queries;
use crate::random::Random;

/// Operators of expressions (MongoDB manual: "Aggregation Operators").
pub const EXPRESSIONS: &str = "$abs $acos $acosh $add $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $asin $asinh $atan \
    $atan2 $atanh $avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize $ceil $cmp $concat $concatArrays $cond $const $convert $cos $cosh \
    $dateAdd $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc $dayOfMonth $dayOfWeek $dayOfYear \
    $degreesToRadians $divide $eq $exp $filter $first $firstN $floor $getField $gt $gte $hour $ifNull $in $indexOfArray $indexOfBytes \
    $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $literal $ln $log $log10 $lt $lte $ltrim $map $max \
    $maxN $median $mergeObjects $meta $millisecond $min $minN $minute $mod $month $multiply $ne $not $objectToArray $or $percentile $pow \
    $radiansToDegrees $rand $range $reduce $regexFind $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim $second \
    $setDifference $setEquals $setField $setIntersection $setIsSubset $setUnion $sin $sinh $size $slice $sortArray $split $sqrt $stdDevPop \
    $stdDevSamp $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch $tan $tanh $toBool $toDate \
    $toDecimal $toDouble $toInt $toLong $toLower $toObjectId $toString $toUpper $trim $trunc $tsIncrement $tsSecond $type $unsetField $week \
    $year $zip";
/// Accumulators and window functions.
pub const ACCUMULATORS: &str = "$addToSet $avg $bottom $bottomN $count $covariancePop $covarianceSamp $denseRank $derivative $documentNumber \
    $expMovingAvg $first $firstN $integral $last $lastN $linearFill $locf $max $maxN $median $mergeObjects $min $minN $percentile $push $rank \
    $shift $stdDevPop $stdDevSamp $sum $top $topN";
/// Stages of pipelines.
pub const STAGES: &str = "$addFields $bucket $bucketAuto $count $densify $documents $facet $fill $graphLookup $group $limit $lookup $match \
    $merge $out $project $redact $replaceRoot $replaceWith $sample $set $setWindowFields $skip $sort $sortByCount $unionWith $unset $unwind";
/// Names of named arguments.
pub const ARGUMENTS: &str = "input as in cond limit initialValue vars to onError onNull format date timezone year month day hour minute second \
    millisecond isoWeekYear isoWeek isoDayOfWeek dateString startDate endDate unit amount startOfWeek binSize find replacement regex options \
    chars n sortBy field value inputs useLongestLength defaults if then else branches case default output p method by alpha N window range \
    documents boundaries groupBy buckets granularity from localField foreignField let pipeline path includeArrayIndex preserveNullAndEmptyArrays \
    newRoot size into on whenMatched whenNotMatched startWith connectFromField connectToField maxDepth depthField coll partitionBy partitionByFields";

/// An expression, at most so many levels deep.
pub fn expression(random: &mut Random, depth: usize) -> Bson {
    if depth == 0 || random.percent(35) {
        return match random.below(4) {
            0 => Bson::from(format!("${}", random.pick(&FIELDS))),
            1 => Bson::from(random.word("$$ROOT $$this $$value $$NOW $$REMOVE $$x $a.b $c.0 %Y-%m day")),
            _ => scalar(random),
        };
    }
    let operator = random.word(EXPRESSIONS);
    let operand = match random.below(5) {
        0 => expression(random, depth - 1),
        1..4 => Bson::Array((0..random.below(4)).map(|_| expression(random, depth - 1)).collect()),
        _ => Bson::Document(arguments(random, depth - 1)),
    };
    doc! { operator: operand }.into()
}

fn arguments(random: &mut Random, depth: usize) -> Document {
    let mut arguments = Document::new();
    for _ in 0..1 + random.below(5) {
        arguments.insert(random.word(ARGUMENTS), expression(random, depth));
    }
    arguments
}

/// A pipeline of up to three stages.
pub fn pipeline(random: &mut Random, depth: usize) -> Vec<Document> {
    (0..1 + random.below(3)).map(|_| stage(random, depth)).collect()
}

fn stage(random: &mut Random, depth: usize) -> Document {
    let mut computed = Document::new();
    for _ in 0..1 + random.below(3) {
        computed.insert(*random.pick(&FIELDS), expression(random, depth));
    }
    match random.below(12) {
        0 => doc! { "$match": queries::filter(random, depth) },
        1 => doc! { "$match": { "$expr": expression(random, depth) } },
        2 => doc! { random.word("$project $addFields $set"): computed },
        3 => doc! { "$sort": queries::sort(random, true) },
        4 | 5 => {
            let mut group = doc! { "_id": expression(random, depth) };
            for name in FIELDS {
                group.insert(name, doc! { random.word(ACCUMULATORS): expression(random, depth) });
            }
            doc! { "$group": group }
        }
        6 => doc! { "$unwind": format!("${}", random.pick(&FIELDS)) },
        7 => doc! { "$setWindowFields": {
            "partitionBy": expression(random, depth), "sortBy": queries::sort(random, true),
            "output": { "w": { random.word(ACCUMULATORS): expression(random, depth), "window": { "documents": [-1, 1] } } },
        } },
        8 if depth > 0 => doc! { "$facet": { "x": pipeline(random, depth - 1) } },
        9 if depth > 0 => {
            doc! { "$lookup": { "from": "things", "as": "j", "let": { "x": expression(random, 0) }, "pipeline": pipeline(random, depth - 1) } }
        }
        10 => doc! { random.word(STAGES): arguments(random, depth) },
        _ => doc! { random.word(STAGES): value(random, 2) },
    }
}
