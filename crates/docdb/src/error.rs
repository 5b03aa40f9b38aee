//! What can go wrong, with the codes and texts that MongoDB gives.

use bson::Document;

use crate::shell::shell_document;

pub type Result<T, E = DocDbError> = std::result::Result<T, E>;

/// MongoDB's error codes that this store gives (`src/mongo/base/error_codes.yml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Code {
    BadValue = 2,
    FailedToParse = 9,
    TypeMismatch = 14,
    NamespaceNotFound = 26,
    IndexNotFound = 27,
    PathNotViable = 28,
    ConflictingUpdateOperators = 40,
    NamespaceExists = 48,
    InvalidIdField = 53,
    DollarPrefixedFieldName = 52,
    EmptyFieldName = 56,
    ImmutableField = 66,
    CannotCreateIndex = 67,
    InvalidOptions = 72,
    InvalidNamespace = 73,
    IndexOptionsConflict = 85,
    CannotIndexParallelArrays = 171,
    /// A number beside an inclusion that excludes.
    ExclusionInInclusion = 31254,
    /// A number beside an exclusion that includes.
    InclusionInExclusion = 31253,
    RegexInvalid = 51091,
}

impl Code {
    /// The name that drivers show as `codeName`.
    pub fn name(self) -> String {
        match self {
            Code::ExclusionInInclusion | Code::InclusionInExclusion | Code::RegexInvalid => {
                format!("Location{}", self as i32)
            }
            other => format!("{other:?}"),
        }
    }
}

/// Any failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum DocDbError {
    /// The command is wrong, or the documents do not allow it.
    #[error("{message}")]
    Command { code: Code, message: String },
    /// A unique index has the key already.
    #[error(
        "E11000 duplicate key error collection: {} index: {} dup key: {}",
        .0.namespace, .0.index, shell_document(&.0.key)
    )]
    DuplicateKey(Box<DuplicateKey>),
    /// Bytes that are not BSON.
    #[error("invalid BSON: {0}")]
    Bson(Box<bson::error::Error>),
    /// Text that is not Extended JSON.
    #[error("invalid Extended JSON: {0}")]
    Json(String),
    /// A journal record that cannot be read.
    #[error("damaged journal record: {0}")]
    Damaged(String),
}

/// What two documents may not both have.
#[derive(Debug, Clone, PartialEq)]
pub struct DuplicateKey {
    pub namespace: String,
    pub index: String,
    /// Field → 1 or -1 (`keyPattern` of drivers).
    pub pattern: Document,
    /// Field → the value that is there twice (`keyValue` of drivers).
    pub key: Document,
}

impl From<bson::error::Error> for DocDbError {
    fn from(error: bson::error::Error) -> Self {
        DocDbError::Bson(Box::new(error))
    }
}

impl DocDbError {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        DocDbError::Command {
            code,
            message: message.into(),
        }
    }

    pub(crate) fn bad_value(message: impl Into<String>) -> Self {
        Self::new(Code::BadValue, message)
    }

    pub(crate) fn parse(message: impl Into<String>) -> Self {
        Self::new(Code::FailedToParse, message)
    }

    pub(crate) fn mismatch(message: impl Into<String>) -> Self {
        Self::new(Code::TypeMismatch, message)
    }

    /// The number that drivers show as `code`.
    pub fn code(&self) -> i32 {
        match self {
            DocDbError::Command { code, .. } => *code as i32,
            DocDbError::DuplicateKey(_) => 11000,
            DocDbError::Bson(_) => 22,
            DocDbError::Json(_) => 9,
            DocDbError::Damaged(_) => 281,
        }
    }

    /// The name that drivers show as `codeName`.
    pub fn code_name(&self) -> String {
        match self {
            DocDbError::Command { code, .. } => code.name(),
            DocDbError::DuplicateKey(_) => "DuplicateKey".into(),
            DocDbError::Bson(_) => "InvalidBSON".into(),
            DocDbError::Json(_) => "FailedToParse".into(),
            DocDbError::Damaged(_) => "DataCorruptionDetected".into(),
        }
    }
}
