//! Queries and updates over documents that are in no store.

use bson::{Bson, Document, RawDocumentBuf};

use crate::error::Result;
use crate::filter::Filter;
use crate::projection::Projection;
use crate::sort::Sort;
use crate::store::{Find, UpdateSpec, upsert_base};
use crate::update::Occasion;

/// Finds among the given documents; they keep their order and need no `_id`.
///
/// # Errors
/// With MongoDB's code and text when filter, sort or projection is wrong.
pub fn find(documents: &[Document], find: &Find) -> Result<Vec<Document>> {
    let filter = Filter::parse_in(&find.filter, &find.scope)?;
    let sort = Sort::parse_in(&find.sort, &find.scope)?;
    let projection = Projection::parse_in(&find.projection, &find.scope)?;
    let mut rows = Vec::new();
    for document in documents {
        let raw = RawDocumentBuf::try_from(document)?;
        if filter.matches(&raw) {
            rows.push(raw);
        }
    }
    if !sort.is_empty() {
        sort.sort(&mut rows, |row| row);
    }
    filter.check()?;
    let skip = usize::try_from(find.skip).unwrap_or(usize::MAX);
    let limit = if find.limit == 0 {
        usize::MAX
    } else {
        usize::try_from(find.limit).unwrap_or(usize::MAX)
    };
    let keep = |row: RawDocumentBuf| {
        let kept = if find.projection.is_empty() {
            row
        } else {
            projection.apply_found(&row, &filter)?
        };
        Ok(Document::try_from(kept)?)
    };
    rows.into_iter().skip(skip).take(limit).map(keep).collect()
}

/// Tells whether a document fits a filter.
///
/// # Errors
/// With MongoDB's code and text when the filter is wrong.
pub fn test(document: &Document, filter: &Document) -> Result<bool> {
    Filter::parse(filter)?.matches_document(document)
}

/// How many documents an update met and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    pub matched: usize,
    pub modified: usize,
    pub upserted: bool,
}

/// Updates the given documents in place; an upsert adds one at the end, without an `_id` of its own.
///
/// # Errors
/// With MongoDB's code and text. Documents before the refused one stay updated.
pub fn update(documents: &mut Vec<Document>, spec: &UpdateSpec, now_ms: i64) -> Result<Touched> {
    let filter = Filter::parse_in(&spec.filter, &spec.scope)?;
    let update = spec.parse()?;
    let mut touched = Touched::default();
    for document in documents.iter_mut() {
        if !filter.matches_document(document)? {
            continue;
        }
        let before = document.clone();
        let raw = RawDocumentBuf::try_from(&before)?;
        let occasion = Occasion {
            inserting: false,
            now_ms,
            position: &|array| filter.position(&raw, array),
        };
        if let Err(error) = update.apply(document, &occasion) {
            *document = before;
            return Err(error);
        }
        touched.matched += 1;
        // Written out, because the order of fields counts as well.
        let changed = Bson::Document(before).to_string() != Bson::Document(document.clone()).to_string();
        touched.modified += usize::from(changed);
        if !spec.many {
            break;
        }
    }
    if touched.matched == 0 && spec.upsert {
        let mut document = if update.is_replacement() {
            Document::new()
        } else {
            upsert_base(&spec.filter)
        };
        update.apply(&mut document, &Occasion::at(now_ms, true))?;
        documents.push(document);
        touched.upserted = true;
    }
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    #[test]
    fn works_on_plain_documents() {
        let mut documents = vec![doc! { "n": 2 }, doc! { "n": 1 }, doc! { "n": 3 }];
        let query = Find {
            filter: doc! { "n": { "$lt": 3 } },
            sort: doc! { "n": 1 },
            limit: 5,
            ..Find::default()
        };
        assert_eq!(find(&documents, &query).unwrap(), vec![doc! { "n": 1 }, doc! { "n": 2 }]);
        assert!(test(&documents[0], &doc! { "n": 2 }).unwrap());
        let spec = UpdateSpec {
            filter: doc! { "n": { "$gte": 2 } },
            update: doc! { "$min": { "n": 2 } },
            many: true,
            ..UpdateSpec::default()
        };
        let touched = update(&mut documents, &spec, 0).unwrap();
        assert_eq!(
            touched,
            Touched {
                matched: 2,
                modified: 1,
                upserted: false
            }
        );
        let spec = UpdateSpec {
            filter: doc! { "n": 9 },
            update: doc! { "$inc": { "c": 1 } },
            upsert: true,
            ..UpdateSpec::default()
        };
        assert!(update(&mut documents, &spec, 0).unwrap().upserted);
        assert_eq!(documents.last(), Some(&doc! { "n": 9, "c": 1 }));
    }
}
