//! explain (MongoDB manual: "Explain Results").

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::Server;
use super::arguments::{Call, documents_of, hint_of};
use super::reply::{self, error};
use crate::collection::Ambient;
use crate::error::{Code, Result};
use crate::plan::{Plan, Stage};
use crate::shell::type_name;
use crate::store::{Find, Namespace};

impl Server {
    pub(super) fn explain(&mut self, call: &Call<'_>, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
        let Some(Bson::Document(command)) = call.body.get("explain") else {
            return error(
                Code::TypeMismatch,
                format!(
                    "BSON field 'explain.explain' is the wrong type '{}', expected type 'object'",
                    call.body.get("explain").map_or("missing", type_name)
                ),
            );
        };
        let verbosity = call.body.get_str("verbosity").unwrap_or("allPlansExecution");
        let Some((name, Bson::String(collection))) = command.iter().next() else {
            return error(Code::CommandNotFound, "Explain failed due to unknown command: ");
        };
        let namespace = Namespace::new(&call.database, collection);
        if name == "aggregate" {
            let stages = documents_of(command.get("pipeline"), "pipeline")?;
            return self.explain_stages(&namespace, command, &stages, verbosity, ambient);
        }
        let document = |given: &Document, name: &str| super::arguments::document_of(given, name, "explain");
        let number = |given: &Document, name: &str| super::arguments::number_of(given, name, "explain");
        let statement = |list: &str| documents_of(command.get(list), list).map(|list| list.into_iter().next().unwrap_or_default());
        let (source, filter) = match name.as_str() {
            "find" => (command.clone(), document(command, "filter")?),
            "count" | "distinct" | "findAndModify" | "findandmodify" => (command.clone(), document(command, "query")?),
            "update" => {
                let first = statement("updates")?;
                let filter = document(&first, "q")?;
                (first, filter)
            }
            "delete" => {
                let first = statement("deletes")?;
                let filter = document(&first, "q")?;
                (first, filter)
            }
            other => return error(Code::CommandNotFound, format!("Explain failed due to unknown command: {other}")),
        };
        let find = Find {
            filter,
            sort: document(&source, "sort")?,
            projection: if name == "find" {
                document(&source, "projection")?
            } else {
                Document::new()
            },
            skip: number(&source, "skip")?.unwrap_or(0).unsigned_abs(),
            limit: number(&source, "limit")?
                .filter(|_| name == "find" || name == "count")
                .unwrap_or(0)
                .unsigned_abs(),
            scope: super::arguments::scope_of(&source, &self.store, Some(&namespace), ambient.now_ms())?,
            hint: hint_of(&source)?,
            explains: true,
        };
        let found = self.store.find(&namespace, &find)?;
        let mut answer = describe(&namespace, &find, &found.plan, name, verbosity);
        answer.insert("command", command.clone());
        self.finish(answer)
    }

    pub(super) fn explain_aggregate(
        &mut self,
        namespace: &Namespace,
        call: &Call<'_>,
        stages: &[Document],
        ambient: &mut dyn Ambient,
    ) -> Result<RawDocumentBuf> {
        self.explain_stages(namespace, &call.body, stages, "queryPlanner", ambient)
    }

    fn explain_stages(
        &mut self,
        namespace: &Namespace,
        command: &Document,
        stages: &[Document],
        verbosity: &str,
        ambient: &mut dyn Ambient,
    ) -> Result<RawDocumentBuf> {
        let scope = super::arguments::scope_of(command, &self.store, Some(namespace), ambient.now_ms())?;
        let reads: Vec<Document> = stages
            .iter()
            .filter(|stage| !stage.contains_key("$out") && !stage.contains_key("$merge"))
            .cloned()
            .collect();
        let found = self.store.aggregate(namespace, &reads, &scope, hint_of(command)?, ambient)?;
        let filter = stages
            .first()
            .and_then(|stage| stage.get_document("$match").ok())
            .cloned()
            .unwrap_or_default();
        let find = Find { filter, ..Find::default() };
        let answer = describe(namespace, &find, &found.plan, "find", verbosity);
        let has_more = stages.iter().any(|stage| !stage.contains_key("$match"));
        if !has_more {
            return self.finish(answer);
        }
        let mut cursor = Document::new();
        for part in ["queryPlanner", "executionStats"] {
            cursor.extend(answer.get(part).map(|value| (part.to_owned(), value.clone())));
        }
        let mut shown = vec![Bson::Document(doc! { "$cursor": cursor })];
        shown.extend(
            stages
                .iter()
                .filter(|stage| !stage.contains_key("$match"))
                .cloned()
                .map(Bson::Document),
        );
        self.finish(doc! { "explainVersion": "1", "stages": shown })
    }

