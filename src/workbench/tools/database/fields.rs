//! The fields that documents have, and of which types they are.

use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// `string, null`.
    pub kinds: String,
    /// Documents without it.
    pub missing: usize,
}

/// The fields of documents in the order of first appearance.
pub fn fields<'a>(documents: impl Iterator<Item = &'a Value>) -> Vec<Field> {
    let mut fields: Vec<(String, Vec<&'static str>, usize)> = Vec::new();
    let mut count = 0;
    for document in documents.filter_map(Value::as_object) {
        count += 1;
        for (name, value) in document {
            let at = fields.iter().position(|(known, ..)| known == name).unwrap_or_else(|| {
                fields.push((name.clone(), Vec::new(), 0));
                fields.len() - 1
            });
            let (_, kinds, seen) = &mut fields[at];
            *seen += 1;
            if !kinds.contains(&kind(value)) {
                kinds.push(kind(value));
            }
        }
    }
    fields
        .into_iter()
        .map(|(name, kinds, seen)| Field {
            name,
            kinds: kinds.join(", "),
            missing: count - seen,
        })
        .collect()
}

/// BSON's name for the type of a value in Extended JSON.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "double",
        Value::Number(_) => "int",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(fields) => match fields.keys().next().map(String::as_str) {
            Some("$oid") => "objectId",
            Some("$date") => "date",
            Some("$numberLong") => "long",
            Some("$numberDecimal") => "decimal",
            Some("$binary" | "$uuid") => "binData",
            Some("$regularExpression") => "regex",
            _ => "object",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_of_documents() {
        let documents = [
            json!({ "_id": { "$oid": "a" }, "phone": null }),
            json!({ "_id": { "$oid": "b" }, "phone": "1", "n": 1.5 }),
        ];
        let shown: Vec<String> = fields(documents.iter())
            .iter()
            .map(|field| format!("{} {} {}", field.name, field.kinds, field.missing))
            .collect();
        assert_eq!(shown, ["_id objectId 0", "phone null, string 0", "n double 1"]);
    }
}
