//! String comparison by a language's rules; a store without aggregation has none, and carries no code for it
//! (MongoDB manual: "Collation").

#[cfg(feature = "aggregate")]
mod locale;
#[cfg(not(feature = "aggregate"))]
mod none;

#[cfg(feature = "aggregate")]
pub use locale::Collation;
#[cfg(feature = "aggregate")]
pub(crate) use locale::fold_text;
#[cfg(not(feature = "aggregate"))]
pub use none::Collation;
