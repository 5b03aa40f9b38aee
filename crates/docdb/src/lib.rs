//! A document store on BSON: collections, queries, updates, indexes, journal records.
//!
//! The store is memory only and has neither a clock nor randomness: time and new ids come from an
//! [`Ambient`], and every committed change leaves as a journal record ([`Store::take_records`]).
//!
//! ```
//! use backlab_docdb::{bson::{doc, oid::ObjectId}, Ambient, Find, Namespace, Store};
//!
//! struct Fixed;
//! impl Ambient for Fixed {
//!     fn now_ms(&mut self) -> i64 { 0 }
//!     fn object_id(&mut self) -> ObjectId { ObjectId::from_bytes([7; 12]) }
//! }
//!
//! let users = Namespace::new("shop", "users");
//! let mut store = Store::default();
//! store.insert(&users, vec![doc! { "name": "Asha", "age": 31 }], &mut Fixed)?;
//! let found = store.find(&users, &Find { filter: doc! { "age": { "$gt": 30 } }, ..Find::default() })?;
//! assert_eq!(found.documents.len(), 1);
//! assert_eq!(store.take_records()?.len(), 2); // the collection, and the document in it
//! # Ok::<(), backlab_docdb::DocDbError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod aggregate;
mod archive;
mod budget;
mod collation;
mod collection;
mod compare;
mod crc;
pub mod error;
mod expression;
pub mod extjson;
pub mod filter;
mod index;
pub mod javascript;
pub mod journal;
mod key;
mod number;
mod path;
mod plan;
mod projection;
pub mod pure;
mod raw;
mod recovery;
mod scope;
pub mod server;
mod shell;
mod sort;
mod store;
mod update;
pub mod wire;

pub use aggregate::Aggregated;
pub use bson;
pub use collation::Collation;
pub use collection::{Ambient, Collection, Hint};
pub use compare::{compare, equal};
pub use error::{Code, DocDbError, DuplicateKey, FailedValidation, Result};
pub use filter::Filter;
pub use index::IndexSpec;
pub use plan::{Plan, Stage};
pub use projection::Projection;
pub use recovery::{Damage, Recovery};
pub use scope::Scope;
pub use shell::{shell_document, shell_value};
pub use sort::Sort;
pub use store::{Change, DeleteSpec, Deleted, Distinct, Event, Find, Found, Inserted, Namespace, Store, UpdateSpec, Updated};
pub use update::{Occasion, Update};
