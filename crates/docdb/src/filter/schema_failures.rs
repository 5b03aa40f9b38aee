//! Which rules of a `$jsonSchema` a value breaks, as MongoDB's error lists them (MongoDB manual: "Specify JSON Schema Validation").

use bson::{Bson, Document, RawBsonRef, doc};

use super::Pattern;
use super::schema::Schema;
use crate::shell::type_name;

/// The keywords in the order in which MongoDB speaks of them.
const ORDER: [&str; 23] = [
    "maximum",
    "minimum",
    "maxLength",
    "minLength",
    "pattern",
    "multipleOf",
    "maxItems",
    "minItems",
    "uniqueItems",
    "items",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "minProperties",
    "maxProperties",
    "dependencies",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "enum",
    "bsonType",
];

/// A schema's own words for itself.
pub(super) fn name(schema: &Document, shown: &mut Document) {
    for keyword in ["title", "description"] {
        shown.extend(schema.get(keyword).map(|words| (keyword.to_owned(), words.clone())));
    }
}

/// One entry for each keyword of the schema that the value does not satisfy.
pub(super) fn failures(schema: &Document, value: RawBsonRef) -> Vec<Bson> {
    let keywords = ORDER.into_iter().chain(["type"]);
    keywords
        .filter_map(|keyword| Some(failure(keyword, schema.get(keyword)?, schema, value)?.into()))
        .collect()
}

fn holds(schema: &Bson, value: RawBsonRef) -> bool {
    Schema::parse(schema).is_ok_and(|schema| schema.holds(value))
}

fn failure(keyword: &str, operand: &Bson, schema: &Document, value: RawBsonRef) -> Option<Document> {
    // Who else has a say in this keyword.
    let mut alone = doc! { keyword: operand.clone() };
    for other in match keyword {
        "maximum" => &["exclusiveMaximum"][..],
        "minimum" => &["exclusiveMinimum"],
        _ => &[],
    } {
        alone.extend(schema.get(other).map(|value| (other.to_string(), value.clone())));
    }
    if keyword == "additionalProperties" {
        return additional(operand, schema, value);
    }
    if holds(&Bson::Document(alone.clone()), value) {
        return None;
    }
    let considered = Bson::try_from(value).unwrap_or(Bson::Null);
    let simple = |reason: &str| {
        doc! { "operatorName": keyword, "specifiedAs": alone.clone(), "reason": reason, "consideredValue": considered.clone() }
    };
    let fields = match &considered {
        Bson::Document(fields) => fields.clone(),
        _ => Document::new(),
    };
    let items: Vec<Bson> = considered.as_array().cloned().unwrap_or_default();
    Some(match keyword {
        "maximum" | "minimum" => simple("comparison failed"),
        "maxLength" | "minLength" => simple("specified string length was not satisfied"),
        "pattern" => simple("regular expression did not match"),
        "multipleOf" => simple("considered value is not a multiple of the specified value"),
        "maxItems" | "minItems" => simple("array did not match specified length"),
        "enum" => simple("value was not found in enum"),
        "bsonType" | "type" => {
            let mut shown = simple("type did not match");
            shown.insert("consideredType", type_name(&considered));
            shown
        }
        "uniqueItems" => {
            let mut shown = simple("found a duplicate item");
            let twice = (1..items.len()).find(|place| items[..*place].contains(&items[*place]));
            shown.extend(twice.map(|place| ("duplicatedValue".to_owned(), items[place].clone())));
            shown
        }
        "items" => item_failures(operand, value),
        "properties" => {
            let mut failed = Vec::new();
            for (name, inner) in operand.as_document()? {
                failed.extend(property(name, inner, value, Document::new()));
            }
            doc! { "operatorName": keyword, "propertiesNotSatisfied": failed }
        }
        "patternProperties" => {
            let mut failed = Vec::new();
            for (pattern, inner) in operand.as_document()? {
                let Ok(known) = Pattern::new(pattern, "") else { continue };
                for name in fields.keys().filter(|name| known.regex().is_match(name)) {
                    failed.extend(property(name, inner, value, doc! { "regexMatched": pattern }));
                }
            }
            doc! { "operatorName": keyword, "details": failed }
        }
        "required" => {
            let missing: Vec<Bson> = missing(operand, &fields);
            doc! { "operatorName": keyword, "specifiedAs": alone, "missingProperties": missing }
        }
        "minProperties" | "maxProperties" => doc! {
            "operatorName": keyword, "specifiedAs": alone, "reason": "specified number of properties was not satisfied",
            "numberOfProperties": fields.len() as i32,
        },
        "dependencies" => {
            let mut failed: Vec<Bson> = Vec::new();
            for (name, needed) in operand.as_document()? {
                let missing = missing(needed, &fields);
                if fields.contains_key(name) && !missing.is_empty() {
                    failed.push(doc! { "conditionalProperty": name, "missingProperties": missing }.into());
                }
            }
            doc! { "operatorName": keyword, "failingDependencies": failed }
        }
        "not" => doc! { "operatorName": keyword, "reason": "child expression matched" },
        "allOf" | "anyOf" | "oneOf" => {
            let schemas = || (0_i32..).zip(operand.as_array().into_iter().flatten());
            let matching: Vec<Bson> = schemas()
                .filter(|(_, schema)| holds(schema, value))
                .map(|(index, _)| index.into())
                .collect();
            if keyword == "oneOf" && !matching.is_empty() {
                return Some(
                    doc! { "operatorName": keyword, "reason": "more than one subschema matched", "matchingSchemaIndexes": matching },
                );
            }
            let failed: Vec<Bson> = schemas()
                .filter(|(_, schema)| !holds(schema, value))
                .map(|(index, schema)| doc! { "index": index, "details": inner_failures(schema, value) }.into())
                .collect();
            doc! { "operatorName": keyword, "schemasNotSatisfied": failed }
        }
        _ => return None,
    })
}

