//! Places in a value: `json.items[2].id`, `listening.0`, `$.items[*].price`, `$.length`.

use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
enum Segment<'a> {
    Key(&'a str),
    Every,
}

fn segments(place: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    for part in place.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        if let Some(key) = pieces.next().filter(|key| !key.is_empty()) {
            found.push(Segment::Key(key));
        }
        for index in pieces {
            let index = index.trim_end_matches(']');
            found.push(if index == "*" { Segment::Every } else { Segment::Key(index) });
        }
    }
    found
}

/// Returns what stands at a place, or nothing. `[*]` collects from every element; `length` counts a list or a text.
pub fn get(value: &Value, place: &str) -> Option<Value> {
    follow(value, &segments(place))
}

fn follow(value: &Value, path: &[Segment<'_>]) -> Option<Value> {
    let Some((first, rest)) = path.split_first() else {
        return Some(value.clone());
    };
    match (first, value) {
        (Segment::Every, Value::Array(items)) => Some(Value::Array(items.iter().filter_map(|item| follow(item, rest)).collect())),
        (Segment::Every, _) => None,
        (Segment::Key(key), Value::Object(map)) => {
            // Header names are kept in lower case, whatever the author wrote.
            let found = map.get(*key).or_else(|| map.get(&key.to_ascii_lowercase()))?;
            follow(found, rest)
        }
        (Segment::Key("length"), Value::Array(items)) => Some(items.len().into()),
        (Segment::Key("length"), Value::String(text)) => Some(text.chars().count().into()),
        (Segment::Key(index), Value::Array(items)) => follow(items.get(index.parse::<usize>().ok()?)?, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::get;
    use serde_json::{Value, json};

    fn check(place: &str, expected: Option<Value>) {
        let value = json!({ "items": [{ "id": 1 }, { "id": 2, "tags": ["a"] }], "headers": { "x-note": "hi" } });
        assert_eq!(get(&value, place), expected, "{place}");
    }

    #[test]
    fn places() {
        check("items[1].id", Some(json!(2)));
        check("items.0.id", Some(json!(1)));
        check("items[*].id", Some(json!([1, 2])));
        check("items[*].tags", Some(json!([["a"]])));
        check("items.length", Some(json!(2)));
        check("headers.X-Note", Some(json!("hi")));
        check("headers.x-note.length", Some(json!(2)));
        check("items[7].id", None);
        check("missing.id", None);
    }
}
