//! Enums that name their variant in a field of their object. `serde`'s own way reads the variant from a buffer of another kind, for which
//! all types inside it would be compiled a second time; `#[serde(tag = "…", try_from = "Value")]` with this reads them as all others.

use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Error, Map, Value};

/// The fields of a variant.
pub struct Tagged(Map<String, Value>);

impl Tagged {
    /// Takes the name of the variant out of an object.
    ///
    /// # Errors
    /// When it is no object, or has no such name.
    pub fn of(value: Value, tag: &'static str) -> Result<(String, Self), Error> {
        let Value::Object(mut fields) = value else {
            return Err(Error::custom(format!("expected an object with a field `{tag}`")));
        };
        match fields.shift_remove(tag) {
            Some(Value::String(name)) => Ok((name, Self(fields))),
            _ => Err(Error::missing_field(tag)),
        }
    }

    /// Reads a field. One that is not there is read as `null`.
    ///
    /// # Errors
    /// When it is not of this type.
    #[inline(never)]
    pub fn field<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Error> {
        match self.0.get_mut(name).map(Value::take) {
            Some(value) => super::from_value(value),
            None => super::from_value(Value::Null).map_err(|_| Error::missing_field(name)),
        }
    }

    /// Reads all fields as one structure.
    ///
    /// # Errors
    /// When they are not of this type.
    pub fn all<T: DeserializeOwned>(self) -> Result<T, Error> {
        super::from_value(Value::Object(self.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tagged;

    #[test]
    fn takes_the_tag_and_the_fields() {
        let (name, mut fields) = Tagged::of(json!({"code": 3, "event": "exit", "files": ["a"]}), "event").unwrap();
        assert_eq!(name, "exit");
        assert_eq!(fields.field::<u32>("code").unwrap(), 3);
        assert_eq!(fields.field::<Option<String>>("error").unwrap(), None);
        assert_eq!(fields.field::<String>("text").unwrap_err().to_string(), "missing field `text`");
        assert!(fields.field::<bool>("files").is_err());
    }

    #[test]
    fn refuses_what_has_no_tag() {
        assert!(Tagged::of(json!([1]), "event").is_err());
        assert_eq!(
            Tagged::of(json!({"code": 3}), "event").err().unwrap().to_string(),
            "missing field `event`"
        );
    }
}
