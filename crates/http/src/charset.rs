//! Charsets of bodies that browsers' decoders do not know: UTF-16 without a byte order in its name, and UTF-32.

/// Decodes `utf-16`, `utf-32`, `utf-32le` and `utf-32be`; `None` for any other name. Without an order in the name a byte order
/// mark decides, else the zeros that Latin text leaves, else little-endian, as the iconv-lite package does.
pub fn decode_wide(bytes: &[u8], charset: &str) -> Option<String> {
    let (width, big) = match charset {
        "utf-16" => (2, is_big_endian(bytes, 2)),
        "utf-32" => (4, is_big_endian(bytes, 4)),
        "utf-32le" => (4, false),
        "utf-32be" => (4, true),
        _ => return None,
    };
    let units = bytes.chunks_exact(width).map(|chunk| number(chunk, big));
    let mut text: String = if width == 4 {
        units
            .map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else {
        char::decode_utf16(units.map(|unit| unit as u16))
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    // iconv-lite drops half a unit of UTF-16, and does not drop part of one of UTF-32.
    if width == 4 && !bytes.len().is_multiple_of(width) {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Some(match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

const BYTE_ORDER_MARK: char = '\u{feff}';

fn number(chunk: &[u8], big: bool) -> u32 {
    let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
    if big {
        chunk.iter().fold(0, add)
    } else {
        chunk.iter().rev().fold(0, add)
    }
}

fn is_big_endian(bytes: &[u8], width: usize) -> bool {
    let mut chunks = bytes.chunks_exact(width);
    let mark = chunks.clone().next();
    for big in [false, true] {
        if mark.is_some_and(|chunk| number(chunk, big) == BYTE_ORDER_MARK as u32) {
            return big;
        }
    }
    let looks = |chunk: &[u8], big| matches!(number(chunk, big), 1..=0xff);
    chunks
        .by_ref()
        .take(100)
        .map(|chunk| i32::from(looks(chunk, true)) - i32::from(looks(chunk, false)))
        .sum::<i32>()
        > 0
}

#[cfg(test)]
mod tests {
    use super::decode_wide;

    #[test]
    fn wide_charsets() {
        let check = |bytes: &[u8], charset: &str, expected: Option<&str>| {
            assert_eq!(decode_wide(bytes, charset).as_deref(), expected, "{charset} {bytes:?}");
        };
        check(b"\xfe\xff\0{\0}", "utf-16", Some("{}"));
        check(b"\xff\xfe{\0}\0", "utf-16", Some("{}"));
        check(b"\0{\0}", "utf-16", Some("{}"));
        check(b"{\0}\0", "utf-16", Some("{}"));
        check(b"\xff\xfe\x3d\xd8\x00\xde", "utf-16", Some("😀"));
        check(b"\xff\xfe\x00\xd8", "utf-16", Some("\u{fffd}"));
        check(b"\0\0\xfe\xff\0\0\0{", "utf-32", Some("{"));
        check(b"{\0\0\0", "utf-32", Some("{"));
        check(b"\0\0\0{", "utf-32", Some("{"));
        check(b"\0\0\0{", "utf-32be", Some("{"));
        check(b"\0\0\0{", "utf-32le", Some("\u{fffd}"));
        check(b"{\0\0\0{\0", "utf-32", Some("{\u{fffd}"));
        check(b"{\0}", "utf-16", Some("{"));
        check(b"", "utf-16", Some(""));
        check(b"{}", "utf-8", None);
    }
}
