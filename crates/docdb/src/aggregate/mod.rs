//! Aggregation pipelines (MongoDB manual: "Aggregation Stages"): parsed once, run over raw documents.

mod accumulator;
mod bucket;
mod fill;
mod group;
mod interpolate;
mod lookup;
mod output;
mod overlay;
mod parse;
mod reshape;
mod run;
mod script;
mod window;

use bson::{Document, RawDocumentBuf};

use crate::error::{DocDbError, Result};
use crate::expression::Expression;
use crate::filter::Filter;
use crate::projection::Projection;
use crate::scope::Scope;
use crate::sort::Sort;
use bucket::BucketAuto;
use group::Group;
use lookup::{GraphLookup, Lookup};
pub(crate) use output::Output;
pub(crate) use overlay::Overlay;
use reshape::Unwind;
pub use run::Aggregated;
use window::Windows;

/// A parsed pipeline.
#[derive(Debug)]
pub(crate) struct Pipeline {
    stages: Vec<Stage>,
}

#[derive(Debug)]
pub(crate) enum Stage {
    Match(Filter),
    Project(Projection),
    AddFields(Vec<(String, Expression)>),
    Group(Group),
    Sort(Sort),
    Limit(usize),
    Skip(usize),
    Unwind(Unwind),
    Lookup(Box<Lookup>),
    GraphLookup(Box<GraphLookup>),
    Count(String),
    Facet(Vec<(String, Pipeline)>),
    BucketAuto(Box<BucketAuto>),
    ReplaceRoot(Expression),
    Redact(Expression),
    Sample(usize),
    UnionWith {
        collection: Option<String>,
        pipeline: Vec<Document>,
    },
    Windows(Box<Windows>),
    Documents(Expression),
    /// `$collStats`, `$indexStats`, `$listLocalSessions`, …: what the store knows about itself.
    Statistics(String, Document),
    Output(Box<Output>),
}

impl Pipeline {
    /// Parses the stages that an update may have.
    ///
    /// # Errors
    /// When a stage is wrong, or not one of `$addFields`, `$set`, `$project`, `$unset`, `$replaceRoot`, `$replaceWith`.
    pub(crate) fn for_update(stages: &[Document], scope: &Scope) -> Result<Self> {
        const ALLOWED: [&str; 6] = ["$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith"];
        for stage in stages {
            if let Some(name) = stage.keys().next().filter(|name| !ALLOWED.contains(&name.as_str())) {
                let pipeline = Pipeline::parse(std::slice::from_ref(stage), scope);
                pipeline?;
                return Err(DocDbError::new(
                    crate::error::Code::InvalidOptions,
                    format!("{name} is not allowed to be used within an update"),
                ));
            }
        }
        Pipeline::parse(stages, scope)
    }

    /// Puts one document through the stages of an update.
    ///
    /// # Errors
    /// When an expression fails.
    pub(crate) fn transform(&self, document: &Document) -> Result<Document> {
        let mut raw = RawDocumentBuf::try_from(document)?;
        for stage in &self.stages {
            raw = stage.transform(&raw)?;
        }
        Ok(Document::try_from(raw)?)
    }

    /// One document through stages that keep, change or drop it.
    ///
    /// # Errors
    /// When an expression fails.
    pub(crate) fn filter_one(&self, document: &Document) -> Result<Option<RawDocumentBuf>> {
        let mut raw = RawDocumentBuf::try_from(document)?;
        for stage in &self.stages {
            match stage {
                Stage::Match(filter) => {
                    let fits = filter.matches(&raw);
                    filter.check()?;
                    if !fits {
                        return Ok(None);
                    }
                }
                Stage::Redact(expression) => match reshape::redact(expression, &raw)? {
                    Some(kept) => raw = kept,
                    None => return Ok(None),
                },
                other => raw = other.transform(&raw)?,
            }
        }
        Ok(Some(raw))
    }

    /// Where the result is written, when the last stage says so.
    pub(crate) fn output(&self) -> Option<&Output> {
        match self.stages.last() {
            Some(Stage::Output(output)) => Some(output),
            _ => None,
        }
    }

    /// Tells whether the pipeline needs no collection.
    pub(crate) fn is_self_sufficient(&self) -> bool {
        match self.stages.first() {
            Some(Stage::Documents(_)) => true,
            Some(Stage::Statistics(name, _)) => name != "$collStats" && name != "$indexStats",
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
