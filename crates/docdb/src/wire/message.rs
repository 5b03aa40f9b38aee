//! OP_MSG and the legacy OP_QUERY of a driver's first hello; their replies (MongoDB manual: "MongoDB Wire Protocol").

use std::borrow::Cow;

use bson::{Document, RawBsonRef, RawDocument, RawDocumentBuf};

use crate::error::{Code, DocDbError, Result};

const OP_REPLY: i32 = 1;
const OP_QUERY: i32 = 2004;
const OP_MSG: i32 = 2013;
const HEADER: usize = 16;
/// Largest message (`maxMessageSizeBytes`).
pub(crate) const MAX_MESSAGE: usize = 48_000_000;

const CHECKSUM_PRESENT: u32 = 1;
const MORE_TO_COME: u32 = 2;

/// A request as it stands in the message's bytes.
#[derive(Debug)]
pub(crate) struct Request<'m> {
    pub(crate) id: i32,
    pub(crate) body: &'m RawDocument,
    /// Document sequences: name → documents.
    sequences: Vec<(&'m str, Vec<&'m RawDocument>)>,
    /// Of an OP_QUERY, the database; an OP_MSG says it in `$db`.
    pub(crate) legacy_database: Option<&'m str>,
    /// The client wants no answer.
    pub(crate) more_to_come: bool,
}

/// The length of the message that starts here, once its first four bytes are there.
///
/// # Errors
/// When the length is impossible; the connection cannot go on.
pub fn message_length(bytes: &[u8]) -> Result<Option<usize>> {
    let Some(length) = bytes.first_chunk::<4>() else { return Ok(None) };
    match usize::try_from(i32::from_le_bytes(*length)) {
        Ok(length) if (HEADER..=MAX_MESSAGE).contains(&length) => Ok(Some(length)),
        _ => Err(protocol("a message says an impossible length")),
    }
}

impl<'m> Request<'m> {
    /// # Errors
    /// [`Code::ProtocolError`] when the bytes are no message that this server knows.
    pub(crate) fn parse(message: &'m [u8]) -> Result<Self> {
        let mut reader = Reader { bytes: message };
        let length = reader.int()?;
        if usize::try_from(length).ok() != Some(message.len()) {
            return Err(protocol("a message is not as long as it says"));
        }
        let id = reader.int()?;
        reader.int()?;
        match reader.int()? {
            OP_MSG => Request::parse_message(id, reader),
            OP_QUERY => Request::parse_query(id, reader),
            other => Err(protocol(&format!("the operation code {other} is not supported"))),
        }
    }

    fn parse_message(id: i32, mut reader: Reader<'m>) -> Result<Self> {
        let flags = reader.int()? as u32;
        if flags & 0xffff & !(CHECKSUM_PRESENT | MORE_TO_COME) != 0 {
            return Err(protocol("a message has flags that are not known"));
        }
        if flags & CHECKSUM_PRESENT != 0 {
            // Loopback and in-page transports do not damage bytes.
            let end = reader
                .bytes
                .len()
                .checked_sub(4)
                .ok_or_else(|| protocol("a message lacks its checksum"))?;
            reader.bytes = &reader.bytes[..end];
        }
        let (mut body, mut sequences) = (None, Vec::new());
        while !reader.bytes.is_empty() {
            match reader.take(1)?[0] {
                0 if body.is_none() => body = Some(reader.document()?),
                1 => {
                    let size = usize::try_from(reader.int()?).ok().and_then(|size| size.checked_sub(4));
                    let mut section = Reader {
                        bytes: reader.take(size.ok_or_else(|| protocol("a document sequence has an impossible size"))?)?,
                    };
                    let name = section.name()?;
                    let mut documents = Vec::new();
                    while !section.bytes.is_empty() {
                        documents.push(section.document()?);
                    }
                    sequences.push((name, documents));
                }
                _ => return Err(protocol("a message has a section of an unknown kind")),
            }
        }
        Ok(Request {
            id,
            body: body.ok_or_else(|| protocol("a message has no body"))?,
            sequences,
            legacy_database: None,
            more_to_come: flags & MORE_TO_COME != 0,
        })
    }

    fn parse_query(id: i32, mut reader: Reader<'m>) -> Result<Self> {
        reader.int()?;
        let namespace = reader.name()?;
        reader.int()?;
        reader.int()?;
        let mut body = reader.document()?;
        if let Ok(Some(RawBsonRef::Document(inner))) = body.get("$query") {
            body = inner;
        }
        match namespace.split_once('.') {
            Some((database, "$cmd")) => Ok(Request {
                id,
                body,
                sequences: Vec::new(),
                legacy_database: Some(database),
                more_to_come: false,
            }),
            _ => Err(protocol("OP_QUERY is only supported for commands")),
        }
    }

    /// The documents of a list that is either a document sequence or an array of the body.
    ///
    /// # Errors
    /// When an element is no document.
    pub(crate) fn documents(&self, name: &str) -> Result<Option<Vec<Cow<'m, RawDocument>>>> {
        self.documents_up_to(name, usize::MAX)
    }

    /// The first documents of such a list, at most so many.
    pub(crate) fn documents_up_to(&self, name: &str, most: usize) -> Result<Option<Vec<Cow<'m, RawDocument>>>> {
        if let Some((_, documents)) = self.sequences.iter().find(|(known, _)| *known == name) {
            let documents = documents.iter().take(most);
            return Ok(Some(documents.map(|document| Cow::Borrowed(*document)).collect()));
        }
        let Ok(Some(RawBsonRef::Array(items))) = self.body.get(name) else {
            return Ok(None);
        };
        let mut documents = Vec::new();
        for (place, item) in items.into_iter().enumerate().take(most) {
            match item? {
                RawBsonRef::Document(document) => documents.push(Cow::Borrowed(document)),
                other => {
                    return Err(DocDbError::mismatch(format!(
                        "BSON field '{name}.{place}' is the wrong type '{}', expected type 'object'",
                        crate::shell::type_name(&bson::Bson::try_from(other)?)
                    )));
                }
            }
        }
        Ok(Some(documents))
    }
}

