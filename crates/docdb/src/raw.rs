//! Single fields of a document's bytes, without decoding the others (BSON specification, version 1.1).

use bson::{DateTime, RawBsonRef, RawDocument, oid::ObjectId};

/// The field's value; `None` also when the bytes before or in it are damaged.
///
/// The bson crate's own `get` checks and decodes each name on the way; this compares bytes and steps over values.
pub(crate) fn get<'d>(document: &'d RawDocument, name: &str) -> Option<RawBsonRef<'d>> {
    let bytes = document.as_bytes();
    let mut at = 4;
    loop {
        let (kind, rest) = bytes.get(at..)?.split_first()?;
        if *kind == 0 {
            return None;
        }
        let is_it = rest.get(name.len()) == Some(&0) && rest.starts_with(name.as_bytes());
        let length = if is_it {
            name.len()
        } else {
            rest.iter().position(|byte| *byte == 0)?
        };
        let value = rest.get(length + 1..)?;
        let size = size(*kind, value)?;
        if is_it {
            // What is rare is left to the crate.
            return read(*kind, value.get(..size)?).or_else(|| document.get(name).ok().flatten());
        }
        at += 2 + length + size;
    }
}

/// One field as it stands in the bytes.
pub(crate) struct Element<'d> {
    pub(crate) name: &'d str,
    /// Type, name and value.
    pub(crate) whole: &'d [u8],
}

/// The fields of a document one after the other; `None` when the bytes are damaged.
pub(crate) fn elements(document: &RawDocument) -> Option<Vec<Element<'_>>> {
    let bytes = document.as_bytes();
    let mut found = Vec::with_capacity(16);
    let mut at = 4;
    loop {
        let rest = bytes.get(at..)?;
        let (kind, named) = rest.split_first()?;
        if *kind == 0 {
            return Some(found);
        }
        let length = named.iter().position(|byte| *byte == 0)?;
        let taken = 2 + length + size(*kind, named.get(length + 1..)?)?;
        found.push(Element {
            name: std::str::from_utf8(&named[..length]).ok()?,
            whole: rest.get(..taken)?,
        });
        at += taken;
    }
}

/// How many bytes a value of this type takes.
fn size(kind: u8, value: &[u8]) -> Option<usize> {
    let length = || {
        let length = i32::from_le_bytes(*value.first_chunk()?);
        usize::try_from(length).ok()
    };
    Some(match kind {
        0x01 | 0x09 | 0x11 | 0x12 => 8,
        0x10 => 4,
        0x02 | 0x0d | 0x0e => length()?.checked_add(4)?,
        0x03 | 0x04 | 0x0f => length()?,
        0x08 => 1,
        0x07 => 12,
        0x06 | 0x0a | 0x7f | 0xff => 0,
        0x05 => length()?.checked_add(5)?,
        0x13 => 16,
        0x0c => length()?.checked_add(16)?,
        0x0b => {
            let pattern = value.iter().position(|byte| *byte == 0)?;
            let options = value.get(pattern + 1..)?.iter().position(|byte| *byte == 0)?;
            pattern + options + 2
        }
        _ => return None,
    })
}

fn read(kind: u8, value: &[u8]) -> Option<RawBsonRef<'_>> {
    Some(match kind {
        0x01 => RawBsonRef::Double(f64::from_le_bytes(*value.first_chunk()?)),
        0x02 => {
            let (end, text) = value.get(4..)?.split_last()?;
            RawBsonRef::String(std::str::from_utf8(text).ok().filter(|_| *end == 0)?)
        }
        0x03 => RawBsonRef::Document(RawDocument::from_bytes(value).ok()?),
        0x07 => RawBsonRef::ObjectId(ObjectId::from_bytes(*value.first_chunk()?)),
        0x08 => RawBsonRef::Boolean(match value.first()? {
            0 => false,
            1 => true,
            _ => return None,
        }),
        0x09 => RawBsonRef::DateTime(DateTime::from_millis(i64::from_le_bytes(*value.first_chunk()?))),
        0x0a => RawBsonRef::Null,
        0x10 => RawBsonRef::Int32(i32::from_le_bytes(*value.first_chunk()?)),
        0x12 => RawBsonRef::Int64(i64::from_le_bytes(*value.first_chunk()?)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::spec::BinarySubtype;
    use bson::{Binary, Bson, RawDocumentBuf, Regex, Timestamp, doc};

    fn document() -> RawDocumentBuf {
        let regex = Regex {
            pattern: "^a".try_into().unwrap(),
            options: "i".try_into().unwrap(),
        };
        let binary = Binary {
            subtype: BinarySubtype::Generic,
            bytes: vec![1, 2, 3],
        };
        RawDocumentBuf::try_from(&doc! {
            "d": 1.5, "s": "text", "": "empty name", "o": { "a": 1 }, "l": [1, { "b": 2 }], "b": binary, "u": Bson::Undefined,
            "id": ObjectId::from_bytes([7; 12]), "t": true, "f": false, "at": DateTime::from_millis(5), "n": null, "r": regex,
            "js": Bson::JavaScriptCode("1".into()), "sy": Bson::Symbol("x".into()), "i": 7, "ts": Timestamp { time: 1, increment: 2 },
            "long": 1_i64 << 40, "dec": Bson::Decimal128("1.5".parse().unwrap()), "min": Bson::MinKey, "max": Bson::MaxKey, "last": "é",
        })
        .unwrap()
    }

    #[test]
    fn reads_what_the_crate_reads() {
        let document = document();
        for element in &document {
            let (name, value) = element.unwrap();
            assert_eq!(get(&document, name.as_str()), Some(value), "{}", name.as_str());
        }
        let elements = elements(&document).unwrap();
        let names: Vec<&str> = document.iter().map(|element| element.unwrap().0.as_str()).collect();
        assert_eq!(elements.iter().map(|element| element.name).collect::<Vec<_>>(), names);
        let length: usize = elements.iter().map(|element| element.whole.len()).sum();
        assert_eq!(length + 5, document.as_bytes().len());
        for missing in ["x", "la", "lastly", "lon", "a"] {
            assert_eq!(get(&document, missing), None, "{missing}");
        }
    }

    #[test]
    fn damaged_bytes_are_no_panic() {
        let bytes = document().into_bytes();
        for place in 4..bytes.len() - 1 {
            for byte in [0, 1, 2, 127, 255] {
                let mut broken = bytes.clone();
                broken[place] = byte;
                if let Ok(broken) = RawDocument::from_bytes(&broken) {
                    get(broken, "last");
                    get(broken, "s");
                    elements(broken);
                }
            }
        }
    }
}
