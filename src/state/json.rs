//! The one way from JSON to values, for which each type is compiled once.

use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

pub use backlab_course::json::from_value;

/// Reads a value from JSON text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_value(parse(text)?)
}

/// Parses JSON text, by the browser, which has the code for it.
pub fn parse(text: &str) -> Result<Value, Error> {
    #[cfg(target_arch = "wasm32")]
    return crate::platform::json::parse(text);
    #[cfg(not(target_arch = "wasm32"))]
    backlab_course::json::parse(text)
}

/// Bytes in JSON: text with one character from U+0000 to U+00FF for each byte. Use with `#[serde(with = "…")]`.
pub mod bytes {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        String::deserialize(deserializer)?
            .chars()
            .map(|character| u8::try_from(character).map_err(|_| D::Error::custom("a byte is above 255")))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Body {
        #[serde(with = "super::bytes")]
        body: Vec<u8>,
    }

    #[test]
    fn every_byte_survives() {
        let body = Body { body: (0..=255).collect() };
        let text = serde_json::to_string(&body).unwrap();
        assert_eq!(super::read::<Body>(&text).unwrap(), body);
    }

    #[test]
    fn refuses_what_is_no_byte() {
        let error = super::read::<Body>(r#"{"body":"€"}"#).unwrap_err();
        assert_eq!(error.to_string(), "a byte is above 255");
    }
}
