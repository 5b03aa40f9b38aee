//! Operators that evaluate their arguments themselves: conditions, variables, walks over arrays
//! (MongoDB manual: "Conditional Expression Operators").

use bson::{Bson, Document, RawArrayBuf, RawBson, RawBsonRef};

use super::parse::{Names, check_count};
use super::value::fail;
use super::{Expression, Surroundings, Value};
use crate::budget::Held;
use crate::error::Result;
use crate::javascript::Function;
use crate::shell::type_name;

#[derive(Debug)]
pub(crate) enum Control {
    And(Vec<Expression>),
    Or(Vec<Expression>),
    If(Expression, Expression, Expression),
    IfNull(Vec<Expression>),
    Switch(Vec<(Expression, Expression)>, Option<Expression>),
    Let(Vec<Expression>, Expression),
    Map(Expression, Expression),
    Filter(Expression, Expression, Option<Expression>),
    /// Input, initial value, and what is done with `value` and `this`.
    Reduce(Expression, Expression, Expression),
    /// `$rand`, from a seed that changes with each use.
    Random,
    /// `$function` and its arguments.
    Function(Function, Vec<Expression>),
    /// `$where`: the document is `this`.
    Where(Function),
}

/// Parses one of these operators; `None` when it is another one.
pub(super) fn parse(names: &mut Names<'_>, operator: &str, operand: &Bson) -> Result<Option<Expression>> {
    let control = match operator {
        "$literal" | "$const" => return Ok(Some(Expression::Constant(RawBson::try_from(operand.clone())?))),
        "$expr" => return names.parse(operand).map(Some),
        "$meta" => return fail(17308, "Unsupported argument to $meta here"),
        "$and" => Control::And(list(names, operand)?),
        "$or" => Control::Or(list(names, operand)?),
        "$ifNull" => {
            let arguments = list(names, operand)?;
            if arguments.len() < 2 {
                return fail(1257300, format!("$ifNull needs at least two arguments, had: {}", arguments.len()));
            }
            Control::IfNull(arguments)
        }
        "$cond" => condition(names, operand)?,
        "$switch" => switch(names, operand)?,
        "$let" => return bindings(names, operand).map(Some),
        "$map" => {
            let given = fields("$map", operand, &["input", "as", "in"], &["input", "in"])?;
            let local = local_name(given, "this")?;
            Control::Map(names.parse(part(given, "input"))?, names.parse_within(&local, part(given, "in"))?)
        }
        "$filter" => {
            let given = fields("$filter", operand, &["input", "as", "cond", "limit"], &["input", "cond"])?;
            let local = local_name(given, "this")?;
            Control::Filter(
                names.parse(part(given, "input"))?,
                names.parse_within(&local, part(given, "cond"))?,
                given.get("limit").map(|limit| names.parse(limit)).transpose()?,
            )
        }
        "$reduce" => {
            let given = fields(
                "$reduce",
                operand,
                &["input", "initialValue", "in"],
                &["input", "initialValue", "in"],
            )?;
            let (input, initial) = (names.parse(part(given, "input"))?, names.parse(part(given, "initialValue"))?);
            names.locals.push("value".into());
            let each = names.parse_within("this", part(given, "in"));
            names.locals.pop();
            Control::Reduce(input, initial, each?)
        }
        "$rand" => Control::Random,
        "$function" => function(names, operand)?,
        _ => return Ok(None),
    };
    Ok(Some(Expression::Control(Box::new(control))))
}

fn function(names: &mut Names<'_>, operand: &Bson) -> Result<Control> {
    let Bson::Document(given) = operand else {
        return fail(
            31260,
            format!("$function requires an object as an argument, found: {}", type_name(operand)),
        );
    };
    let body = Function::parse(
        given.get("body"),
        (31262, "The body function must evaluate to type string or code."),
    )?;
    let arguments = match given.get("args") {
        Some(arguments @ Bson::Array(_)) => list(names, arguments)?,
        _ => return fail(31263, "The args field must be specified."),
    };
    match given.get("lang") {
        Some(Bson::String(language)) if language == "js" => Ok(Control::Function(body, arguments)),
        Some(_) => fail(31419, "Currently the only supported language specifier is 'js'."),
        None => fail(31418, "The lang field must be specified."),
    }
}

/// `$where` as an expression.
pub(super) fn where_of(code: &Bson) -> Result<Expression> {
    let code = Function::parse(Some(code), (2, "$where got bad type"))?;
    Ok(Expression::Control(Box::new(Control::Where(code))))
}

