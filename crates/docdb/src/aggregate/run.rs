//! Running a pipeline: from the store, from an index where the first stages allow it, stage by stage
//! (MongoDB manual: "Aggregation Pipeline Optimization").

use std::borrow::Cow;

use bson::{Bson, Document, RawArrayBuf, RawBsonRef, RawDocument, RawDocumentBuf, doc};

use super::lookup::one_field;
use super::{Pipeline, Stage, reshape};
use crate::budget::Held;
use crate::collection::{Ambient, Collection, Hint, Query};
use crate::error::Result;
use crate::expression::value::fail;
use crate::filter::Filter;
use crate::plan::{Plan, Stage as PlanStage};
use crate::scope::Scope;
use crate::sort::Sort;
use crate::store::{Namespace, Store};

/// What a pipeline gave.
#[derive(Debug)]
pub struct Aggregated {
    pub documents: Vec<RawDocumentBuf>,
    pub plan: Plan,
}

/// Where the documents come from.
pub(crate) enum Source<'d> {
    Collection(String),
    Rows(Vec<Cow<'d, RawDocument>>),
}

/// What stages read besides their input.
pub(crate) struct Reader<'r> {
    pub(super) store: &'r Store,
    database: &'r str,
    pub(super) scope: &'r Scope,
    hint: Option<Hint>,
}

type Rows<'d> = Vec<Cow<'d, RawDocument>>;

impl Store {
    /// Runs an aggregation pipeline; `$out` and `$merge` write its result.
    ///
    /// # Errors
    /// With MongoDB's code and text when a stage is wrong or fails.
    pub fn aggregate(
        &mut self,
        namespace: &Namespace,
        stages: &[Document],
        scope: &Scope,
        hint: Option<Hint>,
        ambient: &mut dyn Ambient,
    ) -> Result<Aggregated> {
        let pipeline = Pipeline::parse(stages, scope)?;
        let (documents, plan) = {
            let reader = Reader {
                store: self,
                database: &namespace.database,
                scope,
                hint,
            };
            let source = if pipeline.is_self_sufficient() {
                Source::Rows(Vec::new())
            } else {
                Source::Collection(namespace.collection.to_string())
            };
            let (rows, plan) = pipeline.run(source, &reader)?;
            (rows.into_iter().map(Cow::into_owned).collect::<Vec<_>>(), plan)
        };
        if let Some(output) = pipeline.output() {
            output.write(self, &namespace.database, documents, scope, ambient)?;
            return Ok(Aggregated {
                documents: Vec::new(),
                plan,
            });
        }
        Ok(Aggregated { documents, plan })
    }
}

impl<'r> Reader<'r> {
    pub(super) fn within<'i>(&'i self, scope: &'i Scope) -> Reader<'i> {
        Reader {
            store: self.store,
            database: self.database,
            scope,
            hint: None,
        }
    }

    fn collection(&self, name: &str) -> Option<&'r Collection> {
        self.store.collection(&Namespace::new(self.database, name))
    }

    /// All documents of a collection or a view.
    pub(super) fn all(&self, name: &str) -> Result<Rows<'r>> {
        let Some(collection) = self.collection(name) else {
            return Ok(Vec::new());
        };
        if collection.options().contains_key("viewOn") {
            let inner = self.within(self.scope);
            let whole = Pipeline { stages: Vec::new() };
            let rows = whole.run(Source::Collection(name.to_owned()), &inner)?.0;
            return Ok(rows.into_iter().map(|row| Cow::Owned(row.into_owned())).collect());
        }
        Ok(collection.documents().map(Cow::Borrowed).collect())
    }
}

