//! Why a validator refuses a document, as the `details` of MongoDB's error say it (MongoDB manual: "Schema Validation",
//! "View Existing Validation Rules" and the errors of its examples).

use bson::{Bson, Document, RawBsonRef, RawDocument, doc};

use super::schema_failures;
use super::{Filter, is_operator_document};
use crate::path::Path;
use crate::shell::type_name;

/// The details of the failure of a validator that this document does not fit: one clause, or the clauses of a `$and`.
pub(crate) fn details(validator: &Document, document: &RawDocument) -> Document {
    let clauses: Vec<Document> = validator.iter().map(|(name, value)| doc! { name: value.clone() }).collect();
    match &clauses[..] {
        [clause] => clause_details(clause, document),
        _ => {
            let failed = unsatisfied(&clauses, document, clause_details);
            doc! { "operatorName": "$and", "clausesNotSatisfied": failed }
        }
    }
}

/// `{ index, details }` of the clauses that do not hold.
fn unsatisfied(clauses: &[Document], document: &RawDocument, describe: impl Fn(&Document, &RawDocument) -> Document) -> Vec<Bson> {
    let fails = |clause: &&Document| !Filter::parse(clause).is_ok_and(|filter| filter.matches(document));
    let failed = (0_i32..).zip(clauses).filter(|(_, clause)| fails(clause));
    failed
        .map(|(index, clause)| doc! { "index": index, "details": describe(clause, document) }.into())
        .collect()
}

fn clause_details(clause: &Document, document: &RawDocument) -> Document {
    let Some((name, value)) = clause.iter().next() else {
        return Document::new();
    };
    let parts = || -> Vec<Document> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Bson::as_document)
            .cloned()
            .collect()
    };
    match name.as_str() {
        "$jsonSchema" => {
            let schema = value.as_document().cloned().unwrap_or_default();
            let mut shown = doc! { "operatorName": "$jsonSchema" };
            schema_failures::name(&schema, &mut shown);
            let failures = schema_failures::failures(&schema, RawBsonRef::Document(document));
            shown.insert("schemaRulesNotSatisfied", failures);
            shown
        }
        "$and" | "$or" => doc! { "operatorName": name, "clausesNotSatisfied": unsatisfied(&parts(), document, details) },
        "$nor" => {
            let held = (0_i32..).zip(parts());
            let held = held.filter(|(_, part)| Filter::parse(part).is_ok_and(|filter| filter.matches(document)));
            let clauses: Vec<Bson> = held
                .map(|(index, part)| doc! { "index": index, "details": { "operatorName": part.keys().next(), "specifiedAs": part.clone(), "reason": "expression matched" } }.into())
                .collect();
            doc! { "operatorName": "$nor", "clausesNotSatisfied": clauses }
        }
        "$expr" => {
            doc! { "operatorName": "$expr", "specifiedAs": clause.clone(), "reason": "expression did not match", "expressionResult": false }
        }
        name if name.starts_with('$') => doc! { "operatorName": name, "specifiedAs": clause.clone(), "reason": "expression did not match" },
        path => field_details(path, value, document),
    }
}

/// Of `{ age: { $gt: 5, $lt: 9 } }`, the first operator that does not hold, and the value that it looked at.
fn field_details(path: &str, condition: &Bson, document: &RawDocument) -> Document {
    let holds = |clause: &Document| Filter::parse(clause).is_ok_and(|filter| filter.matches(document));
    let (operator, specified) = match condition {
        Bson::Document(operators) if is_operator_document(operators) => {
            let mut clauses = operators
                .iter()
                .map(|(operator, value)| (operator.as_str(), doc! { path: { operator: value.clone() } }));
            let failed = clauses.find(|(_, clause)| !holds(clause));
            failed.unwrap_or(("$eq", doc! { path: condition.clone() }))
        }
        Bson::RegularExpression(_) => ("$regex", doc! { path: condition.clone() }),
        _ => ("$eq", doc! { path: condition.clone() }),
    };
    let mut found: Vec<Bson> = Vec::new();
    Path::new(path).any(document, &mut |value| {
        found.extend(value.and_then(|value| Bson::try_from(value).ok()));
        false
    });
    let mut shown = doc! { "operatorName": operator, "specifiedAs": specified };
    let reason = match operator {
        "$exists" if found.is_empty() => "path does not exist",
        "$exists" => "path does exist",
        _ if found.is_empty() => "field was missing",
        "$type" => "type did not match",
        "$in" => "no matching value found in array",
        "$nin" => "matching value found in array",
        "$regex" => "regular expression did not match",
        "$mod" => "$mod did not evaluate to expected remainder",
        "$size" => "array length was not equal to given size",
        "$not" => "child expression matched",
        _ => "comparison failed",
    };
    shown.insert("reason", reason);
    match (operator, &found[..]) {
        ("$exists", _) | (_, []) => {}
        ("$type", [value]) => {
            shown.insert("consideredValue", value.clone());
            shown.insert("consideredType", type_name(value));
        }
        (_, [value]) => {
            shown.insert("consideredValue", value.clone());
        }
        (_, values) => {
            shown.insert("consideredValues", values.to_vec());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::RawDocumentBuf;

    #[track_caller]
    fn check(validator: Document, document: Document, expected: Document) {
        let document = RawDocumentBuf::try_from(&document).unwrap();
        assert_eq!(details(&validator, &document), expected);
    }

    #[test]
    fn operators_of_queries() {
        check(
            doc! { "age": { "$gt": 5 } },
            doc! { "age": 3 },
            doc! { "operatorName": "$gt", "specifiedAs": { "age": { "$gt": 5 } }, "reason": "comparison failed", "consideredValue": 3 },
        );
        check(
            doc! { "age": { "$gt": 5 } },
            doc! {},
            doc! { "operatorName": "$gt", "specifiedAs": { "age": { "$gt": 5 } }, "reason": "field was missing" },
        );
        check(
            doc! { "a": { "$type": "string" } },
            doc! { "a": 1 },
            doc! {
                "operatorName": "$type", "specifiedAs": { "a": { "$type": "string" } }, "reason": "type did not match",
                "consideredValue": 1, "consideredType": "int",
            },
        );
        check(
            doc! { "a": 1, "b": { "$in": [1, 2] } },
            doc! { "a": 1, "b": 3 },
            doc! { "operatorName": "$and", "clausesNotSatisfied": [{ "index": 1, "details": {
                "operatorName": "$in", "specifiedAs": { "b": { "$in": [1, 2] } }, "reason": "no matching value found in array",
                "consideredValue": 3,
            } }] },
        );
        check(
            doc! { "$or": [{ "phone": { "$type": "string" } }, { "status": { "$exists": true } }] },
            doc! {},
            doc! { "operatorName": "$or", "clausesNotSatisfied": [
                { "index": 0, "details": { "operatorName": "$type", "specifiedAs": { "phone": { "$type": "string" } }, "reason": "field was missing" } },
                { "index": 1, "details": { "operatorName": "$exists", "specifiedAs": { "status": { "$exists": true } }, "reason": "path does not exist" } },
            ] },
        );
    }
}
