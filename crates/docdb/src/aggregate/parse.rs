//! Stage documents to stages, with MongoDB's errors for what it refuses.

use bson::{Bson, Document, doc};

use super::bucket::{self, BucketAuto};
use super::group::Group;
use super::lookup::{GraphLookup, Lookup};
use super::output::Output;
use super::reshape::Unwind;
use super::window::Windows;
use super::{Pipeline, Stage};
use crate::error::Result;
use crate::expression::Expression;
use crate::expression::value::fail;
use crate::filter::Filter;
use crate::number::whole;
use crate::projection::Projection;
use crate::scope::Scope;
use crate::shell::{shell_value, type_name};
use crate::sort::Sort;

impl Pipeline {
    /// Parses a pipeline.
    ///
    /// # Errors
    /// With MongoDB's code and text when a stage is unknown, wrong, or not at its place.
    pub(crate) fn parse(stages: &[Document], scope: &Scope) -> Result<Self> {
        let mut parsed = Vec::new();
        for (place, stage) in stages.iter().enumerate() {
            let mut fields = stage.iter();
            let (Some((name, operand)), None) = (fields.next(), fields.next()) else {
                return fail(40323, "A pipeline stage specification object must contain exactly one field.");
            };
            if matches!(name.as_str(), "$out" | "$merge") && place + 1 < stages.len() {
                return fail(40601, format!("{name} can only be the final stage in the pipeline"));
            }
            let only_first = matches!(
                name.as_str(),
                "$collStats"
                    | "$indexStats"
                    | "$documents"
                    | "$listLocalSessions"
                    | "$listSessions"
                    | "$currentOp"
                    | "$changeStream"
                    | "$geoNear"
            );
            if only_first && place > 0 {
                return fail(40602, format!("{name} is only valid as the first stage in a pipeline"));
            }
            parse_stage(name, operand, scope, &mut parsed)?;
        }
        Ok(Pipeline { stages: parsed })
    }

    /// Parses an array of stages.
    pub(super) fn parse_array(stages: &Bson, what: &str, scope: &Scope) -> Result<Self> {
        Pipeline::parse(&documents(stages, what)?, scope)
    }
}

/// The stages of a nested pipeline.
pub(super) fn documents(stages: &Bson, what: &str) -> Result<Vec<Document>> {
    let Bson::Array(items) = stages else {
        return fail(14, format!("{what} must be an array, but is {}", type_name(stages)));
    };
    items
        .iter()
        .map(|item| match item {
            Bson::Document(stage) => Ok(stage.clone()),
            _ => fail(14, "Each element of the 'pipeline' array must be an object"),
        })
        .collect()
}

