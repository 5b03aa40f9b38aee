//! Reads Extended JSON v2, canonical and relaxed (specifications.readthedocs.io, extended-json), without serde: bson's own
//! reader instantiates a deserialiser per type, which takes four times the room in wasm.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bson::spec::BinarySubtype;
use bson::{Binary, Bson, DateTime, Document, JavaScriptCodeWithScope, RawDocument, Regex, Timestamp, Uuid, oid::ObjectId};
use serde_json::{Map, Value};

use crate::error::{DocDbError, Result};

/// Keys that make an object a value of another type.
const WRAPPERS: [&str; 16] = [
    "$oid",
    "$symbol",
    "$regularExpression",
    "$numberInt",
    "$numberLong",
    "$numberDouble",
    "$numberDecimal",
    "$binary",
    "$uuid",
    "$code",
    "$timestamp",
    "$date",
    "$minKey",
    "$maxKey",
    "$dbPointer",
    "$undefined",
];

/// # Errors
/// When an object has one of these keys and is not of its form.
pub(super) fn value(json: Value) -> Result<Bson> {
    Ok(match json {
        Value::Null => Bson::Null,
        Value::Bool(truth) => Bson::Boolean(truth),
        Value::String(text) => Bson::String(text),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => i32::try_from(whole).map_or(Bson::Int64(whole), Bson::Int32),
            None => Bson::Double(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::Array(items) => Bson::Array(items.into_iter().map(value).collect::<Result<_>>()?),
        Value::Object(fields) => match fields.keys().find_map(|key| WRAPPERS.iter().find(|wrapper| *wrapper == key)) {
            Some(wrapper) => wrapped(wrapper, &fields)
                .ok_or_else(|| DocDbError::Json(format!("{} is no {wrapper} value", Value::Object(fields.clone()))))?,
            None => Bson::Document(document(fields)?),
        },
    })
}

fn document(fields: Map<String, Value>) -> Result<Document> {
    let mut document = Document::new();
    for (name, json) in fields {
        document.insert(name, value(json)?);
    }
    Ok(document)
}

fn wrapped(wrapper: &str, fields: &Map<String, Value>) -> Option<Bson> {
    let json = fields.get(wrapper)?;
    if fields.len() > 1 && wrapper != "$code" {
        return None;
    }
    Some(match wrapper {
        "$oid" => Bson::ObjectId(ObjectId::parse_str(json.as_str()?).ok()?),
        "$symbol" => Bson::Symbol(json.as_str()?.into()),
        "$regularExpression" => {
            let [pattern, options] = members(json, ["pattern", "options"])?;
            let mut options: Vec<&str> = options.as_str()?.split("").collect();
            options.sort();
            Bson::RegularExpression(Regex {
                pattern: pattern.as_str()?.to_owned().try_into().ok()?,
                options: options.concat().try_into().ok()?,
            })
        }
        "$numberInt" => Bson::Int32(json.as_str()?.parse().ok()?),
        "$numberLong" => Bson::Int64(json.as_str()?.parse().ok()?),
        "$numberDouble" => Bson::Double(json.as_str()?.parse().ok()?),
        "$numberDecimal" => Bson::Decimal128(json.as_str()?.parse().ok()?),
        "$binary" => {
            let [base64, subtype] = members(json, ["base64", "subType"])?;
            let subtype = subtype.as_str().filter(|digits| digits.len() == 2)?;
            Bson::Binary(Binary {
                subtype: u8::from_str_radix(subtype, 16).ok()?.into(),
                bytes: BASE64_STANDARD.decode(base64.as_str()?).ok()?,
            })
        }
        "$uuid" => Bson::Binary(Binary {
            subtype: BinarySubtype::Uuid,
            bytes: Uuid::parse_str(json.as_str()?).ok()?.bytes().to_vec(),
        }),
        "$code" => code(json.as_str()?.to_owned(), fields)?,
        "$timestamp" => {
            let [time, increment] = members(json, ["t", "i"])?.map(|number| u32::try_from(number.as_u64()?).ok());
            Bson::Timestamp(Timestamp {
                time: time?,
                increment: increment?,
            })
        }
        "$date" => Bson::DateTime(match json {
            Value::String(text) => DateTime::parse_rfc3339_str(text).ok()?,
            Value::Number(number) => DateTime::from_millis(number.as_i64()?),
            _ => DateTime::from_millis(members(json, ["$numberLong"])?[0].as_str()?.parse().ok()?),
        }),
        "$minKey" if *json == 1 => Bson::MinKey,
        "$maxKey" if *json == 1 => Bson::MaxKey,
        "$undefined" if *json == true => Bson::Undefined,
        "$dbPointer" => pointer(json)?,
        _ => return None,
    })
}

/// The members of an object that has just these.
fn members<'a, const N: usize>(json: &'a Value, names: [&str; N]) -> Option<[&'a Value; N]> {
    let fields = json.as_object().filter(|fields| fields.len() == N)?;
    let mut found = [json; N];
    for (place, name) in found.iter_mut().zip(names) {
        *place = fields.get(name)?;
    }
    Some(found)
}

