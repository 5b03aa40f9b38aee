//! Filter documents to conditions, with MongoDB's errors for what it refuses (MongoDB manual: "Query Predicates").

use bson::{Bson, Document, RawBson};

use super::Condition;
use super::bits::Bits;
use super::element::TypeSet;
use super::predicate::{Comparison, ElementMatch, Predicate, ValueSet};
use super::regex::Pattern;
use super::text::TextQuery;
use crate::compare::Number;
use crate::error::{Code, DocDbError, Result};
use crate::path::Path;
use crate::scope::Scope;
use crate::shell::shell_value;

pub(super) fn parse_conditions(filter: &Document, scope: &Scope) -> Result<Condition> {
    let mut parts = Vec::new();
    for (key, value) in filter {
        if let Some(operator) = key.strip_prefix('$').filter(|_| !is_reference_field(key)) {
            parts.extend(parse_top_level(operator, value, scope)?);
        } else {
            let path = Path::new(key);
            for predicate in parse_field(value, scope)? {
                parts.push(Condition::Field {
                    name: key.clone(),
                    path: path.clone(),
                    predicate,
                });
            }
        }
    }
    Ok(if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        Condition::All(parts)
    })
}

fn parse_top_level(operator: &str, value: &Bson, scope: &Scope) -> Result<Option<Condition>> {
    Ok(Some(match operator {
        "and" => Condition::All(parse_list(operator, value, scope)?),
        "or" => Condition::Any(parse_list(operator, value, scope)?),
        "nor" => Condition::None(parse_list(operator, value, scope)?),
        "comment" => return Ok(None),
        "text" => Condition::Text(TextQuery::parse(value)?),
        "expr" => Condition::Expression(Box::new(super::Checked::new(crate::expression::Expression::parse(value, scope)?))),
        "jsonSchema" => Condition::Schema(Box::new(super::schema::Schema::parse(value)?)),
        "sampleRate" => Condition::Constant(true),
        "where" => Condition::Expression(Box::new(super::Checked::new(crate::expression::Expression::parse_where(value)?))),
        "alwaysTrue" => Condition::Constant(true),
        "alwaysFalse" => Condition::Constant(false),
        _ => {
            return Err(DocDbError::bad_value(format!(
                "unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, \
                 consider using $getField or $setField."
            )));
        }
    }))
}

fn parse_list(operator: &str, value: &Bson, scope: &Scope) -> Result<Vec<Condition>> {
    let Bson::Array(items) = value else {
        return Err(DocDbError::bad_value(format!("${operator} must be an array")));
    };
    if items.is_empty() {
        return Err(DocDbError::bad_value("$and/$or/$nor must be a nonempty array"));
    }
    items
        .iter()
        .map(|item| match item {
            Bson::Document(filter) => parse_conditions(filter, scope),
            _ => Err(DocDbError::bad_value("$or/$and/$nor entries need to be full objects")),
        })
        .collect()
}

/// `{ $gt: 1 }` is made of operators; `{ a: 1 }`, `{}` and `{ $ref: … }` are values.
pub(crate) fn is_operator_document(document: &Document) -> bool {
    document
        .keys()
        .next()
        .is_some_and(|key| key.starts_with('$') && !is_reference_field(key))
}

/// Tells whether a document joins filters, as `{ $or: [ … ] }` does, rather than testing one value.
pub(crate) fn is_logical(document: &Document) -> bool {
    document
        .keys()
        .next()
        .is_some_and(|key| matches!(key.as_str(), "$and" | "$or" | "$nor" | "$expr"))
}

/// The fields of a DBRef look like operators.
fn is_reference_field(key: &str) -> bool {
    matches!(key, "$ref" | "$id" | "$db")
}

fn parse_field(value: &Bson, scope: &Scope) -> Result<Vec<Predicate>> {
    match value {
        Bson::Document(operators) if is_operator_document(operators) => parse_value_predicates(operators, scope),
        other => Ok(vec![parse_equality(other, scope)?]),
    }
}

fn parse_equality(value: &Bson, scope: &Scope) -> Result<Predicate> {
    Ok(match value {
        Bson::RegularExpression(regex) => Predicate::Regex(Pattern::new(regex.pattern.as_str(), regex.options.as_str())?),
        other => Predicate::Compare(Comparison::Equal, raw(other)?, scope.collation),
    })
}

