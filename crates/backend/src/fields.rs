//! Reads a structure field by field into its default. `derive(Deserialize)` makes three times the code of it, which the page would load.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

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
                        $crate::read_fields(&mut map, &[$($crate::fields!(@name $field $($name)?)),*], &mut read)?;
                        Ok(read)
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }

        impl<'de, A: ::serde::de::MapAccess<'de>> $crate::Fields<A, A::Error> for $type {
            #[allow(unused_assignments, reason = "the last number is not used")]
            fn read(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
                let mut at = 0;
                $(
                    if index == at {
                        return $crate::read_into(map, &mut self.$field);
                    }
                    at += 1;
                )*
                Ok(())
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

/// A structure whose fields have numbers.
pub trait Fields<A, E> {
    /// Reads the value that comes next into a field.
    ///
    /// # Errors
    /// When it is of another type.
    fn read(&mut self, index: usize, map: &mut A) -> Result<(), E>;
}

/// Reads all fields: compiled once, and not once for each structure.
///
/// # Errors
/// When a value is of another type than its field.
#[inline(never)]
pub fn read_fields<'de, A: MapAccess<'de>>(map: &mut A, names: &[&str], into: &mut dyn Fields<A, A::Error>) -> Result<(), A::Error> {
    while let Some(name) = map.next_key::<String>()? {
        match names.iter().position(|known| *known == name) {
            Some(index) => into.read(index, map)?,
            None => _ = map.next_value::<IgnoredAny>()?,
        }
    }
    Ok(())
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
