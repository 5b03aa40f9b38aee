//! Projection documents to trees, with MongoDB's errors for what it refuses
//! (MongoDB manual: "Project Fields to Return from Query").

use bson::{Bson, Document};

use super::tree::{Leaf, Tree};
use super::{Kind, Projection};
use crate::error::{Code, DocDbError, Result};
use crate::filter::Filter;
use crate::number::truncated;
use crate::scope::Scope;
use crate::shell::{shell_value, type_name};

impl Projection {
    /// Parses a projection with the command's collation and variables.
    ///
    /// # Errors
    /// As [`Projection::parse`].
    pub fn parse_in(projection: &Document, scope: &Scope) -> Result<Self> {
        let mut parsed = Projection {
            kind: None,
            id: None,
            fields: Tree::default(),
            computed: Vec::new(),
            scores: Vec::new(),
        };
        parsed.add(projection, "", scope)?;
        Ok(parsed)
    }

    fn add(&mut self, projection: &Document, prefix: &str, scope: &Scope) -> Result<()> {
        for (name, value) in projection {
            let path = format!("{prefix}{name}");
            if path.is_empty() || path.split('.').any(str::is_empty) {
                let number = if path.ends_with('.') { 40353 } else { 15998 };
                return Err(DocDbError::new(
                    Code::Location(number),
                    "FieldPath field names may not be empty strings.",
                ));
            }
            if path.starts_with('$') {
                return Err(DocDbError::new(
                    Code::Location(16410),
                    format!("FieldPath field names may not start with '$'. Consider using $getField or $setField. Path: '{path}'"),
                ));
            }
            match value {
                Bson::Document(operators) if operators.is_empty() => {
                    return Err(DocDbError::new(
                        Code::Location(51270),
                        "An empty sub-projection is not a valid value. Found empty object at path",
                    ));
                }
                Bson::Document(operators) if operators.keys().next().is_some_and(|key| key.starts_with('$')) => {
                    self.add_operator(&path, operators, scope)?;
                }
                Bson::Document(nested) => self.add(nested, &format!("{path}."), scope)?,
                Bson::Boolean(include) => self.set(&path, *include)?,
                Bson::Int32(number) => self.set(&path, *number != 0)?,
                Bson::Int64(number) => self.set(&path, *number != 0)?,
                Bson::Double(number) => self.set(&path, *number != 0.0)?,
                Bson::Decimal128(number) => self.set(&path, number.to_string().parse::<f64>().is_ok_and(|number| number != 0.0))?,
                other => self.compute(&path, other, scope)?,
            }
        }
        Ok(())
    }

    fn add_operator(&mut self, path: &str, operators: &Document, scope: &Scope) -> Result<()> {
        let Some((operator, operand)) = operators.iter().next() else {
            return Ok(());
        };
        match operator.as_str() {
            "$slice" if !matches!(operand, Bson::Array(items) if items.iter().any(|item| !is_number(item))) => {
                self.fields.add(path, slice(operand)?);
                Ok(())
            }
            "$elemMatch" => {
                let Bson::Document(_) = operand else {
                    return Err(DocDbError::new(
                        Code::Location(31274),
                        format!("elemMatch: Invalid argument, object required, but got {}", type_name(operand)),
                    ));
                };
                if path.contains('.') {
                    return Err(DocDbError::new(
                        Code::Location(31275),
                        "Cannot use $elemMatch projection on a nested field",
                    ));
                }
                self.mix(path, Kind::Include)?;
                let mut inner = Document::new();
                inner.insert("value", bson::doc! { "$elemMatch": operand.clone() });
                self.fields.add(path, Leaf::ElemMatch(Box::new(Filter::parse_in(&inner, scope)?)));
                Ok(())
            }
            "$meta" => match operand {
                Bson::String(what) if what == "textScore" => {
                    self.scores.push(path.to_owned());
                    Ok(())
                }
                other => Err(DocDbError::new(
                    Code::Location(17308),
                    format!("Unsupported argument to $meta: {}", other.as_str().unwrap_or_default()),
                )),
            },
            _ => self.compute(path, &Bson::Document(operators.clone()), scope),
        }
    }

    fn compute(&mut self, path: &str, value: &Bson, scope: &Scope) -> Result<()> {
        self.mix(path, Kind::Include)?;
        let expression = crate::expression::Expression::parse(value, scope)?;
        if path == "_id" {
            self.id = Some(false);
        }
        self.computed.push((path.to_owned(), expression));
        Ok(())
    }

    fn set(&mut self, path: &str, include: bool) -> Result<()> {
        if path == "_id" {
            self.id = Some(include);
            return Ok(());
        }
        self.mix(path, if include { Kind::Include } else { Kind::Exclude })?;
        if let Some(array) = path.strip_suffix(".$") {
            self.fields.add(array, Leaf::Positional(array.to_owned()));
            return Ok(());
        }
        if path.split('.').any(|step| step == "$") {
            return Err(DocDbError::new(
                Code::Location(31394),
                format!(
                    "As of 4.4, it's illegal to specify positional operator in the middle of a path.Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent. ({path})"
                ),
            ));
        }
        if let Some(other) = self.fields.collides(path) {
            let (number, rest) = if other.len() < path.len() {
                (31249, format!(" remaining portion {}", &path[other.len() + 1..]))
            } else {
                (31250, String::new())
            };
            return Err(DocDbError::new(Code::Location(number), format!("Path collision at {path}{rest}")));
        }
        self.fields.add(path, Leaf::Whole);
        Ok(())
    }

    fn mix(&mut self, path: &str, kind: Kind) -> Result<()> {
        match (self.kind.unwrap_or(kind), kind) {
            (Kind::Include, Kind::Exclude) => Err(DocDbError::new(
                Code::Location(31254),
                format!("Cannot do exclusion on field {path} in inclusion projection"),
            )),
            (Kind::Exclude, Kind::Include) => Err(DocDbError::new(
                Code::Location(31253),
                format!("Cannot do inclusion on field {path} in exclusion projection"),
            )),
            _ => {
                self.kind = Some(kind);
                Ok(())
            }
        }
    }
}

fn is_number(value: &Bson) -> bool {
    matches!(value, Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_))
}

/// `5`, `-5`, `[10, 5]`, `[-10, 5]`.
fn slice(operand: &Bson) -> Result<Leaf> {
    let refuse = || {
        DocDbError::new(
            Code::Location(28667),
            format!(
                "Invalid $slice syntax. The given syntax {} did not match the find() syntax",
                shell_value(operand)
            ),
        )
    };
    match operand {
        Bson::Array(items) if items.len() == 2 => {
            let (Some(skip), Some(limit)) = (truncated(&items[0]), truncated(&items[1])) else {
                return Err(refuse());
            };
            if limit <= 0 {
                return Err(DocDbError::new(
                    Code::Location(28724),
                    format!("First argument to $slice must be positive, but got: {limit}"),
                ));
            }
            Ok(Leaf::Slice { skip: Some(skip), limit })
        }
        other => Ok(Leaf::Slice {
            skip: None,
            limit: truncated(other).ok_or_else(refuse)?,
        }),
    }
}
