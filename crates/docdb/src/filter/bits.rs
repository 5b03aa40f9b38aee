//! `$bitsAllSet` and its siblings (MongoDB manual: "Bitwise Query Operators").

use bson::{Bson, RawBsonRef};

use crate::compare::Number;
use crate::error::{DocDbError, Result};
use crate::shell::shell_value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    AllSet,
    AllClear,
    AnySet,
    AnyClear,
}

/// Positions of bits and what they have to be.
#[derive(Debug)]
pub(crate) struct Bits {
    wanted: Wanted,
    positions: Vec<u32>,
}

impl Bits {
    pub(super) fn parse(name: &str, operand: &Bson) -> Result<Self> {
        let wanted = match name {
            "$bitsAllSet" => Wanted::AllSet,
            "$bitsAllClear" => Wanted::AllClear,
            "$bitsAnySet" => Wanted::AnySet,
            _ => Wanted::AnyClear,
        };
        let refuse = || {
            DocDbError::parse(format!(
                "Expected a non-negative integer, a BinData or an array of bit positions in: {name}: {}",
                shell_value(operand)
            ))
        };
        let whole = |value: &Bson| match value {
            Bson::Int32(number) => Some(i64::from(*number)),
            Bson::Int64(number) => Some(*number),
            Bson::Double(number) if number.fract() == 0.0 => Some(*number as i64),
            _ => None,
        };
        let positions = match operand {
            Bson::Array(items) => items
                .iter()
                .map(|item| whole(item).and_then(|n| u32::try_from(n).ok()).ok_or_else(refuse))
                .collect::<Result<Vec<u32>>>()?,
            Bson::Binary(binary) => (0..binary.bytes.len() as u32 * 8)
                .filter(|position| binary.bytes[(position / 8) as usize] >> (position % 8) & 1 == 1)
                .collect(),
            other => {
                let mask = whole(other).filter(|mask| *mask >= 0).ok_or_else(refuse)?;
                (0..63).filter(|position| mask >> position & 1 == 1).collect()
            }
        };
        Ok(Bits { wanted, positions })
    }

    pub(super) fn holds(&self, value: RawBsonRef) -> bool {
        let bit: Box<dyn Fn(u32) -> bool> = match value {
            RawBsonRef::Binary(binary) => Box::new(move |position| {
                binary
                    .bytes
                    .get((position / 8) as usize)
                    .is_some_and(|byte| byte >> (position % 8) & 1 == 1)
            }),
            other => match Number::of(other).filter(|number| number.is_whole()).and_then(Number::truncated) {
                // Negative numbers go on with ones.
                Some(number) => Box::new(move |position| number >> position.min(63) & 1 == 1),
                None => return false,
            },
        };
        let mut positions = self.positions.iter().copied();
        match self.wanted {
            Wanted::AllSet => positions.all(bit),
            Wanted::AllClear => !positions.any(bit),
            Wanted::AnySet => positions.any(bit),
            Wanted::AnyClear => !positions.all(bit),
        }
    }
}
