//! JavaScript in queries (`$where`, `$function`, `$accumulator`), run by the worker in which the database lives.
//!
//! Values are as in mongosh's server: numbers, strings, booleans, null, arrays, objects and dates as JavaScript has them,
//! every other BSON type as its Extended JSON object.

use backlab_docdb::bson::{Bson, DateTime, RawArrayBuf, RawBson, RawBsonRef};
use backlab_docdb::{extjson, javascript};
use js_sys::{Array, Date, Error, Function, JSON, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Makes a function of code: a function's source, an expression, or statements with `return`. The latter two see `obj`.
const COMPILE: &str = r"
if (/^\s*(?:async\s+)?(?:function\b|\([^)]*\)\s*=>|[\w$]+\s*=>)/.test(code)) return (0, eval)('(' + code + '\n)');
try {
  return new Function('obj', 'return (' + code + '\n)');
} catch {
  return new Function('obj', code);
}";

/// Deeper objects that a program returns are an error, as cycles are.
const DEPTH: usize = 100;

thread_local! {
    static COMPILED: RefCell<HashMap<String, Function>> = RefCell::new(HashMap::new());
}

/// Lets the databases of this module run JavaScript.
pub fn install() {
    javascript::install(run);
}

fn run(code: &str, this: RawBsonRef<'_>, arguments: &RawArrayBuf) -> Result<RawBson, String> {
    let function = compiled(code).map_err(message)?;
    let arguments: Array = arguments.into_iter().flatten().map(to_js).collect();
    let this = match this {
        RawBsonRef::Null => JsValue::UNDEFINED,
        this => to_js(this),
    };
    let result = Reflect::apply(&function, &this, &arguments).map_err(message)?;
    let result = to_bson(&result, DEPTH)?;
    RawBson::try_from(result).map_err(|error| error.to_string())
}

fn compiled(code: &str) -> Result<Function, JsValue> {
    if let Some(known) = COMPILED.with_borrow(|known| known.get(code).cloned()) {
        return Ok(known);
    }
    let compile = Function::new_with_args("code", COMPILE);
    let function: Function = compile.call1(&JsValue::UNDEFINED, &code.into())?.dyn_into()?;
    COMPILED.with_borrow_mut(|known| known.insert(code.to_owned(), function.clone()));
    Ok(function)
}

/// `ReferenceError: x is not defined`.
fn message(thrown: JsValue) -> String {
    match thrown.dyn_ref::<Error>() {
        Some(error) => String::from(error.to_string()),
        None => format!(
            "uncaught exception: {}",
            thrown.as_string().unwrap_or_else(|| "no Error was thrown".into())
        ),
    }
}

fn to_js(value: RawBsonRef<'_>) -> JsValue {
    match value {
        RawBsonRef::Double(number) => number.into(),
        RawBsonRef::Int32(number) => number.into(),
        RawBsonRef::Int64(number) => (number as f64).into(),
        RawBsonRef::String(text) | RawBsonRef::Symbol(text) => text.into(),
        RawBsonRef::Boolean(truth) => truth.into(),
        RawBsonRef::Null => JsValue::NULL,
        RawBsonRef::Undefined => JsValue::UNDEFINED,
        RawBsonRef::DateTime(at) => Date::new(&(at.timestamp_millis() as f64).into()).into(),
        RawBsonRef::Array(items) => items.into_iter().flatten().map(to_js).collect::<Array>().into(),
        RawBsonRef::Document(document) => {
            let object = Object::new();
            for (name, value) in document.into_iter().flatten() {
                // A fresh object takes every member.
                let _ = Reflect::set(&object, &name.as_str().into(), &to_js(value));
            }
            object.into()
        }
        other => {
            let written = Bson::try_from(other).map(|value| extjson::value_to_json(value).to_string());
            JSON::parse(&written.unwrap_or_default()).unwrap_or(JsValue::NULL)
        }
    }
}

fn to_bson(value: &JsValue, depth: usize) -> Result<Bson, String> {
    if depth == 0 {
        return Err(format!(
            "the value that JavaScript returned is nested deeper than {DEPTH} levels, or in itself"
        ));
    }
    if let Some(number) = value.as_f64() {
        return Ok(number.into());
    }
    if let Some(text) = value.as_string() {
        return Ok(text.into());
    }
    if let Some(truth) = value.as_bool() {
        return Ok(truth.into());
    }
    if value.is_null() {
        return Ok(Bson::Null);
    }
    if let Some(date) = value.dyn_ref::<Date>() {
        return Ok(DateTime::from_millis(date.get_time() as i64).into());
    }
    if let Some(items) = value.dyn_ref::<Array>() {
        let items = items.iter().map(|item| to_bson(&item, depth - 1));
        return items.collect::<Result<Vec<_>, _>>().map(Bson::Array);
    }
    match value.dyn_ref::<Object>() {
        Some(object) if !value.is_function() => of_object(object, depth),
        _ => Ok(Bson::Undefined),
    }
}

fn of_object(object: &Object, depth: usize) -> Result<Bson, String> {
    let mut document = backlab_docdb::bson::Document::new();
    for name in Object::keys(object).iter().filter_map(|name| name.as_string()) {
        let value = Reflect::get(object, &name.as_str().into()).map_err(message)?;
        if name.starts_with('$') {
            let text = JSON::stringify(object).map_err(message)?.as_string().unwrap_or_default();
            let json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            return extjson::value_from_json(json).map_err(|error| error.to_string());
        }
        if !value.is_function() {
            document.insert(name, to_bson(&value, depth - 1)?);
        }
    }
    Ok(document.into())
}
