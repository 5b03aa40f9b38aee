//! Reads a structure field by field into its default. `derive(Deserialize)` makes three times the code of it, which the page would load.

use serde::Deserialize;
use serde::de::MapAccess;

/// Implements `Deserialize` for a structure that has a `Default`: absent fields stay as they are there, unknown ones are passed over.
/// Every field must be listed; `as` gives the name that it has in JSON.
#[macro_export]
macro_rules! fields {
    ($type:ident { $($field:ident $(as $name:literal)?),* $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> ::serde::de::Visitor<'de> for Fields {
                    type Value = $type;

                    fn expecting(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        out.write_str(concat!("struct ", stringify!($type)))
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        let mut read = $type::default();
                        // Does not compile when one is forgotten.
                        let $type { $($field: _),* } = &read;
                        while let Some(name) = map.next_key::<String>()? {
                            match name.as_str() {
                                $($crate::fields!(@name $field $($name)?) => $crate::read_into(&mut map, &mut read.$field)?,)*
                                _ => _ = map.next_value::<::serde::de::IgnoredAny>()?,
                            }
                        }
                        Ok(read)
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }
    };
    (@name $field:ident $name:literal) => {
        $name
    };
    (@name $field:ident) => {
        stringify!($field)
    };
}

/// Reads a value into its place: compiled once for each type of field, and not once for each field.
///
/// # Errors
/// When the value is of another type.
#[inline(never)]
pub fn read_into<'de, A: MapAccess<'de>, T: Deserialize<'de>>(map: &mut A, place: &mut T) -> Result<(), A::Error> {
    *place = map.next_value()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[derive(Debug, PartialEq)]
    struct Point {
        across: u8,
        far_down: Option<String>,
    }

    impl Default for Point {
        fn default() -> Self {
            Self { across: 7, far_down: None }
        }
    }

    fields!(Point { across, far_down as "farDown" });

    #[test]
    fn reads_what_is_there() {
        let point = |across, down: Option<&str>| Point {
            across,
            far_down: down.map(str::to_owned),
        };
        for (value, expected) in [
            (json!({}), point(7, None)),
            (json!({"farDown": "x", "across": 1}), point(1, Some("x"))),
            (json!({"far_down": "x", "other": {"across": 2}}), point(7, None)),
            (json!({"farDown": null}), point(7, None)),
        ] {
            assert_eq!(serde_json::from_value::<Point>(value).unwrap(), expected);
        }
        for (value, expected) in [
            (json!({"across": 300}), "invalid value: integer `300`, expected u8"),
            (json!([1]), "invalid type: sequence, expected struct Point"),
        ] {
            assert_eq!(serde_json::from_value::<Point>(value).unwrap_err().to_string(), expected);
        }
    }
}
