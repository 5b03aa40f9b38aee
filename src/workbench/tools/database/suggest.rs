//! Completion in the query bar: names of fields, and the operators that can stand at a place.

/// Which input is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Filter,
    Projection,
    Sort,
}

/// What may replace the text from `from` to the caret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestions {
    /// Byte of the text.
    pub from: usize,
    pub options: Vec<String>,
}

const LOGICAL: [&str; 5] = ["$and", "$expr", "$nor", "$or", "$text"];
const OPERATORS: [&str; 16] = [
    "$all",
    "$elemMatch",
    "$eq",
    "$exists",
    "$gt",
    "$gte",
    "$in",
    "$lt",
    "$lte",
    "$mod",
    "$ne",
    "$nin",
    "$not",
    "$regex",
    "$size",
    "$type",
];
/// Options shown at once.
const MOST: usize = 8;

fn is_name(one: char) -> bool {
    one.is_alphanumeric() || matches!(one, '_' | '$' | '.')
}

/// Brackets that are open at the end of a text, with texts in quotes left out.
fn open_brackets(text: &str) -> Vec<char> {
    let (mut open, mut quote) = (Vec::new(), None);
    let mut chars = text.chars();
    while let Some(one) = chars.next() {
        match (quote, one) {
            (Some(_), '\\') => _ = chars.next(),
            (Some(mark), _) if mark == one => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(one),
            (None, '{' | '[' | '(') => open.push(one),
            (None, '}' | ']' | ')') => _ = open.pop(),
            _ => {}
        }
    }
    open
}

/// What fits where `before`, the text up to the caret, ends.
pub fn suggest(before: &str, part: Part, fields: &[String]) -> Suggestions {
    let from = before.len()
        - before
            .chars()
            .rev()
            .take_while(|one| is_name(*one))
            .map(char::len_utf8)
            .sum::<usize>();
    let (head, prefix) = before.split_at(from);
    let quoted = head.ends_with(['"', '\'']);
    let place = head.strip_suffix(['"', '\'']).unwrap_or(head).trim_end();
    let nothing = Suggestions { from, options: Vec::new() };
    let options: Vec<&str> = if place.is_empty() && !quoted {
        // Braces come with the first name, so that a bare word becomes a filter.
        fields.iter().map(String::as_str).collect()
    } else if place.ends_with(['{', ',']) && open_brackets(place).last() == Some(&'{') {
        let depth = open_brackets(place).len();
        let names = fields.iter().map(String::as_str).filter(|name| quoted || !name.contains('.'));
        match part {
            Part::Filter if depth == 1 => names.chain(LOGICAL).collect(),
            Part::Filter if inside_list(place) => names.collect(),
            Part::Filter => OPERATORS.to_vec(),
            Part::Projection | Part::Sort if depth == 1 => names.collect(),
            _ => return nothing,
        }
    } else {
        return nothing;
    };
    let options = options
        .into_iter()
        .filter(|option| option.starts_with(prefix) && *option != prefix)
        .take(MOST)
        .map(str::to_owned)
        .collect();
    Suggestions { from, options }
}

/// `{ $or: [{ …`: the inner documents are filters themselves.
fn inside_list(place: &str) -> bool {
    let open = open_brackets(place);
    matches!(open.as_slice(), [.., '[', '{'])
}

/// The text with a suggestion taken, and where the caret goes (in bytes).
pub fn take(text: &str, caret: usize, from: usize, option: &str) -> (String, usize) {
    let (head, rest) = (&text[..from], &text[caret..]);
    if head.trim().is_empty() && rest.trim().is_empty() {
        let name = if option.contains('.') {
            format!("'{option}'")
        } else {
            option.to_owned()
        };
        let start = format!("{{ {name}: ");
        return (format!("{start} }}"), start.len());
    }
    let end = if head.ends_with(['"', '\'']) { "" } else { ": " };
    let start = format!("{head}{option}{}", if rest.trim_start().starts_with(':') { "" } else { end });
    (format!("{start}{rest}"), start.len())
}

/// The byte of a place that browsers count in UTF-16 units.
pub fn byte_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, one) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(one.len_utf16());
    }
    text.len()
}

/// The place in UTF-16 units of a byte.
pub fn utf16_of(text: &str, byte: usize) -> usize {
    text[..byte].encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions() {
        let fields: Vec<String> = ["_id", "name", "age", "address.city"].map(String::from).to_vec();
        for (before, part, wanted) in [
            ("", Part::Filter, vec!["_id", "name", "age", "address.city"]),
            ("na", Part::Filter, vec!["name"]),
            ("{ n", Part::Filter, vec!["name"]),
            ("{ name", Part::Filter, vec![]),
            ("{ $", Part::Filter, vec!["$and", "$expr", "$nor", "$or", "$text"]),
            ("{ age: { $g", Part::Filter, vec!["$gt", "$gte"]),
            ("{ $or: [{ a", Part::Filter, vec!["age"]),
            ("{ name: 'a, b", Part::Filter, vec![]),
            ("{ name: a", Part::Filter, vec![]),
            ("{ age: 1, 'add", Part::Filter, vec!["address.city"]),
            ("{ a", Part::Sort, vec!["age"]),
            ("{ age: { $", Part::Sort, vec![]),
            ("{ age: [1, a", Part::Projection, vec![]),
        ] {
            assert_eq!(suggest(before, part, &fields).options, wanted, "{before}");
        }
    }

    #[test]
    fn places() {
        let text = "a😀b";
        for (units, byte) in [(0, 0), (1, 1), (3, 5), (4, 6), (9, 6)] {
            assert_eq!(byte_of(text, units), byte);
        }
        assert_eq!(utf16_of(text, 5), 3);
    }

    #[test]
    fn taking() {
        for (text, caret, from, option, wanted, at) in [
            ("na", 2, 0, "name", "{ name:  }", 8),
            ("{ n }", 3, 2, "name", "{ name:  }", 8),
            ("{ n: 1 }", 3, 2, "name", "{ name: 1 }", 6),
            ("{ 'ad' }", 5, 3, "address.city", "{ 'address.city' }", 15),
        ] {
            assert_eq!(take(text, caret, from, option), (wanted.to_owned(), at), "{text}");
        }
    }
}