fn code(code: String, fields: &Map<String, Value>) -> Option<Bson> {
    match fields.get("$scope") {
        None if fields.len() == 1 => Some(Bson::JavaScriptCode(code)),
        Some(Value::Null) if fields.len() == 2 => Some(Bson::JavaScriptCode(code)),
        Some(Value::Object(scope)) if fields.len() == 2 => Some(Bson::JavaScriptCodeWithScope(JavaScriptCodeWithScope {
            code,
            scope: document(scope.clone()).ok()?,
        })),
        _ => None,
    }
}

/// bson lets nobody else make this deprecated type, so it is read from its bytes (bsonspec.org).
fn pointer(json: &Value) -> Option<Bson> {
    let [namespace, id] = members(json, ["$ref", "$id"])?;
    let namespace = namespace.as_str()?;
    let id = ObjectId::parse_str(members(id, ["$oid"])?[0].as_str()?).ok()?;
    let length = i32::try_from(namespace.len()).ok()?;
    let mut bytes = (length + 25).to_le_bytes().to_vec();
    bytes.extend([0x0c, b'p', 0]);
    bytes.extend((length + 1).to_le_bytes());
    bytes.extend(namespace.as_bytes());
    bytes.push(0);
    bytes.extend(id.bytes());
    bytes.push(0);
    let raw = RawDocument::from_bytes(&bytes).ok()?.get("p").ok()??;
    Bson::try_from(raw).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn agrees_with_the_official_reader() {
        let oid = "507f1f77bcf86cd799439011";
        for json in [
            json!(null),
            json!([1, -2_147_483_649i64, 1.5, u64::MAX, "text", true, { "a": { "b": [{}] } }]),
            json!({ "$oid": oid }),
            json!({ "$oid": "short" }),
            json!({ "$oid": oid, "more": 1 }),
            json!({ "more": 1, "$oid": oid }),
            json!({ "$oid": 1 }),
            json!({ "$symbol": "s" }),
            json!({ "$regularExpression": { "pattern": "a/b", "options": "xim" } }),
            json!({ "$regularExpression": { "pattern": "a\0", "options": "" } }),
            json!({ "$regularExpression": { "pattern": "a" } }),
            json!({ "$regex": "a", "$options": "i" }),
            json!({ "$numberInt": "-5" }),
            json!({ "$numberInt": "2147483648" }),
            json!({ "$numberInt": 5 }),
            json!({ "$numberLong": "9007199254740993" }),
            json!({ "$numberLong": "x" }),
            json!({ "$numberDouble": "-Infinity" }),
            json!({ "$numberDouble": "1.25e3" }),
            json!({ "$numberDecimal": "0.10" }),
            json!({ "$numberDecimal": "ten" }),
            json!({ "$binary": { "base64": "aGk=", "subType": "00" } }),
            json!({ "$binary": { "base64": "aGk=", "subType": "80" } }),
            json!({ "$binary": { "base64": "aGk", "subType": "00" } }),
            json!({ "$binary": { "base64": "aGk=", "subType": "0" } }),
            json!({ "$binary": "aGk=" }),
            json!({ "$uuid": "73ffd264-44b3-4c69-90e8-e7d1dfc035d4" }),
            json!({ "$uuid": "73ffd264" }),
            json!({ "$code": "f" }),
            json!({ "$code": "f", "$scope": { "n": { "$numberLong": "1" } } }),
            json!({ "$code": "f", "$scope": null }),
            json!({ "$code": "f", "$scope": 1 }),
            json!({ "$code": "f", "$other": {} }),
            json!({ "$scope": {} }),
            json!({ "$timestamp": { "t": 4_294_967_295u32, "i": 1 } }),
            json!({ "$timestamp": { "t": -1, "i": 1 } }),
            json!({ "$date": "2025-02-03T08:15:00.123Z" }),
            json!({ "$date": "2025-02-03T08:15:00+02:00" }),
            json!({ "$date": "yesterday" }),
            json!({ "$date": { "$numberLong": "-1" } }),
            json!({ "$date": 0 }),
            json!({ "$date": 0.5 }),
            json!({ "$minKey": 1 }),
            json!({ "$minKey": 2 }),
            json!({ "$maxKey": 1 }),
            json!({ "$undefined": true }),
            json!({ "$undefined": false }),
            json!({ "$dbPointer": { "$ref": "shop.users", "$id": { "$oid": oid } } }),
            json!({ "$dbPointer": { "$ref": "shop.users", "$id": oid } }),
            json!({ "$set": { "a": { "$date": 1 } } }),
        ] {
            assert_eq!(value(json.clone()).ok(), Bson::try_from(json.clone()).ok(), "{json}");
        }
    }
}