fn parse_stage(name: &str, operand: &Bson, scope: &Scope, stages: &mut Vec<Stage>) -> Result<()> {
    let stage = match name {
        "$match" => match operand {
            Bson::Document(filter) => Stage::Match(Filter::parse_in(filter, scope)?),
            _ => return fail(15959, "the match filter must be an expression in an object"),
        },
        "$project" => match operand {
            Bson::Document(projection) if projection.is_empty() => {
                return fail(
                    51272,
                    "Invalid $project :: caused by :: projection specification must have at least one field",
                );
            }
            Bson::Document(projection) => Stage::Project(invalid(name, Projection::parse_in(projection, scope))?),
            _ => return fail(15969, "$project specification must be an object"),
        },
        "$addFields" | "$set" => match operand {
            Bson::Document(given) if given.is_empty() => {
                return fail(
                    40177,
                    format!("Invalid {name} :: caused by :: specification must have at least one field"),
                );
            }
            Bson::Document(given) => {
                let mut fields = Vec::new();
                invalid(name, add_fields(given, "", scope, &mut fields))?;
                Stage::AddFields(fields)
            }
            other => {
                return fail(
                    40272,
                    format!("{name} specification stage must be an object, got {}", type_name(other)),
                );
            }
        },
        "$unset" => {
            let names: Vec<&str> = match operand {
                Bson::String(name) => vec![name],
                Bson::Array(items) if !items.is_empty() && items.iter().all(|item| item.as_str().is_some()) => {
                    items.iter().filter_map(Bson::as_str).collect()
                }
                Bson::Array(items) if items.is_empty() => {
                    return fail(31119, "$unset specification must be a string or an array with at least one field");
                }
                Bson::Array(_) => {
                    return fail(
                        31120,
                        "$unset specification must be a string or an array containing only string values",
                    );
                }
                _ => return fail(31002, "$unset specification must be a string or an array"),
            };
            let projection: Document = names.into_iter().map(|name| (name.to_owned(), Bson::Int32(0))).collect();
            Stage::Project(invalid(name, Projection::parse_in(&projection, scope))?)
        }
        "$group" => Stage::Group(Group::parse(operand, scope)?),
        "$sort" => match operand {
            Bson::Document(sort) if sort.is_empty() => {
                return fail(15976, "$sort stage must have at least one sort key");
            }
            Bson::Document(sort) => Stage::Sort(Sort::parse_in(sort, scope)?),
            _ => return fail(15973, "the $sort key specification must be an object"),
        },
        "$limit" => match whole(operand) {
            Some(0) => return fail(15958, "the limit must be positive"),
            Some(limit) if limit > 0 => Stage::Limit(limit as usize),
            _ => {
                return fail(
                    5107201,
                    format!(
                        "invalid argument to $limit stage: Expected a non-negative number in: $limit: {}",
                        shell_value(operand)
                    ),
                );
            }
        },
        "$skip" => match whole(operand) {
            Some(skip) if skip >= 0 => Stage::Skip(skip as usize),
            _ => {
                return fail(
                    5107200,
                    format!(
                        "invalid argument to $skip stage: Expected a non-negative number in: $skip: {}",
                        shell_value(operand)
                    ),
                );
            }
        },
        "$unwind" => Stage::Unwind(Unwind::parse(operand)?),
        "$lookup" => Stage::Lookup(Box::new(Lookup::parse(operand, scope)?)),
        "$graphLookup" => Stage::GraphLookup(Box::new(GraphLookup::parse(operand, scope)?)),
        "$count" => match operand {
            Bson::String(field) if field.is_empty() => return fail(40156, "the count field must be a non-empty string"),
            Bson::String(field) if field.starts_with('$') => return fail(40158, "the count field cannot be a $-prefixed path"),
            Bson::String(field) if field.contains('.') => return fail(40160, "the count field cannot contain '.'"),
            Bson::String(field) => Stage::Count(field.clone()),
            _ => return fail(40156, "the count field must be a non-empty string"),
        },
        "$facet" => {
            let Bson::Document(facets) = operand else {
                return fail(40169, "the $facet specification must be a non-empty object");
            };
            if facets.is_empty() {
                return fail(40169, "the $facet specification must be a non-empty object");
            }
            let parse = |(name, stages): (&String, &Bson)| Ok((name.clone(), Pipeline::parse_array(stages, "arguments to $facet", scope)?));
            Stage::Facet(facets.iter().map(parse).collect::<Result<Vec<_>>>()?)
        }
        "$bucket" => {
            for (name, operand) in &bucket::rewrite(operand)? {
                parse_stage(name, operand, scope, stages)?;
            }
            return Ok(());
        }
        "$fill" => {
            for (name, operand) in &super::fill::rewrite(operand)? {
                parse_stage(name, operand, scope, stages)?;
            }
            return Ok(());
        }
        "$bucketAuto" => Stage::BucketAuto(Box::new(BucketAuto::parse(operand, scope)?)),
        "$sortByCount" => {
            let is_expression = match operand {
                Bson::Document(inner) => inner.keys().next().is_some_and(|key| key.starts_with('$')),
                Bson::String(path) => path.starts_with('$'),
                _ => false,
            };
            if !is_expression {
                return fail(
                    40147,
                    "the sortByCount field must be defined as a $-prefixed path or an expression inside an object",
                );
            }
            parse_stage(
                "$group",
                &doc! { "_id": operand.clone(), "count": { "$sum": 1 } }.into(),
                scope,
                stages,
            )?;
            return parse_stage("$sort", &doc! { "count": -1 }.into(), scope, stages);
        }
        "$replaceRoot" => match operand {
            Bson::Document(given) if given.contains_key("newRoot") => {
                Stage::ReplaceRoot(Expression::parse(given.get("newRoot").unwrap_or(&Bson::Null), scope)?)
            }
            _ => return fail(40231, "no newRoot specified for the $replaceRoot stage"),
        },
        "$replaceWith" => Stage::ReplaceRoot(Expression::parse(operand, scope)?),
        "$redact" => Stage::Redact(Expression::parse(operand, scope)?),
        "$sample" => match operand {
            Bson::Document(given) => match given.get("size").and_then(whole) {
                Some(size) if size > 0 => Stage::Sample(size as usize),
                Some(_) => return fail(28747, "size argument to $sample must be a positive integer"),
                None => return fail(28749, "$sample stage must specify a size"),
            },
            _ => return fail(28745, "the $sample stage specification must be an object"),
        },
        "$unionWith" => match operand {
            Bson::String(collection) => Stage::UnionWith {
                collection: Some(collection.clone()),
                pipeline: Vec::new(),
            },
            Bson::Document(given) => {
                let pipeline = given
                    .get("pipeline")
                    .map_or(Ok(Vec::new()), |stages| documents(stages, "$unionWith pipeline"))?;
                Pipeline::parse(&pipeline, scope)?;
                Stage::UnionWith {
                    collection: given.get_str("coll").ok().map(str::to_owned),
                    pipeline,
                }
            }
            _ => return fail(9, "the $unionWith stage specification must be an object or string"),
        },
        "$setWindowFields" => Stage::Windows(Box::new(Windows::parse(operand, scope)?)),
        "$documents" => Stage::Documents(Expression::parse(operand, scope)?),
        "$collStats" | "$indexStats" | "$listLocalSessions" | "$listSessions" | "$currentOp" => {
            Stage::Statistics(name.to_owned(), operand.as_document().cloned().unwrap_or_default())
        }
        "$out" | "$merge" => Stage::Output(Box::new(Output::parse(name, operand, scope)?)),
        "$changeStream" => return fail(40573, "The $changeStream stage is only supported on replica sets"),
        _ => return fail(40324, format!("Unrecognized pipeline stage name: '{name}'")),
    };
    stages.push(stage);
    Ok(())
}

/// Says which stage a projection belongs to.
fn invalid<T>(name: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| {
        let code = crate::error::Code::from_number(error.code());
        crate::DocDbError::new(code, format!("Invalid {name} :: caused by :: {error}"))
    })
}

fn add_fields(given: &Document, prefix: &str, scope: &Scope, fields: &mut Vec<(String, Expression)>) -> Result<()> {
    for (name, value) in given {
        let path = format!("{prefix}{name}");
        if path.starts_with('$') || path.split('.').any(|step| step.starts_with('$')) {
            return fail(
                16410,
                format!("FieldPath field names may not start with '$'. Consider using $getField or $setField. Found '{path}'"),
            );
        }
        if path.split('.').any(str::is_empty) {
            return fail(15998, "FieldPath field names may not be empty strings.");
        }
        match value {
            Bson::Document(nested) if !nested.is_empty() && !nested.keys().any(|key| key.starts_with('$')) => {
                add_fields(nested, &format!("{path}."), scope, fields)?;
            }
            value => fields.push((path, Expression::parse(value, scope)?)),
        }
    }
    Ok(())
}
