//! The pairs of a nested query string: decoded, and equal names combined.

use super::{Map, Options, Tree, combine, index_of};
use crate::encoding;

/// `✓` in UTF-8, and what a form in ISO-8859-1 sends in its place.
const SENTINEL_UTF8: &str = "utf8=%E2%9C%93";
const SENTINEL_LATIN1: &str = "utf8=%26%2310003%3B";

/// Names with their values, equal names combined, numbers first as in a JavaScript object.
pub(super) fn values(query: &str, mut options: Options) -> Vec<(String, Tree)> {
    if query.is_empty() {
        return Vec::new();
    }
    let brackets = query
        .replace("%5B", "[")
        .replace("%5b", "[")
        .replace("%5D", "]")
        .replace("%5d", "]");
    let parts = || brackets.split('&').take(options.parameter_limit);
    let mut sentinel = None;
    if options.charset_sentinel {
        sentinel = parts().position(|part| part.starts_with("utf8="));
        match sentinel.and_then(|at| parts().nth(at)) {
            Some(SENTINEL_UTF8) => options.latin1 = false,
            Some(SENTINEL_LATIN1) => options.latin1 = true,
            _ => {}
        }
    }
    let mut map = Map::default();
    for (at, part) in brackets.split('&').take(options.parameter_limit).enumerate() {
        if Some(at) == sentinel {
            continue;
        }
        let split = part.find("]=").map(|at| at + 1).or_else(|| part.find('='));
        let (name, value) = split.map_or((part, ""), |at| (&part[..at], &part[at + 1..]));
        let name = decode(name, options);
        let mut value = decode(value, options);
        if options.latin1 && options.numeric_entities {
            value = entities(&value);
        }
        let value = Tree::Text(value);
        match map.take(&name) {
            Some(present) => map.set(name, combine(present, value, options)),
            None => map.set(name, value),
        }
    }
    let (numbers, names): (Vec<_>, Vec<_>) = map.entries.into_iter().partition(|(name, _)| index_of(name).is_some());
    let mut ordered = numbers;
    ordered.sort_by_key(|(name, _)| index_of(name));
    ordered.extend(names);
    ordered
}

fn decode(text: &str, options: Options) -> String {
    let text = text.replace('+', " ");
    if options.latin1 {
        return decode_latin1(&text);
    }
    encoding::decode_component(&text).unwrap_or(text)
}

/// Reads escapes as ISO-8859-1; what is not escaped is text already.
fn decode_latin1(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.get(..2).map(|digits| (digits, u8::from_str_radix(digits, 16))) {
            Some((digits, Ok(byte))) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                decoded.push(char::from(byte));
                rest = &rest[2..];
            }
            _ => decoded.push('%'),
        }
    }
    decoded + rest
}

/// Replaces `&#9786;` by the character of that number; beyond Unicode by the UTF-16 unit, as `String.fromCharCode` does.
fn entities(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("&#") {
        units.extend(rest[..at].encode_utf16());
        let digits = &rest[at + 2..];
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        if length > 0 && digits.as_bytes().get(length) == Some(&b';') {
            let number = digits[..length].parse::<u64>().unwrap_or_default();
            match u32::try_from(number).ok().filter(|code| *code > 0xffff).and_then(char::from_u32) {
                Some(character) => units.extend_from_slice(character.encode_utf16(&mut [0; 2])),
                None => units.push((number & 0xffff) as u16),
            }
            rest = &digits[length + 1..];
        } else {
            units.extend("&#".encode_utf16());
            rest = digits;
        }
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}
