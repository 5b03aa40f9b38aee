//! Building, changing and dropping indexes (MongoDB manual: "Indexes").

use super::undo::Undo;
use super::{Namespace, Store};
use crate::error::{Code, DocDbError, Result};
use crate::index::IndexSpec;
use crate::journal::Entry;

impl Store {
    /// Builds an index; the same one again is no change.
    ///
    /// # Errors
    /// When another index has the name, or the documents break its uniqueness.
    pub fn create_index(&mut self, namespace: &Namespace, spec: IndexSpec) -> Result<()> {
        let collection = self.ensure(namespace)?;
        if let Some((known, _)) = collection.indexes().find(|(known, _)| {
            known.name == spec.name
                || (known.keys == spec.keys
                    && known.kinds == spec.kinds
                    && known.collation == spec.collation
                    && known.partial == spec.partial)
        }) {
            if *known == spec || known.name == "_id_" {
                return Ok(());
            }
            if known.name != spec.name {
                return Err(DocDbError::new(
                    Code::IndexOptionsConflict,
                    format!("Index already exists with a different name: {}", known.name),
                ));
            }
            if known.keys != spec.keys
                || known.unique != spec.unique
                || known.sparse != spec.sparse
                || known.partial != spec.partial
                || known.collation != spec.collation
            {
                return Err(DocDbError::new(
                    Code::IndexKeySpecsConflict,
                    format!(
                        "An existing index has the same name as the requested index. When index names are not specified, they are auto \
                         generated and can cause conflicts. Please refer to our documentation. Requested index: {}, existing index: {}",
                        crate::shell_document(&spec.to_document()),
                        crate::shell_document(&known.to_document())
                    ),
                ));
            }
            return Err(DocDbError::new(
                Code::IndexOptionsConflict,
                format!(
                    "An equivalent index already exists with the same name but different options. Requested index: {}, existing index: {}",
                    crate::shell_document(&spec.to_document()),
                    crate::shell_document(&known.to_document())
                ),
            ));
        }
        collection.add_index(namespace, spec.clone())?;
        let undo = Undo::RemoveIndex {
            namespace: namespace.clone(),
            name: spec.name.clone(),
        };
        self.commit(
            Entry::CreateIndex {
                namespace: namespace.clone(),
                spec,
            },
            undo,
        )
    }

    /// Drops an index.
    ///
    /// # Errors
    /// When there is none of this name, or it is the one on `_id`.
    pub fn drop_index(&mut self, namespace: &Namespace, name: &str) -> Result<()> {
        if name == "_id_" {
            return Err(DocDbError::new(Code::InvalidOptions, "cannot drop _id index"));
        }
        let Some(collection) = self.collection_mut(namespace) else {
            return Err(DocDbError::new(Code::NamespaceNotFound, format!("ns not found {namespace}")));
        };
        let Some(spec) = collection.remove_index(name) else {
            return Err(DocDbError::new(Code::IndexNotFound, format!("index not found with name [{name}]")));
        };
        let entry = Entry::DropIndex {
            namespace: namespace.clone(),
            name: name.into(),
        };
        self.commit(
            entry,
            Undo::AddIndex {
                namespace: namespace.clone(),
                spec,
            },
        )
    }

    /// Changes the time to live or the visibility of an index.
    ///
    /// # Errors
    /// When there is no such index.
    pub fn change_index(
        &mut self,
        namespace: &Namespace,
        name: &str,
        expire_after_seconds: Option<i64>,
        hidden: Option<bool>,
    ) -> Result<()> {
        let changed = self.collection_mut(namespace).and_then(|collection| {
            collection.change_index(name, |spec| {
                spec.expire_after_seconds = expire_after_seconds.or(spec.expire_after_seconds);
                spec.hidden = hidden.unwrap_or(spec.hidden);
            })
        });
        let Some((before, spec)) = changed else {
            return Err(DocDbError::new(
                Code::IndexNotFound,
                format!("cannot find index {name} for ns {namespace}"),
            ));
        };
        self.commit(
            Entry::CreateIndex {
                namespace: namespace.clone(),
                spec,
            },
            Undo::AddIndex {
                namespace: namespace.clone(),
                spec: before,
            },
        )
    }
}
