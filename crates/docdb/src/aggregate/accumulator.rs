//! Accumulators of `$group`, `$bucketAuto` and windows (MongoDB manual: "Accumulators").

use std::collections::BTreeSet;

use bson::{Bson, Document, RawArrayBuf, RawBson, RawBsonRef, RawDocument, RawDocumentBuf};

use super::group::{kept, single};
use super::script::Script;
use crate::collation::Collation;
use crate::compare::{Number, compare_by};
use crate::error::Result;
use crate::expression::value::{array, fail, type_name_of};
use crate::expression::{Expression, Value, add, average, deviation, percentiles};
use crate::key;
use crate::scope::Scope;
use crate::sort::Sort;

#[derive(Debug)]
pub(crate) struct Accumulator {
    kind: Kind,
    input: Expression,
    /// How many values are kept by the `…N` accumulators.
    wanted: Option<Expression>,
    order: Option<Sort>,
    percentiles: Vec<f64>,
    collation: Option<Collation>,
    /// Of `$accumulator`.
    script: Option<Box<Script>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sum,
    Average,
    Least,
    Greatest,
    First,
    Last,
    Push,
    AddToSet,
    Merge,
    DeviationOfAll,
    DeviationOfSample,
    FirstSome,
    LastSome,
    LeastSome,
    GreatestSome,
    Top,
    Bottom,
    TopSome,
    BottomSome,
    Median,
    Percentile,
    ConcatArrays,
    SetUnion,
    Script,
}

const KINDS: [(&str, Kind); 24] = [
    ("$sum", Kind::Sum),
    ("$avg", Kind::Average),
    ("$min", Kind::Least),
    ("$max", Kind::Greatest),
    ("$first", Kind::First),
    ("$last", Kind::Last),
    ("$push", Kind::Push),
    ("$addToSet", Kind::AddToSet),
    ("$mergeObjects", Kind::Merge),
    ("$stdDevPop", Kind::DeviationOfAll),
    ("$stdDevSamp", Kind::DeviationOfSample),
    ("$firstN", Kind::FirstSome),
    ("$lastN", Kind::LastSome),
    ("$minN", Kind::LeastSome),
    ("$maxN", Kind::GreatestSome),
    ("$top", Kind::Top),
    ("$bottom", Kind::Bottom),
    ("$topN", Kind::TopSome),
    ("$bottomN", Kind::BottomSome),
    ("$median", Kind::Median),
    ("$percentile", Kind::Percentile),
    ("$concatArrays", Kind::ConcatArrays),
    ("$setUnion", Kind::SetUnion),
    ("$accumulator", Kind::Script),
];

/// What an accumulator has seen.
#[derive(Debug)]
pub(crate) enum State {
    Sum(RawBson),
    Average(RawBson, u64),
    One(Option<RawBson>),
    Values(Vec<RawBson>),
    Set(BTreeSet<Vec<u8>>, Vec<RawBson>),
    Merged(Document),
    Numbers(Vec<f64>),
    /// Values with their sort keys.
    Ordered(Vec<(Vec<u8>, RawBson)>, usize),
    /// What the functions of `$accumulator` made.
    Script(RawBson),
}

impl Accumulator {
    pub(super) fn parse_field(field: &str, accumulator: &Bson, scope: &Scope) -> Result<Self> {
        let (operator, operand) = single(field, accumulator)?;
        Accumulator::parse(operator, operand, scope)
    }