fn list(names: &mut Names<'_>, operand: &Bson) -> Result<Vec<Expression>> {
    match operand {
        Bson::Array(items) => items.iter().map(|item| names.parse(item)).collect(),
        single => Ok(vec![names.parse(single)?]),
    }
}

fn condition(names: &mut Names<'_>, operand: &Bson) -> Result<Control> {
    match operand {
        Bson::Document(given) => {
            let given = fields("$cond", operand, &["if", "then", "else"], &["if", "then", "else"]).map(|_| given)?;
            Ok(Control::If(
                names.parse(part(given, "if"))?,
                names.parse(part(given, "then"))?,
                names.parse(part(given, "else"))?,
            ))
        }
        _ => {
            let mut arguments = list(names, operand)?;
            check_count("$cond", arguments.len(), 3, 3)?;
            let (otherwise, then) = (arguments.swap_remove(2), arguments.swap_remove(1));
            Ok(Control::If(arguments.swap_remove(0), then, otherwise))
        }
    }
}

fn switch(names: &mut Names<'_>, operand: &Bson) -> Result<Control> {
    let Bson::Document(given) = operand else {
        return fail(
            40060,
            format!("$switch requires an object as an argument, found: {}", type_name(operand)),
        );
    };
    let Some(Bson::Array(cases)) = given.get("branches") else {
        return fail(40061, "$switch expected an array for 'branches'");
    };
    if cases.is_empty() {
        return fail(40068, "$switch requires at least one branch");
    }
    let mut branches = Vec::new();
    for case in cases {
        let case = fields("$switch branch", case, &["case", "then"], &["case", "then"])?;
        branches.push((names.parse(part(case, "case"))?, names.parse(part(case, "then"))?));
    }
    let otherwise = given.get("default").map(|value| names.parse(value)).transpose()?;
    Ok(Control::Switch(branches, otherwise))
}

fn bindings(names: &mut Names<'_>, operand: &Bson) -> Result<Expression> {
    let given = fields("$let", operand, &["vars", "in"], &["vars", "in"])?;
    let Bson::Document(vars) = part(given, "vars") else {
        return fail(16874, "invalid parameter: expected an object (vars)");
    };
    let values = vars.values().map(|value| names.parse(value)).collect::<Result<Vec<_>>>()?;
    let known = names.locals.len();
    names.locals.extend(vars.keys().cloned());
    let body = names.parse(part(given, "in"));
    names.locals.truncate(known);
    Ok(Expression::Control(Box::new(Control::Let(values, body?))))
}

fn fields<'o>(operator: &str, operand: &'o Bson, known: &[&str], required: &[&str]) -> Result<&'o Document> {
    let Bson::Document(given) = operand else {
        return fail(
            16878,
            format!("{operator} only supports an object as its argument, found {}", type_name(operand)),
        );
    };
    if let Some(unknown) = given.keys().find(|key| !known.contains(&key.as_str())) {
        return fail(17083, format!("Unrecognized parameter to {operator}: {unknown}"));
    }
    if let Some(missing) = required.iter().find(|key| !given.contains_key(**key)) {
        return fail(17080, format!("Missing '{missing}' parameter to {operator}"));
    }
    Ok(given)
}

fn part<'o>(given: &'o Document, name: &str) -> &'o Bson {
    given.get(name).unwrap_or(&Bson::Null)
}

fn local_name(given: &Document, otherwise: &str) -> Result<String> {
    match given.get("as") {
        None => Ok(otherwise.to_owned()),
        Some(Bson::String(name)) if !name.is_empty() => Ok(name.clone()),
        Some(_) => fail(9, "empty variable names are not allowed"),
    }
}

