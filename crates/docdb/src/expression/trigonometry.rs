//! Trigonometric and hyperbolic operators (MongoDB manual: "Trigonometry Expression Operators").

use super::arithmetic::{binary_float, float, of_float, unary};
use super::value::fail;
use super::{Arguments, Value};
use crate::error::Result;

/// What an operator may be given, as messages write it.
struct Domain {
    low: f64,
    high: f64,
    shown: &'static str,
}

const ANY: Domain = Domain {
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
    shown: "",
};
const FINITE: Domain = Domain {
    low: f64::MIN,
    high: f64::MAX,
    shown: "(-inf,inf)",
};
const RATIO: Domain = Domain {
    low: -1.0,
    high: 1.0,
    shown: "[-1,1]",
};
const FROM_ONE: Domain = Domain {
    low: 1.0,
    high: f64::INFINITY,
    shown: "[1,inf]",
};

fn apply<'d>(arguments: &Arguments<'_>, name: &str, domain: &Domain, function: fn(f64) -> f64) -> Result<Value<'d>> {
    if let Some(number) = arguments.at(0).number().map(|_| float(arguments.at(0).or_null()))
        && !number.is_nan()
        && !(domain.low..=domain.high).contains(&number)
    {
        return fail(
            50989,
            format!(
                "cannot apply {name} to {}, value must be in {}",
                arguments.at(0).shown(),
                domain.shown
            ),
        );
    }
    unary(arguments, name, |value| of_float(value, function))
}

macro_rules! functions {
    ($($function:ident $name:literal $domain:ident $apply:expr;)*) => {
        $(pub(super) fn $function(arguments: Arguments<'_>) -> Result<Value<'_>> {
            apply(&arguments, $name, &$domain, $apply)
        })*
    };
}

functions! {
    sin "$sin" FINITE f64::sin;
    cos "$cos" FINITE f64::cos;
    tan "$tan" FINITE f64::tan;
    asin "$asin" RATIO f64::asin;
    acos "$acos" RATIO f64::acos;
    atan "$atan" ANY f64::atan;
    sinh "$sinh" ANY f64::sinh;
    cosh "$cosh" ANY f64::cosh;
    tanh "$tanh" ANY f64::tanh;
    asinh "$asinh" ANY libm::asinh;
    acosh "$acosh" FROM_ONE libm::acosh;
    atanh "$atanh" RATIO libm::atanh;
    radians "$degreesToRadians" ANY f64::to_radians;
    degrees "$radiansToDegrees" ANY f64::to_degrees;
}

pub(super) fn atan2(arguments: Arguments<'_>) -> Result<Value<'_>> {
    binary_float(&arguments, "$atan2", f64::atan2)
}
