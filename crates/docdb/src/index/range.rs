//! Which stretches of an index answer a filter, and walking them (MongoDB manual: "Multikey Index Bounds").

use std::ops::Bound;

use bson::{Bson, Document};

use super::{Index, Slot, slot_of};
use crate::filter::{Condition, Interval};
use crate::sort::Sort;

/// Stretches of one index, in its order.
#[derive(Debug, Clone)]
pub(crate) struct Ranges {
    stretches: Vec<(Vec<u8>, Vec<u8>)>,
    /// Fields that the stretches narrow down.
    pub(crate) covered: usize,
    /// Leading fields that have a single value.
    pub(crate) fixed: usize,
    /// Field → intervals, for explanations.
    pub(crate) bounds: Document,
}

/// More stretches than this are not walked one by one.
const MAX_STRETCHES: usize = 2_000;

impl Index {
    /// The stretches that hold all documents which can fulfil the condition; the whole index when it says nothing of
    /// the first field.
    pub(crate) fn ranges(&self, condition: &Condition, explains: bool) -> Ranges {
        let demands = condition.demands(self.spec.collation, explains);
        let mut prefixes: Vec<Vec<u8>> = vec![Vec::new()];
        let mut stretches = None;
        let (mut covered, mut fixed) = (0, 0);
        let mut bounds = Document::new();
        let mut roots: Vec<&str> = Vec::new();
        for ((name, direction), path) in self.spec.keys.iter().zip(&self.paths) {
            let root = name.split('.').next().unwrap_or(name);
            // Elements of one array are indexed together, yet a filter may find its parts in different ones.
            let shares_array = self.multikey && roots.contains(&root);
            roots.push(root);
            let open = stretches.is_some() || shares_array || path.has_position();
            let intervals = if open { None } else { self.narrow(&demands, name) };
            let Some(intervals) = intervals else {
                if explains {
                    bounds.insert(name, vec![Bson::from("[MinKey, MaxKey]")]);
                }
                stretches.get_or_insert_with(|| whole(&prefixes));
                continue;
            };
            let ascending = *direction > 0;
            if explains {
                bounds.insert(name, shown(&intervals, ascending));
            }
            covered += 1;
            let points = intervals.iter().all(|interval| interval.is_point);
            if points && prefixes.len() * intervals.len() <= MAX_STRETCHES {
                fixed += usize::from(intervals.len() == 1 && fixed + 1 == covered);
                prefixes = product(&prefixes, &intervals, ascending);
                continue;
            }
            let mut narrowed = Vec::with_capacity(prefixes.len() * intervals.len());
            for prefix in &prefixes {
                for interval in &intervals {
                    let (low, high) = (interval.low.directed(ascending), interval.high.directed(ascending));
                    let (start, end) = if ascending { (low, high) } else { (high, low) };
                    narrowed.push(([prefix.as_slice(), &start].concat(), [prefix.as_slice(), &end].concat()));
                }
            }
            stretches = Some(narrowed);
        }
        let mut stretches = stretches.unwrap_or_else(|| whole(&prefixes));
        if stretches.len() > 1 {
            stretches = crate::key::in_order(stretches, |(low, _)| low.clone());
        }
        Ranges {
            stretches,
            covered,
            fixed,
            bounds,
        }
    }

