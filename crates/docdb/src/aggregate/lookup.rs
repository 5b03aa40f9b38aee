//! Stages that read other collections (MongoDB manual: "$lookup", "$graphLookup", "$unionWith").

use std::borrow::Cow;
use std::collections::HashMap;

use bson::{Bson, Document, RawArrayBuf, RawBsonRef, RawDocument, RawDocumentBuf, doc};

use super::parse::documents;
use super::run::{Reader, Source};
use super::{Overlay, Pipeline};
use crate::budget::Held;
use crate::error::Result;
use crate::expression::value::fail;
use crate::expression::{Expression, Value};
use crate::filter::Filter;
use crate::key;
use crate::path::Path;
use crate::scope::Scope;
use crate::shell::type_name;

#[derive(Debug)]
pub(crate) struct Lookup {
    from: Option<String>,
    into: String,
    fields: Option<(Path, Path)>,
    variables: Vec<(String, Expression)>,
    pipeline: Option<Vec<Document>>,
}

impl Lookup {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(
                9,
                format!("the $lookup specification must be an Object, but found {}", type_name(operand)),
            );
        };
        if let Some(unknown) = given.keys().find(|key| {
            !matches!(
                key.as_str(),
                "from" | "as" | "localField" | "foreignField" | "let" | "pipeline" | "_internalUnwind"
            )
        }) {
            return fail(9, format!("unknown argument to $lookup: {unknown}"));
        }
        let Ok(into) = given.get_str("as") else {
            return fail(9, "must specify 'as' field for a $lookup");
        };
        let fields = match (given.get_str("localField"), given.get_str("foreignField")) {
            (Ok(local), Ok(foreign)) => Some((Path::new(local), Path::new(foreign))),
            (Err(_), Err(_)) if given.contains_key("pipeline") => None,
            _ if given.contains_key("pipeline") => {
                return fail(
                    9,
                    "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
                );
            }
            _ => {
                return fail(
                    9,
                    "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
                );
            }
        };
        let pipeline = given.get("pipeline").map(|stages| documents(stages, "'pipeline'")).transpose()?;
        if given.get_str("from").is_err() && pipeline.is_none() {
            return fail(9, "missing 'from' option to $lookup stage specification");
        }
        let mut variables = Vec::new();
        let mut probe = scope.clone();
        if let Some(Bson::Document(lets)) = given.get("let") {
            for (name, value) in lets {
                variables.push((name.clone(), Expression::parse(value, scope)?));
                probe.variables.insert(name, Bson::Null);
            }
        }
        if let Some(stages) = &pipeline {
            Pipeline::parse(stages, &probe)?;
        }
        Ok(Lookup {
            from: given.get_str("from").ok().map(str::to_owned),
            into: into.to_owned(),
            fields,
            variables,
            pipeline,
        })
    }

    pub(super) fn run<'d>(&self, rows: Vec<Cow<'d, RawDocument>>, reader: &Reader<'_>) -> Result<Vec<Cow<'d, RawDocument>>> {
        let foreign = match &self.from {
            Some(from) => reader.all(from)?,
            None => Vec::new(),
        };
        let places = self.fields.as_ref().map(|(_, path)| index(&foreign, path, reader.scope));
        let (mut results, mut held) = (Vec::with_capacity(rows.len()), Held::default());
        for row in rows {
            let mut found: Vec<&RawDocument> = match (&self.fields, &places) {
                (Some((local, _)), Some(places)) => partners(&row, local, places, reader.scope)
                    .into_iter()
                    .map(|place| &*foreign[place])
                    .collect(),
                _ => foreign.iter().map(|document| &**document).collect(),
            };
            let mut items = RawArrayBuf::new();
            if let Some(stages) = &self.pipeline {
                let mut scope = reader.scope.clone();
                for (name, expression) in &self.variables {
                    let value = expression.evaluate(&row)?;
                    scope.variables.insert(name, Bson::try_from(value.or_null())?);
                }
                let pipeline = Pipeline::parse(stages, &scope)?;
                let inner = reader.within(&scope);
                let source = found.drain(..).map(Cow::Borrowed).collect();
                for document in pipeline.run(Source::Rows(source), &inner)?.0 {
                    held.add(document.as_bytes().len())?;
                    items.push(RawBsonRef::Document(&document));
                }
            } else {
                for document in found {
                    held.add(document.as_bytes().len())?;
                    items.push(RawBsonRef::Document(document));
                }
            }
            let mut overlay = Overlay::default();
            overlay.set(&self.into, Some(items.into()));
            results.push(Cow::Owned(overlay.apply(&row)));
        }
        Ok(results)
    }
}

type Places = HashMap<Vec<u8>, Vec<usize>>;

