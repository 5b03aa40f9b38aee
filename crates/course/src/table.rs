//! A map by name as a sorted list. A `BTreeMap` brings some 6 KB of code for each type of value, and the page's maps are small.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Values by name, in the order of the names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<V>(Vec<(String, V)>);

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Table<V> {
    /// The place of a name, or where it belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    pub fn get(&self, name: &str) -> Option<&V> {
        self.place(name).ok().map(|at| &self.0[at].1)
    }

    pub fn insert(&mut self, name: String, value: V) {
        match self.place(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    pub fn remove(&mut self, name: &str) {
        if let Ok(at) = self.place(name) {
            self.0.remove(at);
        }
    }

    pub fn retain(&mut self, keep: impl Fn(&V) -> bool) {
        self.0.retain(|(_, value)| keep(value));
    }

    pub fn iter(&self) -> impl Iterator<Item = (&String, &V)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in all of another; where both have a value, the other's.
    pub fn extend(&mut self, other: Self) {
        for (name, value) in other {
            self.insert(name, value);
        }
    }
}

impl<V: Default> Table<V> {
    /// The value of a name, which begins as the default one.
    pub fn at(&mut self, name: &str) -> &mut V {
        let at = self.place(name).unwrap_or_else(|at| {
            self.0.insert(at, (name.to_owned(), V::default()));
            at
        });
        &mut self.0[at].1
    }
}

impl<V> IntoIterator for Table<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V> FromIterator<(String, V)> for Table<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(values: I) -> Self {
        let mut table = Self::default();
        for (name, value) in values {
            table.insert(name, value);
        }
        table
    }
}

impl<V: Serialize> Serialize for Table<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Table<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
    type Value = Table<V>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut table = Table::default();
        while let Some((name, value)) = entries.next_entry()? {
            table.insert(name, value);
        }
        Ok(table)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_map() {
        let mut table: Table<u32> = [("b", 2), ("a", 1), ("b", 3)]
            .map(|(name, value)| (name.to_owned(), value))
            .into_iter()
            .collect();
        assert_eq!((table.get("a"), table.get("b"), table.get("c")), (Some(&1), Some(&3), None));
        *table.at("c") += 5;
        *table.at("a") += 5;
        table.remove("b");
        table.remove("none");
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(text, r#"{"a":6,"c":5}"#);
        assert_eq!(crate::json::read::<Table<u32>>(&text).unwrap(), table);
        let mut other = Table::default();
        other.insert("a".to_owned(), 1);
        table.extend(other);
        table.retain(|value| *value < 5);
        assert_eq!(table.iter().collect::<Vec<_>>(), [(&"a".to_owned(), &1)]);
        assert!(!table.is_empty());
    }
}
