//! Percent-encoding of URLs and of their components.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What `encodeURIComponent` leaves alone besides letters and digits.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Encodes as `encodeURIComponent` does.
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Decodes as `decodeURIComponent` does; `None` where that would throw.
pub fn decode_component(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let well_formed = bytes.iter().enumerate().filter(|(_, b)| **b == b'%').all(|(at, _)| {
        bytes
            .get(at + 1..at + 3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !well_formed {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Makes a text fit for a Location header: what is encoded stays, what may not stand in a URL is encoded.
pub fn url(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut output = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let kept = match c {
            '%' => bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            '!' | '#'..=';' | '=' | '?'..='_' | 'a'..='z' | '|' | '~' => true,
            _ => false,
        };
        if kept {
            output.push(c);
        } else {
            output.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC));
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        for (text, expected) in [
            ("/a b", "/a%20b"),
            ("/a%20b", "/a%20b"),
            ("/100%", "/100%25"),
            ("https://x.test/é?q=1#top", "https://x.test/%C3%A9?q=1#top"),
            ("/\"<>`{}\\^[]|", "/%22%3C%3E%60%7B%7D\\^[]|"),
        ] {
            assert_eq!(url(text), expected, "{text}");
        }
    }

    #[test]
    fn components() {
        assert_eq!(component("a b/ä!'()*~"), "a%20b%2F%C3%A4!'()*~");
        assert_eq!(decode_component("a%20b").as_deref(), Some("a b"));
        assert_eq!(decode_component("%"), None);
        assert_eq!(decode_component("%ff"), None);
    }
}