fn inner_failures(schema: &Bson, value: RawBsonRef) -> Vec<Bson> {
    schema.as_document().map(|schema| failures(schema, value)).unwrap_or_default()
}

fn missing(names: &Bson, fields: &Document) -> Vec<Bson> {
    let names = names.as_array().into_iter().flatten();
    names
        .filter(|name| name.as_str().is_some_and(|name| !fields.contains_key(name)))
        .cloned()
        .collect()
}

/// `{ propertyName, description, details }` when the field is there and does not fit.
fn property(name_of_field: &str, schema: &Bson, value: RawBsonRef, more: Document) -> Option<Bson> {
    let field = value.as_document()?.get(name_of_field).ok()??;
    if holds(schema, field) {
        return None;
    }
    let mut shown = doc! { "propertyName": name_of_field };
    if let Some(schema) = schema.as_document() {
        name(schema, &mut shown);
    }
    shown.extend(more);
    shown.insert("details", inner_failures(schema, field));
    Some(shown.into())
}

fn additional(operand: &Bson, schema: &Document, value: RawBsonRef) -> Option<Document> {
    let list = |keyword: &str| schema.get_document(keyword).ok().into_iter().flatten();
    let patterns: Vec<Pattern> = list("patternProperties")
        .filter_map(|(pattern, _)| Pattern::new(pattern, "").ok())
        .collect();
    let is_named =
        |name: &str| list("properties").any(|(known, _)| known == name) || patterns.iter().any(|pattern| pattern.regex().is_match(name));
    let others: Vec<(&str, RawBsonRef)> = value
        .as_document()?
        .iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
        .filter(|(name, _)| !is_named(name))
        .collect();
    match operand {
        Bson::Boolean(false) if !others.is_empty() => {
            let names: Vec<Bson> = others.iter().map(|(name, _)| (*name).into()).collect();
            Some(doc! {
                "operatorName": "additionalProperties", "specifiedAs": { "additionalProperties": false }, "additionalProperties": names,
            })
        }
        Bson::Document(_) => {
            let (name, value) = others.into_iter().find(|(_, value)| !holds(operand, *value))?;
            Some(doc! {
                "operatorName": "additionalProperties", "reason": "at least one additional property did not match the subschema",
                "failingProperty": name, "details": inner_failures(operand, value),
            })
        }
        _ => None,
    }
}

