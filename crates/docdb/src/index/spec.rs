//! What an index is made of (MongoDB manual: "createIndexes").

use bson::{Bson, Document};

use crate::collation::Collation;
use crate::error::{Code, DocDbError, Result};
use crate::filter::Filter;
use crate::shell::{shell_document, shell_value, type_name};

/// What an index is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexSpec {
    /// `email_1`, `author_1_year_-1`.
    pub name: String,
    /// Path and direction, 1 or -1.
    pub keys: Vec<(String, i32)>,
    pub unique: bool,
    /// Leaves out documents that have none of the fields.
    pub sparse: bool,
    /// Only documents that fit are in it.
    pub partial: Option<Document>,
    /// Documents go this many seconds after the date in the field.
    pub expire_after_seconds: Option<i64>,
    pub collation: Option<Collation>,
    /// Queries do not use it.
    pub hidden: bool,
    /// Path → `text`, `2dsphere`, `hashed`, … for the keys that are not 1 or -1.
    pub kinds: Vec<(String, String)>,
    /// Further options as they were given, such as `weights`.
    pub extra: Document,
}

/// Options that are kept and shown, and change nothing here.
const KEPT: [&str; 13] = [
    "weights",
    "default_language",
    "language_override",
    "textIndexVersion",
    "2dsphereIndexVersion",
    "bits",
    "min",
    "max",
    "wildcardProjection",
    "storageEngine",
    "prepareUnique",
    "clustered",
    "coarsestIndexedLevel",
];
const KINDS: [&str; 4] = ["text", "2dsphere", "2d", "hashed"];

impl IndexSpec {
    /// An index with MongoDB's own name for these keys.
    pub fn new(keys: &[(&str, i32)]) -> Self {
        let name = keys
            .iter()
            .map(|(path, direction)| format!("{path}_{direction}"))
            .collect::<Vec<_>>()
            .join("_");
        let keys = keys.iter().map(|(path, direction)| ((*path).to_owned(), *direction)).collect();
        IndexSpec {
            name,
            keys,
            unique: false,
            sparse: false,
            partial: None,
            expire_after_seconds: None,
            collation: None,
            hidden: false,
            kinds: Vec::new(),
            extra: Document::new(),
        }
    }

    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    pub(crate) fn id() -> Self {
        IndexSpec {
            name: "_id_".into(),
            ..IndexSpec::new(&[("_id", 1)]).unique()
        }
    }

    pub(crate) fn is_text(&self) -> bool {
        self.kinds.iter().any(|(_, kind)| kind == "text")
    }

    pub(crate) fn text_paths(&self) -> Vec<String> {
        let of_kind = self.kinds.iter().filter(|(_, kind)| kind == "text");
        of_kind.map(|(path, _)| path.clone()).collect()
    }

    /// Tells whether ranges and sorts can be answered from it.
    pub(crate) fn is_ordered(&self) -> bool {
        self.kinds.is_empty() && !self.hidden && !self.keys.iter().any(|(path, _)| path.contains("$**"))
    }

    /// `{ v: 2, key: { email: 1 }, name: "email_1", unique: true }`.
    pub fn to_document(&self) -> Document {
        let key = if self.is_text() { self.text_pattern() } else { self.pattern() };
        let mut document = bson::doc! { "v": 2, "key": key, "name": &self.name };
        if self.unique && self.name != "_id_" {
            document.insert("unique", true);
        }
        if self.sparse {
            document.insert("sparse", true);
        }
        if let Some(partial) = &self.partial {
            document.insert("partialFilterExpression", partial.clone());
        }
        if let Some(seconds) = self.expire_after_seconds {
            document.insert(
                "expireAfterSeconds",
                i32::try_from(seconds).map_or(Bson::Int64(seconds), Bson::Int32),
            );
        }
        if let Some(collation) = self.collation {
            document.insert("collation", collation.to_document());
        }
        if self.hidden {
            document.insert("hidden", true);
        }
        document.extend(self.extra.clone());
        if self.is_text() {
            let weights: Vec<(String, Bson)> = self
                .text_paths()
                .into_iter()
                .map(|path| {
                    let given = self.extra.get_document("weights").ok().and_then(|weights| weights.get(&path));
                    let weight = given.cloned().unwrap_or(Bson::Int32(1));
                    (path, weight)
                })
                .collect();
            let weights = crate::key::in_order(weights, |(path, _)| path.clone().into_bytes());
            document.insert("weights", weights.into_iter().collect::<Document>());
            for (name, value) in [("default_language", "english"), ("language_override", "language")] {
                if !document.contains_key(name) {
                    document.insert(name, value);
                }
            }
            document.insert("textIndexVersion", 3);
        }
        document
    }

    /// Reads what [`IndexSpec::to_document`] writes and what `createIndexes` is given.
    ///
    /// # Errors
    /// With MongoDB's code and text when a key or an option is wrong.
    pub fn from_document(document: &Document) -> Result<Self> {
        let Ok(pattern) = document.get_document("key") else {
            return Err(DocDbError::parse(
                "The 'key' field is a required property of an index specification",
            ));
        };
        if pattern.is_empty() {
            return Err(DocDbError::new(Code::CannotCreateIndex, "Index keys cannot be empty."));
        }
        let mut spec = IndexSpec::new(&[]);
        let mut name = Vec::new();
        for (path, direction) in pattern {
            match direction {
                _ if path == "_fts" || path == "_ftsx" => continue,
                Bson::String(kind) if KINDS.contains(&kind.as_str()) => {
                    spec.kinds.push((path.clone(), kind.clone()));
                    name.push(format!("{path}_{kind}"));
                    if kind != "text" {
                        spec.keys.push((path.clone(), 1));
                    }
                }
                other => {
                    let direction = direction_of(path, other, pattern)?;
                    spec.keys.push((path.clone(), direction));
                    name.push(format!("{path}_{}", shown_direction(other)));
                }
            }
        }
        spec.name = name.join("_");
        for (option, value) in document {
            spec.option(option, value)?;
        }
        if pattern.contains_key("_fts") {
            let weights = spec.extra.get_document("weights").cloned().unwrap_or_default();
            spec.kinds.extend(weights.keys().map(|path| (path.clone(), "text".to_owned())));
        }
        Ok(spec)
    }

