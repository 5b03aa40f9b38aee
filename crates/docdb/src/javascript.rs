//! JavaScript in queries and pipelines, which the host runs (MongoDB manual: "$where", "$function", "$accumulator (aggregation)").

use std::sync::OnceLock;

use bson::{Bson, RawArrayBuf, RawBson, RawBsonRef};

use crate::error::Result;
use crate::expression::Value;
use crate::expression::value::fail;

/// Calls the function that `code` is, with `this` and the arguments; for other code, its value with `this` and the
/// first argument as `obj`. Returns what it returns, or the message of what it throws.
pub type Run = fn(code: &str, this: RawBsonRef<'_>, arguments: &RawArrayBuf) -> std::result::Result<RawBson, String>;

static RUN: OnceLock<Run> = OnceLock::new();

/// Lets every store of this process run JavaScript from now on; without it, code is refused as by a server with
/// `security.javascriptEnabled: false`. The first one given stays.
pub fn install(run: Run) {
    // A second instance of the host brings the same function.
    let _ = RUN.set(run);
}

/// A function's source, which the host was asked to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    code: String,
}

impl Function {
    /// Parses a string or code; `missing` is the error of another type.
    pub(crate) fn parse(code: Option<&Bson>, missing: (i32, &str)) -> Result<Self> {
        let (Some(Bson::String(code) | Bson::JavaScriptCode(code)), Some(_)) = (code, RUN.get()) else {
            return match RUN.get() {
                Some(_) => fail(missing.0, missing.1),
                None => fail(31264, "Cannot run server-side javascript without the javascript engine enabled"),
            };
        };
        Ok(Function { code: code.clone() })
    }

    /// # Errors
    /// With `JSInterpreterFailure` when the code throws.
    pub(crate) fn call(&self, this: RawBsonRef<'_>, arguments: &RawArrayBuf) -> Result<Value<'static>> {
        let Some(run) = RUN.get() else { return Ok(Value::Missing) };
        match run(&self.code, this, arguments) {
            Ok(value) => Ok(value.into()),
            Err(message) => fail(139, message),
        }
    }
}
