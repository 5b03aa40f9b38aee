//! The choice of an index: the one that leaves the fewest documents to read (MongoDB manual: "Query Plans").

use std::collections::BTreeSet;

use bson::{Bson, Document};

use super::{Collection, Hint, Query};
use crate::error::{DocDbError, Result};
use crate::filter::text::words;
use crate::filter::{Condition, Filter};
use crate::index::{Index, Ranges, Slot};
use crate::key;
use crate::plan::{Plan, Stage};
use crate::sort::Sort;

/// How the candidates are found.
pub(super) enum Access<'c> {
    Scan {
        backward: bool,
    },
    Index {
        index: &'c Index,
        ranges: Ranges,
        backward: bool,
        sorted: bool,
    },
    /// Slots that are known already, in the order of insertion.
    Slots(BTreeSet<Slot>, u64),
}

struct Candidate<'c> {
    index: &'c Index,
    ranges: Ranges,
    /// Keys to read.
    keys: usize,
    /// The walk is in the order of the sort.
    order: Option<bool>,
}

/// Counting the keys of a candidate ends at eight times these: both are then bad.
const MOST_COUNTED: usize = 1_000;

impl Collection {
    pub(super) fn access(&self, query: &Query<'_>) -> Result<(Access<'_>, Plan)> {
        if let Some(text) = query.filter.text() {
            return self.text_access(text);
        }
        let mut candidates = match &query.hint {
            Some(Hint::Natural { backward }) => return Ok(scan(*backward)),
            Some(hint) => vec![self.hinted(hint, query)?],
            None => self.candidates(query),
        };
        let Some(best) = cheapest(&candidates, self.len(), query) else {
            if query.sort.is_empty()
                && let Some(union) = self.union(query.filter.root(), query)
            {
                return Ok(union);
            }
            return Ok(scan(query.sort.is_backward()));
        };
        let chosen = candidates.swap_remove(best);
        chosen.index.used();
        let backward = chosen.order.unwrap_or(false);
        let mut plan = Plan::new(Stage::IndexScan(chosen.index.spec.name.clone()));
        if query.explains {
            plan.scans.push(shown(&chosen, backward));
            plan.rejected = candidates
                .iter()
                .filter(|other| other.ranges.covered > 0)
                .map(|other| shown(other, other.order.unwrap_or(false)))
                .collect();
        }
        Ok((
            Access::Index {
                index: chosen.index,
                sorted: chosen.order.is_some(),
                ranges: chosen.ranges,
                backward,
            },
            plan,
        ))
    }

    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
        let mut found = Vec::new();
        for index in self.indexes.iter().filter(|index| index.spec.is_ordered()) {
            let ranges = index.ranges(query.filter.root(), query.explains);
            let order = index.provides(&ranges, query.sort);
            if (ranges.covered == 0 && order.is_none()) || !usable(index, query.filter) {
                continue;
            }
            found.push(Candidate {
                index,
                ranges,
                keys: 0,
                order,
            });
        }
        // With one there is nothing to compare.
        if found.len() > 1 {
            let mut fewest = MOST_COUNTED;
            for candidate in &mut found {
                candidate.keys = candidate.index.count(&candidate.ranges, fewest.saturating_mul(8));
                if candidate.ranges.covered > 0 {
                    fewest = fewest.min(candidate.keys.max(1));
                }
            }
        }
        found
    }

    fn hinted(&self, hint: &Hint, query: &Query<'_>) -> Result<Candidate<'_>> {
        let index = self.find_index(hint).ok_or_else(|| {
            DocDbError::bad_value(
                "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index",
            )
        })?;
        let ranges = index.ranges(query.filter.root(), query.explains);
        let order = index.provides(&ranges, query.sort);
        Ok(Candidate {
            index,
            keys: 0,
            ranges,
            order,
        })
    }

    fn text_access(&self, text: &crate::filter::text::TextQuery) -> Result<(Access<'_>, Plan)> {
        let Some((index, fields)) = self.indexes.iter().find_map(|index| Some((index, index.text_fields()?))) else {
            return Err(DocDbError::new(
                crate::error::Code::IndexNotFound,
                "text index required for $text query",
            ));
        };
        text.bind(fields.clone());
        index.used();
        let mut slots = BTreeSet::new();
        let mut keys = 0;
        for term in text.terms() {
            for stem in words(term).iter().chain([term]) {
                let key = key::of(bson::RawBsonRef::String(stem), None);
                for slot in index.slots_of(&key) {
                    keys += 1;
                    slots.insert(slot);
                }
            }
        }
        Ok((Access::Slots(slots, keys), Plan::new(Stage::TextScan(index.spec.name.clone()))))
    }

    /// An `$or` whose branches all have an index.
    fn union(&self, condition: &Condition, query: &Query<'_>) -> Option<(Access<'_>, Plan)> {
        let branches = match condition {
            Condition::Any(branches) => branches,
            Condition::All(parts) => return parts.iter().find_map(|part| self.union(part, query)),
            _ => return None,
        };
        let mut plan = Plan::new(Stage::IndexUnion(Vec::new()));
        let (mut slots, mut keys, mut names) = (BTreeSet::new(), 0, Vec::new());
        for branch in branches {
            let best = self
                .indexes
                .iter()
                .filter(|index| index.spec.is_ordered() && !index.spec.sparse && index.spec.partial.is_none())
                .map(|index| (index, index.ranges(branch, query.explains)))
                .filter(|(_, ranges)| ranges.covered > 0)
                .map(|(index, ranges)| (index.count(&ranges, usize::MAX), index, ranges))
                .min_by_key(|(count, ..)| *count)?;
            let (count, index, ranges) = best;
            keys += count as u64;
            slots.extend(index.walk(&ranges, false));
            names.push(index.spec.name.clone());
            if query.explains {
                let candidate = Candidate {
                    index,
                    ranges,
                    keys: count,
                    order: None,
                };
                plan.scans.push(shown(&candidate, false));
            }
            index.used();
        }
        plan.stage = Stage::IndexUnion(names);
        Some((Access::Slots(slots, keys), plan))
    }
}