    fn finish(&self, mut answer: Document) -> Result<RawDocumentBuf> {
        let (host, port) = self.settings.host.rsplit_once(':').unwrap_or((&self.settings.host, "27017"));
        answer.insert(
            "serverInfo",
            doc! { "host": host, "port": port.parse::<i32>().unwrap_or(27017), "version": super::VERSION, "gitVersion": "backlab" },
        );
        reply::ok(answer)
    }
}

fn describe(namespace: &Namespace, find: &Find, plan: &Plan, command: &str, verbosity: &str) -> Document {
    let executed = verbosity != "queryPlanner";
    let mut answer = doc! {
        "explainVersion": "1",
        "queryPlanner": {
            "namespace": namespace.to_string(), "indexFilterSet": false, "parsedQuery": find.filter.clone(),
            "maxIndexedOrSolutionsReached": false, "maxIndexedAndSolutionsReached": false, "maxScansToExplodeReached": false,
            "winningPlan": tree(find, plan, command, false),
            "rejectedPlans": plan.rejected.iter().map(|scan| Bson::from(doc! { "stage": "FETCH", "inputStage": scan.clone() })).collect::<Vec<_>>(),
        },
    };
    if executed {
        answer.insert(
            "executionStats",
            doc! {
                "executionSuccess": true, "nReturned": plan.returned as i32, "executionTimeMillis": 0,
                "totalKeysExamined": plan.keys_examined as i32, "totalDocsExamined": plan.documents_examined as i32,
                "executionStages": tree(find, plan, command, true),
            },
        );
        if verbosity == "allPlansExecution"
            && let Ok(statistics) = answer.get_document_mut("executionStats")
        {
            statistics.insert("allPlansExecution", Vec::<Bson>::new());
        }
    }
    answer
}

/// The stages of the plan, the last one outermost.
fn tree(find: &Find, plan: &Plan, command: &str, executed: bool) -> Document {
    let numbers = |mut stage: Document, returned: u64| {
        if executed {
            stage.insert("nReturned", returned as i32);
            stage.insert("executionTimeMillisEstimate", 0);
        }
        stage
    };
    let mut inner = match &plan.stage {
        Stage::EndOfFile => numbers(doc! { "stage": "EOF" }, 0),
        Stage::CollectionScan => {
            let mut scan = doc! { "stage": "COLLSCAN" };
            if !find.filter.is_empty() {
                scan.insert("filter", find.filter.clone());
            }
            scan.insert("direction", "forward");
            let mut scan = numbers(scan, plan.returned);
            if executed {
                scan.insert("docsExamined", plan.documents_examined as i32);
            }
            scan
        }
        Stage::TextScan(name) => numbers(doc! { "stage": "TEXT_MATCH", "indexName": name }, plan.returned),
        Stage::IndexScan(_) | Stage::IndexUnion(_) => {
            let mut scans: Vec<Document> = plan.scans.iter().map(|scan| numbers(scan.clone(), plan.keys_examined)).collect();
            if executed && let Some(scan) = scans.first_mut() {
                scan.insert("keysExamined", plan.keys_examined as i32);
            }
            let input = if scans.len() == 1 {
                scans.remove(0)
            } else {
                numbers(doc! { "stage": "OR", "inputStages": scans }, plan.keys_examined)
            };
            let by_id = matches!(&plan.stage, Stage::IndexScan(name) if name == "_id_")
                && find.filter.len() == 1
                && find.filter.get("_id").is_some_and(|id| !matches!(id, Bson::Document(_)));
            if by_id {
                let mut stage = numbers(doc! { "stage": "IDHACK" }, plan.returned);
                if executed {
                    stage.insert("keysExamined", plan.keys_examined as i32);
                    stage.insert("docsExamined", plan.documents_examined as i32);
                }
                stage
            } else {
                let mut fetch = numbers(doc! { "stage": "FETCH" }, plan.returned);
                if executed {
                    fetch.insert("docsExamined", plan.documents_examined as i32);
                }
                fetch.insert("inputStage", input);
                fetch
            }
        }
    };
    let mut wrap = |stage: Document| {
        let mut outer = numbers(stage, plan.returned);
        outer.insert("inputStage", std::mem::take(&mut inner));
        inner = outer;
    };
    if plan.sorted {
        wrap(doc! { "stage": "SORT", "sortPattern": find.sort.clone(), "memLimit": 104_857_600, "type": "simple" });
    }
    if find.skip > 0 {
        wrap(doc! { "stage": "SKIP", "skipAmount": find.skip as i64 });
    }
    if find.limit > 0 && !plan.sorted {
        wrap(doc! { "stage": "LIMIT", "limitAmount": find.limit as i64 });
    }
    if !find.projection.is_empty() {
        wrap(doc! { "stage": "PROJECTION_DEFAULT", "transformBy": find.projection.clone() });
    }
    match command {
        "update" | "findAndModify" | "findandmodify" => wrap(doc! { "stage": "UPDATE" }),
        "delete" => wrap(doc! { "stage": "DELETE" }),
        "count" => wrap(doc! { "stage": "COUNT" }),
        _ => {}
    }
    inner
}
