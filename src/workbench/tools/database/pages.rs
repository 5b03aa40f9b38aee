//! The documents of a query that have come so far, page by page: a grid asks only for what is in sight.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;

/// Documents of one page.
pub const PAGE: usize = 100;
/// Pages kept; those farthest from the view go first.
const KEPT: usize = 30;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pages {
    /// Documents that fit the query.
    pub total: usize,
    pages: BTreeMap<usize, Rc<Vec<Value>>>,
    asked: BTreeSet<usize>,
}

impl Pages {
    /// The document in a row, if it has come.
    pub fn row(&self, at: usize) -> Option<&Value> {
        self.pages.get(&(at / PAGE))?.get(at % PAGE)
    }

    /// Takes note of the pages that rows need and that nobody has asked for.
    pub fn ask(&mut self, rows: &Range<usize>) -> Vec<usize> {
        let last = rows.end.min(self.total).saturating_sub(1) / PAGE;
        let wanted: Vec<usize> = (rows.start / PAGE..=last)
            .filter(|page| !self.pages.contains_key(page) && !self.asked.contains(page))
            .collect();
        self.asked.extend(&wanted);
        wanted
    }

    pub fn came(&mut self, page: usize, documents: Vec<Value>, total: usize) {
        self.total = total;
        self.asked.remove(&page);
        self.pages.insert(page, Rc::new(documents));
        while self.pages.len() > KEPT {
            let farthest = self.pages.keys().copied().max_by_key(|known| known.abs_diff(page));
            self.pages.remove(&farthest.unwrap_or(page));
        }
    }

    /// A page could not be had; it may be asked for again.
    pub fn failed(&mut self, page: usize) {
        self.asked.remove(&page);
    }

    /// The documents that have come, in order.
    pub fn documents(&self) -> impl Iterator<Item = &Value> {
        self.pages.values().flat_map(|page| page.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(total: usize, pages: &[usize]) -> Pages {
        let mut found = Pages::default();
        for page in pages {
            let rows = (page * PAGE..total.min((page + 1) * PAGE)).map(|n| json!({ "_id": n })).collect();
            found.came(*page, rows, total);
        }
        found
    }

    #[test]
    fn asks_once_for_what_is_missing() {
        let mut pages = filled(50_000, &[0]);
        assert_eq!(pages.ask(&(0..40)), Vec::<usize>::new());
        assert_eq!(pages.ask(&(90..240)), [1, 2]);
        assert_eq!(pages.ask(&(90..240)), Vec::<usize>::new());
        pages.failed(2);
        assert_eq!(pages.ask(&(90..240)), [2]);
        assert_eq!(pages.ask(&(49_950..60_000)), [499]);
        assert_eq!(pages.row(42), Some(&json!({ "_id": 42 })));
        assert_eq!(pages.row(142), None);
    }

    #[test]
    fn an_empty_collection_has_one_empty_page() {
        let mut pages = Pages::default();
        assert_eq!(pages.ask(&(0..40)), [0]);
        pages.came(0, Vec::new(), 0);
        assert_eq!(pages.ask(&(0..40)), Vec::<usize>::new());
    }

    #[test]
    fn forgets_what_is_far_away() {
        let pages = filled(50_000, &(0..=KEPT).collect::<Vec<_>>());
        assert_eq!((pages.row(0), pages.row(KEPT * PAGE)), (None, Some(&json!({ "_id": KEPT * PAGE }))));
        assert_eq!(pages.documents().count(), KEPT * PAGE);
    }
}