impl Pipeline {
    pub(super) fn run<'d>(&'d self, source: Source<'d>, reader: &'d Reader<'d>) -> Result<(Rows<'d>, Plan)> {
        let (mut rows, plan, done) = match source {
            Source::Rows(rows) => (rows, Plan::new(PlanStage::EndOfFile), 0),
            Source::Collection(name) => self.start(&name, reader)?,
        };
        let mut place = done;
        while let Some(stage) = self.stages.get(place) {
            place += 1;
            // A sort that is cut short keeps only what is wanted.
            if let (Stage::Sort(sort), Some(Stage::Limit(limit))) = (stage, self.stages.get(place)) {
                sort.sort_some(&mut rows, *limit, self.text(), |row| row);
                continue;
            }
            rows = stage.run(rows, reader, self)?;
        }
        Ok((rows, plan))
    }

    fn text(&self) -> Option<&crate::filter::text::TextQuery> {
        match self.stages.first() {
            Some(Stage::Match(filter)) => filter.text(),
            _ => None,
        }
    }

    /// Reads the collection; the first stages that the store can do itself are done when this returns.
    fn start<'d>(&'d self, name: &str, reader: &'d Reader<'d>) -> Result<(Rows<'d>, Plan, usize)> {
        let Some(collection) = reader.collection(name) else {
            return Ok((Vec::new(), Plan::new(PlanStage::EndOfFile), 0));
        };
        if let Ok(on) = collection.options().get_str("viewOn") {
            let stages = match collection.options().get("pipeline") {
                Some(stages) => super::parse::documents(stages, "pipeline")?,
                None => Vec::new(),
            };
            let view = Pipeline::parse(&stages, reader.scope)?;
            let inner = reader.within(reader.scope);
            let (rows, plan) = view.run(Source::Collection(on.to_owned()), &inner)?;
            let rows = rows.into_iter().map(|row| Cow::Owned(row.into_owned())).collect();
            return Ok((rows, plan, 0));
        }
        let (everything, unsorted) = (Filter::parse(&Document::new())?, Sort::parse(&Document::new())?);
        let mut done = 0;
        let filter = match self.stages.first() {
            Some(Stage::Match(filter)) => {
                done = 1;
                filter
            }
            _ => &everything,
        };
        let sort = match self.stages.get(done) {
            Some(Stage::Sort(sort)) => {
                done += 1;
                sort
            }
            _ => &unsorted,
        };
        let skip = match self.stages.get(done) {
            Some(Stage::Skip(skip)) => {
                done += 1;
                *skip
            }
            _ => 0,
        };
        let limit = match self.stages.get(done) {
            Some(Stage::Limit(limit)) => {
                done += 1;
                Some(*limit)
            }
            _ => None,
        };
        let selection = collection.select(&Query {
            filter,
            sort,
            enough: limit.map(|limit| limit.saturating_add(skip)),
            hint: reader.hint.clone(),
            // It may be for an explanation.
            explains: true,
        })?;
        let rows = selection
            .rows
            .into_iter()
            .skip(skip)
            .take(limit.unwrap_or(usize::MAX))
            .map(|(_, document)| Cow::Borrowed(&**document))
            .collect();
        Ok((rows, selection.plan, done))
    }
}

