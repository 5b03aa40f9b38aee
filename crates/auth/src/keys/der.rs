//! The little of DER that keys need: reading elements, and writing them.

pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const NULL: u8 = 0x05;
pub const OID: u8 = 0x06;
pub const SEQUENCE: u8 = 0x30;

/// One element: its tag, its content, and both with the length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements inside; `None` when they do not fill it exactly.
    pub fn children(&self) -> Option<Vec<Element<'a>>> {
        let mut rest = self.content;
        let mut list = Vec::new();
        while !rest.is_empty() {
            let (element, left) = read(rest)?;
            list.push(element);
            rest = left;
        }
        Some(list)
    }

    /// The elements of a sequence; `None` for anything else.
    pub fn sequence(&self) -> Option<Vec<Element<'a>>> {
        (self.tag == SEQUENCE).then(|| self.children())?
    }

    /// The bytes of a positive whole number, without leading zeros.
    pub fn integer(&self) -> Option<&'a [u8]> {
        let start = self.content.iter().take_while(|byte| **byte == 0).count();
        (self.tag == INTEGER).then(|| &self.content[start..])
    }

    /// The bytes of a bit string that ends with a whole byte.
    pub fn bits(&self) -> Option<&'a [u8]> {
        (self.tag == BIT_STRING).then_some(self.content)?.strip_prefix(&[0])
    }
}

/// The first element and what follows it.
pub fn read(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 || rest.len() < count {
            return None;
        }
        let (digits, rest) = rest.split_at(count);
        (digits.iter().fold(0, |sum, digit| (sum << 8) | usize::from(*digit)), rest)
    };
    if rest.len() < length {
        return None;
    }
    let (content, left) = rest.split_at(length);
    Some((
        Element {
            tag,
            content,
            whole: &bytes[..bytes.len() - left.len()],
        },
        left,
    ))
}

/// The one element that the bytes are.
pub fn whole(bytes: &[u8]) -> Option<Element<'_>> {
    read(bytes).filter(|(_, rest)| rest.is_empty()).map(|(element, _)| element)
}

/// An element of the given parts.
pub fn write(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | digits.len() as u8);
        out.extend(digits);
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// A positive whole number from its bytes.
pub fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[start..];
    let needs_zero = digits.first().is_none_or(|first| *first >= 0x80);
    write(INTEGER, &[if needs_zero { &[0] } else { &[] }, digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let long = vec![7; 300];
        let bytes = write(SEQUENCE, &[&integer(&[0, 0x80]), &write(OCTET_STRING, &[&long])]);
        let parts = whole(&bytes).and_then(|element| element.sequence()).unwrap();
        assert_eq!(parts[0].integer(), Some(&[0x80][..]));
        assert_eq!(parts[1].content, &long[..]);
        assert_eq!(integer(&[0]), [INTEGER, 1, 0]);
    }

    #[test]
    fn refuses_what_is_cut_off() {
        let bytes = write(SEQUENCE, &[&integer(&[1, 2, 3])]);
        for end in 0..bytes.len() {
            assert_eq!(whole(&bytes[..end]), None, "{end}");
        }
        assert_eq!(read(&[SEQUENCE, 0x85, 0, 0, 0, 0, 0]), None);
    }
}