/// Parses `{ $gt: 1, $lt: 5 }`, the operators on one value.
pub(crate) fn parse_value_predicates(operators: &Document, scope: &Scope) -> Result<Vec<Predicate>> {
    let mut predicates = Vec::new();
    for (name, operand) in operators {
        match name.as_str() {
            "$options" if operators.contains_key("$regex") => {}
            "$options" => return Err(DocDbError::bad_value("$options needs a $regex")),
            "$regex" => predicates.push(Predicate::Regex(parse_regex(operand, operators.get("$options"))?)),
            "$all" => predicates.extend(parse_all(operand, scope)?),
            "$comment" => {}
            "$near" | "$nearSphere" | "$geoWithin" | "$within" | "$geoIntersects" => {
                predicates.push(Predicate::Geometry(super::geometry::Geometry::parse(operators, name, operand)?));
            }
            "$maxDistance" | "$minDistance" if operators.keys().any(|key| key.starts_with("$near")) => {}
            _ => predicates.push(parse_operator(name, operand, scope)?),
        }
    }
    Ok(predicates)
}

fn parse_operator(name: &str, operand: &Bson, scope: &Scope) -> Result<Predicate> {
    let compare = |comparison| {
        if let (Bson::RegularExpression(_), false) = (operand, comparison == Comparison::Equal) {
            return Err(DocDbError::bad_value(format!(
                "Can't have RegEx as arg to predicate over field '{name}'."
            )));
        }
        Ok(Predicate::Compare(comparison, raw(operand)?, scope.collation))
    };
    match name {
        "$eq" => compare(Comparison::Equal),
        "$ne" if matches!(operand, Bson::RegularExpression(_)) => Err(DocDbError::bad_value("Can't have regex as arg to $ne.")),
        "$ne" => Ok(Predicate::Not(vec![Predicate::Compare(
            Comparison::Equal,
            raw(operand)?,
            scope.collation,
        )])),
        "$gt" => compare(Comparison::Greater),
        "$gte" => compare(Comparison::GreaterOrEqual),
        "$lt" => compare(Comparison::Less),
        "$lte" => compare(Comparison::LessOrEqual),
        "$in" => parse_in("$in", operand, scope),
        "$nin" => Ok(Predicate::Not(vec![parse_in("$nin", operand, scope)?])),
        "$exists" => Ok(Predicate::Exists(is_truthy(operand))),
        "$type" => Ok(Predicate::Type(TypeSet::parse(operand)?)),
        "$size" => parse_size(operand),
        "$mod" => parse_mod(operand),
        "$not" => parse_not(operand, scope),
        "$elemMatch" => parse_elem_match(operand, scope),
        "$bitsAllSet" | "$bitsAllClear" | "$bitsAnySet" | "$bitsAnyClear" => Ok(Predicate::Bits(Bits::parse(name, operand)?)),
        _ => Err(DocDbError::bad_value(format!("unknown operator: {name}"))),
    }
}

fn parse_in(name: &str, operand: &Bson, scope: &Scope) -> Result<Predicate> {
    let Bson::Array(items) = operand else {
        return Err(DocDbError::bad_value(format!("{name} needs an array")));
    };
    let (mut values, mut patterns) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Bson::RegularExpression(regex) => {
                patterns.push(Pattern::new(regex.pattern.as_str(), regex.options.as_str())?);
            }
            Bson::Document(document) if is_operator_document(document) => {
                return Err(DocDbError::bad_value(format!("cannot nest $ under {name}")));
            }
            other => values.push(raw(other)?),
        }
    }
    Ok(Predicate::In(ValueSet::new(values, patterns, scope.collation)))
}

fn parse_all(operand: &Bson, scope: &Scope) -> Result<Vec<Predicate>> {
    let Bson::Array(items) = operand else {
        return Err(DocDbError::bad_value("$all needs an array"));
    };
    if items.is_empty() {
        return Ok(vec![Predicate::In(ValueSet::new(Vec::new(), Vec::new(), None))]);
    }
    items
        .iter()
        .map(|item| match item {
            Bson::Document(document) if document.contains_key("$elemMatch") => document
                .get("$elemMatch")
                .map_or_else(|| parse_equality(item, scope), |inner| parse_elem_match(inner, scope)),
            Bson::Document(document) if is_operator_document(document) => Err(DocDbError::bad_value("no $ expressions in $all")),
            other => parse_equality(other, scope),
        })
        .collect()
}

