//! Collections by the database that they are in.

use crate::state::session::CollectionCard;

/// The database of the mock API, whose collections go by their names alone.
pub const MOCK: &str = "mock";

/// `shop.users` → `shop` and `users`; a name alone is one of the mock API's.
pub fn split_name(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or((MOCK, name))
}

/// A database with its collections.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub database: String,
    pub cards: Vec<CollectionCard>,
}

/// The learner's own databases first, the mock API's last.
pub fn groups(cards: &[CollectionCard]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for card in cards {
        let (database, _) = split_name(&card.name);
        match groups.iter_mut().find(|group| group.database == database) {
            Some(group) => group.cards.push(card.clone()),
            None => groups.push(Group {
                database: database.to_owned(),
                cards: vec![card.clone()],
            }),
        }
    }
    groups.sort_by_key(|group| (group.database == MOCK, group.database.clone()));
    groups
}

/// The collection to show: the chosen one, else the one that changed last, else the first of the learner's.
pub fn shown(cards: &[CollectionCard], chosen: Option<&str>, changed: Option<&str>) -> Option<String> {
    let there = |name: &&str| cards.iter().any(|card| card.name == *name);
    let first = || {
        groups(cards)
            .first()
            .and_then(|group| group.cards.first())
            .map(|card| card.name.clone())
    };
    chosen.filter(there).or(changed.filter(there)).map(str::to_owned).or_else(first)
}

/// A name for a new collection: a database, a dot, and the rest.
pub fn is_new_name(name: &str, cards: &[CollectionCard]) -> bool {
    let parts = name.split_once('.');
    parts.is_some_and(|(database, collection)| {
        !database.is_empty()
            && !collection.is_empty()
            && !database.contains(['/', '\\', ' ', '"', '$'])
            && !collection.contains('$')
            && !collection.starts_with("system.")
    }) && !cards.iter().any(|card| card.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(names: &[&str]) -> Vec<CollectionCard> {
        let card = |name: &&str| CollectionCard {
            name: (*name).to_owned(),
            ..CollectionCard::default()
        };
        names.iter().map(card).collect()
    }

    #[test]
    fn grouping() {
        let shown: Vec<String> = groups(&cards(&["books", "users", "shop.users", "blog.posts", "shop.a.b"]))
            .iter()
            .map(|group| {
                format!(
                    "{}: {}",
                    group.database,
                    group.cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>().join(" ")
                )
            })
            .collect();
        assert_eq!(shown, ["blog: blog.posts", "shop: shop.users shop.a.b", "mock: books users"]);
    }

    #[test]
    fn choosing() {
        let all = cards(&["books", "shop.users"]);
        for (chosen, changed, wanted) in [
            (None, None, Some("shop.users")),
            (Some("books"), None, Some("books")),
            (Some("gone"), Some("books"), Some("books")),
            (Some("gone"), Some("gone"), Some("shop.users")),
        ] {
            assert_eq!(shown(&all, chosen, changed).as_deref(), wanted);
        }
        assert_eq!(shown(&[], None, None), None);
    }

    #[test]
    fn names() {
        for (name, wanted) in [
            ("shop.orders", true),
            ("shop.a.b", true),
            ("shop.users", false),
            ("orders", false),
            ("shop.", false),
            ("my shop.a", false),
            ("shop.system.x", false),
        ] {
            assert_eq!(is_new_name(name, &cards(&["shop.users"])), wanted, "{name}");
        }
    }
}
