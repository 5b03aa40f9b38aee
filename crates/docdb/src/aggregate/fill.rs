//! `$fill` (MongoDB manual: "$fill"): the `$setWindowFields` and the `$addFields` that it stands for.

use bson::{Bson, Document, doc};

use crate::error::Result;
use crate::expression::value::fail;

pub(super) fn rewrite(operand: &Bson) -> Result<Vec<(&'static str, Bson)>> {
    let Bson::Document(given) = operand else {
        return fail(10065, "invalid parameter: expected an object ($fill)");
    };
    let Some(Bson::Document(output)) = given.get("output") else {
        return fail(40414, "BSON field '$fill.output' is missing but a required field");
    };
    let mut windows = Document::new();
    let mut constants = Document::new();
    for (field, filling) in output {
        let path = format!("${field}");
        let value = filling.as_document().and_then(|filling| filling.get("value"));
        let method = filling.as_document().and_then(|filling| filling.get_str("method").ok());
        match (value, method) {
            (Some(value), None) => drop(constants.insert(field, doc! { "$ifNull": [path, value.clone()] })),
            (None, Some("linear")) => drop(windows.insert(field, doc! { "$linearFill": path })),
            (None, Some("locf")) => drop(windows.insert(field, doc! { "$locf": path })),
            _ => return fail(6050202, "Method must be either locf or linear"),
        }
    }
    let mut stages = Vec::new();
    if !windows.is_empty() {
        let mut stage = doc! { "output": windows };
        if let Some(by) = given.get("partitionBy") {
            stage.insert("partitionBy", by.clone());
        } else if let Some(Bson::Array(fields)) = given.get("partitionByFields") {
            let by: Document = fields
                .iter()
                .filter_map(Bson::as_str)
                .map(|field| (field.to_owned(), format!("${field}").into()))
                .collect();
            stage.insert("partitionBy", by);
        }
        if let Some(sort) = given.get("sortBy") {
            stage.insert("sortBy", sort.clone());
        }
        stages.push(("$setWindowFields", stage.into()));
    }
    if !constants.is_empty() {
        stages.push(("$addFields", constants.into()));
    }
    Ok(stages)
}