fn parse_not(operand: &Bson, scope: &Scope) -> Result<Predicate> {
    match operand {
        Bson::RegularExpression(_) => Ok(Predicate::Not(vec![parse_equality(operand, scope)?])),
        Bson::Document(operators) if operators.is_empty() => Err(DocDbError::bad_value("$not cannot be empty")),
        Bson::Document(operators) => Ok(Predicate::Not(parse_value_predicates(operators, scope)?)),
        _ => Err(DocDbError::bad_value("$not needs a regex or a document")),
    }
}

fn parse_elem_match(operand: &Bson, scope: &Scope) -> Result<Predicate> {
    let Bson::Document(document) = operand else {
        return Err(DocDbError::bad_value("$elemMatch needs an Object"));
    };
    Ok(Predicate::ElemMatch(if is_operator_document(document) && !is_logical(document) {
        ElementMatch::Value(parse_value_predicates(document, scope)?)
    } else {
        ElementMatch::Document(Box::new(parse_conditions(document, scope)?))
    }))
}

fn parse_regex(operand: &Bson, options: Option<&Bson>) -> Result<Pattern> {
    let given = match options {
        None => None,
        Some(Bson::String(text)) => Some(text.as_str()),
        Some(_) => return Err(DocDbError::bad_value("$options has to be a string")),
    };
    match operand {
        Bson::String(pattern) => Pattern::new(pattern, given.unwrap_or("")),
        Bson::RegularExpression(regex) => match (given, regex.options.as_str()) {
            (Some(_), inner) if !inner.is_empty() => Err(DocDbError::new(Code::Location(51091), "options set in both $regex and $options")),
            (given, inner) => Pattern::new(regex.pattern.as_str(), given.unwrap_or(inner)),
        },
        _ => Err(DocDbError::bad_value("$regex has to be a string")),
    }
}

fn parse_size(operand: &Bson) -> Result<Predicate> {
    let fail = |what: &str| {
        Err(DocDbError::bad_value(format!(
            "Failed to parse $size. Expected {what} in: $size: {}",
            shell_value(operand)
        )))
    };
    match number(operand) {
        None => fail("a number"),
        Some(n) if !n.is_whole() => fail("an integer"),
        Some(n) => match n.truncated() {
            Some(size) if size >= 0 => Ok(Predicate::Size(size as usize)),
            _ => fail("a non-negative number"),
        },
    }
}

fn parse_mod(operand: &Bson) -> Result<Predicate> {
    let Bson::Array(items) = operand else {
        return Err(DocDbError::bad_value("malformed mod, needs to be an array"));
    };
    match items.as_slice() {
        [] | [_] => Err(DocDbError::bad_value("malformed mod, not enough elements")),
        [divisor, remainder] => {
            let whole = |value: &Bson, which: &str| {
                number(value)
                    .and_then(Number::truncated)
                    .ok_or_else(|| DocDbError::bad_value(format!("malformed mod, {which} not a number")))
            };
            match whole(divisor, "divisor")? {
                0 => Err(DocDbError::bad_value("divisor cannot be 0")),
                divisor => Ok(Predicate::Mod {
                    divisor,
                    remainder: whole(remainder, "remainder")?,
                }),
            }
        }
        _ => Err(DocDbError::bad_value("malformed mod, too many elements")),
    }
}

/// MongoDB's own truth: everything but `false`, `0` and null.
fn is_truthy(value: &Bson) -> bool {
    match value {
        Bson::Boolean(truth) => *truth,
        Bson::Null | Bson::Undefined => false,
        other => !matches!(number(other), Some(Number::Whole(0))) && !matches!(number(other), Some(Number::Float(n)) if n == 0.0),
    }
}

fn number(value: &Bson) -> Option<Number> {
    match value {
        Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_) => Number::of(raw(value).ok()?.as_raw_bson_ref()),
        _ => None,
    }
}

fn raw(value: &Bson) -> Result<RawBson> {
    Ok(RawBson::try_from(value.clone())?)
}
