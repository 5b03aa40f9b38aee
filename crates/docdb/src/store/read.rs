//! find, count and distinct.

use bson::{Bson, Document, RawBsonRef, RawDocumentBuf};

use super::{Namespace, Store};
use crate::collection::Selection;
use crate::compare::equal;
use crate::error::{DocDbError, Result};
use crate::filter::Filter;
use crate::path::Path;
use crate::plan::{Plan, Stage};
use crate::projection::Projection;
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
        let filter = Filter::parse(&find.filter)?;
        let sort = Sort::parse(&find.sort)?;
        let projection = Projection::parse(&find.projection)?;
        let skip = usize::try_from(find.skip).unwrap_or(usize::MAX);
        let limit = match usize::try_from(find.limit) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(limit) => limit,
        };
        let enough = sort.is_empty().then(|| skip.saturating_add(limit));
        let Some(collection) = self.collections.get(namespace) else {
            return Ok(Found {
                documents: Vec::new(),
                plan: Plan::new(Stage::EndOfFile),
            });
        };
        let Selection { slots, mut plan } = collection.select(&filter, enough);
        let mut rows: Vec<&RawDocumentBuf> = slots.into_iter().filter_map(|slot| collection.get(slot)).collect();
        if !sort.is_empty() {
            sort.sort(&mut rows, |row| row);
        }
        let documents = rows
            .into_iter()
            .skip(skip)
            .take(limit)
            .map(|row| {
                if find.projection.is_empty() {
                    Ok(row.clone())
                } else {
                    projection.apply(row)
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
        let filter = Filter::parse(filter)?;
        let Some(collection) = self.collections.get(namespace) else {
            return Ok((0, Plan::new(Stage::EndOfFile)));
        };
        let Selection { slots, plan } = collection.select(&filter, None);
        Ok((slots.len() as u64, plan))
    }

    /// Collects the different values at a path; arrays count by their elements.
    ///
    /// # Errors
    /// When the filter or the path is wrong.
    pub fn distinct(&self, namespace: &Namespace, path: &str, filter: &Document) -> Result<Distinct> {
        if path.is_empty() {
            return Err(DocDbError::bad_value("distinct needs the name of a field"));
        }
        let filter = Filter::parse(filter)?;
        let Some(collection) = self.collections.get(namespace) else {
            return Ok(Distinct {
                values: Vec::new(),
                plan: Plan::new(Stage::EndOfFile),
            });
        };
        let Selection { slots, plan } = collection.select(&filter, None);
        let path = Path::new(path);
        let mut values: Vec<RawBsonRef> = Vec::new();
        for document in slots.into_iter().filter_map(|slot| collection.get(slot)) {
            let mut add = |value| {
                if !values.iter().any(|known| equal(*known, value)) {
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
