//! Filter documents to conditions, with MongoDB's errors for what it refuses.

use bson::{Bson, Document, RawBson};

use super::Condition;
use super::element::TypeSet;
use super::predicate::{Comparison, ElementMatch, Predicate};
use super::regex::Pattern;
use crate::compare::Number;
use crate::error::{Code, DocDbError, Result};
use crate::path::Path;
use crate::shell::shell_value;

pub(super) fn parse_conditions(filter: &Document) -> Result<Condition> {
    let mut parts = Vec::new();
    for (key, value) in filter {
        if let Some(operator) = key.strip_prefix('$') {
            parts.extend(parse_top_level(operator, value)?);
        } else {
            let path = Path::new(key);
            for predicate in parse_field(value)? {
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

fn parse_top_level(operator: &str, value: &Bson) -> Result<Option<Condition>> {
    Ok(Some(match operator {
        "and" => Condition::All(parse_list(operator, value)?),
        "or" => Condition::Any(parse_list(operator, value)?),
        "nor" => Condition::None(parse_list(operator, value)?),
        "comment" => return Ok(None),
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

fn parse_list(operator: &str, value: &Bson) -> Result<Vec<Condition>> {
    let Bson::Array(items) = value else {
        return Err(DocDbError::bad_value(format!("${operator} must be an array")));
    };
    if items.is_empty() {
        return Err(DocDbError::bad_value("$and/$or/$nor must be a nonempty array"));
    }
    items
        .iter()
        .map(|item| match item {
            Bson::Document(filter) => parse_conditions(filter),
            _ => Err(DocDbError::bad_value("$or/$and/$nor entries need to be full objects")),
        })
        .collect()
}

/// `{ $gt: 1 }` is made of operators; `{ a: 1 }`, `{}` and `{ $ref: … }` are values.
pub(crate) fn is_operator_document(document: &Document) -> bool {
    document
        .keys()
        .next()
        .is_some_and(|key| key.starts_with('$') && !matches!(key.as_str(), "$ref" | "$id" | "$db"))
}

fn parse_field(value: &Bson) -> Result<Vec<Predicate>> {
    match value {
        Bson::Document(operators) if is_operator_document(operators) => parse_value_predicates(operators),
        other => Ok(vec![parse_equality(other)?]),
    }
}

fn parse_equality(value: &Bson) -> Result<Predicate> {
    Ok(match value {
        Bson::RegularExpression(regex) => Predicate::Regex(Pattern::new(regex.pattern.as_str(), regex.options.as_str())?),
        other => Predicate::Compare(Comparison::Equal, raw(other)?),
    })
}

/// Parses `{ $gt: 1, $lt: 5 }`, the operators on one value.
pub(crate) fn parse_value_predicates(operators: &Document) -> Result<Vec<Predicate>> {
    let mut predicates = Vec::new();
    for (name, operand) in operators {
        match name.as_str() {
            "$options" if operators.contains_key("$regex") => {}
            "$options" => return Err(DocDbError::bad_value("$options needs a $regex")),
            "$regex" => predicates.push(Predicate::Regex(parse_regex(operand, operators.get("$options"))?)),
            "$all" => predicates.extend(parse_all(operand)?),
            "$comment" => {}
            _ => predicates.push(parse_operator(name, operand)?),
        }
    }
    Ok(predicates)
}

fn parse_operator(name: &str, operand: &Bson) -> Result<Predicate> {
    let compare = |comparison| Ok(Predicate::Compare(comparison, raw(operand)?));
    match name {
        "$eq" => compare(Comparison::Equal),
        "$ne" if matches!(operand, Bson::RegularExpression(_)) => Err(DocDbError::bad_value("Can't have regex as arg to $ne.")),
        "$ne" => Ok(Predicate::Not(vec![Predicate::Compare(Comparison::Equal, raw(operand)?)])),
        "$gt" => compare(Comparison::Greater),
        "$gte" => compare(Comparison::GreaterOrEqual),
        "$lt" => compare(Comparison::Less),
        "$lte" => compare(Comparison::LessOrEqual),
        "$in" => parse_in("$in", operand),
        "$nin" => Ok(Predicate::Not(vec![parse_in("$nin", operand)?])),
        "$exists" => Ok(Predicate::Exists(is_truthy(operand))),
        "$type" => Ok(Predicate::Type(TypeSet::parse(operand)?)),
        "$size" => parse_size(operand),
        "$mod" => parse_mod(operand),
        "$not" => parse_not(operand),
        "$elemMatch" => parse_elem_match(operand),
        _ => Err(DocDbError::bad_value(format!("unknown operator: {name}"))),
    }
}

fn parse_in(name: &str, operand: &Bson) -> Result<Predicate> {
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
    Ok(Predicate::In(values, patterns))
}

fn parse_all(operand: &Bson) -> Result<Vec<Predicate>> {
    let Bson::Array(items) = operand else {
        return Err(DocDbError::bad_value("$all needs an array"));
    };
    if items.is_empty() {
        return Ok(vec![Predicate::In(Vec::new(), Vec::new())]);
    }
    items
        .iter()
        .map(|item| match item {
            Bson::Document(document) if document.contains_key("$elemMatch") => {
                document.get("$elemMatch").map_or_else(|| parse_equality(item), parse_elem_match)
            }
            Bson::Document(document) if is_operator_document(document) => Err(DocDbError::bad_value("no $ expressions in $all")),
            other => parse_equality(other),
        })
        .collect()
}

fn parse_not(operand: &Bson) -> Result<Predicate> {
    match operand {
        Bson::RegularExpression(_) => Ok(Predicate::Not(vec![parse_equality(operand)?])),
        Bson::Document(operators) if operators.is_empty() => Err(DocDbError::bad_value("$not cannot be empty")),
        Bson::Document(operators) => Ok(Predicate::Not(parse_value_predicates(operators)?)),
        _ => Err(DocDbError::bad_value("$not needs a regex or a document")),
    }
}

fn parse_elem_match(operand: &Bson) -> Result<Predicate> {
    let Bson::Document(document) = operand else {
        return Err(DocDbError::bad_value("$elemMatch needs an Object"));
    };
    let is_logical = document
        .keys()
        .next()
        .is_some_and(|key| matches!(key.as_str(), "$and" | "$or" | "$nor"));
    Ok(Predicate::ElemMatch(if is_operator_document(document) && !is_logical {
        ElementMatch::Value(parse_value_predicates(document)?)
    } else {
        ElementMatch::Document(Box::new(parse_conditions(document)?))
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
            (Some(_), inner) if !inner.is_empty() => Err(DocDbError::new(Code::RegexInvalid, "options set in both $regex and $options")),
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
