//! `$setWindowFields` (MongoDB manual: "$setWindowFields"): ranks, shifts and accumulators over windows.

use std::borrow::Cow;
use std::collections::HashMap;

use bson::{Bson, RawBson, RawBsonRef, RawDocument};

use super::Overlay;
use super::accumulator::Accumulator;
use super::group::{kept, single};
use super::interpolate;
use crate::budget::Held;
use crate::compare::Number;
use crate::error::Result;
use crate::expression::Expression;
use crate::expression::value::fail;
use crate::key;
use crate::scope::Scope;
use crate::sort::Sort;

#[derive(Debug)]
pub(crate) struct Windows {
    partition: Option<Expression>,
    sort: Option<Sort>,
    /// The field of a sort by one field, for ranges.
    sort_field: Option<Expression>,
    outputs: Vec<(String, Function, Bounds)>,
}

#[derive(Debug)]
enum Function {
    Accumulate(Accumulator),
    Rank {
        dense: bool,
    },
    DocumentNumber,
    Shift {
        input: Expression,
        by: i64,
        default: RawBson,
    },
    ExponentialAverage {
        input: Expression,
        weight: f64,
    },
    LastObservation(Expression),
    /// The change per this many milliseconds, or per one of the sort field.
    Derivative(Expression, f64),
    Integral(Expression, f64),
    LinearFill(Expression),
    Covariance {
        input: [Expression; 2],
        of_sample: bool,
    },
}

#[derive(Debug)]
enum Bounds {
    All,
    /// Places before and after the current one; `None` is the end of the partition.
    Documents(Option<i64>, Option<i64>),
    /// Distances in the value of the sort field.
    Range(Option<f64>, Option<f64>),
}

