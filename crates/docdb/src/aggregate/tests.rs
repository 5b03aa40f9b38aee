//! What pipelines give.

use bson::{Document, doc, oid::ObjectId};

use crate::{Ambient, Namespace, Scope, Store};

struct Fixed;

impl Ambient for Fixed {
    fn now_ms(&mut self) -> i64 {
        0
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::from_bytes([9; 12])
    }
}

fn store() -> Store {
    let mut store = Store::default();
    let sales = vec![
        doc! { "_id": 1, "who": "a", "n": 5, "tags": ["x", "y"], "at": { "city": "Pune" } },
        doc! { "_id": 2, "who": "b", "n": 7, "tags": [] },
        doc! { "_id": 3, "who": "a", "n": 2.5, "tags": ["x"] },
    ];
    store.insert(&Namespace::new("shop", "sales"), sales, &mut Fixed).unwrap();
    let people = vec![doc! { "_id": "a", "name": "Asha", "boss": "b" }, doc! { "_id": "b", "name": "Bo" }];
    store.insert(&Namespace::new("shop", "people"), people, &mut Fixed).unwrap();
    store
}

fn run(stages: Vec<Document>) -> crate::Result<Vec<Document>> {
    let result = store().aggregate(&Namespace::new("shop", "sales"), &stages, &Scope::default(), None, &mut Fixed)?;
    result
        .documents
        .into_iter()
        .map(|raw| Document::try_from(raw).map_err(Into::into))
        .collect()
}

#[track_caller]
fn check(stages: Vec<Document>, expected: Vec<Document>) {
    assert_eq!(run(stages).unwrap(), expected);
}

#[test]
fn groups_and_counts() {
    check(
        vec![
            doc! { "$group": { "_id": "$who", "sum": { "$sum": "$n" }, "all": { "$push": "$n" }, "avg": { "$avg": "$n" } } },
            doc! { "$sort": { "_id": 1 } },
        ],
        vec![
            doc! { "_id": "a", "sum": 7.5, "all": [5, 2.5], "avg": 3.75 },
            doc! { "_id": "b", "sum": 7, "all": [7], "avg": 7.0 },
        ],
    );
    check(
        vec![doc! { "$match": { "n": { "$gt": 3 } } }, doc! { "$count": "many" }],
        vec![doc! { "many": 2 }],
    );
    check(
        vec![doc! { "$unwind": "$tags" }, doc! { "$sortByCount": "$tags" }],
        vec![doc! { "_id": "x", "count": 2 }, doc! { "_id": "y", "count": 1 }],
    );
    check(
        vec![doc! { "$bucket": { "groupBy": "$n", "boundaries": [0, 5, 10], "output": { "ids": { "$push": "$_id" } } } }],
        vec![doc! { "_id": 0, "ids": [3] }, doc! { "_id": 5, "ids": [1, 2] }],
    );
}

#[test]
fn reshapes() {
    check(
        vec![
            doc! { "$match": { "_id": 1 } },
            doc! { "$project": { "n": 1, "double": { "$multiply": ["$n", 2] }, "at.city": 1 } },
        ],
        vec![doc! { "_id": 1, "n": 5, "at": { "city": "Pune" }, "double": 10 }],
    );
    check(
        vec![
            doc! { "$match": { "_id": 1 } },
            doc! { "$set": { "at.zip": 5, "n": "$who" } },
            doc! { "$unset": ["tags", "who"] },
        ],
        vec![doc! { "_id": 1, "n": "a", "at": { "city": "Pune", "zip": 5 } }],
    );
    check(
        vec![
            doc! { "$match": { "_id": 2 } },
            doc! { "$unwind": { "path": "$tags", "preserveNullAndEmptyArrays": true } },
        ],
        vec![doc! { "_id": 2, "who": "b", "n": 7 }],
    );
    check(
        vec![
            doc! { "$sort": { "n": -1 } },
            doc! { "$limit": 1 },
            doc! { "$replaceWith": { "top": "$n" } },
        ],
        vec![doc! { "top": 7 }],
    );
    check(
        vec![doc! { "$facet": { "few": [{ "$match": { "n": 7 } }, { "$project": { "n": 1 } }], "all": [{ "$count": "n" }] } }],
        vec![doc! { "few": [{ "_id": 2, "n": 7 }], "all": [{ "n": 3 }] }],
    );
}

#[test]
fn joins() {
    check(
        vec![
            doc! { "$match": { "_id": 1 } },
            doc! { "$lookup": { "from": "people", "localField": "who", "foreignField": "_id", "as": "p" } },
            doc! { "$project": { "p.name": 1 } },
        ],
        vec![doc! { "_id": 1, "p": [{ "name": "Asha" }] }],
    );
    let inner = vec![
        doc! { "$match": { "$expr": { "$eq": ["$_id", "$$w"] } } },
        doc! { "$project": { "_id": 0, "name": 1 } },
    ];
    check(
        vec![
            doc! { "$match": { "_id": 2 } },
            doc! { "$lookup": { "from": "people", "let": { "w": "$who" }, "pipeline": inner, "as": "p" } },
            doc! { "$project": { "p": 1 } },
        ],
        vec![doc! { "_id": 2, "p": [{ "name": "Bo" }] }],
    );
    let graph = doc! { "from": "people", "startWith": "$who", "connectFromField": "boss", "connectToField": "_id", "as": "chain" };
    check(
        vec![
            doc! { "$match": { "_id": 1 } },
            doc! { "$graphLookup": graph },
            doc! { "$project": { "n": { "$size": "$chain" } } },
        ],
        vec![doc! { "_id": 1, "n": 2 }],
    );
}

