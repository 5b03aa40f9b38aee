//! find, count and distinct (MongoDB manual: "find").

use std::collections::BTreeSet;

use bson::{Bson, Document, RawBsonRef, RawDocumentBuf};

use super::{Namespace, Store};
use crate::collection::{Collection, Hint, Query, Selection};
use crate::error::{DocDbError, Result};
use crate::filter::Filter;
use crate::key;
use crate::path::Path;
use crate::plan::{Plan, Stage};
use crate::projection::Projection;
use crate::scope::Scope;
use crate::sort::Sort;

/// What to find.
#[derive(Debug, Clone, Default)]
pub struct Find {
    pub filter: Document,
    pub projection: Document,
    pub sort: Document,
    pub skip: u64,
    /// 0 for no limit.
    pub limit: u64,
    pub scope: Scope,
    pub hint: Option<Hint>,
    /// The plan tells bounds and rejected plans.
    pub explains: bool,
}

/// What was found, and how.
#[derive(Debug)]
pub struct Found {
    pub documents: Vec<RawDocumentBuf>,
    pub plan: Plan,
}

/// The different values of a field, in the order in which they were met.
#[derive(Debug)]
pub struct Distinct {
    pub values: Vec<Bson>,
    pub plan: Plan,
}

impl Store {
    /// Finds documents.
    ///
    /// # Errors
    /// With MongoDB's code and text when filter, sort or projection is wrong.
    pub fn find(&self, namespace: &Namespace, find: &Find) -> Result<Found> {
        let filter = Filter::parse_in(&find.filter, &find.scope)?;
        let sort = Sort::parse_in(&find.sort, &find.scope)?;
        let projection = Projection::parse_in(&find.projection, &find.scope)?;
        let skip = usize::try_from(find.skip).unwrap_or(usize::MAX);
        let limit = match usize::try_from(find.limit) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(limit) => limit,
        };
        let Some(collection) = self.collection(namespace) else {
            return Ok(Found {
                documents: Vec::new(),
                plan: Plan::new(Stage::EndOfFile),
            });
        };
        let query = Query {
            filter: &filter,
            sort: &sort,
            enough: (limit != usize::MAX).then(|| skip.saturating_add(limit)),
            hint: find.hint.clone(),
            explains: find.explains,
        };
        let Selection { rows, mut plan } = collection.select(&query)?;
        let documents = rows
            .into_iter()
            .skip(skip)
            .take(limit)
            .map(|(_, row)| {
                if find.projection.is_empty() {
                    Ok(row.clone())
                } else {
                    projection.apply_found(row, &filter)
                }
            })
            .collect::<Result<Vec<_>>>()?;
        plan.returned = documents.len() as u64;
        Ok(Found { documents, plan })
    }

    /// Counts documents.
    ///
    /// # Errors
    /// When the filter is wrong.
    pub fn count(&self, namespace: &Namespace, filter: &Document) -> Result<(u64, Plan)> {
        let find = Find {
            filter: filter.clone(),
            ..Find::default()
        };
        self.count_in(namespace, &find)
    }

    /// Counts the documents that a find would give; sort and projection do not matter.
    ///
    /// # Errors
    /// When the filter or the hint is wrong.
    pub fn count_in(&self, namespace: &Namespace, find: &Find) -> Result<(u64, Plan)> {
        let filter = Filter::parse_in(&find.filter, &find.scope)?;
        let Some(collection) = self.collection(namespace) else {
            return Ok((0, Plan::new(Stage::EndOfFile)));
        };
        let limit = if find.limit == 0 { u64::MAX } else { find.limit };
        if filter.is_empty() && find.hint.is_none() {
            let count = (collection.len() as u64).saturating_sub(find.skip).min(limit);
            return Ok((count, Plan::new(Stage::CollectionScan)));
        }
        let Selection { rows, plan } = select_all(collection, &filter, find.hint.clone())?;
        Ok(((rows.len() as u64).saturating_sub(find.skip).min(limit), plan))
    }

    /// Collects the different values at a path; arrays count by their elements.
    ///
    /// # Errors
    /// When the filter or the path is wrong.
    pub fn distinct(&self, namespace: &Namespace, path: &str, filter: &Document) -> Result<Distinct> {
        let find = Find {
            filter: filter.clone(),
            ..Find::default()
        };
        self.distinct_in(namespace, path, &find)
    }

    /// As [`Store::distinct`], with the collation and the hint of a find.
    ///
    /// # Errors
    /// When the filter, the path or the hint is wrong.
    pub fn distinct_in(&self, namespace: &Namespace, path: &str, find: &Find) -> Result<Distinct> {
        if path.is_empty() {
            return Err(DocDbError::bad_value("distinct needs the name of a field"));
        }
        let filter = Filter::parse_in(&find.filter, &find.scope)?;
        let Some(collection) = self.collection(namespace) else {
            return Ok(Distinct {
                values: Vec::new(),
                plan: Plan::new(Stage::EndOfFile),
            });
        };
        let Selection { rows, plan } = select_all(collection, &filter, find.hint.clone())?;
        let path = Path::new(path);
        let mut seen: BTreeSet<Vec<u8>> = BTreeSet::new();
        let mut values: Vec<RawBsonRef> = Vec::new();
        for (_, document) in rows {
            let mut add = |value| {
                if seen.insert(key::of(value, find.scope.collation)) {
                    values.push(value);
                }
            };
            path.any(document, &mut |value| {
                match value {
                    Some(RawBsonRef::Array(items)) => items.into_iter().flatten().for_each(&mut add),
                    Some(value) => add(value),
                    None => {}
                }
                false
            });
        }
        let values = values.into_iter().map(Bson::try_from).collect::<bson::error::Result<Vec<_>>>()?;
        Ok(Distinct { values, plan })
    }
}

fn select_all<'c>(collection: &'c Collection, filter: &Filter, hint: Option<Hint>) -> Result<Selection<'c>> {
    collection.select(&Query {
        filter,
        sort: &Sort::parse(&Document::new())?,
        enough: None,
        hint,
        explains: false,
    })
}
