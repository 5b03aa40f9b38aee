//! Filters as people type them: JSON, or an object literal of JavaScript (`{ role: 'member', age: { $gt: 18 } }`).

use serde_json::{Map, Number, Value, json};

use crate::platform::time;

/// Reads a literal; an empty text is the empty object. The error says where and why.
pub fn parse(text: &str) -> Result<Value, String> {
    parse_at(text, time::now())
}

/// `now` is what `new Date()` means, in milliseconds since the epoch.
fn parse_at(text: &str, now: f64) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let mut reader = Reader {
        rest: text,
        whole: text,
        now,
    };
    let value = reader.value()?;
    reader.space();
    if reader.rest.is_empty() {
        Ok(value)
    } else {
        Err(reader.wrong("the end"))
    }
}

/// Reads a literal that has to be an object.
pub fn object(text: &str) -> Result<Map<String, Value>, String> {
    match parse(text)? {
        Value::Object(fields) => Ok(fields),
        _ => Err("Expected an object in braces".into()),
    }
}

/// A value as such a literal on one line, for fields that are filled in.
pub fn write(value: &Value) -> String {
    match value {
        Value::Object(fields) if fields.is_empty() => "{}".into(),
        Value::Object(fields) => format!(
            "{{ {} }}",
            fields
                .iter()
                .map(|(name, value)| format!("{}: {}", key(name), write(value)))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Value::Array(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(", ")),
        Value::String(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")),
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && !name.starts_with(|one: char| one.is_ascii_digit())
        && name.chars().all(|one| one.is_alphanumeric() || one == '_' || one == '$');
    if bare {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

struct Reader<'a> {
    rest: &'a str,
    whole: &'a str,
    now: f64,
}

impl Reader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, wanted: char) -> bool {
        self.space();
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn wrong(&self, wanted: &str) -> String {
        let column = self.whole[..self.whole.len() - self.rest.len()].chars().count() + 1;
        match self.rest.chars().next() {
            Some(found) => format!("Expected {wanted} at character {column}, found {found}"),
            None => format!("Expected {wanted} at the end"),
        }
    }

    fn value(&mut self) -> Result<Value, String> {
        self.space();
        match self.rest.chars().next() {
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('"' | '\'' | '`') => Ok(Value::String(self.string()?)),
            Some('/') => self.regex(),
            Some(one) if one.is_ascii_digit() || matches!(one, '-' | '+' | '.') => self.number(),
            Some(one) if one.is_alphabetic() => self.word(),
            _ => Err(self.wrong("a value")),
        }
    }

    fn object(&mut self) -> Result<Value, String> {
        self.take('{');
        let mut fields = Map::new();
        while !self.take('}') {
            self.space();
            let name = if self.rest.starts_with(['"', '\'']) {
                self.string()?
            } else {
                self.name()?
            };
            if !self.take(':') {
                return Err(self.wrong("a colon"));
            }
            let value = self.value()?;
            fields.insert(name, value);
            if !self.take(',') && !self.rest.starts_with('}') {
                return Err(self.wrong("a comma or }"));
            }
        }
        Ok(Value::Object(fields))
    }

    fn array(&mut self) -> Result<Value, String> {
        self.take('[');
        let mut items = Vec::new();
        while !self.take(']') {
            items.push(self.value()?);
            if !self.take(',') && !self.rest.starts_with(']') {
                return Err(self.wrong("a comma or ]"));
            }
        }
        Ok(Value::Array(items))
    }

    fn name(&mut self) -> Result<String, String> {
        let end = self
            .rest
            .find(|one: char| !(one.is_alphanumeric() || matches!(one, '_' | '$')))
            .unwrap_or(self.rest.len());
        if end == 0 {
            return Err(self.wrong("a field name"));
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(name.to_owned())
    }

    fn string(&mut self) -> Result<String, String> {
        let mut chars = self.rest.char_indices();
        let quote = chars.next().map_or('"', |(_, quote)| quote);
        let mut text = String::new();
        while let Some((at, one)) = chars.next() {
            if one == quote {
                self.rest = &self.rest[at + 1..];
                return Ok(text);
            }
            if one != '\\' {
                text.push(one);
                continue;
            }
            match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, 'u')) => {
                    let code: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                    text.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
                }
                Some((_, other)) => text.push(other),
                None => break,
            }
        }
        Err(format!("The text that starts with {quote} never ends"))
    }

    /// `/^a/i`.
    fn regex(&mut self) -> Result<Value, String> {
        let mut escaped = false;
        let inner = &self.rest[1..];
        let end = inner.char_indices().find(|(_, one)| {
            let found = *one == '/' && !escaped;
            escaped = *one == '\\' && !escaped;
            found
        });
        let Some((end, _)) = end else {
            return Err("The pattern that starts with / never ends".into());
        };
        let after = &inner[end + 1..];
        let flags = after.find(|one: char| !one.is_ascii_alphabetic()).unwrap_or(after.len());
        let inside = Map::from_iter([
            ("pattern".to_owned(), Value::from(&inner[..end])),
            ("options".to_owned(), Value::from(&after[..flags])),
        ]);
        self.rest = &after[flags..];
        Ok(Value::Object(Map::from_iter([(
            "$regularExpression".to_owned(),
            Value::Object(inside),
        )])))
    }

    fn number(&mut self) -> Result<Value, String> {
        let end = self
            .rest
            .find(|one: char| !(one.is_ascii_alphanumeric() || matches!(one, '-' | '+' | '.' | '_')))
            .unwrap_or(self.rest.len());
        let text = self.rest[..end].replace('_', "");
        let number = text
            .parse::<i64>()
            .map(Number::from)
            .ok()
            .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
        let number = number.ok_or_else(|| self.wrong("a number"))?;
        self.rest = &self.rest[end..];
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, String> {
        let before = self.rest;
        let name = self.name()?;
        if let Some(kind) = extended(&name)
            && self.take('(')
        {
            if kind == "$date" && self.take(')') {
                return Ok(moment(&Number::from(self.now as i64)));
            }
            let inner = self.value()?;
            if !self.take(')') {
                return Err(self.wrong(")"));
            }
            let inner = match inner {
                // Extended JSON writes numbers of a named type as texts.
                Value::Number(number) if kind.starts_with("$number") => Value::String(number.to_string()),
                Value::Number(number) if kind == "$date" => return Ok(moment(&number)),
                Value::String(text) if kind == "$date" => Value::String(date(&text)),
                inner => inner,
            };
            return Ok(Value::Object(Map::from_iter([(kind.to_owned(), inner)])));
        }
        match name.as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" | "undefined" => Ok(Value::Null),
            "new" => self.value(),
            _ => {
                self.rest = before;
                Err(self.wrong("a value (texts stand in quotes)"))
            }
        }
    }
}

/// The Extended JSON key of a type that is written as a call.
fn extended(name: &str) -> Option<&'static str> {
    Some(match name {
        "ObjectId" => "$oid",
        "ISODate" | "Date" => "$date",
        "NumberLong" | "Long" => "$numberLong",
        "NumberInt" | "Int32" => "$numberInt",
        "Double" => "$numberDouble",
        "NumberDecimal" | "Decimal128" => "$numberDecimal",
        "UUID" => "$uuid",
        _ => return None,
    })
}

