//! `$bucket` and `$bucketAuto` (MongoDB manual: "$bucket", "$bucketAuto").

use std::borrow::Cow;

use bson::raw::CString;
use bson::{Bson, Document, RawBson, RawBsonRef, RawDocument, RawDocumentBuf, doc};

use super::accumulator::Accumulator;
use super::group::kept;
use crate::compare::compare;
use crate::error::Result;
use crate::expression::Expression;
use crate::expression::value::{fail, name};
use crate::scope::Scope;

/// `$bucket` as the `$group` and the `$sort` that it stands for.
pub(super) fn rewrite(operand: &Bson) -> Result<Document> {
    let Bson::Document(given) = operand else {
        return fail(40201, "Argument to $bucket stage must be an object");
    };
    let (Some(by), Some(Bson::Array(boundaries))) = (given.get("groupBy"), given.get("boundaries")) else {
        return fail(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
    };
    if boundaries.len() < 2 {
        return fail(
            40192,
            format!(
                "The $bucket 'boundaries' field must have at least 2 values, but found {} value(s).",
                boundaries.len()
            ),
        );
    }
    for pair in boundaries.windows(2) {
        let (low, high) = (RawBson::try_from(pair[0].clone())?, RawBson::try_from(pair[1].clone())?);
        if compare(low.as_raw_bson_ref(), high.as_raw_bson_ref()).is_ge() {
            return fail(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
        }
    }
    let branches: Vec<Bson> = boundaries
        .windows(2)
        .map(|pair| {
            let low = doc! { "$gte": [by.clone(), { "$literal": pair[0].clone() }] };
            let high = doc! { "$lt": [by.clone(), { "$literal": pair[1].clone() }] };
            doc! { "case": { "$and": [low, high] }, "then": { "$literal": pair[0].clone() } }.into()
        })
        .collect();
    let mut switch = doc! { "branches": branches };
    if let Some(default) = given.get("default") {
        switch.insert("default", doc! { "$literal": default.clone() });
    }
    let mut group = doc! { "_id": { "$switch": switch } };
    match given.get("output") {
        Some(Bson::Document(output)) => group.extend(output.clone()),
        _ => {
            group.insert("count", doc! { "$sum": 1 });
        }
    }
    Ok(doc! { "$group": group, "$sort": { "_id": 1 } })
}

#[derive(Debug)]
pub(crate) struct BucketAuto {
    by: Expression,
    buckets: usize,
    output: Vec<(CString, Accumulator)>,
}

impl BucketAuto {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(40240, "The argument to $bucketAuto must be an object");
        };
        let (Some(by), Some(buckets)) = (given.get("groupBy"), given.get("buckets")) else {
            return fail(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
        };
        let buckets = match crate::number::whole(buckets) {
            Some(buckets) if buckets > 0 => buckets as usize,
            _ => return fail(40243, "The $bucketAuto 'buckets' field must be greater than 0"),
        };
        let standard = doc! { "count": { "$sum": 1 } };
        let output = given.get_document("output").unwrap_or(&standard);
        let output = output
            .iter()
            .map(|(field, accumulator)| Ok((name(field)?, Accumulator::parse_field(field, accumulator, scope)?)))
            .collect::<Result<Vec<_>>>()?;
        Ok(BucketAuto {
            by: Expression::parse(by, scope)?,
            buckets,
            output,
        })
    }

    pub(super) fn run(&self, documents: &[Cow<'_, RawDocument>]) -> Result<Vec<RawDocumentBuf>> {
        let mut rows = Vec::with_capacity(documents.len());
        for document in documents {
            rows.push((kept(self.by.evaluate(document)?), document));
        }
        let order = |a: &RawBson, b: &RawBson| compare(a.as_raw_bson_ref(), b.as_raw_bson_ref());
        rows.sort_by(|(a, _), (b, _)| order(a, b));
        let size = (rows.len() as f64 / self.buckets as f64).round().max(1.0) as usize;
        let mut results = Vec::new();
        let mut start = 0;
        while start < rows.len() {
            let is_last = results.len() + 1 == self.buckets;
            let mut end = if is_last { rows.len() } else { (start + size).min(rows.len()) };
            // Equal values stay together.
            while end < rows.len() && order(&rows[end].0, &rows[end - 1].0).is_eq() {
                end += 1;
            }
            let bound = rows.get(end).unwrap_or(&rows[rows.len() - 1]);
            let mut id = RawDocumentBuf::new();
            id.append(bson::raw::cstr!("min"), rows[start].0.as_raw_bson_ref());
            id.append(bson::raw::cstr!("max"), bound.0.as_raw_bson_ref());
            let mut result = RawDocumentBuf::new();
            result.append(bson::raw::cstr!("_id"), &id);
            for (field, accumulator) in &self.output {
                let mut state = accumulator.start(RawBsonRef::Document(&id))?;
                for (_, document) in &rows[start..end] {
                    accumulator.add(&mut state, document)?;
                }
                if let Some(value) = accumulator.finish(state)?.get() {
                    result.append(field, value);
                }
            }
            results.push(result);
            start = end;
        }
        Ok(results)
    }
}