    pub(super) fn parse(operator: &str, operand: &Bson, scope: &Scope) -> Result<Self> {
        if operator == "$count" {
            if !matches!(operand, Bson::Document(inner) if inner.is_empty()) {
                return fail(14, "$count takes no arguments, i.e. $count:{}");
            }
            return Accumulator::parse("$sum", &Bson::Int32(1), scope);
        }
        let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == operator) else {
            return fail(15952, format!("unknown group operator '{operator}'"));
        };
        let given = |name: &str| operand.as_document().and_then(|inner| inner.get(name));
        let mut accumulator = Accumulator {
            kind: *kind,
            input: Expression::Nothing,
            wanted: None,
            order: None,
            percentiles: Vec::new(),
            collation: scope.collation,
            script: None,
        };
        match kind {
            Kind::Script => accumulator.script = Some(Box::new(Script::parse(operand, scope)?)),
            Kind::FirstSome | Kind::LastSome | Kind::LeastSome | Kind::GreatestSome => {
                let (Some(input), Some(wanted)) = (given("input"), given("n")) else {
                    return fail(5787906, format!("{operator} requires 'n' and 'input' fields"));
                };
                accumulator.input = Expression::parse(input, scope)?;
                accumulator.wanted = Some(Expression::parse(wanted, scope)?);
            }
            Kind::Top | Kind::Bottom | Kind::TopSome | Kind::BottomSome => {
                let (Some(output), Some(Bson::Document(order))) = (given("output"), given("sortBy")) else {
                    return fail(5788005, format!("{operator} requires 'output' and 'sortBy' fields"));
                };
                accumulator.input = Expression::parse(output, scope)?;
                accumulator.order = Some(Sort::parse_in(order, scope)?);
                accumulator.wanted = given("n").map(|wanted| Expression::parse(wanted, scope)).transpose()?;
            }
            Kind::Median | Kind::Percentile => {
                let Some(input) = given("input") else {
                    return fail(40414, format!("BSON field '{operator}.input' is missing but a required field"));
                };
                accumulator.input = Expression::parse(input, scope)?;
                accumulator.percentiles = match given("p") {
                    Some(Bson::Array(places)) => places.iter().filter_map(place_of).collect(),
                    _ => vec![0.5],
                };
            }
            _ => {
                let operand = match operand {
                    Bson::Array(items) if items.len() == 1 => &items[0],
                    Bson::Array(items) if items.len() > 1 => {
                        return fail(40237, format!("The {operator} accumulator is a unary operator"));
                    }
                    other => other,
                };
                accumulator.input = Expression::parse(operand, scope)?;
            }
        }
        Ok(accumulator)
    }

    /// The state of a group with this `_id`.
    pub(super) fn start(&self, id: RawBsonRef<'_>) -> Result<State> {
        if let Some(script) = &self.script {
            return script.start(id).map(State::Script);
        }
        Ok(match self.kind {
            Kind::Sum => State::Sum(RawBson::Int32(0)),
            Kind::Average => State::Average(RawBson::Int32(0), 0),
            Kind::Least | Kind::Greatest | Kind::First | Kind::Last => State::One(None),
            Kind::AddToSet | Kind::SetUnion => State::Set(BTreeSet::new(), Vec::new()),
            Kind::Merge => State::Merged(Document::new()),
            Kind::DeviationOfAll | Kind::DeviationOfSample | Kind::Median | Kind::Percentile => State::Numbers(Vec::new()),
            Kind::Top | Kind::Bottom | Kind::TopSome | Kind::BottomSome => State::Ordered(Vec::new(), 1),
            Kind::FirstSome | Kind::LastSome | Kind::LeastSome | Kind::GreatestSome => State::Ordered(Vec::new(), 0),
            Kind::Push | Kind::ConcatArrays | Kind::Script => State::Values(Vec::new()),
        })
    }

    pub(super) fn add(&self, state: &mut State, document: &RawDocument) -> Result<()> {
        let value = self.input.evaluate(document)?;
        match state {
            State::Script(state) => {
                if let Some(script) = &self.script {
                    script.add(state, document)?;
                }
            }
            State::Sum(total) => {
                if let Some(sum) = value.get().and_then(|value| add(total.as_raw_bson_ref(), value)) {
                    *total = sum;
                }
            }
            State::Average(total, count) => {
                if let Some(sum) = value.get().and_then(|value| add(total.as_raw_bson_ref(), value)) {
                    *total = sum;
                    *count += 1;
                }
            }
            State::One(best) => self.one(best, value),
            State::Values(values) => match (self.kind, value.get()) {
                (Kind::ConcatArrays, Some(RawBsonRef::Array(items))) => values.extend(items.into_iter().flatten().map(RawBson::from)),
                (Kind::ConcatArrays, None) | (_, None) => {}
                (Kind::ConcatArrays, Some(other)) => {
                    return fail(14, format!("$concatArrays only supports arrays, not {}", type_name_of(other)));
                }
                _ => values.push(kept(value)),
            },
            State::Set(known, values) => {
                let mut insert = |value: RawBsonRef| {
                    if known.insert(key::of(value, self.collation)) {
                        values.push(value.into());
                    }
                };
                match (self.kind, value.get()) {
                    (Kind::SetUnion, Some(RawBsonRef::Array(items))) => items.into_iter().flatten().for_each(insert),
                    (_, Some(value)) => insert(value),
                    (_, None) => {}
                }
            }
            State::Merged(merged) => match value.get() {
                Some(RawBsonRef::Document(inner)) => merged.extend(Document::try_from(inner)?),
                None | Some(RawBsonRef::Null | RawBsonRef::Undefined) => {}
                Some(_) => {
                    return fail(
                        40400,
                        format!(
                            "$mergeObjects requires object inputs, but input {} is of type {}",
                            value.shown(),
                            value.type_name()
                        ),
                    );
                }
            },
            State::Numbers(numbers) => match value.number() {
                Some(Number::Whole(whole)) => numbers.push(whole as f64),
                Some(Number::Float(float)) => numbers.push(float),
                None => {}
            },
            State::Ordered(values, wanted) => {
                if values.is_empty()
                    && let Some(expression) = &self.wanted
                {
                    *wanted = match expression.evaluate(document)?.whole() {
                        Some(wanted) if wanted > 0 => wanted as usize,
                        _ => return fail(5787908, "'n' must be greater than 0"),
                    };
                }
                let key = match (&self.order, self.kind) {
                    (Some(order), _) => order.key_of(document, None),
                    (None, Kind::LeastSome | Kind::GreatestSome) => {
                        if value.is_nullish() {
                            return Ok(());
                        }
                        key::of(value.or_null(), self.collation)
                    }
                    _ => Vec::new(),
                };
                values.push((key, kept(value)));
            }
        }
        Ok(())
    }

    fn one(&self, best: &mut Option<RawBson>, value: Value<'_>) {
        let wins = match (self.kind, &best) {
            (Kind::First, known) => known.is_none(),
            (Kind::Last, _) => true,
            _ if value.is_nullish() => false,
            (_, None) => true,
            (kind, Some(best)) => {
                let order = compare_by(value.or_null(), best.as_raw_bson_ref(), self.collation);
                if kind == Kind::Least { order.is_lt() } else { order.is_gt() }
            }
        };
        if wins {
            *best = Some(kept(value));
        }
    }

    pub(super) fn finish(&self, state: State) -> Result<Value<'static>> {
        Ok(match state {
            State::Script(state) => match &self.script {
                Some(script) => script.finish(state)?,
                None => state.into(),
            },
            State::Sum(total) => total.into(),
            State::Average(_, 0) => Value::NULL,
            State::Average(total, count) => average(total.as_raw_bson_ref(), count).into(),
            State::One(best) => best.map_or(Value::NULL, Value::Owned),
            State::Values(values) | State::Set(_, values) => array(values.iter().map(RawBson::as_raw_bson_ref)),
            State::Merged(merged) => RawDocumentBuf::try_from(&merged)?.into(),
            State::Numbers(numbers) => self.finish_numbers(numbers),
            State::Ordered(mut values, wanted) => {
                match self.kind {
                    Kind::Bottom | Kind::BottomSome | Kind::GreatestSome | Kind::Top | Kind::TopSome | Kind::LeastSome => {
                        values.sort_by(|(a, _), (b, _)| a.cmp(b));
                    }
                    _ => {}
                }
                if self.kind == Kind::GreatestSome {
                    values.reverse();
                }
                let from_end = matches!(self.kind, Kind::Bottom | Kind::BottomSome | Kind::LastSome);
                let skipped = if from_end { values.len().saturating_sub(wanted) } else { 0 };
                let mut chosen = values.into_iter().map(|(_, value)| value).skip(skipped).take(wanted);
                if matches!(self.kind, Kind::Top | Kind::Bottom) {
                    chosen.next().map_or(Value::NULL, Value::Owned)
                } else {
                    let mut all = RawArrayBuf::new();
                    chosen.for_each(|value| all.push(value));
                    all.into()
                }
            }
        })
    }

    fn finish_numbers(&self, numbers: Vec<f64>) -> Value<'static> {
        match self.kind {
            Kind::DeviationOfAll => deviation(&numbers, false).map_or(Value::NULL, Value::from),
            Kind::DeviationOfSample => deviation(&numbers, true).map_or(Value::NULL, Value::from),
            Kind::Median => {
                let median = percentiles::at(numbers, &[0.5]);
                median.first().copied().flatten().map_or(Value::NULL, Value::from)
            }
            _ => percentiles::listed(percentiles::at(numbers, &self.percentiles)),
        }
    }
}

/// A place of `$percentile`, from 0 to 1; both ends may be whole numbers.
fn place_of(place: &Bson) -> Option<f64> {
    place.as_f64().or_else(|| crate::number::whole(place).map(|whole| whole as f64))
}