/// The answer to a request as a message.
pub(crate) fn reply(request: i32, legacy: bool, number: i32, document: &RawDocumentBuf) -> Vec<u8> {
    let body = document.as_bytes();
    let mut bytes = Vec::with_capacity(HEADER + 20 + body.len());
    bytes.extend([0; 4]);
    bytes.extend(number.to_le_bytes());
    bytes.extend(request.to_le_bytes());
    if legacy {
        bytes.extend(OP_REPLY.to_le_bytes());
        // Flags "await capable", no cursor, first document, one document.
        bytes.extend(8_i32.to_le_bytes());
        bytes.extend([0; 12]);
        bytes.extend(1_i32.to_le_bytes());
    } else {
        bytes.extend(OP_MSG.to_le_bytes());
        bytes.extend([0; 5]);
    }
    bytes.extend(body);
    let length = (bytes.len() as i32).to_le_bytes();
    bytes[..4].copy_from_slice(&length);
    bytes
}

/// A command as the message that a client would send.
///
/// # Errors
/// When it cannot be written as BSON.
pub fn command(document: &Document) -> Result<Vec<u8>> {
    let body = RawDocumentBuf::try_from(document)?;
    let mut bytes = Vec::with_capacity(HEADER + 5 + body.as_bytes().len());
    bytes.extend(((HEADER + 5 + body.as_bytes().len()) as i32).to_le_bytes());
    bytes.extend([1, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(OP_MSG.to_le_bytes());
    bytes.extend([0; 5]);
    bytes.extend(body.as_bytes());
    Ok(bytes)
}

/// The document in the answer to such a message.
///
/// # Errors
/// When the bytes are no such answer.
pub fn answer(message: &[u8]) -> Result<Document> {
    let body = message.get(HEADER + 5..).ok_or_else(|| protocol("an answer ends too early"))?;
    Ok(Document::try_from(RawDocument::from_bytes(body)?)?)
}

struct Reader<'m> {
    bytes: &'m [u8],
}

impl<'m> Reader<'m> {
    fn take(&mut self, count: usize) -> Result<&'m [u8]> {
        let (taken, rest) = self
            .bytes
            .split_at_checked(count)
            .ok_or_else(|| protocol("a message ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    fn int(&mut self) -> Result<i32> {
        let bytes = self.take(4)?;
        Ok(i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn name(&mut self) -> Result<&'m str> {
        let end = self.bytes.iter().position(|byte| *byte == 0);
        let bytes = self.take(end.ok_or_else(|| protocol("a name has no end"))?)?;
        self.take(1)?;
        std::str::from_utf8(bytes).map_err(|_| protocol("a name is not UTF-8"))
    }

    fn document(&mut self) -> Result<&'m RawDocument> {
        let length = self.bytes.first_chunk::<4>().map(|length| i32::from_le_bytes(*length));
        let length = length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length >= 5);
        let bytes = self.take(length.ok_or_else(|| protocol("a document says an impossible length"))?)?;
        Ok(RawDocument::from_bytes(bytes)?)
    }
}

fn protocol(what: &str) -> DocDbError {
    DocDbError::new(Code::ProtocolError, format!("wire protocol: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    fn message(flags: u32, sections: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(((20 + sections.len()) as i32).to_le_bytes());
        bytes.extend(7_i32.to_le_bytes());
        bytes.extend(0_i32.to_le_bytes());
        bytes.extend(OP_MSG.to_le_bytes());
        bytes.extend(flags.to_le_bytes());
        bytes.extend(sections);
        bytes
    }

    fn sections() -> Vec<u8> {
        let body = RawDocumentBuf::try_from(&doc! { "insert": "a", "$db": "shop" }).unwrap();
        let one = RawDocumentBuf::try_from(&doc! { "n": 1 }).unwrap();
        let mut bytes = vec![0];
        bytes.extend(body.as_bytes());
        bytes.push(1);
        bytes.extend(((4 + 10 + one.as_bytes().len()) as i32).to_le_bytes());
        bytes.extend(b"documents\0");
        bytes.extend(one.as_bytes());
        bytes
    }

    #[test]
    fn reads_a_message() {
        let bytes = message(0, &sections());
        assert_eq!(message_length(&bytes).unwrap(), Some(bytes.len()));
        let request = Request::parse(&bytes).unwrap();
        assert_eq!((request.id, request.more_to_come), (7, false));
        assert_eq!(request.documents("documents").unwrap().unwrap().len(), 1);
        assert_eq!(request.body.get_str("$db").unwrap(), "shop");
    }

    #[test]
    fn refuses_what_is_cut_or_changed() {
        let bytes = message(0, &sections());
        for end in 0..bytes.len() {
            assert!(Request::parse(&bytes[..end]).is_err(), "cut at {end}");
        }
        assert!(Request::parse(&message(1 << 5, &sections())).is_err());
        assert!(message_length(&[1, 0, 0, 0]).is_err());
    }
}
