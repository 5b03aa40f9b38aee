//! `$jsonSchema` (MongoDB manual: "$jsonSchema"): JSON Schema draft 4 with `bsonType`.

use bson::{Bson, Document, RawBson, RawBsonRef, RawDocument};

use super::{Pattern, TypeSet};
use crate::compare::{Number, compare, equal};
use crate::error::{DocDbError, Result};
use crate::number::whole;
use crate::shell::type_name;

#[derive(Debug, Default)]
pub(crate) struct Schema {
    types: Option<TypeSet>,
    values: Option<Vec<RawBson>>,
    properties: Vec<(String, Schema)>,
    patterns: Vec<(Pattern, Schema)>,
    required: Vec<String>,
    /// What fields that are not named have to be; `Some(None)`: there may be none.
    additional: Option<Option<Box<Schema>>>,
    least_properties: Option<usize>,
    most_properties: Option<usize>,
    least: Option<(RawBson, bool)>,
    most: Option<(RawBson, bool)>,
    multiple_of: Option<f64>,
    least_length: Option<usize>,
    most_length: Option<usize>,
    pattern: Option<Pattern>,
    items: Option<Box<Schema>>,
    tuple: Vec<Schema>,
    least_items: Option<usize>,
    most_items: Option<usize>,
    unique_items: bool,
    all: Vec<Schema>,
    any: Vec<Schema>,
    one: Vec<Schema>,
    not: Option<Box<Schema>>,
    dependencies: Vec<(String, Vec<String>)>,
}

impl Schema {
    pub(super) fn parse(operand: &Bson) -> Result<Self> {
        match operand {
            Bson::Document(given) => Schema::parse_document(given),
            other => Err(DocDbError::mismatch(format!(
                "$jsonSchema must be an object, but found {}",
                type_name(other)
            ))),
        }
    }

    fn parse_document(given: &Document) -> Result<Self> {
        let mut schema = Schema::default();
        for (keyword, value) in given {
            schema.keyword(keyword, value, given)?;
        }
        Ok(schema)
    }

    fn keyword(&mut self, keyword: &str, value: &Bson, given: &Document) -> Result<()> {
        let wrong = || {
            DocDbError::mismatch(format!(
                "$jsonSchema keyword '{keyword}' has the wrong type of value: {}",
                type_name(value)
            ))
        };
        let size = || whole(value).and_then(|size| usize::try_from(size).ok()).ok_or_else(wrong);
        let list = || -> Result<Vec<Schema>> { value.as_array().ok_or_else(wrong)?.iter().map(Schema::parse).collect() };
        let names = |value: &Bson| -> Vec<String> {
            let items = value.as_array().into_iter().flatten();
            items.filter_map(Bson::as_str).map(str::to_owned).collect()
        };
        match keyword {
            "bsonType" => self.types = Some(TypeSet::parse(value)?),
            "type" => self.types = Some(TypeSet::parse(&json_types(value))?),
            "enum" => {
                let items = value.as_array().ok_or_else(wrong)?;
                self.values = Some(
                    items
                        .iter()
                        .map(|item| RawBson::try_from(item.clone()))
                        .collect::<bson::error::Result<Vec<_>>>()?,
                );
            }
            "properties" => {
                for (name, inner) in value.as_document().ok_or_else(wrong)? {
                    self.properties.push((name.clone(), Schema::parse(inner)?));
                }
            }
            "patternProperties" => {
                for (pattern, inner) in value.as_document().ok_or_else(wrong)? {
                    self.patterns.push((Pattern::new(pattern, "")?, Schema::parse(inner)?));
                }
            }
            "required" => {
                self.required = names(value);
                if self.required.is_empty() {
                    return Err(DocDbError::parse("$jsonSchema keyword 'required' cannot be an empty array"));
                }
            }
            "additionalProperties" => {
                self.additional = match value {
                    Bson::Boolean(true) => None,
                    Bson::Boolean(false) => Some(None),
                    inner => Some(Some(Box::new(Schema::parse(inner)?))),
                }
            }
            "minProperties" => self.least_properties = Some(size()?),
            "maxProperties" => self.most_properties = Some(size()?),
            "minimum" => {
                let exclusive = given.get("exclusiveMinimum") == Some(&Bson::Boolean(true));
                self.least = Some((RawBson::try_from(value.clone())?, exclusive));
            }
            "maximum" => {
                let exclusive = given.get("exclusiveMaximum") == Some(&Bson::Boolean(true));
                self.most = Some((RawBson::try_from(value.clone())?, exclusive));
            }
            "multipleOf" => {
                self.multiple_of = match value {
                    Bson::Int32(number) => Some(f64::from(*number)),
                    Bson::Int64(number) => Some(*number as f64),
                    Bson::Double(number) => Some(*number),
                    _ => return Err(wrong()),
                }
            }
            "minLength" => self.least_length = Some(size()?),
            "maxLength" => self.most_length = Some(size()?),
            "pattern" => self.pattern = Some(Pattern::new(value.as_str().ok_or_else(wrong)?, "")?),
            "items" => match value {
                Bson::Array(_) => self.tuple = list()?,
                inner => self.items = Some(Box::new(Schema::parse(inner)?)),
            },
            "minItems" => self.least_items = Some(size()?),
            "maxItems" => self.most_items = Some(size()?),
            "uniqueItems" => self.unique_items = value == &Bson::Boolean(true),
            "allOf" => self.all = list()?,
            "anyOf" => self.any = list()?,
            "oneOf" => self.one = list()?,
            "not" => self.not = Some(Box::new(Schema::parse(value)?)),
            "dependencies" => {
                for (name, needed) in value.as_document().ok_or_else(wrong)? {
                    self.dependencies.push((name.clone(), names(needed)));
                }
            }
            "exclusiveMinimum" | "exclusiveMaximum" | "title" | "description" | "additionalItems" => {}
            _ => {
                return Err(DocDbError::parse(format!("Unknown $jsonSchema keyword: {keyword}")));
            }
        }
        Ok(())
    }

