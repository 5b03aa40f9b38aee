//! `$out` and `$merge` (MongoDB manual: "$out", "$merge"): the result goes into a collection.

use bson::{Bson, Document, RawDocumentBuf};

use super::Pipeline;
use super::parse::documents;
use crate::collection::Ambient;
use crate::error::{DocDbError, DuplicateKey, Result};
use crate::expression::Expression;
use crate::expression::value::fail;
use crate::scope::Scope;
use crate::store::{Namespace, Store, UpdateSpec};

#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) database: Option<String>,
    pub(crate) collection: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Replace,
    Merge {
        on: Vec<String>,
        matched: Matched,
        /// `insert`, `discard` or `fail`.
        unmatched: String,
    },
}

#[derive(Debug)]
enum Matched {
    Replace,
    KeepExisting,
    Merge,
    Fail,
    /// Stages, and what `let` gives them of the new document.
    Pipeline(Vec<Document>, Vec<(String, Expression)>),
}

impl Output {
    pub(super) fn parse(name: &str, operand: &Bson, scope: &Scope) -> Result<Self> {
        let target = |value: Option<&Bson>| match value {
            Some(Bson::String(collection)) => Ok((None, collection.clone())),
            Some(Bson::Document(given)) => match (given.get_str("db"), given.get_str("coll")) {
                (database, Ok(collection)) => Ok((database.ok().map(str::to_owned), collection.to_owned())),
                _ => fail(
                    16994,
                    format!("If an object is passed to {name} it must have exactly 2 fields: 'db' and 'coll'"),
                ),
            },
            _ => fail(51182, format!("{name} requires a string or object argument naming the collection")),
        };
        if name == "$out" {
            let (database, collection) = target(Some(operand))?;
            return Ok(Output {
                database,
                collection,
                kind: Kind::Replace,
            });
        }
        let empty = Document::new();
        let (into, given) = match operand {
            Bson::Document(given) => (given.get("into"), given),
            other => (Some(other), &empty),
        };
        let (database, collection) = target(into)?;
        let on = match given.get("on") {
            None => vec!["_id".to_owned()],
            Some(Bson::String(field)) => vec![field.clone()],
            Some(Bson::Array(fields)) if !fields.is_empty() => fields.iter().filter_map(Bson::as_str).map(str::to_owned).collect(),
            Some(_) => return fail(51186, "$merge 'on' field must be either a string or an array of strings"),
        };
        let matched = match given.get("whenMatched") {
            None => Matched::Merge,
            Some(Bson::String(mode)) => match mode.as_str() {
                "replace" => Matched::Replace,
                "keepExisting" => Matched::KeepExisting,
                "merge" => Matched::Merge,
                "fail" => Matched::Fail,
                other => {
                    return fail(
                        2,
                        format!("Enumeration value '{other}' for field 'whenMatched' is not a valid value."),
                    );
                }
            },
            Some(stages) => {
                let stages = documents(stages, "'whenMatched'")?;
                let variables = variables(given, scope)?;
                let mut probe = scope.clone();
                for (name, _) in &variables {
                    probe.variables.insert(name, Document::new());
                }
                Pipeline::for_update(&stages, &probe)?;
                Matched::Pipeline(stages, variables)
            }
        };
        let unmatched = match given.get("whenNotMatched") {
            None => "insert".to_owned(),
            Some(Bson::String(mode)) if matches!(mode.as_str(), "insert" | "discard" | "fail") => mode.clone(),
            Some(other) => {
                return fail(
                    2,
                    format!("Enumeration value {other} for field 'whenNotMatched' is not a valid value."),
                );
            }
        };
        Ok(Output {
            database,
            collection,
            kind: Kind::Merge { on, matched, unmatched },
        })
    }

    /// Writes the documents of a pipeline in this database.
    ///
    /// # Errors
    /// When a document is refused; what `$merge` wrote before it stays, `$out` leaves the collection as it was.
    pub(crate) fn write(
        &self,
        store: &mut Store,
        database: &str,
        results: Vec<RawDocumentBuf>,
        scope: &Scope,
        ambient: &mut dyn Ambient,
    ) -> Result<()> {
        let target = Namespace::new(self.database.as_deref().unwrap_or(database), &self.collection);
        match &self.kind {
            Kind::Replace => {
                let mut documents = Vec::with_capacity(results.len());
                for result in &results {
                    documents.push(Document::try_from(result.as_ref())?);
                }
                let before = store.sequence();
                store.delete(&target, &Document::new(), true)?;
                if let Err(refusal) = store.insert(&target, documents, ambient) {
                    store.discard(before);
                    return Err(refusal);
                }
            }
            Kind::Merge { on, matched, unmatched } => {
                for result in results {
                    merge(store, &target, on, matched, unmatched, Document::try_from(result)?, scope, ambient)?;
                }
                if store.collection(&target).is_none() {
                    store.create_collection(&target)?;
                }
            }
        }
        Ok(())
    }
}

/// The variables of `let`; without one, `$$new` is the new document.
fn variables(given: &Document, scope: &Scope) -> Result<Vec<(String, Expression)>> {
    let given = match given.get("let") {
        Some(Bson::Document(given)) => given.clone(),
        _ => bson::doc! { "new": "$$ROOT" },
    };
    given
        .iter()
        .map(|(name, value)| Ok((name.clone(), Expression::parse(value, scope)?)))
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "the parts of one stage and its surroundings")]
fn merge(
    store: &mut Store,
    target: &Namespace,
    on: &[String],
    matched: &Matched,
    unmatched: &str,
    result: Document,
    scope: &Scope,
    ambient: &mut dyn Ambient,
) -> Result<()> {
    let mut filter = Document::new();
    for field in on {
        match result.get(field) {
            Some(value) => filter.insert(field, value.clone()),
            None if field == "_id" => filter.insert("_id", ambient.object_id()),
            None => {
                return fail(
                    51132,
                    "$merge write error: 'on' field cannot be missing, null, undefined or an array",
                );
            }
        };
    }
    if store.count(target, &filter)?.0 == 0 {
        return match unmatched {
            "discard" => Ok(()),
            "fail" => fail(
                13113,
                "$merge could not find a matching document in the target collection for at least one document in the source collection",
            ),
            _ => store.insert(target, vec![result], ambient).map(drop),
        };
    }
    let mut spec = UpdateSpec {
        filter,
        scope: scope.clone(),
        ..UpdateSpec::default()
    };
    match matched {
        Matched::KeepExisting => return Ok(()),
        Matched::Fail => {
            return Err(DocDbError::DuplicateKey(Box::new(DuplicateKey {
                namespace: target.to_string(),
                index: on
                    .iter()
                    .map(|field| if field == "_id" { "_id_".into() } else { format!("{field}_1") })
                    .collect(),
                pattern: on.iter().map(|field| (field.clone(), Bson::Int32(1))).collect(),
                key: spec.filter,
            })));
        }
        Matched::Replace => spec.update = result,
        Matched::Merge => {
            let mut fields = result;
            fields.remove("_id");
            if fields.is_empty() {
                return Ok(());
            }
            spec.update = bson::doc! { "$set": fields };
        }
        Matched::Pipeline(stages, variables) => {
            let new = RawDocumentBuf::try_from(&result)?;
            for (name, value) in variables {
                let value = value.evaluate(&new)?.into_raw().map_or(Ok(Bson::Null), Bson::try_from)?;
                spec.scope.variables.insert(name, value);
            }
            spec.pipeline = Some(stages.clone());
        }
    }
    store.update(target, &spec, ambient).map(drop)
}
