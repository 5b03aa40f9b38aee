//! What a document has to be before it is kept: validators, `_id`, timestamps.

use bson::{Bson, RawBsonRef, RawDocument, RawDocumentBuf};

use crate::collection::Ambient;
use crate::error::{Code, DocDbError, FailedValidation, Result};
use crate::filter::Filter;

pub(super) fn validate(validator: Option<&Filter>, document: &RawDocument) -> Result<()> {
    let Some(validator) = validator else { return Ok(()) };
    let fits = validator.matches(document);
    validator.check()?;
    if fits {
        return Ok(());
    }
    let id = document.get("_id").ok().flatten().map_or(Ok(Bson::Null), Bson::try_from)?;
    Err(DocDbError::Validation(Box::new(FailedValidation {
        id,
        details: crate::filter::failures::details(validator.source(), document),
    })))
}

/// An empty timestamp at the top level becomes the time of the write (MongoDB manual: "BSON Types", Timestamps).
pub(super) fn stamped(document: RawDocumentBuf, ambient: &mut dyn Ambient) -> Result<RawDocumentBuf> {
    let empty = |value: &RawBsonRef| matches!(value, RawBsonRef::Timestamp(at) if at.time == 0 && at.increment == 0);
    let is_timestamp = |element: &bson::raw::RawElement| element.element_type() == bson::spec::ElementType::Timestamp;
    if !document.iter_elements().flatten().any(|element| is_timestamp(&element)) {
        return Ok(document);
    }
    let mut stamped = RawDocumentBuf::new();
    for element in &document {
        let (name, value) = element?;
        if empty(&value) && name.as_str() != "_id" {
            let time = u32::try_from(ambient.now_ms().div_euclid(1000)).unwrap_or(1);
            stamped.append(name, bson::Timestamp { time, increment: 1 });
        } else {
            stamped.append(name, value);
        }
    }
    Ok(stamped)
}

pub(super) fn check_id(id: RawBsonRef) -> Result<Bson> {
    let refuse = |what: &str| {
        Err(DocDbError::new(
            Code::InvalidIdField,
            format!("The '_id' value cannot be of type {what}"),
        ))
    };
    match id {
        RawBsonRef::Array(_) => refuse("array"),
        RawBsonRef::RegularExpression(_) => refuse("regex"),
        RawBsonRef::Undefined => refuse("undefined"),
        RawBsonRef::Document(inner) => match inner.iter().flatten().find(|(name, _)| name.as_str().starts_with('$')) {
            Some((name, _)) if !matches!(name.as_str(), "$ref" | "$id" | "$db") => Err(DocDbError::new(
                Code::DollarPrefixedFieldName,
                format!(
                    "_id fields may not contain '$'-prefixed fields: {} is not valid for storage.",
                    name.as_str()
                ),
            )),
            _ => Ok(Bson::try_from(id)?),
        },
        _ => Ok(Bson::try_from(id)?),
    }
}
