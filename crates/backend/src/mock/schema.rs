//! What a body has to look like, and what is wrong with it.

use serde_json::{Map, Value};

use super::error::{ApiError, FieldError};

/// The fields of a resource.
pub(crate) struct Schema {
    /// `book`, for messages.
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Between so many characters.
    Text(usize, usize),
    Email,
    Number(f64, f64),
    Whole(i64, i64),
    Flag,
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list whose items the handler checks.
    List,
    /// A moment; only read, never sent.
    Moment,
}

pub(crate) const fn required(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: true,
    }
}

pub(crate) const fn optional(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: false,
    }
}

impl Schema {
    /// Checks a body and returns its fields in the schema's order, texts trimmed. `partial`: nothing is required, but
    /// something has to be there.
    pub(crate) fn check(&self, body: &Map<String, Value>, partial: bool) -> Result<Map<String, Value>, ApiError> {
        let mut errors = Vec::new();
        let mut checked = Map::new();
        for field in self.fields {
            match body.get(field.name) {
                None | Some(Value::Null) if partial && body.get(field.name).is_none() => {}
                None | Some(Value::Null) if !field.required => {}
                None | Some(Value::Null) => errors.push(FieldError::new(field.name, "is required")),
                Some(value) => match field.kind.check(value) {
                    Ok(value) => {
                        checked.insert(field.name.into(), value);
                    }
                    Err(message) => errors.push(FieldError::new(field.name, message)),
                },
            }
        }
        for name in body
            .keys()
            .filter(|name| !self.fields.iter().any(|field| field.name == name.as_str()))
        {
            let message = if name == "id" { "cannot be chosen".into() } else { self.unknown() };
            errors.push(FieldError::new(name, message));
        }
        if errors.is_empty() && partial && checked.is_empty() {
            errors.push(FieldError::new("body", format!("must have at least one field of {}", self.one())));
        }
        if errors.is_empty() {
            Ok(checked)
        } else {
            Err(ApiError::Invalid {
                message: "The body is not valid.",
                errors,
            })
        }
    }

    fn unknown(&self) -> String {
        let known: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        unknown(&self.one(), &known)
    }

    /// `a user`, `an order`.
    fn one(&self) -> String {
        let article = if self.name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.name)
    }
}

/// What is wrong with a field of `one` (`an item`) that is none of the known ones.
pub fn unknown(one: &str, known: &[&str]) -> String {
    format!("is not a field of {one}; the fields are {}", known.join(", "))
}

impl Kind {
    fn check(self, value: &Value) -> Result<Value, String> {
        match (self, value) {
            (Kind::Text(min, max), Value::String(text)) => {
                let text = text.trim();
                let length = text.chars().count();
                if length < min || length > max {
                    return Err(if length == 0 {
                        "must not be empty".into()
                    } else {
                        format!("must have {min} to {max} characters")
                    });
                }
                Ok(text.into())
            }
            (Kind::Text(..), _) => Err("must be a text".into()),
            (Kind::Email, Value::String(text)) if is_email(text.trim()) => Ok(text.trim().to_lowercase().into()),
            (Kind::Email, _) => Err("must be an e-mail address such as asha@example.com".into()),
            (Kind::Number(min, max), Value::Number(number)) => {
                let in_range = number.as_f64().is_some_and(|number| number >= min && number <= max);
                if in_range {
                    Ok(value.clone())
                } else {
                    Err(format!("must be from {min} to {max}"))
                }
            }
            (Kind::Number(..), _) => Err("must be a number".into()),
            (Kind::Whole(min, max), Value::Number(number)) => match whole(number) {
                Some(number) if number >= min && number <= max => Ok(number.into()),
                Some(_) => Err(format!("must be from {min} to {max}")),
                None => Err("must be a whole number".into()),
            },
            (Kind::Whole(..), _) => Err("must be a whole number".into()),
            (Kind::Flag, Value::Bool(_)) => Ok(value.clone()),
            (Kind::Flag, _) => Err("must be true or false".into()),
            (Kind::OneOf(choices), Value::String(text)) if choices.contains(&text.as_str()) => Ok(value.clone()),
            (Kind::OneOf(choices), _) => Err(format!("must be one of {}", choices.join(", "))),
            (Kind::Texts, Value::Array(items)) if items.len() <= 20 && items.iter().all(Value::is_string) => Ok(value.clone()),
            (Kind::Texts, _) => Err("must be a list of at most 20 texts".into()),
            (Kind::List, Value::Array(items)) if (1..=50).contains(&items.len()) => Ok(value.clone()),
            (Kind::List, _) => Err("must be a list of 1 to 50 items".into()),
            (Kind::Moment, _) => Err("cannot be set".into()),
        }
    }
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    number
        .as_i64()
        .or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64))
}

/// One `@` with something around it and a dot in the host: what a form should check, not what RFC 5322 allows.
fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let no_blank = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    no_blank
        && !local.is_empty()
        && !host.contains('@')
        && text.len() <= 254
        && host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    static PEN: Schema = Schema {
        name: "pen",
        fields: &[
            required("name", Kind::Text(2, 5)),
            required("price", Kind::Number(0.0, 10.0)),
            optional("stock", Kind::Whole(0, 5)),
            optional("owner", Kind::Email),
            optional("ink", Kind::OneOf(&["red", "blue"])),
            optional("new", Kind::Flag),
        ],
    };

    #[test]
    fn tells_each_wrong_field() {
        #[track_caller]
        fn check(body: Value, partial: bool, expected: &[(&str, &str)]) {
            let found = match PEN.check(body.as_object().unwrap(), partial) {
                Ok(_) => Vec::new(),
                Err(ApiError::Invalid { errors, .. }) => errors,
                Err(other) => panic!("{other}"),
            };
            let found: Vec<(&str, &str)> = found.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
            assert_eq!(found, expected);
        }
        check(json!({ "name": " Rotring"[..5], "price": 1.5 }), false, &[]);
        check(json!({}), false, &[("name", "is required"), ("price", "is required")]);
        check(json!({ "price": 3, "stock": 2.0 }), true, &[]);
        check(json!({}), true, &[("body", "must have at least one field of a pen")]);
        check(json!({ "price": null }), true, &[("price", "is required")]);
        check(
            json!({ "name": "x", "price": 11 }),
            false,
            &[("name", "must have 2 to 5 characters"), ("price", "must be from 0 to 10")],
        );
        check(
            json!({ "name": "  ", "price": "1" }),
            false,
            &[("name", "must not be empty"), ("price", "must be a number")],
        );
        check(json!({ "stock": 1.5 }), true, &[("stock", "must be a whole number")]);
        check(
            json!({ "owner": "a@b" }),
            true,
            &[("owner", "must be an e-mail address such as asha@example.com")],
        );
        check(json!({ "ink": "green" }), true, &[("ink", "must be one of red, blue")]);
        check(json!({ "new": "yes" }), true, &[("new", "must be true or false")]);
        check(json!({ "id": 5, "new": true }), true, &[("id", "cannot be chosen")]);
    }
}
