//! `$type`: sets of BSON types by number or name (MongoDB manual: "$type", "BSON Types").

use bson::{Bson, RawBsonRef};

use crate::error::{Code, DocDbError, Result};

/// The types that `$type` lists, by their number in the BSON specification; -1 is minKey.
#[derive(Debug)]
pub(crate) struct TypeSet {
    numbers: Vec<i32>,
    any_number: bool,
}

const NAMES: [(&str, i32); 21] = [
    ("double", 1),
    ("string", 2),
    ("object", 3),
    ("array", 4),
    ("binData", 5),
    ("undefined", 6),
    ("objectId", 7),
    ("bool", 8),
    ("date", 9),
    ("null", 10),
    ("regex", 11),
    ("dbPointer", 12),
    ("javascript", 13),
    ("symbol", 14),
    ("javascriptWithScope", 15),
    ("int", 16),
    ("timestamp", 17),
    ("long", 18),
    ("decimal", 19),
    ("minKey", -1),
    ("maxKey", 127),
];

impl TypeSet {
    pub(crate) fn parse(operand: &Bson) -> Result<Self> {
        let mut types = TypeSet {
            numbers: Vec::new(),
            any_number: false,
        };
        match operand {
            Bson::Array(items) if items.is_empty() => {
                return Err(DocDbError::parse("$type must match at least one type"));
            }
            Bson::Array(items) => items.iter().try_for_each(|item| types.add(item))?,
            single => types.add(single)?,
        }
        Ok(types)
    }

    fn add(&mut self, item: &Bson) -> Result<()> {
        let number = match item {
            Bson::String(name) if name == "number" => {
                self.any_number = true;
                return Ok(());
            }
            Bson::String(name) => {
                let known = NAMES.iter().find(|(known, _)| known == name);
                known
                    .map(|(_, number)| *number)
                    .ok_or_else(|| DocDbError::bad_value(format!("Unknown type name alias: {name}")))?
            }
            Bson::Int32(number) => *number,
            Bson::Int64(number) => i32::try_from(*number).unwrap_or(0),
            Bson::Double(number) if number.fract() == 0.0 => *number as i32,
            Bson::Double(number) => {
                return Err(DocDbError::bad_value(format!("Invalid numerical type code: {number}")));
            }
            _ => {
                return Err(DocDbError::new(
                    Code::TypeMismatch,
                    "type must be represented as a number or a string",
                ));
            }
        };
        if !NAMES.iter().any(|(_, known)| *known == number) {
            return Err(DocDbError::bad_value(format!("Invalid numerical type code: {number}")));
        }
        self.numbers.push(number);
        Ok(())
    }

    pub(crate) fn contains(&self, value: RawBsonRef) -> bool {
        let number = type_number(value);
        self.numbers.contains(&number) || (self.any_number && matches!(number, 1 | 16 | 18 | 19))
    }
}

/// The type's number in the BSON specification; -1 is minKey.
pub(crate) fn type_number(value: RawBsonRef) -> i32 {
    match value {
        RawBsonRef::MinKey => -1,
        other => i32::from(other.element_type() as u8),
    }
}