fn scan(backward: bool) -> (Access<'static>, Plan) {
    (Access::Scan { backward }, Plan::new(Stage::CollectionScan))
}

/// The place of the candidate with the least work, if it is less than a scan of everything.
fn cheapest(candidates: &[Candidate<'_>], documents: usize, query: &Query<'_>) -> Option<usize> {
    let fewest = candidates
        .iter()
        .filter(|candidate| candidate.ranges.covered > 0)
        .map(|candidate| candidate.keys)
        .min()
        .unwrap_or(documents);
    let cost = |candidate: &Candidate<'_>| {
        let read = match (candidate.order, query.enough) {
            // The walk ends early; until then it meets what does not fit.
            (Some(_), Some(enough)) => {
                let among = if candidate.ranges.covered > 0 { candidate.keys } else { documents };
                (enough.saturating_mul(among) / fewest.max(1)).clamp(enough.min(among), among)
            }
            _ => candidate.keys,
        };
        let sorting = if candidate.order.is_none() && !query.sort.is_empty() {
            read * (usize::BITS - read.leading_zeros()) as usize / 4
        } else {
            0
        };
        (
            read + sorting,
            usize::MAX - candidate.ranges.covered,
            candidate.index.spec.keys.len(),
        )
    };
    (0..candidates.len()).min_by_key(|place| cost(&candidates[*place]))
}

/// A sparse or partial index may lack documents that the filter wants.
fn usable(index: &Index, filter: &Filter) -> bool {
    let Some(partial) = &index.spec.partial else {
        return true;
    };
    partial
        .iter()
        .all(|(name, wanted)| implied(name, wanted, filter.source().get(name)))
}

fn implied(name: &str, wanted: &Bson, asked: Option<&Bson>) -> bool {
    let Some(asked) = asked else { return false };
    if asked == wanted {
        return true;
    }
    let wanted_filter = bson::doc! { name: wanted.clone() };
    let Ok(wanted) = Filter::parse(&wanted_filter) else { return false };
    let holds = |document: &Document| wanted.matches_document(document).unwrap_or(false);
    // Null also finds documents without the field.
    let fits = |value: &Bson| holds(&bson::doc! { name: value.clone() }) && (*value != Bson::Null || holds(&Document::new()));
    match asked {
        Bson::Document(operators) if crate::filter::is_operator_document(operators) => operators.iter().any(|(operator, value)| {
            match operator.as_str() {
                "$eq" => fits(value),
                "$in" => value.as_array().is_some_and(|values| values.iter().all(&fits)),
                // What is above a value that fits fits as well only if the index has no upper end, and the reverse.
                "$gt" | "$gte" => fits(value) && open_to(&wanted_filter, name, &["$gt", "$gte", "$exists"]),
                "$lt" | "$lte" => fits(value) && open_to(&wanted_filter, name, &["$lt", "$lte", "$exists"]),
                _ => false,
            }
        }),
        value => fits(value),
    }
}

fn open_to(filter: &Document, name: &str, operators: &[&str]) -> bool {
    matches!(filter.get(name), Some(Bson::Document(inner)) if inner.keys().all(|key| operators.contains(&key.as_str())))
}

fn shown(candidate: &Candidate<'_>, backward: bool) -> Document {
    let spec = &candidate.index.spec;
    bson::doc! {
        "stage": "IXSCAN",
        "keyPattern": spec.pattern(),
        "indexName": &spec.name,
        "isMultiKey": candidate.index.multikey,
        "isUnique": spec.unique,
        "isSparse": spec.sparse,
        "isPartial": spec.partial.is_some(),
        "indexVersion": 2,
        "direction": if backward { "backward" } else { "forward" },
        "indexBounds": candidate.ranges.bounds.clone(),
    }
}

impl Sort {
    /// The number of documents that have to be found before the sort is done: all, unless the walk is in order.
    pub(super) fn enough(&self, sorted: bool, enough: Option<usize>) -> usize {
        if self.is_empty() || sorted {
            enough.unwrap_or(usize::MAX)
        } else {
            usize::MAX
        }
    }
}