fn item_failures(operand: &Bson, value: RawBsonRef) -> Document {
    let items = value.as_array().into_iter().flat_map(|items| items.into_iter().flatten());
    let items = (0_i32..).zip(items);
    match operand {
        Bson::Array(places) => {
            let failed: Vec<Bson> = items
                .zip(places)
                .filter(|((_, item), schema)| !holds(schema, *item))
                .map(|((index, item), schema)| doc! { "itemIndex": index, "details": inner_failures(schema, item) }.into())
                .collect();
            doc! { "operatorName": "items", "details": failed }
        }
        schema => {
            let mut shown = doc! { "operatorName": "items", "reason": "At least one item did not match the sub-schema" };
            for (index, item) in items.filter(|(_, item)| !holds(schema, *item)).take(1) {
                shown.insert("itemIndex", index);
                shown.insert("details", inner_failures(schema, item));
            }
            shown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::{RawDocumentBuf, bson};

    #[track_caller]
    fn check(schema: Document, document: Document, expected: Bson) {
        let document = RawDocumentBuf::try_from(&document).unwrap();
        assert_eq!(Bson::Array(failures(&schema, RawBsonRef::Document(&document))), expected);
    }

    #[test]
    fn fields_of_a_document() {
        let schema = doc! {
            "bsonType": "object", "required": ["name", "year"], "additionalProperties": false,
            "properties": {
                "_id": {}, "name": { "bsonType": "string" }, "tags": { "bsonType": "array", "items": { "bsonType": "string" } },
                "year": { "bsonType": "int", "minimum": 2017, "description": "must be an integer from 2017 on" },
            },
        };
        check(schema.clone(), doc! { "name": "Asha", "year": 2020 }, bson!([]));
        check(
            schema.clone(),
            doc! { "year": 2016, "more": 1 },
            bson!([
                { "operatorName": "properties", "propertiesNotSatisfied": [{
                    "propertyName": "year", "description": "must be an integer from 2017 on", "details": [
                        { "operatorName": "minimum", "specifiedAs": { "minimum": 2017 }, "reason": "comparison failed", "consideredValue": 2016 },
                    ],
                }] },
                { "operatorName": "additionalProperties", "specifiedAs": { "additionalProperties": false }, "additionalProperties": ["more"] },
                { "operatorName": "required", "specifiedAs": { "required": ["name", "year"] }, "missingProperties": ["name"] },
            ]),
        );
        check(
            schema,
            doc! { "name": 1, "year": 2020, "tags": ["a", 5] },
            bson!([{ "operatorName": "properties", "propertiesNotSatisfied": [
                { "propertyName": "name", "details": [{
                    "operatorName": "bsonType", "specifiedAs": { "bsonType": "string" }, "reason": "type did not match",
                    "consideredValue": 1, "consideredType": "int",
                }] },
                { "propertyName": "tags", "details": [{
                    "operatorName": "items", "reason": "At least one item did not match the sub-schema", "itemIndex": 1, "details": [{
                        "operatorName": "bsonType", "specifiedAs": { "bsonType": "string" }, "reason": "type did not match",
                        "consideredValue": 5, "consideredType": "int",
                    }],
                }] },
            ] }]),
        );
    }

    #[test]
    fn schemas_of_schemas() {
        let either = doc! { "oneOf": [{ "required": ["a"] }, { "required": ["b"] }], "not": { "required": ["c"] } };
        check(
            either.clone(),
            doc! { "a": 1, "b": 1, "c": 1 },
            bson!([
                { "operatorName": "oneOf", "reason": "more than one subschema matched", "matchingSchemaIndexes": [0, 1] },
                { "operatorName": "not", "reason": "child expression matched" },
            ]),
        );
        check(
            either,
            doc! {},
            bson!([{ "operatorName": "oneOf", "schemasNotSatisfied": [
                { "index": 0, "details": [{ "operatorName": "required", "specifiedAs": { "required": ["a"] }, "missingProperties": ["a"] }] },
                { "index": 1, "details": [{ "operatorName": "required", "specifiedAs": { "required": ["b"] }, "missingProperties": ["b"] }] },
            ] }]),
        );
    }
}
