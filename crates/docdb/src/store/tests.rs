//! The store as its users see it: results, plans, errors, and what survives.

use bson::{Bson, Document, doc, oid::ObjectId};

use crate::{Ambient, Damage, DocDbError, Find, IndexSpec, Namespace, Store, UpdateSpec, journal};

/// Counts ids up; the clock stands still.
struct Counting(u8);

impl Ambient for Counting {
    fn now_ms(&mut self) -> i64 {
        5_000
    }

    fn object_id(&mut self) -> ObjectId {
        self.0 += 1;
        ObjectId::from_bytes([self.0; 12])
    }
}

fn users() -> Namespace {
    Namespace::new("shop", "users")
}

fn store(documents: Vec<Document>) -> Store {
    let mut store = Store::default();
    store.insert(&users(), documents, &mut Counting(0)).unwrap();
    store
}

fn find(store: &Store, find: Find) -> Vec<Document> {
    let found = store.find(&users(), &find).unwrap();
    found.documents.into_iter().map(|raw| Document::try_from(raw).unwrap()).collect()
}

fn content(store: &Store) -> Vec<Document> {
    find(store, Find::default())
}

#[test]
fn finds_sorted_pages_with_projection() {
    let store = store((0..10).map(|n| doc! { "_id": n, "mod": n % 3, "name": format!("u{n}") }).collect());
    let page = find(
        &store,
        Find {
            filter: doc! { "_id": { "$gte": 2 } },
            sort: doc! { "mod": -1, "_id": 1 },
            skip: 1,
            limit: 3,
            projection: doc! { "name": 1, "_id": 0 },
            ..Find::default()
        },
    );
    assert_eq!(page, vec![doc! { "name": "u5" }, doc! { "name": "u8" }, doc! { "name": "u4" }]);
    assert_eq!(store.count(&users(), &doc! { "mod": 0 }).unwrap().0, 4);
    let distinct = store.distinct(&users(), "mod", &doc! {}).unwrap().values;
    assert_eq!(distinct, vec![Bson::Int32(0), Bson::Int32(1), Bson::Int32(2)]);
    assert_eq!(find(&Store::default(), Find::default()), Vec::<Document>::new());
}

#[test]
fn inserts_put_the_id_first_and_make_one() {
    let store = store(vec![doc! { "a": 1 }, doc! { "a": 2, "_id": "x" }]);
    let all = content(&store);
    assert_eq!(all[0], doc! { "_id": ObjectId::from_bytes([1; 12]), "a": 1 });
    assert_eq!(all[1].keys().collect::<Vec<_>>(), ["_id", "a"]);
}

#[test]
fn unique_keys_are_guarded() {
    let mut store = store(vec![doc! { "_id": 1, "email": "a@b.c" }]);
    store.create_index(&users(), IndexSpec::new(&[("email", 1)]).unique()).unwrap();
    let error = store
        .insert(&users(), vec![doc! { "email": "a@b.c" }], &mut Counting(0))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: \"a@b.c\" }"
    );
    assert_eq!(error.code(), 11000);
    let DocDbError::DuplicateKey(detail) = error else {
        panic!("not a duplicate key")
    };
    assert_eq!(detail.pattern, doc! { "email": 1 });
    store.insert(&users(), vec![doc! { "_id": 2 }], &mut Counting(0)).unwrap();
    let second_null = store.insert(&users(), vec![doc! { "_id": 3 }], &mut Counting(0)).unwrap_err();
    assert!(second_null.to_string().ends_with("dup key: { email: null }"));
    let change = UpdateSpec {
        filter: doc! { "_id": 2 },
        update: doc! { "$set": { "email": "a@b.c" } },
        ..Default::default()
    };
    assert_eq!(store.update(&users(), &change, &mut Counting(0)).unwrap_err().code(), 11000);
    let same = UpdateSpec {
        filter: doc! { "_id": 1 },
        update: doc! { "$set": { "n": 1 } },
        ..Default::default()
    };
    assert_eq!(store.update(&users(), &same, &mut Counting(0)).unwrap().changes.len(), 1);
    let id = store.insert(&users(), vec![doc! { "_id": 1 }], &mut Counting(0)).unwrap_err();
    assert_eq!(
        id.to_string(),
        "E11000 duplicate key error collection: shop.users index: _id_ dup key: { _id: 1 }"
    );
}