impl Stage {
    fn run<'d>(&'d self, mut rows: Rows<'d>, reader: &'d Reader<'d>, pipeline: &Pipeline) -> Result<Rows<'d>> {
        let owned = |made: Vec<RawDocumentBuf>| made.into_iter().map(Cow::Owned).collect();
        Ok(match self {
            Stage::Match(filter) => {
                rows.retain(|row| filter.matches(row));
                filter.check()?;
                rows
            }
            Stage::Project(_) | Stage::AddFields(_) | Stage::ReplaceRoot(_) => {
                let mut held = Held::default();
                for row in &mut rows {
                    let made = match (self, pipeline.stages.first()) {
                        (Stage::Project(projection), Some(Stage::Match(filter))) if filter.text().is_some() => {
                            projection.apply_found(row, filter)?
                        }
                        _ => self.transform(row)?,
                    };
                    held.add(made.as_bytes().len())?;
                    *row = Cow::Owned(made);
                }
                rows
            }
            Stage::Group(group) => owned(group.run(&rows)?),
            Stage::Sort(sort) => {
                sort.sort_some(&mut rows, usize::MAX, pipeline.text(), |row| row);
                rows
            }
            Stage::Limit(limit) => {
                rows.truncate(*limit);
                rows
            }
            Stage::Skip(skip) => {
                rows.drain(..(*skip).min(rows.len()));
                rows
            }
            Stage::Unwind(unwind) => {
                let (mut results, mut held) = (Vec::new(), Held::default());
                for row in rows {
                    unwind.run(row, &mut results, &mut held)?;
                }
                results
            }
            Stage::Lookup(lookup) => lookup.run(rows, reader)?,
            Stage::GraphLookup(lookup) => lookup.run(rows, reader)?,
            Stage::Count(_) if rows.is_empty() => Vec::new(),
            Stage::Count(field) => {
                let count = rows.len() as i64;
                owned(vec![one_field(
                    field,
                    i32::try_from(count).map_or(Bson::Int64(count), Bson::Int32),
                )?])
            }
            Stage::Facet(facets) => {
                let (mut result, mut held) = (RawDocumentBuf::new(), Held::default());
                for (name, pipeline) in facets {
                    let copy = rows.iter().map(|row| Cow::Borrowed(&**row)).collect();
                    let mut items = RawArrayBuf::new();
                    for document in pipeline.run(Source::Rows(copy), reader)?.0 {
                        held.add(document.as_bytes().len())?;
                        items.push(RawBsonRef::Document(&document));
                    }
                    result.append(crate::expression::value::name(name)?, &items);
                }
                owned(vec![result])
            }
            Stage::BucketAuto(buckets) => owned(buckets.run(&rows)?),
            Stage::Redact(expression) => {
                let mut results = Vec::with_capacity(rows.len());
                for row in rows {
                    results.extend(reshape::redact(expression, &row)?.map(Cow::Owned));
                }
                results
            }
            Stage::Sample(size) => sample(rows, *size),
            Stage::UnionWith {
                collection,
                pipeline: stages,
            } => {
                let union = Pipeline::parse(stages, reader.scope)?;
                let source = match collection {
                    Some(name) => Source::Collection(name.clone()),
                    None => Source::Rows(Vec::new()),
                };
                let inner = reader.within(reader.scope);
                let more = union.run(source, &inner)?.0;
                let mut held = Held::default();
                for row in more {
                    held.add(row.as_bytes().len())?;
                    rows.push(Cow::Owned(row.into_owned()));
                }
                rows
            }
            Stage::Windows(windows) => windows.run(rows)?,
            Stage::Documents(expression) => {
                let empty = RawDocumentBuf::new();
                let value = expression.evaluate(&empty)?;
                let Some(items) = value.items() else {
                    return fail(5858203, "an array is expected");
                };
                let mut documents = Vec::new();
                for item in items {
                    match item {
                        RawBsonRef::Document(document) => documents.push(document.to_owned()),
                        _ => return fail(40228, "$documents: every element must be an object"),
                    }
                }
                owned(documents)
            }
            Stage::Statistics(name, given) => owned(statistics(name, given, reader)?),
            Stage::Output(_) => rows,
        })
    }
}

/// Some of the rows by chance, in an order by chance.
fn sample(mut rows: Rows<'_>, size: usize) -> Rows<'_> {
    let wanted = size.min(rows.len());
    for place in 0..wanted {
        let chance = crate::expression::random();
        let other = place + (chance * (rows.len() - place) as f64) as usize;
        let other = other.min(rows.len() - 1);
        rows.swap(place, other);
    }
    rows.truncate(wanted);
    rows
}

fn statistics(name: &str, given: &Document, reader: &Reader<'_>) -> Result<Vec<RawDocumentBuf>> {
    let mut results = Vec::new();
    if name == "$listLocalSessions" || name == "$listSessions" || name == "$currentOp" {
        return Ok(results);
    }
    for (namespace, collection) in reader
        .store
        .collections()
        .filter(|(namespace, _)| *namespace.database == *reader.database)
    {
        let is_index = name == "$indexStats";
        if is_index {
            for (spec, uses) in collection.indexes() {
                let entry =
                    doc! { "name": &spec.name, "key": spec.pattern(), "accesses": { "ops": uses as i64 }, "ns": namespace.to_string() };
                results.push(RawDocumentBuf::try_from(&entry)?);
            }
        } else {
            let mut entry = doc! { "ns": namespace.to_string(), "localTime": bson::DateTime::from_millis(reader.scope.now_ms) };
            if given.contains_key("storageStats") {
                let count = collection.len() as i32;
                entry.insert("storageStats", doc! { "size": collection.size() as i32, "count": count, "storageSize": collection.size() as i32, "nindexes": collection.indexes().count() as i32, "capped": collection.options().contains_key("capped") });
            }
            if given.contains_key("count") {
                entry.insert("count", collection.len() as i32);
            }
            results.push(RawDocumentBuf::try_from(&entry)?);
        }
    }
    Ok(results)
}
