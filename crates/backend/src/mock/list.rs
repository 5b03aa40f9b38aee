//! Lists: filter by field, search, sort and pages, from the query string.

use backlab_docdb::bson::{Bson, DateTime, Document, doc};
use serde_json::{Value, json};

use super::error::{ApiError, FieldError};
use super::exchange::Exchange;
use super::present::present;
use super::schema::Kind;

/// What can be listed, and how.
pub(crate) struct Listing {
    pub(crate) collection: &'static str,
    /// Public field and its kind.
    pub(crate) fields: &'static [(&'static str, Kind)],
    /// Where `search` looks.
    pub(crate) searched: &'static [&'static str],
}

const DEFAULT_LIMIT: u64 = 10;
const MAX_LIMIT: u64 = 50;
/// Larger pages are past the end of anything.
const MAX_PAGE: u64 = 1_000_000;

/// `?search=&sort=&page=&limit=&fields=` and filters such as `?genre=Fiction&price[lte]=500`.
#[derive(Debug)]
struct Wish {
    filter: Document,
    sort: Document,
    page: u64,
    limit: u64,
    only: Vec<String>,
}

impl Listing {
    /// Answers the page that the query string asks for, of the documents that also fit `base`.
    pub(crate) fn answer(&self, exchange: &mut Exchange, base: Document) -> Result<Value, ApiError> {
        let wish = self.read(&exchange.query.clone())?;
        // Both have to hold: a filter cannot widen what the route shows.
        let filter = match (base.is_empty(), wish.filter.is_empty()) {
            (true, _) => wish.filter,
            (false, true) => base,
            (false, false) => doc! { "$and": [base, wish.filter] },
        };
        let total = exchange.count(self.collection, &filter)?;
        let documents = exchange.find(self.collection, filter, wish.sort, (wish.page - 1) * wish.limit, wish.limit)?;
        let data: Vec<Value> = documents.into_iter().map(|document| pick(present(document), &wish.only)).collect();
        exchange.set_header("X-Total-Count", &total.to_string());
        Ok(json!({ "data": data, "page": wish.page, "limit": wish.limit, "total": total, "pages": total.div_ceil(wish.limit) }))
    }

    fn read(&self, query: &[(String, String)]) -> Result<Wish, ApiError> {
        let mut wish = Wish {
            filter: Document::new(),
            sort: doc! { "_id": 1 },
            page: 1,
            limit: DEFAULT_LIMIT,
            only: Vec::new(),
        };
        let mut errors = Vec::new();
        for (name, value) in query {
            let result = match name.as_str() {
                "search" => {
                    self.search(value, &mut wish.filter);
                    Ok(())
                }
                "sort" => self.sort(value).map(|sort| wish.sort = sort),
                "page" => number(value, MAX_PAGE).map(|page| wish.page = page),
                "limit" => number(value, MAX_LIMIT).map(|limit| wish.limit = limit),
                "fields" => {
                    wish.only = value.split(',').map(|field| field.trim().to_owned()).collect();
                    wish.only.iter().try_for_each(|field| self.kind(field).map(drop))
                }
                _ => self.filter(name, value, &mut wish.filter),
            };
            if let Err(message) = result {
                errors.push(FieldError::new(name, message));
            }
        }
        if errors.is_empty() {
            Ok(wish)
        } else {
            Err(ApiError::Invalid {
                message: "The query is not valid.",
                errors,
            })
        }
    }