#[test]
fn updates_upsert_and_delete() {
    let mut store = store((0..4).map(|n| doc! { "_id": n, "n": n }).collect());
    let mut ambient = Counting(9);
    let many = UpdateSpec {
        filter: doc! { "n": { "$gte": 2 } },
        update: doc! { "$max": { "n": 3 } },
        many: true,
        ..Default::default()
    };
    let updated = store.update(&users(), &many, &mut ambient).unwrap();
    assert_eq!((updated.matched, updated.changes.len()), (2, 1));
    let upsert = UpdateSpec {
        filter: doc! { "email": "x", "age": { "$gt": 1 } },
        update: doc! { "$set": { "n": 7 }, "$setOnInsert": { "fresh": true } },
        upsert: true,
        ..Default::default()
    };
    let upserted = store.update(&users(), &upsert, &mut ambient).unwrap().upserted.unwrap();
    assert_eq!(
        find(
            &store,
            Find {
                filter: doc! { "_id": upserted.clone() },
                ..Default::default()
            }
        ),
        vec![doc! { "_id": upserted, "email": "x", "fresh": true, "n": 7 }]
    );
    let newest = UpdateSpec {
        update: doc! { "$set": { "top": true } },
        sort: doc! { "n": -1 },
        ..Default::default()
    };
    assert_eq!(
        store.update(&users(), &newest, &mut ambient).unwrap().changes[0]
            .after
            .as_ref()
            .unwrap()
            .get_i32("n")
            .unwrap(),
        7
    );
    assert_eq!(store.delete(&users(), &doc! { "n": { "$lt": 3 } }, false).unwrap().changes.len(), 1);
    assert_eq!(store.delete(&users(), &doc! {}, true).unwrap().changes.len(), 4);
    assert_eq!(content(&store).len(), 0);
}

#[test]
fn plans_say_what_was_read() {
    #[track_caller]
    fn check(store: &Store, filter: Document, limit: u64, stage: &str, examined: u64, returned: u64) {
        let plan = store
            .find(
                &users(),
                &Find {
                    filter,
                    limit,
                    ..Default::default()
                },
            )
            .unwrap()
            .plan;
        assert_eq!(
            (plan.stage.to_string().as_str(), plan.documents_examined, plan.returned),
            (stage, examined, returned)
        );
    }
    let mut store = store(
        (0..100)
            .map(|n| doc! { "_id": n, "city": n % 10, "age": n % 4, "tags": [n % 2, n % 5] })
            .collect(),
    );
    check(&store, doc! { "city": 3 }, 0, "COLLSCAN", 100, 10);
    check(&store, doc! {}, 5, "COLLSCAN", 5, 5);
    store.create_index(&users(), IndexSpec::new(&[("city", 1)])).unwrap();
    store.create_index(&users(), IndexSpec::new(&[("city", 1), ("age", -1)])).unwrap();
    store.create_index(&users(), IndexSpec::new(&[("tags", 1)])).unwrap();
    check(&store, doc! { "city": 3 }, 0, "IXSCAN city_1", 10, 10);
    check(&store, doc! { "city": 3, "age": 1 }, 0, "IXSCAN city_1_age_-1", 5, 5);
    check(&store, doc! { "city": { "$in": [3, 4] } }, 0, "IXSCAN city_1", 20, 20);
    check(&store, doc! { "tags": 4 }, 0, "IXSCAN tags_1", 20, 20);
    check(&store, doc! { "_id": 5 }, 0, "IXSCAN _id_", 1, 1);
    check(&store, doc! { "city": { "$ne": 3 } }, 0, "COLLSCAN", 100, 90);
    check(&store, doc! { "$or": [{ "city": 3 }, { "age": 1 }] }, 0, "COLLSCAN", 100, 30);
    check(&store, doc! { "city": null }, 0, "COLLSCAN", 100, 0);
}

// What holds for every index and query is tested in crates/fuzz.
#[test]
fn a_descending_index_keeps_values_that_begin_with_zeros() {
    let zeros = ObjectId::from_bytes([0; 12]);
    let mut store = store(vec![doc! { "_id": 1, "d": zeros, "a": 1 }, doc! { "_id": 2, "d": f64::NAN }]);
    store.create_index(&users(), IndexSpec::new(&[("d", -1), ("a", 1)])).unwrap();
    for filter in [
        doc! { "d": { "$lte": ObjectId::from_bytes([2; 12]) } },
        doc! { "d": { "$gte": zeros } },
        doc! { "d": zeros },
    ] {
        let query = Find {
            filter: filter.clone(),
            ..Find::default()
        };
        assert_eq!(find(&store, query).len(), 1, "{filter}");
    }
    let (count, plan) = store.count(&users(), &doc! { "d": { "$gte": f64::NAN } }).unwrap();
    assert_eq!((count, plan.stage.to_string().as_str()), (1, "IXSCAN d_-1_a_1"));
}

