//! A `Deserializer` over parsed JSON that never offers a type a form that JSON of ours does not have: no structure as an array, no
//! field by its number. What is not offered is not compiled, in each of the types.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Value};

pub struct Reader(pub Value);

/// Methods that take a number, whichever the type.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.0 {
                Value::Number(number) => number.deserialize_any(visitor),
                other => Err(wrong(&other, &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    numbers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
    deserialize_u64 deserialize_f32 deserialize_f64 }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is) => visitor.visit_bool(is),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(values) => elements(values, visitor),
            Value::Object(object) => visitor.visit_map(Entries::of(object)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(is) => visitor.visit_bool(is),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_string(text),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(values) => elements(values, visitor),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries = entries(self.0, &visitor)?;
        visitor.visit_map(entries)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// Variants without data, which are text. Those with data are read by `Tagged`.
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(StrDeserializer::new(&text)),
            other => Err(wrong(&other, &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple_struct identifier }
}

#[inline(never)]
fn entries(value: Value, expected: &dyn Expected) -> Result<Entries, Error> {
    match value {
        Value::Object(object) => Ok(Entries::of(object)),
        other => Err(wrong(&other, expected)),
    }
}

fn elements<'de, V: Visitor<'de>>(values: Vec<Value>, visitor: V) -> Result<V::Value, Error> {
    let length = values.len();
    let mut elements = Elements(values.into_iter());
    let read = visitor.visit_seq(&mut elements)?;
    match elements.0.len() {
        0 => Ok(read),
        _ => Err(Error::invalid_length(length, &"fewer elements in array")),
    }
}

struct Elements(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for &mut Elements {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries {
    rest: serde_json::map::IntoIter,
    value: Value,
}

impl Entries {
    fn of(object: Map<String, Value>) -> Self {
        Self {
            rest: object.into_iter(),
            value: Value::Null,
        }
    }

    #[inline(never)]
    fn next(&mut self) -> Option<String> {
        let (key, value) = self.rest.next()?;
        self.value = value;
        Some(key)
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.next().map(|key| seed.deserialize(Key(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Reader(self.value.take()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A key of an object: the name of a field, text, or a number in text.
struct Key(String);

impl<'de> Deserializer<'de> for Key {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u32(number),
            Err(_) => Err(wrong(&Value::String(self.0), &visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
    seq tuple tuple_struct map struct enum ignored_any }
}

#[inline(never)]
fn wrong(value: &Value, expected: &dyn Expected) -> Error {
    let unexpected = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(is) => Unexpected::Bool(*is),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Unexpected::Signed(whole),
            None => Unexpected::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    Error::invalid_type(unexpected, expected)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::super::from_value;

    #[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        #[default]
        Plain,
        VeryPlain,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(from = "String")]
    struct Name(String);

    impl From<String> for Name {
        fn from(text: String) -> Self {
            Self(text)
        }
    }

    #[derive(Debug, PartialEq, Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Inner {
        first_pair: (String, u16),
        maybe: Option<f64>,
        kind: Kind,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        yes: bool,
        whole: i64,
        by_number: BTreeMap<u32, String>,
        list: Vec<Inner>,
        boxed: Box<Inner>,
        name: Name,
        any: Value,
        ratio: f64,
    }

    fn outer() -> Value {
        json!({
            "yes": true, "whole": -3, "by_number": {"7": "seven"}, "ratio": 2, "unknown": [1, {"a": 2}],
            "list": [{"firstPair": ["a", 65535], "maybe": null}, {"maybe": 0.5, "kind": "very-plain"}],
            "boxed": {}, "name": "n", "any": {"b": [null, 1.5, "x"], "a": false},
        })
    }

    #[test]
    fn reads_what_serde_json_reads() {
        let read: Outer = from_value(outer()).unwrap();
        assert_eq!(read, serde_json::from_value(outer()).unwrap());
        assert_eq!(read.list[0].first_pair, ("a".to_owned(), 65535));
        assert_eq!(read.list[1].kind, Kind::VeryPlain);
        assert_eq!(read.by_number[&7], "seven");
        assert_eq!(serde_json::to_string(&read.any).unwrap(), r#"{"b":[null,1.5,"x"],"a":false}"#);
    }

    #[test]
    fn says_what_serde_json_says() {
        for (field, value) in [
            ("yes", json!(1)),
            ("whole", json!("3")),
            ("whole", json!(null)),
            ("ratio", json!({})),
            ("by_number", json!([])),
            ("list", json!({})),
            ("list", json!([{"firstPair": ["a", 65536]}])),
            ("list", json!([{"firstPair": ["a"]}])),
            ("list", json!([{"firstPair": ["a", 1, 2]}])),
            ("list", json!([{"kind": "other"}])),
            ("name", json!(true)),
            ("boxed", json!(0.5)),
        ] {
            let mut object = outer();
            object[field] = value;
            let ours = from_value::<Outer>(object.clone()).unwrap_err().to_string();
            assert_eq!(ours, serde_json::from_value::<Outer>(object).unwrap_err().to_string(), "{field}");
        }
        let mut missing = outer();
        missing.as_object_mut().unwrap().remove("name");
        assert_eq!(from_value::<Outer>(missing).unwrap_err().to_string(), "missing field `name`");
    }

    #[test]
    fn a_structure_is_no_array() {
        let error = from_value::<Inner>(json!([["a", 1], null, "plain"])).unwrap_err();
        assert_eq!(error.to_string(), "invalid type: sequence, expected struct Inner");
    }

    #[test]
    fn a_key_that_is_no_number_is_refused() {
        assert!(from_value::<BTreeMap<u32, String>>(json!({"x": "y"})).is_err());
    }
}