#[test]
fn windows() {
    let output = doc! { "sum": { "$sum": "$n", "window": { "documents": ["unbounded", "current"] } }, "rank": { "$rank": {} } };
    check(
        vec![
            doc! { "$setWindowFields": { "partitionBy": "$who", "sortBy": { "n": 1 }, "output": output } },
            doc! { "$project": { "sum": 1, "rank": 1 } },
        ],
        vec![
            doc! { "_id": 3, "sum": 2.5, "rank": 1 },
            doc! { "_id": 1, "sum": 7.5, "rank": 2 },
            doc! { "_id": 2, "sum": 7, "rank": 1 },
        ],
    );
}

#[test]
fn a_refused_out_leaves_what_was_there() {
    let mut store = store();
    let people = Namespace::new("shop", "people");
    let before: Vec<_> = store.collection(&people).unwrap().documents().map(ToOwned::to_owned).collect();
    let stages = [doc! { "$set": { "_id": 1 } }, doc! { "$out": "people" }];
    let refused = store.aggregate(&Namespace::new("shop", "sales"), &stages, &Scope::default(), None, &mut Fixed);
    assert_eq!(refused.unwrap_err().code(), 11000);
    let after: Vec<_> = store.collection(&people).unwrap().documents().map(ToOwned::to_owned).collect();
    assert_eq!(after, before);
}

#[test]
fn writes_its_result() {
    let mut store = store();
    let sales = Namespace::new("shop", "sales");
    let stages = [doc! { "$project": { "n": 1 } }, doc! { "$out": "copy" }];
    store.aggregate(&sales, &stages, &Scope::default(), None, &mut Fixed).unwrap();
    let copy = Namespace::new("shop", "copy");
    assert_eq!(store.count(&copy, &doc! { "n": 7 }).unwrap().0, 1);
    let stages = [doc! { "$project": { "who": 1 } }, doc! { "$merge": { "into": "copy" } }];
    store.aggregate(&sales, &stages, &Scope::default(), None, &mut Fixed).unwrap();
    assert_eq!(store.count(&copy, &doc! { "n": 7, "who": "b" }).unwrap().0, 1);
}

#[test]
fn refuses_as_mongodb_does() {
    #[track_caller]
    fn fails(stages: Vec<Document>, code: i32) {
        let error = run(stages).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    fails(vec![doc! { "$nope": 1 }], 40324);
    fails(vec![doc! { "$match": {}, "$limit": 1 }], 40323);
    fails(vec![doc! { "$out": "x" }, doc! { "$limit": 1 }], 40601);
    fails(vec![doc! { "$group": { "n": { "$sum": 1 } } }], 15955);
    fails(vec![doc! { "$group": { "_id": 1, "n": { "$nope": 1 } } }], 15952);
    fails(vec![doc! { "$limit": 0 }], 15958);
    fails(vec![doc! { "$project": {} }], 51272);
    let long = doc! { "$set": { "list": { "$range": [0, 1000] }, "weight": { "$range": [0, 30_000] } } };
    fails(vec![long.clone(), doc! { "$unwind": "$list" }], 146);
    let many = doc! { "$set": { "list": { "$range": [0, 1000] } } };
    let join = doc! { "$lookup": { "from": "sales", "pipeline": [long], "as": "all" } };
    fails(vec![many, doc! { "$unwind": "$list" }, join], 146);
}

#[test]
fn fills_and_interpolates() {
    let rows = || bson::bson!([{ "t": 0, "v": 1 }, { "t": 1, "v": null }, { "t": 3, "v": 7, "w": 2 }]);
    let documents = doc! { "$documents": rows() };
    check(
        vec![
            documents.clone(),
            doc! { "$fill": { "sortBy": { "t": 1 }, "output": { "v": { "method": "linear" }, "w": { "value": 0 } } } },
        ],
        vec![
            doc! { "t": 0, "v": 1.0, "w": 0 },
            doc! { "t": 1, "v": 3.0, "w": 0 },
            doc! { "t": 3, "v": 7.0, "w": 2 },
        ],
    );
    let output = doc! {
        "area": { "$integral": { "input": "$v" }, "window": { "documents": ["unbounded", "unbounded"] } },
        "rise": { "$derivative": { "input": "$v" }, "window": { "documents": ["unbounded", "unbounded"] } },
        "together": { "$covariancePop": ["$t", "$v"] },
    };
    check(
        vec![
            documents,
            doc! { "$setWindowFields": { "sortBy": { "t": 1 }, "output": output } },
            doc! { "$limit": 1 },
        ],
        vec![doc! { "t": 0, "v": 1, "area": 12.0, "rise": 2.0, "together": 4.5 }],
    );
}

#[test]
fn merges_with_variables_of_the_new_document() {
    let mut store = store();
    let people = Namespace::new("shop", "people");
    let merge = doc! { "$merge": {
        "into": "people", "on": "_id", "let": { "sold": "$n" }, "whenMatched": [{ "$set": { "total": "$$sold" } }],
    } };
    let stages = [doc! { "$group": { "_id": "$who", "n": { "$sum": 1 } } }, merge];
    store
        .aggregate(&Namespace::new("shop", "sales"), &stages, &Scope::default(), None, &mut Fixed)
        .unwrap();
    let totals = store.distinct(&people, "total", &doc! {}).unwrap().values;
    assert_eq!(totals, vec![bson::Bson::Int32(2), bson::Bson::Int32(1)]);
}