#[test]
fn a_partial_index_does_not_answer_for_documents_it_lacks() {
    let mut store = store(vec![doc! { "_id": 1, "b": 1 }, doc! { "_id": 2, "b": 1, "c": null }]);
    let index = doc! { "key": { "b": 1 }, "partialFilterExpression": { "c": { "$exists": true } } };
    store.create_index(&users(), IndexSpec::from_document(&index).unwrap()).unwrap();
    assert_eq!(store.count(&users(), &doc! { "b": 1, "c": null }).unwrap().0, 2);
}

fn busy_store() -> (Store, Vec<Vec<u8>>) {
    let mut store = store((0..5).map(|n| doc! { "_id": n }).collect());
    store.create_index(&users(), IndexSpec::new(&[("n", 1)])).unwrap();
    let spec = UpdateSpec {
        filter: doc! { "_id": 2 },
        update: doc! { "$set": { "n": 1 } },
        ..Default::default()
    };
    store.update(&users(), &spec, &mut Counting(0)).unwrap();
    store.delete(&users(), &doc! { "_id": 4 }, false).unwrap();
    let records = store.take_records().unwrap();
    (store, records)
}

fn recover(records: &[Vec<u8>]) -> (Store, crate::Recovery) {
    Store::recover(records.iter().map(Vec::as_slice))
}

#[test]
fn the_journal_brings_everything_back() {
    let (store, records) = busy_store();
    let (back, report) = recover(&records);
    assert_eq!(content(&back), content(&store));
    assert_eq!(back.sequence(), store.sequence());
    assert_eq!(report.damage, vec![]);
    let (from_snapshot, report) = recover(&store.snapshot().unwrap());
    assert_eq!((content(&from_snapshot), report.damage.len()), (content(&store), 0));
    assert_eq!(from_snapshot.collection(&users()).unwrap().indexes().count(), 2);
}

#[test]
fn damage_costs_only_the_damaged_record() {
    let (store, mut records) = busy_store();
    records[2].truncate(30);
    let (back, report) = recover(&records);
    let expected: Vec<Document> = content(&store).into_iter().filter(|d| d.get_i32("_id").unwrap() != 1).collect();
    assert_eq!(content(&back), expected);
    assert_eq!(report.damage.len(), 1);
    assert!(matches!(report.damage[0], Damage::Unreadable { position: 2, .. }));
    records.remove(2);
    let (mut healed, _) = recover(&records);
    healed.insert(&users(), vec![doc! { "_id": 70 }], &mut Counting(0)).unwrap();
    let later: Vec<Vec<u8>> = records.iter().cloned().chain(healed.take_records().unwrap()).collect();
    let (again, report) = recover(&later);
    assert_eq!((content(&again), report.damage), (content(&healed), vec![]));
    assert_eq!(recover(&records).1.damage, vec![Damage::Missing { after: 2, count: 1 }]);
}

#[test]
fn an_unfinished_snapshot_does_not_win() {
    let (mut store, mut records) = busy_store();
    let snapshot = store.snapshot().unwrap();
    records.extend(snapshot[..3].to_vec());
    store.insert(&users(), vec![doc! { "_id": 9 }], &mut Counting(0)).unwrap();
    let later = store.take_records().unwrap();
    records.extend(later.clone());
    let (back, report) = recover(&records);
    assert_eq!(content(&back), content(&store));
    assert!(matches!(report.damage[..], [Damage::UnfinishedSnapshot { .. }]));
    let whole: Vec<Vec<u8>> = snapshot.iter().cloned().chain(later).collect();
    assert_eq!(content(&recover(&whole).0), content(&store));
    let partial = recover(&snapshot[..4]);
    assert_eq!(content(&partial.0).len(), 1);
    assert!(matches!(partial.1.damage[..], [Damage::PartialSnapshot { .. }]));
}

#[test]
fn what_could_not_be_stored_is_taken_back() {
    let (mut store, mut records) = busy_store();
    store.confirm(store.sequence());
    let (before, sequence) = (content(&store), store.sequence());
    let spec = UpdateSpec {
        update: doc! { "$inc": { "n": 1 } },
        many: true,
        ..Default::default()
    };
    store.update(&users(), &spec, &mut Counting(0)).unwrap();
    store.delete(&users(), &doc! { "_id": 1 }, false).unwrap();
    store.drop_collection(&users()).unwrap();
    store.insert(&users(), vec![doc! { "_id": 50 }], &mut Counting(0)).unwrap();
    store.take_records().unwrap();
    store.discard(sequence);
    assert_eq!(content(&store), before);
    assert_eq!(store.collection(&users()).unwrap().indexes().count(), 2);
    store.insert(&users(), vec![doc! { "_id": 60 }], &mut Counting(0)).unwrap();
    let late = store.take_records().unwrap();
    assert_eq!(late.len(), 1, "a full storage has room for a small change, not for a snapshot");
    records.extend(late);
    let (back, report) = recover(&records);
    assert_eq!((content(&back), report.damage), (content(&store), vec![]));
}

