//! How a query was answered, with the numbers that teach (MongoDB manual: "Explain Results").

use std::fmt;

use bson::Document;

/// Where the candidates came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Every document of the collection was read.
    CollectionScan,
    /// Only what the index of this name points to.
    IndexScan(String),
    /// One index per branch of an `$or`.
    IndexUnion(Vec<String>),
    /// The words of a text index.
    TextScan(String),
    /// The collection does not exist.
    EndOfFile,
}

/// The plan of one query and its cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub stage: Stage,
    pub keys_examined: u64,
    pub documents_examined: u64,
    pub returned: u64,
    /// The scans of indexes, as explanations write them: `keyPattern`, `indexBounds`, ….
    pub scans: Vec<Document>,
    /// Plans that lost.
    pub rejected: Vec<Document>,
    /// The documents were sorted after they were read.
    pub sorted: bool,
}

impl Plan {
    pub(crate) fn new(stage: Stage) -> Self {
        Plan {
            stage,
            keys_examined: 0,
            documents_examined: 0,
            returned: 0,
            scans: Vec::new(),
            rejected: Vec::new(),
            sorted: false,
        }
    }
}

/// `IXSCAN email_1`, `COLLSCAN` or `EOF`.
impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stage::CollectionScan => formatter.write_str("COLLSCAN"),
            Stage::IndexScan(name) => write!(formatter, "IXSCAN {name}"),
            Stage::IndexUnion(names) => write!(formatter, "OR {}", names.join(" ")),
            Stage::TextScan(name) => write!(formatter, "TEXT_MATCH {name}"),
            Stage::EndOfFile => formatter.write_str("EOF"),
        }
    }
}