impl Control {
    pub(super) fn value<'d>(&'d self, around: Surroundings<'d>) -> Result<Value<'d>> {
        match self {
            Control::And(parts) => {
                for part in parts {
                    if !part.value(around)?.is_true() {
                        return Ok(false.into());
                    }
                }
                Ok(true.into())
            }
            Control::Or(parts) => {
                for part in parts {
                    if part.value(around)?.is_true() {
                        return Ok(true.into());
                    }
                }
                Ok(false.into())
            }
            Control::If(condition, then, otherwise) => {
                if condition.value(around)?.is_true() {
                    then.value(around)
                } else {
                    otherwise.value(around)
                }
            }
            Control::IfNull(parts) => {
                let mut last = Value::Missing;
                for part in parts {
                    last = part.value(around)?;
                    if !last.is_nullish() {
                        break;
                    }
                }
                Ok(last)
            }
            Control::Switch(branches, otherwise) => {
                for (condition, then) in branches {
                    if condition.value(around)?.is_true() {
                        return then.value(around);
                    }
                }
                match otherwise {
                    Some(otherwise) => otherwise.value(around),
                    None => fail(
                        40066,
                        "$switch could not find a matching branch for an input, and no default was specified.",
                    ),
                }
            }
            Control::Let(values, body) => {
                let mut found = Vec::with_capacity(values.len());
                for value in values {
                    found.push(value.value(around)?);
                }
                bind(&found, body, around)
            }
            Control::Map(input, each) => map(input, each, around),
            Control::Filter(input, condition, limit) => filter(input, condition, limit.as_ref(), around),
            Control::Reduce(input, initial, each) => reduce(input, initial, each, around),
            Control::Random => Ok(random().into()),
            Control::Function(function, arguments) => {
                let mut values = RawArrayBuf::new();
                for argument in arguments {
                    values.push(argument.value(around)?.or_null());
                }
                function.call(RawBsonRef::Null, &values)
            }
            Control::Where(function) => {
                let mut document = RawArrayBuf::new();
                document.push(around.root);
                function.call(around.root, &document)
            }
        }
    }
}

/// Puts the variables around the body, one in the other.
fn bind(values: &[Value<'_>], body: &Expression, around: Surroundings<'_>) -> Result<Value<'static>> {
    match values.split_first() {
        None => Ok(body.value(around)?.into_owned()),
        Some((first, rest)) => {
            let local = around.local(first.get());
            bind(rest, body, around.within(&local))
        }
    }
}

fn input_items<'v>(value: &'v Value<'_>, operator: &str, code: i32) -> Result<Option<Vec<RawBsonRef<'v>>>> {
    if value.is_nullish() {
        return Ok(None);
    }
    match value.items() {
        Some(items) => Ok(Some(items)),
        None => fail(code, format!("input to {operator} must be an array not {}", value.type_name())),
    }
}

fn map<'d>(input: &Expression, each: &Expression, around: Surroundings<'_>) -> Result<Value<'d>> {
    let input = input.value(around)?;
    let Some(items) = input_items(&input, "$map", 16883)? else {
        return Ok(Value::NULL);
    };
    let (mut all, mut held) = (RawArrayBuf::new(), Held::default());
    for item in items {
        let local = around.local(Some(item));
        let value = each.value(around.within(&local))?;
        held.add(value.bytes())?;
        all.push(value.or_null());
    }
    Ok(all.into())
}

fn filter<'d>(input: &Expression, condition: &Expression, limit: Option<&Expression>, around: Surroundings<'_>) -> Result<Value<'d>> {
    let input = input.value(around)?;
    let Some(items) = input_items(&input, "$filter", 28651)? else {
        return Ok(Value::NULL);
    };
    let mut wanted = usize::MAX;
    if let Some(limit) = limit {
        let limit = limit.value(around)?;
        if !limit.is_nullish() {
            wanted = match limit.whole() {
                Some(limit) if limit > 0 => limit as usize,
                _ => return fail(327392, "$filter: limit must be greater than 0"),
            };
        }
    }
    let mut kept = RawArrayBuf::new();
    let mut count = 0;
    for item in items {
        if count == wanted {
            break;
        }
        let local = around.local(Some(item));
        if condition.value(around.within(&local))?.is_true() {
            kept.push(item);
            count += 1;
        }
    }
    Ok(kept.into())
}

fn reduce<'d>(input: &Expression, initial: &Expression, each: &Expression, around: Surroundings<'_>) -> Result<Value<'d>> {
    let input = input.value(around)?;
    let Some(items) = input_items(&input, "$reduce", 40080)? else {
        return Ok(Value::NULL);
    };
    let mut value = initial.value(around)?.into_owned();
    for item in items {
        let next = {
            let accumulated = around.local(value.get());
            let outer = around.within(&accumulated);
            let this = outer.local(Some(item));
            each.value(outer.within(&this))?.into_owned()
        };
        value = next;
    }
    Ok(value)
}

/// A number from 0 to 1. The sequence starts anew with the program; chance of its own the store has none.
pub(crate) fn random() -> f64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static STATE: AtomicU64 = AtomicU64::new(0x9e37_79b9_7f4a_7c15);
    let mut state = STATE.load(Ordering::Relaxed);
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    STATE.store(state, Ordering::Relaxed);
    (state >> 11) as f64 / (1_u64 << 53) as f64
}
