//! Filters, sorts, projections, updates and pipelines as documents, with parts changed, on a store with indexes.

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{Document, RawDocument, RawDocumentBuf, doc};
use backlab_docdb::{Ambient, Find, IndexSpec, Namespace, Scope, Store, UpdateSpec, extjson, pure};

use super::Fuzzed;
use crate::documents::{document, path};
use crate::random::Random;
use crate::{pipelines, queries, trees};

pub(super) struct Query {
    store: Store,
    documents: Vec<Document>,
}

struct Still;

impl Ambient for Still {
    fn now_ms(&mut self) -> i64 {
        1_700_000_000_000
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::from_bytes([9; 12])
    }
}

fn things() -> Namespace {
    Namespace::new("shop", "things")
}

impl Query {
    pub(super) fn start() -> Self {
        let mut random = Random::new(2);
        let documents: Vec<Document> = (0..10).map(|id| document(&mut random, id)).collect();
        let mut store = Store::default();
        let _ = store.insert(&things(), documents.clone(), &mut Still);
        for _ in 0..3 {
            // One that does not fit the documents is none.
            let _ = IndexSpec::from_document(&queries::index(&mut random)).and_then(|spec| store.create_index(&things(), spec));
        }
        Query { store, documents }
    }

    fn find(&self, case: &Document) {
        let part = |name: &str| case.get_document(name).cloned().unwrap_or_default();
        let number = |name: &str| case.get_i32(name).map_or(0, |number| u64::from(number.unsigned_abs()));
        let find = Find {
            filter: part("filter"),
            projection: part("projection"),
            sort: part("sort"),
            skip: number("skip"),
            limit: number("limit"),
            ..Find::default()
        };
        let _ = self.store.find(&things(), &find);
        let _ = pure::find(&self.documents, &find);
        let _ = self.store.distinct(&things(), case.get_str("key").unwrap_or("a"), &find.filter);
        let _ = extjson::document_from_json(extjson::document_to_json(find.filter));
    }
}

impl Fuzzed for Query {
    fn next(&mut self, random: &mut Random) -> Vec<u8> {
        let mut case = match random.below(4) {
            0..2 => doc! {
                "filter": queries::filter(random, 3), "sort": queries::sort(random, false), "skip": random.below(3) as i32, "limit": random.below(5) as i32,
                "projection": { path(random): pipelines::expression(random, 2), path(random): 1 }, "key": path(random),
            },
            2 => {
                doc! { "q": queries::filter(random, 2), "u": queries::update(random), "f": [queries::filter(random, 1)], "many": random.percent(50), "upsert": random.percent(20) }
            }
            _ => doc! { "pipeline": pipelines::pipeline(random, 3) },
        };
        for _ in 0..random.below(6) {
            trees::change(random, &mut case);
        }
        RawDocumentBuf::try_from(&case).map_or_else(|_| Vec::new(), RawDocumentBuf::into_bytes)
    }

    fn run(&mut self, case: &[u8]) {
        let Ok(case) = RawDocument::from_bytes(case).and_then(Document::try_from) else {
            return;
        };
        let documents = |name: &str| -> Vec<Document> {
            let list = case.get_array(name).map(Vec::as_slice).unwrap_or_default();
            list.iter().filter_map(|item| item.as_document().cloned()).collect()
        };
        if case.contains_key("filter") {
            self.find(&case);
        }
        if case.contains_key("u") {
            let pipeline = documents("u");
            let spec = UpdateSpec {
                filter: case.get_document("q").cloned().unwrap_or_default(),
                update: case.get_document("u").cloned().unwrap_or_default(),
                pipeline: (!pipeline.is_empty()).then_some(pipeline),
                array_filters: documents("f"),
                many: case.get_bool("many").unwrap_or_default(),
                upsert: case.get_bool("upsert").unwrap_or_default(),
                ..UpdateSpec::default()
            };
            let _ = pure::update(&mut self.documents.clone(), &spec, 0);
            let _ = self.store.update(&things(), &spec, &mut Still);
        }
        if case.contains_key("pipeline") {
            let _ = self
                .store
                .aggregate(&things(), &documents("pipeline"), &Scope::default(), None, &mut Still);
        }
        self.store.discard(13);
    }

    fn show(&self, case: &[u8]) -> String {
        let read = RawDocument::from_bytes(case).and_then(Document::try_from);
        read.map_or_else(|error| error.to_string(), |document| document.to_string())
    }
}
