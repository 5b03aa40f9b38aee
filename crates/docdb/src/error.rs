//! What can go wrong, with the codes and texts that MongoDB gives.

use bson::{Bson, Document};

use crate::shell::shell_document;

pub type Result<T, E = DocDbError> = std::result::Result<T, E>;

macro_rules! codes {
    ($($name:ident = $number:literal,)*) => {
        /// MongoDB's error codes that this store gives (`src/mongo/base/error_codes.yml`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $($name,)*
            /// A place in the server's source: it has a number only.
            Location(i32),
        }

        impl Code {
            /// The number that drivers show as `code`.
            pub fn number(self) -> i32 {
                match self {
                    $(Code::$name => $number,)*
                    Code::Location(number) => number,
                }
            }

            /// The name that drivers show as `codeName`.
            pub fn name(self) -> String {
                match self {
                    $(Code::$name => stringify!($name).into(),)*
                    Code::Location(number) => format!("Location{number}"),
                }
            }

            /// The code of this number; one without a name here is a [`Code::Location`].
            pub fn from_number(number: i32) -> Self {
                match number {
                    $($number => Code::$name,)*
                    other => Code::Location(other),
                }
            }
        }
    };
}

codes! {
    InternalError = 1,
    BadValue = 2,
    HostUnreachable = 6,
    HostNotFound = 7,
    FailedToParse = 9,
    Unauthorized = 13,
    TypeMismatch = 14,
    Overflow = 15,
    InvalidLength = 16,
    ProtocolError = 17,
    AuthenticationFailed = 18,
    IllegalOperation = 20,
    InvalidBSON = 22,
    LockTimeout = 24,
    NamespaceNotFound = 26,
    IndexNotFound = 27,
    PathNotViable = 28,
    ConflictingUpdateOperators = 40,
    CursorNotFound = 43,
    NamespaceExists = 48,
    MaxTimeMSExpired = 50,
    DollarPrefixedFieldName = 52,
    InvalidIdField = 53,
    EmptyFieldName = 56,
    DottedFieldName = 57,
    CommandNotFound = 59,
    ImmutableField = 66,
    CannotCreateIndex = 67,
    IndexAlreadyExists = 68,
    InvalidOptions = 72,
    InvalidNamespace = 73,
    NodeNotFound = 74,
    WriteConcernFailed = 64,
    IndexOptionsConflict = 85,
    IndexKeySpecsConflict = 86,
    NetworkTimeout = 89,
    OperationFailed = 96,
    ShutdownInProgress = 91,
    DocumentValidationFailure = 121,
    NotAReplicaSet = 123,
    CommandNotSupported = 115,
    WriteConflict = 112,
    ConflictingOperationInProgress = 117,
    CommandNotSupportedOnView = 166,
    OptionNotSupportedOnView = 167,
    CannotIndexParallelArrays = 171,
    InvalidPipelineOperator = 168,
    PrimarySteppedDown = 189,
    InvalidIndexSpecificationOption = 197,
    QueryPlanKilled = 175,
    TransactionTooOld = 225,
    NoSuchTransaction = 251,
    TransactionCommitted = 256,
    OperationNotSupportedInTransaction = 263,
    JSInterpreterFailure = 139,
    ExceededMemoryLimit = 146,
    SnapshotUnavailable = 246,
    ConversionFailure = 241,
    ChangeStreamFatalError = 280,
    DataCorruptionDetected = 281,
    NoQueryExecutionPlans = 291,
    ChangeStreamHistoryLost = 286,
    BSONObjectTooLarge = 10334,
    DuplicateKey = 11000,
    InterruptedAtShutdown = 11600,
    Interrupted = 11601,
    NotWritablePrimary = 10107,
    InterruptedDueToReplStateChange = 11602,
    NotPrimaryNoSecondaryOk = 13435,
    NotPrimaryOrSecondary = 13436,
    OutOfDiskSpace = 14031,
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
    /// The collection's validator refuses the document.
    #[error("Document failed validation")]
    Validation(Box<FailedValidation>),
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

/// A document that the collection's validator refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedValidation {
    pub id: Bson,
    /// The rules that it breaks, as `errInfo.details` of MongoDB's error.
    pub details: Document,
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
            DocDbError::Command { code, .. } => code.number(),
            DocDbError::DuplicateKey(_) => 11000,
            DocDbError::Validation(_) => Code::DocumentValidationFailure.number(),
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
            DocDbError::Validation(_) => Code::DocumentValidationFailure.name(),
            DocDbError::Bson(_) => "InvalidBSON".into(),
            DocDbError::Json(_) => "FailedToParse".into(),
            DocDbError::Damaged(_) => "DataCorruptionDetected".into(),
        }
    }
}