#[test]
fn a_changed_index_is_taken_back() {
    let (mut store, _) = busy_store();
    let specs = |store: &Store| -> Vec<IndexSpec> {
        let collection = store.collection(&users()).unwrap();
        collection.indexes().map(|(spec, _)| spec.clone()).collect()
    };
    let (before, sequence) = (specs(&store), store.sequence());
    let name = before[1].name.clone();
    store.change_index(&users(), &name, Some(60), Some(true)).unwrap();
    assert_ne!(specs(&store), before);
    store.discard(sequence);
    assert_eq!(specs(&store), before);
}

#[test]
fn records_of_what_stays_are_still_taken() {
    let (mut store, mut records) = busy_store();
    store.insert(&users(), vec![doc! { "_id": 50 }], &mut Counting(0)).unwrap();
    let sequence = store.sequence();
    store.insert(&users(), vec![doc! { "_id": 51 }], &mut Counting(0)).unwrap();
    store.discard(sequence);
    assert_eq!(store.taken(), sequence - 1);
    records.extend(store.take_records().unwrap());
    assert_eq!(store.taken(), sequence);
    let (back, report) = recover(&records);
    assert_eq!((content(&back), report.damage), (content(&store), vec![]));
}

#[test]
fn seed_data_is_stored_with_the_first_change() {
    let mut store = store(vec![doc! { "_id": 1 }]);
    store.start_unsaved();
    assert_eq!(store.take_records().unwrap().len(), 0);
    store.insert(&users(), vec![doc! { "_id": 2 }], &mut Counting(0)).unwrap();
    let records = store.take_records().unwrap();
    assert!(journal::starts_snapshot(&records[0]));
    assert_eq!(content(&recover(&records).0).len(), 2);
    store.discard(0);
    store.insert(&users(), vec![doc! { "_id": 3 }], &mut Counting(0)).unwrap();
    let again = store.take_records().unwrap();
    assert!(journal::starts_snapshot(&again[0]), "the one that was not stored is still due");
    assert_eq!(content(&recover(&again).0).len(), 2);
}

#[test]
fn a_snapshot_replaces_the_journal_before_it() {
    let (mut store, _) = busy_store();
    let snapshot = store.snapshot().unwrap();
    let spec = UpdateSpec {
        update: doc! { "$set": { "late": true } },
        many: true,
        ..Default::default()
    };
    store.update(&users(), &spec, &mut Counting(0)).unwrap();
    let stored: Vec<Vec<u8>> = snapshot.into_iter().chain(store.take_records().unwrap()).collect();
    let (back, report) = recover(&stored);
    assert_eq!((content(&back), report.damage), (content(&store), vec![]));
}

#[test]
fn another_content_is_one_change_that_can_be_taken_back() {
    let (mut store, mut records) = busy_store();
    let (before, sequence) = (content(&store), store.sequence());
    store.replace_with(self::store(vec![doc! { "_id": "new" }])).unwrap();
    let replaced = store.take_records().unwrap();
    records.extend(replaced);
    assert_eq!(content(&recover(&records).0), vec![doc! { "_id": "new" }]);
    store.discard(sequence);
    assert_eq!(content(&store), before);
}

#[test]
fn bad_names_and_ids_are_refused() {
    let mut store = Store::default();
    let mut insert = |database: &str, collection: &str, document: Document| {
        store
            .insert(&Namespace::new(database, collection), vec![document], &mut Counting(0))
            .map(drop)
            .map_err(|error| error.code())
    };
    assert_eq!(insert("a b", "users", doc! {}), Err(73));
    assert_eq!(insert("shop", "", doc! {}), Err(73));
    assert_eq!(insert("shop", "a$b", doc! {}), Err(73));
    assert_eq!(insert("shop", "users", doc! { "_id": [1] }), Err(53));
    assert_eq!(insert("shop", "users", doc! { "a\0b": 1 }), Err(22));
    assert_eq!(insert("shop", "a.b", doc! {}), Ok(()));
}