impl Windows {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(9, "the $setWindowFields stage specification must be an object");
        };
        let Some(Bson::Document(output)) = given.get("output") else {
            return fail(40414, "BSON field '$setWindowFields.output' is missing but a required field");
        };
        let sort = match given.get("sortBy") {
            Some(Bson::Document(sort)) => Some(sort),
            _ => None,
        };
        let mut outputs = Vec::new();
        for (path, specification) in output {
            let Bson::Document(specification) = specification else {
                return fail(9, "The field 'output' must be an object whose fields are objects");
            };
            let mut function = specification.clone();
            let bounds = match function.remove("window") {
                None => Bounds::All,
                Some(window) => bounds(&window, sort.is_some())?,
            };
            let function = Bson::Document(function);
            let (operator, operand) = single(path, &function)?;
            outputs.push((path.clone(), parse_function(operator, operand, scope, sort.is_some())?, bounds));
        }
        let sort_field = sort
            .and_then(|sort| sort.keys().next())
            .map(|field| Expression::Field(field.split('.').map(str::to_owned).collect()));
        Ok(Windows {
            partition: given.get("partitionBy").map(|by| Expression::parse(by, scope)).transpose()?,
            sort: sort.map(|sort| Sort::parse_in(sort, scope)).transpose()?,
            sort_field,
            outputs,
        })
    }

    pub(super) fn run<'d>(&self, rows: Vec<Cow<'d, RawDocument>>) -> Result<Vec<Cow<'d, RawDocument>>> {
        let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut partitions: Vec<(Vec<u8>, Vec<Cow<'d, RawDocument>>)> = Vec::new();
        for row in rows {
            let mut bytes = Vec::new();
            if let Some(partition) = &self.partition {
                key::write(&mut bytes, partition.evaluate(&row)?.get(), None);
            }
            let place = *places.entry(bytes.clone()).or_insert_with(|| {
                partitions.push((bytes, Vec::new()));
                partitions.len() - 1
            });
            partitions[place].1.push(row);
        }
        partitions.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut results = Vec::new();
        for (_, mut rows) in partitions {
            if let Some(sort) = &self.sort {
                sort.sort(&mut rows, |row| row);
            }
            let mut overlays: Vec<Overlay> = rows.iter().map(|_| Overlay::default()).collect();
            for (path, function, bounds) in &self.outputs {
                let values = self.values(function, bounds, &rows)?;
                for (overlay, value) in overlays.iter_mut().zip(values) {
                    overlay.set(path, value);
                }
            }
            results.extend(rows.iter().zip(overlays).map(|(row, overlay)| Cow::Owned(overlay.apply(row))));
        }
        Ok(results)
    }

    fn values(&self, function: &Function, bounds: &Bounds, rows: &[Cow<'_, RawDocument>]) -> Result<Vec<Option<RawBson>>> {
        let keys = || -> Vec<Vec<u8>> {
            rows.iter()
                .map(|row| self.sort.as_ref().map(|sort| sort.key_of(row, None)).unwrap_or_default())
                .collect()
        };
        let mut values = Vec::with_capacity(rows.len());
        match function {
            Function::DocumentNumber => values.extend((1..=rows.len() as i32).map(|number| Some(number.into()))),
            Function::Rank { dense } => {
                let keys = keys();
                let mut rank = 0;
                for place in 0..rows.len() {
                    if place == 0 || keys[place] != keys[place - 1] {
                        rank = if *dense { rank + 1 } else { place as i32 + 1 };
                    }
                    values.push(Some(rank.into()));
                }
            }
            Function::Shift { input, by, default } => {
                for place in 0..rows.len() as i64 {
                    let other = usize::try_from(place + by).ok().and_then(|place| rows.get(place));
                    values.push(Some(match other {
                        Some(row) => kept(input.evaluate(row)?),
                        None => default.clone(),
                    }));
                }
            }
            Function::ExponentialAverage { input, weight } => {
                let mut average: Option<f64> = None;
                for row in rows {
                    if let Some(number) = input.evaluate(row)?.number().map(float) {
                        average = Some(average.map_or(number, |average| number * weight + average * (1.0 - weight)));
                    }
                    values.push(Some(average.map_or(RawBson::Null, RawBson::Double)));
                }
            }
            Function::LastObservation(input) => {
                let mut last = RawBson::Null;
                for row in rows {
                    let value = input.evaluate(row)?;
                    if !value.is_nullish() {
                        last = kept(value);
                    }
                    values.push(Some(last.clone()));
                }
            }
            Function::LinearFill(input) => {
                let points = self.points(input, rows)?;
                values.extend(
                    interpolate::fill(&points)
                        .into_iter()
                        .map(|value| Some(value.map_or(RawBson::Null, RawBson::Double))),
                );
            }
            Function::Derivative(input, unit) | Function::Integral(input, unit) => {
                let points = self.points(input, rows)?;
                let calculate = if matches!(function, Function::Integral(..)) {
                    interpolate::area
                } else {
                    interpolate::slope
                };
                for place in 0..rows.len() {
                    let (start, end) = self.window(bounds, rows, place)?;
                    let value = calculate(&points[start.min(end)..end], *unit);
                    values.push(Some(value.map_or(RawBson::Null, RawBson::Double)));
                }
            }
            Function::Covariance {
                input: [first, second],
                of_sample,
            } => {
                for place in 0..rows.len() {
                    let (start, end) = self.window(bounds, rows, place)?;
                    let mut pairs = Vec::new();
                    for row in &rows[start.min(end)..end] {
                        let pair = first.evaluate(row)?.number().zip(second.evaluate(row)?.number());
                        pairs.extend(pair.map(|(a, b)| (float(a), float(b))));
                    }
                    let value = interpolate::covariance(&pairs, *of_sample);
                    values.push(Some(value.map_or(RawBson::Null, RawBson::Double)));
                }
            }
            Function::Accumulate(accumulator) => {
                let mut held = Held::default();
                for place in 0..rows.len() {
                    let (start, end) = self.window(bounds, rows, place)?;
                    let mut state = accumulator.start(RawBsonRef::Null)?;
                    for row in &rows[start.min(end)..end] {
                        accumulator.add(&mut state, row)?;
                    }
                    let value = accumulator.finish(state)?;
                    held.add(value.bytes())?;
                    values.push(value.into_raw());
                }
            }
        }
        Ok(values)
    }

    /// Where each row is by the sort field, and its value there.
    fn points(&self, input: &Expression, rows: &[Cow<'_, RawDocument>]) -> Result<Vec<interpolate::Point>> {
        let mut points = Vec::with_capacity(rows.len());
        for row in rows {
            let at = match &self.sort_field {
                Some(by) => position(by, row)?,
                None => None,
            };
            points.push((at, input.evaluate(row)?.number().map(float)));
        }
        Ok(points)
    }

    /// The first place of the window and the one after its last.
    fn window(&self, bounds: &Bounds, rows: &[Cow<'_, RawDocument>], place: usize) -> Result<(usize, usize)> {
        let length = rows.len();
        Ok(match bounds {
            Bounds::All => (0, length),
            Bounds::Documents(low, high) => {
                let at = |offset: i64| (place as i64 + offset).clamp(0, length as i64) as usize;
                (low.map_or(0, at), high.map_or(length, |high| at(high + 1)))
            }
            Bounds::Range(low, high) => {
                let Some(by) = &self.sort_field else { return Ok((0, length)) };
                let Some(center) = position(by, &rows[place])? else {
                    return Ok((place, place + 1));
                };
                let mut within = Vec::new();
                for (other, row) in rows.iter().enumerate() {
                    let fits = position(by, row)?
                        .is_some_and(|value| low.is_none_or(|low| value >= center + low) && high.is_none_or(|high| value <= center + high));
                    if fits {
                        within.push(other);
                    }
                }
                match (within.first(), within.last()) {
                    (Some(first), Some(last)) => (*first, *last + 1),
                    _ => (place, place),
                }
            }
        })
    }
}

fn float(number: Number) -> f64 {
    match number {
        Number::Whole(whole) => whole as f64,
        Number::Float(float) => float,
    }
}

/// The sort field as a number; a date by its milliseconds.
fn position(by: &Expression, row: &RawDocument) -> Result<Option<f64>> {
    let value = by.evaluate(row)?;
    Ok(match value.get() {
        Some(RawBsonRef::DateTime(at)) => Some(at.timestamp_millis() as f64),
        _ => value.number().map(float),
    })
}

fn parse_function(operator: &str, operand: &Bson, scope: &Scope, sorted: bool) -> Result<Function> {
    let given = |name: &str| operand.as_document().and_then(|inner| inner.get(name));
    let needs_sort = matches!(
        operator,
        "$rank" | "$denseRank" | "$documentNumber" | "$shift" | "$derivative" | "$integral" | "$linearFill" | "$expMovingAvg"
    );
    if needs_sort && !sorted {
        return fail(
            5371602,
            format!("'{operator}' must be specified with a top level sortBy expression with exactly one element"),
        );
    }
    let input = |value: Option<&Bson>| match value {
        Some(value) => Expression::parse(value, scope),
        None => fail(9, format!("{operator} requires an 'input' expression")),
    };
    Ok(match operator {
        "$rank" => Function::Rank { dense: false },
        "$denseRank" => Function::Rank { dense: true },
        "$documentNumber" => Function::DocumentNumber,
        "$shift" => Function::Shift {
            input: input(given("output"))?,
            by: given("by").and_then(crate::number::whole).unwrap_or(0),
            default: match given("default") {
                Some(default) => RawBson::try_from(default.clone())?,
                None => RawBson::Null,
            },
        },
        "$expMovingAvg" => Function::ExponentialAverage {
            input: input(given("input"))?,
            weight: match (given("N").and_then(crate::number::whole), given("alpha").and_then(Bson::as_f64)) {
                (Some(count), _) if count > 0 => 2.0 / (count as f64 + 1.0),
                (None, Some(alpha)) if (0.0..1.0).contains(&alpha) => alpha,
                _ => return fail(9, "$expMovingAvg requires either an 'N' field or an 'alpha' field"),
            },
        },
        "$locf" => Function::LastObservation(Expression::parse(operand, scope)?),
        "$linearFill" => Function::LinearFill(Expression::parse(operand, scope)?),
        "$derivative" => Function::Derivative(input(given("input"))?, unit_of(given("unit"))?),
        "$integral" => Function::Integral(input(given("input"))?, unit_of(given("unit"))?),
        "$covariancePop" | "$covarianceSamp" => {
            let Bson::Array(pair) = operand else {
                return fail(9, format!("{operator} takes an array of two expressions"));
            };
            Function::Covariance {
                input: [input(pair.first())?, input(pair.get(1))?],
                of_sample: operator == "$covarianceSamp",
            }
        }
        _ => Function::Accumulate(Accumulator::parse(operator, operand, scope).map_err(|error| {
            let text = error.to_string().replace("unknown group operator", "Unrecognized window function,");
            crate::DocDbError::new(crate::error::Code::from_number(error.code()), text)
        })?),
    })
}

fn bounds(window: &Bson, sorted: bool) -> Result<Bounds> {
    let Bson::Document(window) = window else {
        return fail(9, "'window' field must be an object");
    };
    let pair = |name: &str| match window.get(name) {
        Some(Bson::Array(pair)) if pair.len() == 2 => Some((pair[0].clone(), pair[1].clone())),
        _ => None,
    };
    let number = |bound: &Bson, low: bool| -> Result<Option<f64>> {
        match bound {
            Bson::String(name) if name == "unbounded" => Ok(None),
            Bson::String(name) if name == "current" => Ok(Some(0.0)),
            Bson::Int32(number) => Ok(Some(f64::from(*number))),
            Bson::Int64(number) => Ok(Some(*number as f64)),
            Bson::Double(number) => Ok(Some(*number)),
            _ => fail(9, format!("Window bounds must be 'unbounded', 'current', or a number ({low})")),
        }
    };
    if let Some((low, high)) = pair("documents") {
        let place = |bound: Option<f64>| bound.map(|bound| bound as i64);
        return Ok(Bounds::Documents(place(number(&low, true)?), place(number(&high, false)?)));
    }
    let Some((low, high)) = pair("range") else { return Ok(Bounds::All) };
    if !sorted {
        return fail(5339902, "Range-based bounds require sortBy a single field");
    }
    let scale = unit_of(window.get("unit"))?;
    let scaled = |bound: Option<f64>| bound.map(|bound| bound * scale);
    Ok(Bounds::Range(scaled(number(&low, true)?), scaled(number(&high, false)?)))
}

/// Milliseconds of a unit of time; 1 without one.
fn unit_of(unit: Option<&Bson>) -> Result<f64> {
    Ok(match unit {
        None => 1.0,
        Some(Bson::String(name)) => match name.as_str() {
            "millisecond" => 1.0,
            "second" => 1000.0,
            "minute" => 60_000.0,
            "hour" => 3_600_000.0,
            "day" => 86_400_000.0,
            "week" => 604_800_000.0,
            // Months and years by their mean length.
            "month" => 2_629_746_000.0,
            "quarter" => 7_889_238_000.0,
            "year" => 31_556_952_000.0,
            other => return fail(9, format!("unknown time unit value: {other}")),
        },
        Some(other) => return fail(9, format!("'unit' must be a string, but found {}", crate::shell::type_name(other))),
    })
}