/// Key → documents that have it at the path.
fn index(documents: &[Cow<'_, RawDocument>], path: &Path, scope: &Scope) -> Places {
    let mut places = Places::new();
    for (place, document) in documents.iter().enumerate() {
        path.any_expanded(document, &mut |value| {
            let mut bytes = Vec::new();
            key::write(&mut bytes, value, scope.collation);
            let known = places.entry(bytes).or_default();
            if known.last() != Some(&place) {
                known.push(place);
            }
            false
        });
    }
    places
}

/// The documents whose key is a value of the row; a missing field finds null and missing ones.
fn partners(row: &RawDocument, path: &Path, places: &Places, scope: &Scope) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut any = false;
    let mut add = |value: Option<RawBsonRef>| {
        let mut bytes = Vec::new();
        key::write(&mut bytes, value, scope.collation);
        found.extend(places.get(&bytes).into_iter().flatten());
    };
    path.any(row, &mut |value| {
        any = true;
        match value {
            Some(RawBsonRef::Array(items)) => items.into_iter().flatten().for_each(|item| add(Some(item))),
            other => add(other),
        }
        false
    });
    if !any {
        add(None);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[derive(Debug)]
pub(crate) struct GraphLookup {
    from: String,
    into: String,
    start: Expression,
    connect_from: Vec<String>,
    connect_to: Path,
    most_depth: Option<i64>,
    depth_field: Option<String>,
    restriction: Option<Filter>,
}

impl GraphLookup {
    pub(super) fn parse(operand: &Bson, scope: &Scope) -> Result<Self> {
        let Bson::Document(given) = operand else {
            return fail(40327, "the $graphLookup stage specification must be an object");
        };
        let text = |name: &str| match given.get(name) {
            Some(Bson::String(text)) => Ok(text.clone()),
            _ => fail(
                40105,
                "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
            ),
        };
        Ok(GraphLookup {
            from: text("from")?,
            into: text("as")?,
            start: Expression::parse(given.get("startWith").unwrap_or(&Bson::Null), scope)?,
            connect_from: text("connectFromField")?.split('.').map(str::to_owned).collect(),
            connect_to: Path::new(&text("connectToField")?),
            most_depth: match given.get("maxDepth") {
                None => None,
                Some(depth) => match crate::number::whole(depth) {
                    Some(depth) if depth >= 0 => Some(depth),
                    _ => return fail(40101, "maxDepth requires a nonnegative argument"),
                },
            },
            depth_field: given.get_str("depthField").ok().map(str::to_owned),
            restriction: match given.get("restrictSearchWithMatch") {
                Some(Bson::Document(filter)) => Some(Filter::parse_in(filter, scope)?),
                _ => None,
            },
        })
    }

    pub(super) fn run<'d>(&self, rows: Vec<Cow<'d, RawDocument>>, reader: &Reader<'_>) -> Result<Vec<Cow<'d, RawDocument>>> {
        let mut foreign = reader.all(&self.from)?;
        if let Some(filter) = &self.restriction {
            foreign.retain(|document| filter.matches(document));
            filter.check()?;
        }
        let places = index(&foreign, &self.connect_to, reader.scope);
        let (mut results, mut held) = (Vec::with_capacity(rows.len()), Held::default());
        for row in rows {
            let mut met = vec![false; foreign.len()];
            let mut items = RawArrayBuf::new();
            let start = self.start.evaluate(&row)?.into_owned();
            let mut frontier = spread(start);
            let mut depth = 0;
            while !frontier.is_empty() && self.most_depth.is_none_or(|most| depth <= most) {
                let mut next = Vec::new();
                for value in frontier {
                    let bytes = key::of(value.or_null(), reader.scope.collation);
                    for place in places.get(&bytes).into_iter().flatten() {
                        if std::mem::replace(&mut met[*place], true) {
                            continue;
                        }
                        let document = &foreign[*place];
                        held.add(document.as_bytes().len())?;
                        match &self.depth_field {
                            Some(field) => {
                                let mut overlay = Overlay::default();
                                overlay.set(field, Some(bson::RawBson::Int64(depth)));
                                items.push(overlay.apply(document));
                            }
                            None => items.push(RawBsonRef::Document(document)),
                        }
                        let onward = Expression::Field(self.connect_from.clone());
                        next.extend(spread(onward.evaluate(document)?.into_owned()));
                    }
                }
                frontier = next;
                depth += 1;
            }
            let mut overlay = Overlay::default();
            overlay.set(&self.into, Some(items.into()));
            results.push(Cow::Owned(overlay.apply(&row)));
        }
        Ok(results)
    }
}

/// The items of an array, or the value itself.
fn spread(value: Value<'static>) -> Vec<Value<'static>> {
    match value.items() {
        Some(items) => items.into_iter().map(|item| Value::Owned(item.into())).collect(),
        None if value.get().is_none() => Vec::new(),
        None => vec![value],
    }
}

/// `$count`, `$facet` and the like make documents of their own.
pub(super) fn one_field(name: &str, value: impl Into<Bson>) -> Result<RawDocumentBuf> {
    Ok(RawDocumentBuf::try_from(&doc! { name: value.into() })?)
}
