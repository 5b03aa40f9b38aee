//! What `explain` says of a query, in the words of MongoDB and in plain ones.

use serde_json::Value;

use super::columns::{inspect, whole};

/// How a query ran (MongoDB manual: "Explain Results").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// From the one that gives the documents down to the one that reads them.
    pub stages: Vec<Stage>,
    pub keys: u64,
    pub documents: u64,
    pub returned: u64,
    pub ms: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// `IXSCAN`, `FETCH`, `SORT`.
    pub name: String,
    /// The index, the order, or the filter.
    pub detail: String,
}

/// What can be learnt from a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lesson {
    /// Every document was read, and few of them fit.
    Scan,
    /// Every document was read, and all of them were asked for.
    All,
    /// An index led to the documents.
    Index(String),
    /// An index was used, and most of what it led to did not fit.
    Loose(String),
    /// The documents were sorted after they had been found.
    Sort,
    /// There is no such collection.
    Nothing,
}

impl Plan {
    /// Reads the reply of an `explain` with `executionStats`.
    pub fn read(reply: &Value) -> Option<Self> {
        let stats = reply.get("executionStats")?;
        let number = |name: &str| stats.get(name).and_then(whole).unwrap_or(0);
        let mut stages = Vec::new();
        let mut next = reply.get("queryPlanner")?.get("winningPlan");
        while let Some(stage) = next {
            if let Some(name) = stage.get("stage").and_then(Value::as_str) {
                stages.push(Stage {
                    name: name.to_owned(),
                    detail: detail(stage),
                });
            }
            let first = stage.get("inputStages").and_then(|list| list.get(0));
            next = stage.get("inputStage").or(first).or_else(|| stage.get("queryPlan"));
        }
        Some(Plan {
            stages,
            keys: number("totalKeysExamined"),
            documents: number("totalDocsExamined"),
            returned: number("nReturned"),
            ms: number("executionTimeMillis"),
        })
    }

    fn stage(&self, name: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    pub fn lesson(&self) -> Lesson {
        let index = ["IXSCAN", "EXPRESS_IXSCAN", "IDHACK", "COUNT_SCAN", "DISTINCT_SCAN", "TEXT_MATCH"]
            .iter()
            .find_map(|name| self.stage(name));
        match index {
            _ if self.stage("EOF").is_some() => Lesson::Nothing,
            _ if self.stage("SORT").is_some() && self.returned > 1 => Lesson::Sort,
            Some(stage) => {
                let name = if stage.detail.is_empty() {
                    "_id_".to_owned()
                } else {
                    stage.detail.clone()
                };
                if self.documents > 2 * self.returned.max(5) {
                    Lesson::Loose(name)
                } else {
                    Lesson::Index(name)
                }
            }
            None if self.documents > self.returned => Lesson::Scan,
            None => Lesson::All,
        }
    }
}

fn detail(stage: &Value) -> String {
    let text = |name: &str| stage.get(name).and_then(Value::as_str).map(str::to_owned);
    let shown = |name: &str| stage.get(name).map(inspect);
    let full = |text: String| (text != "{}").then_some(text);
    text("indexName")
        .or_else(|| shown("sortPattern"))
        .or_else(|| shown("transformBy"))
        .or_else(|| shown("limitAmount"))
        .or_else(|| shown("skipAmount"))
        .or_else(|| shown("filter").and_then(full))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn explained(winning: Value, keys: u64, documents: u64, returned: u64) -> Plan {
        let stats = json!({ "totalKeysExamined": keys, "totalDocsExamined": documents, "nReturned": returned, "executionTimeMillis": { "$numberLong": "3" } });
        Plan::read(&json!({ "queryPlanner": { "winningPlan": winning }, "executionStats": stats })).unwrap()
    }

    #[test]
    fn stages_and_lessons() {
        let scan = json!({ "stage": "COLLSCAN", "filter": { "age": { "$gt": 3 } } });
        let index = json!({ "stage": "FETCH", "inputStage": { "stage": "IXSCAN", "indexName": "age_1" } });
        let sorted = json!({ "stage": "SORT", "sortPattern": { "age": -1 }, "inputStage": { "stage": "COLLSCAN" } });
        for (winning, counts, stages, lesson) in [
            (scan.clone(), (0, 50, 2), "COLLSCAN { age: { $gt: 3 } }", Lesson::Scan),
            (json!({ "stage": "COLLSCAN", "filter": {} }), (0, 5, 5), "COLLSCAN", Lesson::All),
            (index.clone(), (2, 2, 2), "FETCH; IXSCAN age_1", Lesson::Index("age_1".into())),
            (index, (90, 90, 2), "FETCH; IXSCAN age_1", Lesson::Loose("age_1".into())),
            (sorted, (0, 9, 9), "SORT { age: -1 }; COLLSCAN", Lesson::Sort),
            (
                json!({ "stage": "EXPRESS_IXSCAN", "indexName": "_id_" }),
                (1, 1, 1),
                "EXPRESS_IXSCAN _id_",
                Lesson::Index("_id_".into()),
            ),
            (json!({ "stage": "EOF" }), (0, 0, 0), "EOF", Lesson::Nothing),
        ] {
            let plan = explained(winning, counts.0, counts.1, counts.2);
            let shown: Vec<String> = plan
                .stages
                .iter()
                .map(|stage| format!("{} {}", stage.name, stage.detail).trim().to_owned())
                .collect();
            assert_eq!((shown.join("; "), plan.lesson(), plan.ms), (stages.to_owned(), lesson, 3));
        }
        assert_eq!(Plan::read(&json!({ "ok": 0 })), None);
    }
}
