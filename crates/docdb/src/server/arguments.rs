//! A command's name and arguments, read from its body (MongoDB manual: "Database Commands").

use std::borrow::Cow;

use bson::{Bson, Document, RawDocument};

use crate::collation::Collation;
use crate::collection::Hint;
use crate::error::{Code, DocDbError, Result};
use crate::scope::Scope;
use crate::shell::type_name;
use crate::store::{Namespace, Store};
use crate::wire::Request;

/// What any command may carry besides its own arguments.
pub(super) const GENERIC: [&str; 16] = [
    "$db",
    "lsid",
    "txnNumber",
    "startTransaction",
    "autocommit",
    "$readPreference",
    "$clusterTime",
    "apiVersion",
    "apiStrict",
    "apiDeprecationErrors",
    "comment",
    "writeConcern",
    "readConcern",
    "maxTimeMS",
    "rawData",
    "$audit",
];

/// A command.
pub(super) struct Call<'m> {
    pub(super) name: &'m str,
    pub(super) database: String,
    pub(super) body: Document,
    request: &'m Request<'m>,
}

/// Lists that come as documents of their own, not decoded with the body.
const LISTS: [&str; 4] = ["documents", "updates", "deletes", "ops"];

impl<'m> Call<'m> {
    pub(super) fn parse(request: &'m Request<'m>) -> Result<Self> {
        let mut body = Document::new();
        let mut name = None;
        for element in request.body {
            let (key, value) = element?;
            if name.is_none() {
                name = Some(key.as_str());
            }
            if !(LISTS.contains(&key.as_str()) && matches!(value, bson::RawBsonRef::Array(_))) {
                body.insert(key.as_str(), Bson::try_from(value)?);
            }
        }
        let database = match (request.legacy_database, body.get("$db")) {
            (Some(database), _) => database.to_owned(),
            (None, Some(Bson::String(database))) => database.clone(),
            _ => {
                return Err(DocDbError::new(Code::Location(40571), "OP_MSG requests require a $db argument"));
            }
        };
        Ok(Call {
            name: name.ok_or_else(|| DocDbError::new(Code::CommandNotFound, "no such command: ''"))?,
            database,
            body,
            request,
        })
    }

    pub(super) fn check_database(&self) -> Result<()> {
        if self.database == "$external" {
            return Ok(());
        }
        Namespace::new(&self.database, "c").check()
    }

    /// The collection that the command is about.
    pub(super) fn namespace(&self) -> Result<Namespace> {
        match self.body.get(self.name) {
            Some(Bson::String(collection)) => {
                let namespace = Namespace::new(&self.database, collection);
                namespace.check()?;
                Ok(namespace)
            }
            other => Err(DocDbError::new(
                Code::InvalidNamespace,
                format!("collection name has invalid type {}", other.map_or("missing", type_name)),
            )),
        }
    }

    /// The documents of a list, from the body or a document sequence.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Cow<'m, RawDocument>>> {
        self.request.documents(name)?.ok_or_else(|| {
            DocDbError::new(
                Code::Location(40414),
                format!("BSON field '{}.{name}' is missing but a required field", self.name),
            )
        })
    }

    /// The first two documents of a list: enough to say what a command is about.
    pub(super) fn start_of(&self, name: &str) -> Vec<Document> {
        let list = self.request.documents_up_to(name, 2).ok().flatten().unwrap_or_default();
        list.iter()
            .filter_map(|document| Document::try_from(document.as_ref()).ok())
            .collect()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        truth(self.body.get(name))
    }

    /// A document argument; the empty one when it was not given.
    pub(super) fn document(&self, name: &str) -> Result<Document> {
        document_of(&self.body, name, self.name)
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<i64>> {
        number_of(&self.body, name, self.name)
    }

    /// Collation, `let` and the time.
    pub(super) fn scope(&self, store: &Store, namespace: Option<&Namespace>, now_ms: i64) -> Result<Scope> {
        scope_of(&self.body, store, namespace, now_ms)
    }
}

