//! A query as it is typed, and as the database is asked it.

use serde_json::Value;

use super::filter;
use super::suggest::Part;
use super::words;
use crate::i18n::{Message, Texts};
use crate::state::protocol::DataCommand;

/// The texts of the query bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryText {
    pub filter: String,
    pub projection: String,
    pub sort: String,
}

/// Empty parts are empty documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    pub filter: Value,
    pub projection: Value,
    pub sort: Value,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub part: Part,
    pub why: String,
}

impl QueryText {
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Filter => &self.filter,
            Part::Projection => &self.projection,
            Part::Sort => &self.sort,
        }
    }

    pub fn with(&self, part: Part, text: String) -> Self {
        let mut changed = self.clone();
        match part {
            Part::Filter => changed.filter = text,
            Part::Projection => changed.projection = text,
            Part::Sort => changed.sort = text,
        }
        changed
    }

    pub fn read(&self) -> Result<Query, Mistake> {
        let read = |part: Part| {
            let fields = filter::object(self.part(part)).map_err(|why| Mistake { part, why })?;
            Ok(Value::Object(fields))
        };
        Ok(Query {
            filter: read(Part::Filter)?,
            projection: read(Part::Projection)?,
            sort: read(Part::Sort)?,
        })
    }
}

impl Query {
    fn given(value: &Value) -> Option<Value> {
        value.as_object().filter(|fields| !fields.is_empty()).map(|_| value.clone())
    }

    pub fn find(&self, collection: &str, skip: usize, limit: usize) -> DataCommand {
        DataCommand::Find {
            collection: collection.to_owned(),
            filter: self.filter.clone(),
            projection: Self::given(&self.projection),
            sort: Self::given(&self.sort),
            skip: u32::try_from(skip).ok(),
            limit: u32::try_from(limit).ok(),
        }
    }

    pub fn explain(&self, collection: &str) -> DataCommand {
        super::store::on(collection, |name| {
            let mut find = serde_json::json!({ "find": name, "filter": self.filter });
            for (part, value) in [("projection", &self.projection), ("sort", &self.sort)] {
                if let Some(value) = Self::given(value) {
                    find[part] = value;
                }
            }
            serde_json::json!({ "explain": find, "verbosity": "executionStats" })
        })
    }
}

impl Mistake {
    pub fn sentence(&self, texts: &Texts) -> String {
        let message: &Message = match self.part {
            Part::Filter => &words::WRONG_FILTER,
            Part::Projection => &words::WRONG_FIELDS,
            Part::Sort => &words::WRONG_SORT,
        };
        texts.fill(message, &[("why", &self.why)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reading() {
        let text = QueryText {
            filter: "{ age: { $gt: 3 } }".into(),
            sort: "{ age: -1 }".into(),
            ..QueryText::default()
        };
        let query = text.read().unwrap();
        assert_eq!(
            query.find("shop.users", 100, 50),
            DataCommand::Find {
                collection: "shop.users".into(),
                filter: json!({ "age": { "$gt": 3 } }),
                projection: None,
                sort: Some(json!({ "age": -1 })),
                skip: Some(100),
                limit: Some(50),
            }
        );
        let DataCommand::Command { database, command } = query.explain("shop.users") else {
            panic!("a command")
        };
        assert_eq!(
            (database.as_str(), command),
            (
                "shop",
                json!({ "explain": { "find": "users", "filter": { "age": { "$gt": 3 } }, "sort": { "age": -1 } }, "verbosity": "executionStats" })
            )
        );
        let wrong = text.with(Part::Sort, "[1]".into()).read().unwrap_err();
        assert_eq!(
            wrong.sentence(&Texts::default()),
            "Expected an object in braces. A sort looks like { age: -1 }."
        );
    }
}
