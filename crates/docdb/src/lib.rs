//! A document store on BSON: collections, queries, updates, indexes, journal records.
