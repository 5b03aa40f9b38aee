//! An index changes no answer: the same random documents, queries and writes on a store with indexes and on one without.

// A panic is how it says that they differ.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::bson::{Document, RawDocumentBuf, doc};
use backlab_docdb::{Ambient, Collation, DeleteSpec, Find, Hint, IndexSpec, Namespace, Scope, Stage, Store, UpdateSpec};

use super::Fuzzed;
use crate::documents::{document, path};
use crate::queries;
use crate::random::Random;

/// How many rounds and how many queries an index answered in them.
#[derive(Default)]
pub(super) struct Indexes {
    rounds: usize,
    answered: usize,
}

impl Fuzzed for Indexes {
    fn next(&mut self, random: &mut Random) -> Vec<u8> {
        random.number().to_le_bytes().to_vec()
    }

    fn run(&mut self, case: &[u8]) {
        let seed = case.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let mut random = Random::new(seed);
        let mut pair = Pair::new(&mut random);
        for _ in 0..4 {
            (0..8).for_each(|_| pair.query(&mut random, seed));
            (0..3).for_each(|_| pair.write(&mut random, seed));
            pair.take_back(&mut random, seed);
        }
        self.rounds += 1;
        self.answered += pair.answered;
        // A planner that never took an index would pass everything above.
        assert!(
            self.rounds < 50 || self.answered > self.rounds * 10,
            "only {} queries were answered by an index",
            self.answered
        );
    }

    fn show(&self, case: &[u8]) -> String {
        format!("round {case:?}")
    }
}

struct Still;

impl Ambient for Still {
    fn now_ms(&mut self) -> i64 {
        0
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::from_bytes([1; 12])
    }
}

/// Two stores with the same documents; only one has indexes.
struct Pair {
    indexed: Store,
    plain: Store,
    specs: Vec<IndexSpec>,
    /// Queries that an index answered.
    answered: usize,
}

fn things() -> Namespace {
    Namespace::new("shop", "things")
}

fn contents(store: &Store) -> Vec<Document> {
    let collection = store.collection(&things()).unwrap();
    collection
        .documents()
        .map(|document| Document::try_from(document).unwrap())
        .collect()
}

/// Documents as text, in the order of their text.
fn as_set(documents: &[RawDocumentBuf]) -> Vec<String> {
    let mut texts: Vec<String> = documents.iter().map(|document| format!("{document:?}")).collect();
    texts.sort();
    texts
}

impl Pair {
    fn new(random: &mut Random) -> Self {
        let mut indexed = Store::default();
        let first: Vec<Document> = (0..15).map(|id| document(random, id)).collect();
        let mut accepted = indexed.insert_many(&things(), first, false, &mut Still).unwrap();
        for _ in 0..1 + random.below(4) {
            let spec = IndexSpec::from_document(&queries::index(random)).unwrap();
            // Documents may break its uniqueness, or have two arrays; the one on `_id` is there already.
            let _ = indexed.create_index(&things(), spec);
        }
        let specs = indexed
            .collection(&things())
            .unwrap()
            .indexes()
            .map(|(spec, _)| spec.clone())
            .collect();
        let later: Vec<Document> = (15..30).map(|id| document(random, id)).collect();
        accepted
            .changes
            .extend(indexed.insert_many(&things(), later, false, &mut Still).unwrap().changes);
        let mut pair = Pair {
            indexed,
            plain: Store::default(),
            specs,
            answered: 0,
        };
        pair.level();
        pair
    }

    /// Gives the plain store what the indexed one has.
    fn level(&mut self) {
        self.plain = Store::default();
        self.plain.create_collection(&things()).unwrap();
        self.plain.insert(&things(), contents(&self.indexed), &mut Still).unwrap();
    }

    fn both(&mut self, find: &Find, context: &str) -> (Vec<RawDocumentBuf>, Vec<RawDocumentBuf>) {
        let plain = self
            .plain
            .find(
                &things(),
                &Find {
                    hint: None,
                    ..find.clone()
                },
            )
            .expect(context);
        let indexed = self.indexed.find(&things(), find).expect(context);
        self.answered += usize::from(matches!(&indexed.plan.stage, Stage::IndexScan(_) | Stage::IndexUnion(_)));
        (indexed.documents, plain.documents)
    }

    fn query(&mut self, random: &mut Random, seed: u64) {
        let total = random.percent(50);
        let collation = if random.percent(15) {
            Collation::parse(&queries::collation()).unwrap()
        } else {
            None
        };
        let mut find = Find {
            filter: queries::filter(random, 2),
            sort: if random.percent(60) {
                queries::sort(random, total)
            } else {
                Document::new()
            },
            scope: Scope {
                collation,
                ..Scope::default()
            },
            ..Find::default()
        };
        if random.percent(15) {
            find.filter = doc! { "$or": [find.filter, queries::filter(random, 1)] };
        }
        let is_total = find.sort.contains_key("_id");
        let context = format!("seed {seed}: {} sort {} indexes {:?}", find.filter, find.sort, self.specs);
        let (indexed, plain) = self.both(&find, &context);
        assert_eq!(as_set(&indexed), as_set(&plain), "{context}");
        if is_total {
            assert_eq!(indexed, plain, "{context}");
        }
        let count = |store: &Store| store.count_in(&things(), &find).unwrap().0;
        assert_eq!(count(&self.indexed), count(&self.plain), "{context}");
        self.paged(random, &find, is_total, &plain, &context);
        self.hinted(&find, &plain, &context);
        self.distinct(random, &find, &context);
    }

