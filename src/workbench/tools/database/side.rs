//! Beside the documents: what fields they have, and how much of the browser's space is used.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use crate::hooks::use_services;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct SideProps {
    pub collection: String,
    pub documents: Rc<Vec<Value>>,
}

#[component]
pub fn Side(props: &SideProps) -> Html {
    let used = use_services().storage.used();
    html! {
        <div class="db-side pane-scroll inset" tabindex="0" role="region" aria-label="Details">
            <section>
                <h3>{ format!("Fields of {}", props.collection) }</h3>
                <ul class="idx">
                    for field in fields(&props.documents) {
                        <li key={field.name.clone()}><code>{ &field.name }</code><span>{ &field.kinds }</span>if field.missing > 0 { <em>{ format!("missing in {}", format::count(field.missing, "document")) }</em> }</li>
                    }
                </ul>
            </section>
            <section>
                <h3>{ "Space" }<span class="num muted">{ format::space(used) }</span></h3>
                <progress value={(used / 2).to_string()} max="5000000" aria-label="Space used in this browser"></progress>
                <p>{ "Code, data and progress are kept in this browser." }</p>
            </section>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    /// `string, null`.
    kinds: String,
    /// Documents without it.
    missing: usize,
}

/// The fields that documents have, in the order of first appearance.
fn fields(documents: &[Value]) -> Vec<Field> {
    let mut fields: Vec<(String, Vec<&'static str>, usize)> = Vec::new();
    for document in documents.iter().filter_map(Value::as_object) {
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
            missing: documents.len() - seen,
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
        let shown: Vec<String> = fields(&documents)
            .iter()
            .map(|field| format!("{} {} {}", field.name, field.kinds, field.missing))
            .collect();
        assert_eq!(shown, ["_id objectId 0", "phone null, string 0", "n double 1"]);
    }
}