    fn kind(&self, field: &str) -> Result<Kind, String> {
        self.fields
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, kind)| *kind)
            .ok_or_else(|| {
                let known: Vec<&str> = self.fields.iter().map(|(name, _)| *name).collect();
                format!("'{field}' is not a field here; the fields are {}", known.join(", "))
            })
    }

    fn search(&self, text: &str, filter: &mut Document) {
        if text.trim().is_empty() {
            return;
        }
        let pattern = escape(text.trim());
        let places: Vec<Document> = self
            .searched
            .iter()
            .map(|field| doc! { *field: { "$regex": &pattern, "$options": "i" } })
            .collect();
        filter.insert("$or", places);
    }

    fn sort(&self, text: &str) -> Result<Document, String> {
        let mut sort = Document::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (direction, field) = part.strip_prefix('-').map_or((1, part), |field| (-1, field));
            self.kind(field)?;
            sort.insert(stored(field), direction);
        }
        // Equal documents keep one order on every page.
        if !sort.contains_key("_id") {
            sort.insert("_id", 1);
        }
        Ok(sort)
    }

    fn filter(&self, name: &str, value: &str, filter: &mut Document) -> Result<(), String> {
        let (field, operator) = match name.split_once('[') {
            Some((field, rest)) => (field, rest.strip_suffix(']').unwrap_or(rest)),
            None => (name, "eq"),
        };
        let kind = self.kind(field)?;
        let operand = match operator {
            "eq" | "ne" | "gt" | "gte" | "lt" | "lte" => typed(kind, value)?,
            "in" => Bson::Array(value.split(',').map(|part| typed(kind, part.trim())).collect::<Result<_, _>>()?),
            _ => return Err(format!("'{operator}' is not a comparison; use eq, ne, gt, gte, lt, lte or in")),
        };
        let field = stored(field);
        match (operator, filter.get_mut(field)) {
            ("eq", None) => {
                filter.insert(field, operand);
            }
            // The same field twice, `?genre=A&genre=B`: either will do.
            ("eq", Some(Bson::Document(known))) => match known.get_mut("$in") {
                Some(Bson::Array(values)) => values.push(operand),
                _ => {
                    known.insert("$eq", operand);
                }
            },
            ("eq", Some(known)) => {
                let both = vec![known.clone(), operand];
                *known = doc! { "$in": both }.into();
            }
            (operator, Some(Bson::Document(known))) => {
                known.insert(format!("${operator}"), operand);
            }
            (operator, Some(known)) => {
                let mut both = doc! { "$eq": known.clone() };
                both.insert(format!("${operator}"), operand);
                *known = both.into();
            }
            (operator, None) => {
                let mut one = Document::new();
                one.insert(format!("${operator}"), operand);
                filter.insert(field, one);
            }
        }
        Ok(())
    }
}

/// The name in the database.
fn stored(field: &str) -> &str {
    if field == "id" { "_id" } else { field }
}

fn typed(kind: Kind, text: &str) -> Result<Bson, String> {
    match kind {
        Kind::Number(..) | Kind::Whole(..) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Bson::Double(number)),
            _ => Err(format!("'{text}' is not a number")),
        },
        Kind::Flag => match text {
            "true" => Ok(Bson::Boolean(true)),
            "false" => Ok(Bson::Boolean(false)),
            _ => Err(format!("'{text}' is neither true nor false")),
        },
        Kind::Moment => {
            // A day alone is its start in UTC, as in JavaScript.
            let whole = if text.len() == 10 {
                format!("{text}T00:00:00Z")
            } else {
                text.to_owned()
            };
            let moment = DateTime::parse_rfc3339_str(&whole);
            moment
                .map(Bson::DateTime)
                .map_err(|_| format!("'{text}' is not a date such as 2026-01-05"))
        }
        _ => Ok(Bson::String(text.to_owned())),
    }
}

fn number(text: &str, max: u64) -> Result<u64, String> {
    match text.trim().parse::<u64>() {
        Ok(number) if (1..=max).contains(&number) => Ok(number),
        _ => Err(format!("must be a whole number from 1 to {max}")),
    }
}

/// Takes the meaning out of every character of a pattern.
fn escape(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars().take(100) {
        if c.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn pick(mut value: Value, only: &[String]) -> Value {
    if let Value::Object(members) = &mut value
        && !only.is_empty()
    {
        members.retain(|name, _| name == "id" || only.iter().any(|wanted| wanted == name));
    }
    value
}