    /// A page of the whole: the same one when the order is total, else any of the same length.
    fn paged(&mut self, random: &mut Random, find: &Find, is_total: bool, whole: &[RawDocumentBuf], context: &str) {
        let page = Find {
            skip: random.below(4) as u64,
            limit: 1 + random.below(6) as u64,
            ..find.clone()
        };
        let (indexed, plain) = self.both(&page, context);
        assert_eq!(indexed.len(), plain.len(), "{context}");
        if is_total {
            assert_eq!(indexed, plain, "{context} skip {} limit {}", page.skip, page.limit);
            let expected = whole.iter().skip(page.skip as usize).take(page.limit as usize);
            assert!(indexed.iter().eq(expected), "{context} skip {} limit {}", page.skip, page.limit);
        }
        assert!(indexed.iter().all(|document| whole.contains(document)), "{context}");
    }

    /// An index that holds every document gives every answer, however bad a choice it is.
    fn hinted(&mut self, find: &Find, whole: &[RawDocumentBuf], context: &str) {
        let complete: Vec<String> = self
            .specs
            .iter()
            .filter(|spec| !spec.sparse && spec.partial.is_none())
            .map(|spec| spec.name.clone())
            .collect();
        for name in complete {
            let hinted = Find {
                hint: Some(Hint::Name(name.clone())),
                ..find.clone()
            };
            let (indexed, _) = self.both(&hinted, context);
            assert_eq!(as_set(&indexed), as_set(whole), "{context} hint {name}");
        }
    }

    fn distinct(&self, random: &mut Random, find: &Find, context: &str) {
        // Which of two equal values is shown depends on the order.
        let path = path(random);
        let count = |store: &Store| store.distinct_in(&things(), &path, find).unwrap().values.len();
        assert_eq!(count(&self.indexed), count(&self.plain), "{context} distinct {path}");
    }

    fn write(&mut self, random: &mut Random, seed: u64) {
        let many = random.percent(60);
        // Which one is the first depends on the index, unless an order says it.
        let sort = if many { Document::new() } else { queries::sort(random, true) };
        let filter = queries::filter(random, 1);
        let (context, indexed, plain) = if random.percent(80) {
            let spec = UpdateSpec {
                filter,
                update: queries::update(random),
                many,
                upsert: random.percent(20),
                sort,
                ..UpdateSpec::default()
            };
            let context = format!("seed {seed}: update {} by {} indexes {:?}", spec.filter, spec.update, self.specs);
            let count = |store: &mut Store| {
                store
                    .update(&things(), &spec, &mut Still)
                    .map(|updated| (updated.matched, updated.changes.len()))
            };
            (context, count(&mut self.indexed), count(&mut self.plain))
        } else {
            let spec = DeleteSpec {
                filter,
                many: many && random.percent(20),
                sort: if many {
                    doc! { "_id": 1 }
                } else {
                    sort
                },
                ..DeleteSpec::default()
            };
            let context = format!("seed {seed}: delete {} indexes {:?}", spec.filter, self.specs);
            let count = |store: &mut Store| store.delete_in(&things(), &spec).map(|deleted| (deleted.changes.len() as u64, 0));
            (context, count(&mut self.indexed), count(&mut self.plain))
        };
        match (indexed, plain) {
            (Ok(indexed), Ok(plain)) => {
                assert_eq!(indexed, plain, "{context}");
                let in_order = |store: &Store| {
                    let mut texts: Vec<String> = contents(store).iter().map(ToString::to_string).collect();
                    texts.sort();
                    texts
                };
                assert_eq!(in_order(&self.indexed), in_order(&self.plain), "{context}");
            }
            // What came before the refused document depends on the order.
            (Err(_), Err(_)) => self.level(),
            (Err(error), Ok(_)) if matches!(error.code(), 11000 | 171) => self.level(),
            (indexed, plain) => panic!("{context}: {indexed:?} with indexes, {plain:?} without"),
        }
    }

    /// Changes that are taken back leave documents and indexes as they were.
    fn take_back(&mut self, random: &mut Random, seed: u64) {
        let sequence = self.indexed.sequence();
        self.indexed.confirm(sequence);
        let before = contents(&self.indexed);
        for _ in 0..3 {
            let spec = UpdateSpec {
                filter: queries::filter(random, 1),
                update: queries::update(random),
                many: true,
                ..UpdateSpec::default()
            };
            // A refusal leaves what came before it.
            let _ = self.indexed.update(&things(), &spec, &mut Still);
            let _ = self.indexed.delete(&things(), &queries::filter(random, 1), false);
        }
        self.indexed.discard(sequence);
        assert_eq!(
            contents(&self.indexed).iter().map(ToString::to_string).collect::<Vec<_>>(),
            before.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "seed {seed}"
        );
    }
}