pub(super) fn document_of(given: &Document, name: &str, command: &str) -> Result<Document> {
    match given.get(name) {
        None | Some(Bson::Null | Bson::Undefined) => Ok(Document::new()),
        Some(Bson::Document(document)) => Ok(document.clone()),
        Some(other) => Err(DocDbError::mismatch(format!(
            "BSON field '{command}.{name}' is the wrong type '{}', expected type 'object'",
            type_name(other)
        ))),
    }
}

pub(super) fn number_of(given: &Document, name: &str, command: &str) -> Result<Option<i64>> {
    match given.get(name) {
        None | Some(Bson::Null | Bson::Undefined) => Ok(None),
        Some(Bson::Int32(number)) => Ok(Some((*number).into())),
        Some(Bson::Int64(number)) => Ok(Some(*number)),
        Some(Bson::Double(number)) => Ok(Some(*number as i64)),
        Some(other) => Err(DocDbError::mismatch(format!(
            "BSON field '{command}.{name}' is the wrong type '{}', expected types '[long, int, decimal, double]'",
            type_name(other)
        ))),
    }
}

pub(super) fn truth(value: Option<&Bson>) -> bool {
    match value {
        Some(Bson::Boolean(truth)) => *truth,
        Some(Bson::Int32(number)) => *number != 0,
        Some(Bson::Int64(number)) => *number != 0,
        Some(Bson::Double(number)) => *number != 0.0,
        _ => false,
    }
}

pub(super) fn documents_of(value: Option<&Bson>, what: &str) -> Result<Vec<Document>> {
    match value {
        None => Ok(Vec::new()),
        Some(Bson::Array(items)) => items
            .iter()
            .map(|item| match item {
                Bson::Document(document) => Ok(document.clone()),
                _ => Err(DocDbError::mismatch(format!(
                    "Each element of the '{what}' array must be an object"
                ))),
            })
            .collect(),
        Some(_) => Err(DocDbError::mismatch(format!("'{what}' option must be specified as an array"))),
    }
}

pub(super) fn hint_of(given: &Document) -> Result<Option<Hint>> {
    Ok(match given.get("hint") {
        None | Some(Bson::Null | Bson::Undefined) => None,
        Some(Bson::String(name)) => Some(Hint::Name(name.clone())),
        Some(Bson::Document(pattern)) if pattern.is_empty() => None,
        Some(Bson::Document(pattern)) => Some(match pattern.get("$natural") {
            Some(direction) => Hint::Natural {
                backward: matches!(direction, Bson::Int32(-1) | Bson::Int64(-1)) || direction == &Bson::Double(-1.0),
            },
            None => Hint::Pattern(pattern.clone()),
        }),
        Some(_) => return Err(DocDbError::parse("Hint must be a string or an object")),
    })
}

/// The collation is the command's own, or else the collection's.
pub(super) fn scope_of(given: &Document, store: &Store, namespace: Option<&Namespace>, now_ms: i64) -> Result<Scope> {
    let own = given
        .get("collation")
        .and_then(Bson::as_document)
        .filter(|collation| !collation.is_empty());
    let inherited = namespace
        .and_then(|namespace| store.collection(namespace))
        .and_then(|collection| collection.options().get_document("collation").ok());
    let mut scope = Scope {
        collation: match own.or(inherited) {
            Some(collation) => Collation::parse(collation)?,
            None => None,
        },
        variables: Document::new(),
        now_ms,
    };
    for (name, value) in document_of(given, "let", "command")? {
        let expression = crate::expression::Expression::parse(&value, &scope)?;
        let empty = bson::RawDocumentBuf::new();
        let value = expression.evaluate(&empty)?;
        let value = value.into_raw().map_or(Ok(Bson::Null), Bson::try_from)?;
        scope.variables.insert(name, value);
    }
    Ok(scope)
}
