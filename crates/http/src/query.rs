//! Query strings as Node's `querystring` reads them: names and values, nothing nested.

use percent_encoding::percent_decode_str;

/// Node reads no more pairs than this.
const MOST_PAIRS: usize = 1000;

/// Reads a query string (without `?`) into pairs, in order, repeated names kept.
pub fn parse(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .take(MOST_PAIRS)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    if text.contains(['%', '+']) {
        percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let check = |query: &str, expected: &str| {
            let text: Vec<_> = parse(query).into_iter().map(|(name, value)| format!("{name}→{value}")).collect();
            assert_eq!(text.join(" | "), expected, "{query}");
        };
        check("a=1&b=two+words&a=%C3%A9", "a→1 | b→two words | a→é");
        check("email[$ne]=x", "email[$ne]→x");
        check("a&&=x&b=1=2", "a→ | →x | b→1=2");
        check("bad=%zz%41&half=%C3", "bad→%zzA | half→\u{fffd}");
        check("", "");
        assert_eq!(parse(&"a&".repeat(2000)).len(), 1000);
    }
}
