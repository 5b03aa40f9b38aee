//! JSON into values with little code: the page reads dozens of types, and each is compiled once, for one small reader.

mod reader;
mod tagged;

use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

pub use tagged::Tagged;

/// Reads a value from JSON text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_value(parse(text)?)
}

/// Reads a value from parsed JSON. Unlike `serde_json`, it takes a structure only from an object, never from an array.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(reader::Reader(value))
}

/// Parses JSON text.
#[inline(never)]
pub fn parse(text: &str) -> Result<Value, Error> {
    serde_json::from_str(text)
}