/// A date in milliseconds since the epoch.
fn moment(ms: &Number) -> Value {
    json!({ "$date": { "$numberLong": ms.to_string() } })
}

/// A date as Extended JSON wants it, with a time and a zone: `2026-01-05` is midnight in UTC.
fn date(text: &str) -> String {
    let text = text.trim();
    match text.split_once('T') {
        None if text.len() == 10 => format!("{text}T00:00:00Z"),
        Some((_, time)) if !time.contains(['Z', 'z', '+', '-']) => format!("{text}{}Z", if time.len() == 5 { ":00" } else { "" }),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Result<Value, &str>) {
        assert_eq!(
            parse_at(text, 1_767_609_000_000.0).as_ref().map_err(String::as_str),
            wanted.as_ref().map_err(|why| *why),
            "{text}"
        );
    }

    #[test]
    fn literals() {
        check("", Ok(json!({})));
        check(
            "{ role: 'member', age: { $gt: 18, }, 'a.b': [1, -2.5, true, null] }",
            Ok(json!({ "role": "member", "age": { "$gt": 18 }, "a.b": [1, -2.5, true, null] })),
        );
        check(r#"{"name": "O'Brien \u00e9"}"#, Ok(json!({ "name": "O'Brien é" })));
        check(
            "{ _id: ObjectId('65a1'), at: new Date('2026-01-05') }",
            Ok(json!({ "_id": { "$oid": "65a1" }, "at": { "$date": "2026-01-05T00:00:00Z" } })),
        );
        for (given, wanted) in [
            ("2026-01-05T10:30", "2026-01-05T10:30:00Z"),
            ("2026-01-05T10:30:00.5", "2026-01-05T10:30:00.5Z"),
            ("2026-01-05T10:30:00+05:30", "2026-01-05T10:30:00+05:30"),
            ("soon", "soon"),
        ] {
            check(&format!("ISODate('{given}')"), Ok(json!({ "$date": wanted })));
        }
        for (given, wanted) in [
            ("new Date()", "1767609000000"),
            ("ISODate( )", "1767609000000"),
            ("new Date(1500)", "1500"),
        ] {
            check(given, Ok(json!({ "$date": { "$numberLong": wanted } })));
        }
        check(
            r"{ name: /^a\/b/i, n: NumberLong(5), d: NumberDecimal('1.5') }",
            Ok(json!({
                "name": { "$regularExpression": { "pattern": "^a\\/b", "options": "i" } },
                "n": { "$numberLong": "5" },
                "d": { "$numberDecimal": "1.5" },
            })),
        );
    }

    #[test]
    fn mistakes() {
        check(
            "{ role: member }",
            Err("Expected a value (texts stand in quotes) at character 9, found m"),
        );
        check("{ role 'x' }", Err("Expected a colon at character 8, found '"));
        check("{ a: 1 ", Err("Expected a comma or } at the end"));
        check("{ a: 'x }", Err("The text that starts with ' never ends"));
        check("{} {}", Err("Expected the end at character 4, found {"));
    }

    #[test]
    fn writing_and_reading_agree() {
        for value in [json!({ "a": "it's", "b-c": [1, { "d": null }], "e\\f": 1 }), json!({})] {
            assert_eq!(parse(&write(&value)), Ok(value));
        }
    }
}