    /// The intervals of one field. In an index without arrays all demands hold for the same value.
    fn narrow(&self, demands: &[crate::filter::Demand<'_>], name: &str) -> Option<Vec<Interval>> {
        let mut of_field = demands.iter().filter(|demand| demand.path == name);
        if self.multikey {
            return of_field
                .min_by_key(|demand| (!demand.intervals.iter().all(|interval| interval.is_point), demand.intervals.len()))
                .map(|demand| demand.intervals.clone());
        }
        let mut narrowed = of_field.next()?.intervals.clone();
        for demand in of_field {
            narrowed = narrowed
                .iter()
                .flat_map(|left| demand.intervals.iter().filter_map(|right| left.intersect(right)))
                .collect();
        }
        Some(narrowed)
    }

    /// The slots of the stretches in the order of the index, or against it.
    pub(crate) fn walk<'i>(&'i self, ranges: &'i Ranges, backward: bool) -> Box<dyn Iterator<Item = Slot> + 'i> {
        let stretch = |(low, high): &'i (Vec<u8>, Vec<u8>)| {
            let bounds = (Bound::Included(low.as_slice()), Bound::Excluded(high.as_slice()));
            // An empty stretch may have its ends the wrong way round, which `range` would not bear.
            (low < high).then(|| self.entries.range::<[u8], _>(bounds)).into_iter().flatten()
        };
        if backward {
            Box::new(
                ranges
                    .stretches
                    .iter()
                    .rev()
                    .flat_map(move |pair| stretch(pair).rev())
                    .map(|entry| slot_of(entry)),
            )
        } else {
            Box::new(ranges.stretches.iter().flat_map(stretch).map(|entry| slot_of(entry)))
        }
    }

    /// How many keys the stretches hold; counts no further than the limit.
    pub(crate) fn count(&self, ranges: &Ranges, limit: usize) -> usize {
        if ranges.covered == 0 {
            return self.entries.len();
        }
        self.walk(ranges, false).take(limit).count()
    }

    /// Tells whether the walk is in the order of the sort: `Some(backward)`.
    pub(crate) fn provides(&self, ranges: &Ranges, sort: &Sort) -> Option<bool> {
        if self.multikey || self.spec.sparse || self.spec.partial.is_some() || !self.spec.is_ordered() {
            return None;
        }
        let wanted = sort.fields();
        if wanted.is_empty() || sort.collation() != self.spec.collation {
            return None;
        }
        'fixed: for skipped in 0..=ranges.fixed {
            let rest = &self.spec.keys[skipped..];
            if rest.len() < wanted.len() {
                continue;
            }
            let backward = wanted[0].1 != (rest[0].1 > 0);
            for ((path, direction), (wanted_path, ascending)) in rest.iter().zip(&wanted) {
                if path != wanted_path || (*ascending != (*direction > 0)) != backward {
                    continue 'fixed;
                }
            }
            return Some(backward);
        }
        None
    }
}

fn whole(prefixes: &[Vec<u8>]) -> Vec<(Vec<u8>, Vec<u8>)> {
    prefixes
        .iter()
        .map(|prefix| (prefix.clone(), [prefix.as_slice(), &[255, 255]].concat()))
        .collect()
}

fn product(prefixes: &[Vec<u8>], intervals: &[Interval], ascending: bool) -> Vec<Vec<u8>> {
    let mut longer = Vec::with_capacity(prefixes.len() * intervals.len());
    for prefix in prefixes {
        for interval in intervals {
            let mut bytes = interval.low.directed(true);
            if !ascending {
                crate::key::invert(&mut bytes);
            }
            longer.push([prefix.as_slice(), &bytes].concat());
        }
    }
    longer
}

fn shown(intervals: &[Interval], ascending: bool) -> Vec<Bson> {
    let turned = |shown: &String| {
        let (start, end) = shown.split_once(", ").unwrap_or((shown, ""));
        let (open, low) = start.split_at(1.min(start.len()));
        let (high, close) = end.split_at(end.len().saturating_sub(1));
        let flip = |bracket: &str| match bracket {
            "[" => "]",
            "(" => ")",
            "]" => "[",
            _ => "(",
        };
        format!("{}{high}, {low}{}", flip(close), flip(open))
    };
    intervals
        .iter()
        .map(|interval| {
            Bson::from(if ascending {
                interval.shown.clone()
            } else {
                turned(&interval.shown)
            })
        })
        .collect()
}

impl Index {
    /// The slots under one key.
    pub(crate) fn slots_of<'i>(&'i self, key: &'i [u8]) -> impl Iterator<Item = Slot> + 'i {
        self.entries
            .range::<[u8], _>((Bound::Included(key), Bound::Unbounded))
            .take_while(move |entry| entry.starts_with(key))
            .map(|entry| slot_of(entry))
    }
}
