//! Decimal arithmetic on 128-bit decimals as far as 34 digits reach; what does not fit is calculated as a double
//! (MongoDB manual: "NumberDecimal").

use bson::Decimal128;

/// `coefficient * 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    coefficient: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) fn parse(value: Decimal128) -> Option<Self> {
        Decimal::from_text(&value.to_string())
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['E', 'e']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let coefficient = format!("{whole}{fraction}").parse().ok()?;
        Some(Decimal {
            coefficient,
            exponent: exponent - fraction.len() as i32,
        })
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let scale = |value: Decimal| value.coefficient.checked_mul(power(value.exponent - exponent)?);
        Some((scale(self)?, scale(other)?, exponent))
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let (left, right, exponent) = self.aligned(other)?;
        Some(Decimal {
            coefficient: left.checked_add(right)?,
            exponent,
        })
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        Some(Decimal {
            coefficient: self.coefficient.checked_mul(other.coefficient)?,
            exponent: self.exponent + other.exponent,
        })
    }

    pub(super) fn divide(self, other: Self) -> Option<Self> {
        // As many digits as the quotient can carry.
        let mut coefficient = self.coefficient;
        let mut exponent = self.exponent - other.exponent;
        for _ in 0..34 {
            if coefficient % other.coefficient == 0 {
                break;
            }
            coefficient = coefficient.checked_mul(10)?;
            exponent -= 1;
        }
        Some(Decimal {
            coefficient: coefficient.checked_div(other.coefficient)?,
            exponent,
        })
    }

    pub(super) fn to_decimal128(self) -> Option<Decimal128> {
        let digits = self.coefficient.unsigned_abs().to_string().len();
        if digits > 34 {
            let surplus = (digits - 34) as u32;
            let shorter = Decimal {
                coefficient: self.coefficient / 10_i128.pow(surplus),
                exponent: self.exponent + surplus as i32,
            };
            return shorter.to_decimal128();
        }
        format!("{}E{}", self.coefficient, self.exponent).parse().ok()
    }
}

fn power(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}
