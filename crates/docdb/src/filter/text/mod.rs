//! `$text`: search by words; a store without aggregation has none, and carries no code for it (MongoDB manual: "$text").

#[cfg(not(feature = "aggregate"))]
mod none;
#[cfg(feature = "aggregate")]
mod search;

#[cfg(not(feature = "aggregate"))]
pub(crate) use none::{TextFields, TextQuery, fields_of, words};
#[cfg(feature = "aggregate")]
pub(crate) use search::{TextFields, TextQuery, fields_of, words};