    fn option(&mut self, option: &str, value: &Bson) -> Result<()> {
        let wrong = |expected: &str| {
            DocDbError::mismatch(format!(
                "The field '{option}' has value {option}: {}, which is not convertible to {expected}",
                shell_value(value)
            ))
        };
        match (option, value) {
            ("name", Bson::String(name)) => self.name = name.clone(),
            ("unique", value) => self.unique = truth(value).ok_or_else(|| wrong("bool"))?,
            ("sparse", value) => self.sparse = truth(value).ok_or_else(|| wrong("bool"))?,
            ("hidden", value) => self.hidden = truth(value).ok_or_else(|| wrong("bool"))?,
            ("partialFilterExpression", Bson::Document(filter)) => {
                Filter::parse(filter)?;
                self.partial = Some(filter.clone());
            }
            ("partialFilterExpression", other) => {
                return Err(DocDbError::mismatch(format!(
                    "The field 'partialFilterExpression' must be an object, but got {}",
                    type_name(other)
                )));
            }
            ("expireAfterSeconds", value) => {
                let seconds = match value {
                    Bson::Int32(seconds) => i64::from(*seconds),
                    Bson::Int64(seconds) => *seconds,
                    Bson::Double(seconds) => *seconds as i64,
                    _ => {
                        return Err(DocDbError::mismatch(format!(
                            "The field 'expireAfterSeconds' must be a number, but got {}",
                            type_name(value)
                        )));
                    }
                };
                if !(0..=i64::from(i32::MAX)).contains(&seconds) {
                    return Err(DocDbError::new(
                        Code::CannotCreateIndex,
                        "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than before",
                    ));
                }
                if self.keys.len() != 1 {
                    return Err(DocDbError::new(
                        Code::CannotCreateIndex,
                        format!(
                            "TTL indexes are single-field indexes, compound indexes do not support TTL. Index spec: {}",
                            shell_document(&self.pattern())
                        ),
                    ));
                }
                self.expire_after_seconds = Some(seconds);
            }
            ("collation", Bson::Document(collation)) => self.collation = Collation::parse(collation)?,
            ("key" | "v" | "background" | "ns" | "dropDups" | "safe" | "comment", _) => {}
            (kept, value) if KEPT.contains(&kept) => {
                self.extra.insert(kept, value.clone());
            }
            _ => {
                return Err(DocDbError::new(
                    Code::InvalidIndexSpecificationOption,
                    format!(
                        "The field '{option}' is not valid for an index specification. Specification: {}",
                        shell_document(&bson::doc! { "key": self.pattern(), "name": &self.name, option: value.clone() })
                    ),
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn pattern(&self) -> Document {
        let kind = |path: &String| {
            self.kinds
                .iter()
                .find(|(of, _)| of == path)
                .map(|(_, kind)| Bson::String(kind.clone()))
        };
        self.keys
            .iter()
            .map(|(path, direction)| (path.clone(), kind(path).unwrap_or(Bson::Int32(*direction))))
            .collect()
    }

    fn text_pattern(&self) -> Document {
        let mut pattern = bson::doc! { "_fts": "text", "_ftsx": 1 };
        pattern.extend(self.pattern());
        pattern
    }
}

fn direction_of(path: &str, value: &Bson, pattern: &Document) -> Result<i32> {
    let refuse = |text: String| Err(DocDbError::new(Code::CannotCreateIndex, text));
    let number = match value {
        Bson::Int32(number) => f64::from(*number),
        Bson::Int64(number) => *number as f64,
        Bson::Double(number) => *number,
        Bson::String(kind) => return refuse(format!("Unknown index plugin '{kind}'")),
        other => {
            return refuse(format!(
                "Values in v:2 index key pattern cannot be of type {}. Only numbers > 0, numbers < 0, and strings are allowed.",
                type_name(other)
            ));
        }
    };
    if path.is_empty() {
        return refuse("Index keys cannot be an empty field.".into());
    }
    if path.split('.').any(str::is_empty) {
        return refuse(format!(
            "Index key contains an illegal field name: '{path}' in {}",
            shell_document(pattern)
        ));
    }
    if number == 0.0 {
        return refuse("Values in the index key pattern cannot be 0.".into());
    }
    Ok(if number > 0.0 { 1 } else { -1 })
}

fn shown_direction(value: &Bson) -> String {
    match value {
        Bson::Double(number) => number.to_string(),
        other => shell_value(other),
    }
}

fn truth(value: &Bson) -> Option<bool> {
    match value {
        Bson::Boolean(truth) => Some(*truth),
        Bson::Int32(number) => Some(*number != 0),
        Bson::Int64(number) => Some(*number != 0),
        Bson::Double(number) => Some(*number != 0.0),
        Bson::Null | Bson::Undefined => Some(false),
        _ => None,
    }
}