    pub(super) fn accepts(&self, document: &RawDocument) -> bool {
        self.holds(RawBsonRef::Document(document))
    }

    pub(super) fn holds(&self, value: RawBsonRef) -> bool {
        let length = |least: Option<usize>, most: Option<usize>, length: usize| {
            least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most)
        };
        if self.types.as_ref().is_some_and(|types| !types.contains(value))
            || self
                .values
                .as_ref()
                .is_some_and(|values| !values.iter().any(|known| equal(known.as_raw_bson_ref(), value)))
        {
            return false;
        }
        let fits = match value {
            RawBsonRef::Document(document) => {
                length(self.least_properties, self.most_properties, document.iter().count()) && self.holds_fields(document)
            }
            RawBsonRef::Array(items) => {
                let items: Vec<RawBsonRef> = items.into_iter().flatten().collect();
                length(self.least_items, self.most_items, items.len()) && self.holds_items(&items)
            }
            RawBsonRef::String(text) => {
                length(self.least_length, self.most_length, text.chars().count())
                    && self.pattern.as_ref().is_none_or(|pattern| pattern.regex().is_match(text))
            }
            other => match Number::of(other) {
                Some(number) => self.holds_number(other, number),
                None => true,
            },
        };
        fits && self.all.iter().all(|schema| schema.holds(value))
            && (self.any.is_empty() || self.any.iter().any(|schema| schema.holds(value)))
            && (self.one.is_empty() || self.one.iter().filter(|schema| schema.holds(value)).count() == 1)
            && self.not.as_ref().is_none_or(|schema| !schema.holds(value))
    }

    fn holds_number(&self, value: RawBsonRef, number: Number) -> bool {
        let float = match number {
            Number::Whole(whole) => whole as f64,
            Number::Float(float) => float,
        };
        let above = self.least.as_ref().is_none_or(|(least, exclusive)| {
            let order = compare(value, least.as_raw_bson_ref());
            order.is_gt() || (order.is_eq() && !exclusive)
        });
        let below = self.most.as_ref().is_none_or(|(most, exclusive)| {
            let order = compare(value, most.as_raw_bson_ref());
            order.is_lt() || (order.is_eq() && !exclusive)
        });
        above && below && self.multiple_of.is_none_or(|divisor| float % divisor == 0.0)
    }

    fn holds_fields(&self, document: &RawDocument) -> bool {
        let has = |name: &String| document.get(name).ok().flatten().is_some();
        if !self.required.iter().all(has) {
            return false;
        }
        if self.dependencies.iter().any(|(name, needed)| has(name) && !needed.iter().all(has)) {
            return false;
        }
        document.iter().flatten().all(|(name, value)| {
            let name = name.as_str();
            let mut is_named = false;
            for (known, schema) in &self.properties {
                if known == name {
                    is_named = true;
                    if !schema.holds(value) {
                        return false;
                    }
                }
            }
            for (pattern, schema) in &self.patterns {
                if pattern.regex().is_match(name) {
                    is_named = true;
                    if !schema.holds(value) {
                        return false;
                    }
                }
            }
            match &self.additional {
                Some(_) if is_named => true,
                Some(None) => false,
                Some(Some(schema)) => schema.holds(value),
                None => true,
            }
        })
    }

    fn holds_items(&self, items: &[RawBsonRef]) -> bool {
        let each = self
            .items
            .as_ref()
            .is_none_or(|schema| items.iter().all(|item| schema.holds(*item)));
        let places = self.tuple.iter().zip(items).all(|(schema, item)| schema.holds(*item));
        let unique = !self.unique_items
            || items
                .iter()
                .enumerate()
                .all(|(place, item)| !items[..place].iter().any(|other| equal(*other, *item)));
        each && places && unique
    }
}

/// JSON's own type names as BSON's.
fn json_types(value: &Bson) -> Bson {
    match value {
        Bson::String(name) if name == "boolean" => "bool".into(),
        Bson::Array(names) => Bson::Array(names.iter().map(json_types).collect()),
        other => other.clone(),
    }
}
