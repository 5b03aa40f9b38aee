//! The Content-Disposition header of a download.

use crate::encoding;
use crate::header::is_token;

/// Returns `attachment` with the file name, in a second form for names beyond ASCII (RFC 6266, RFC 8187).
pub fn attachment(file_name: Option<&str>) -> String {
    let Some(name) = file_name else { return "attachment".to_owned() };
    let plain = name.bytes().all(|b| (b' '..=b'~').contains(&b)) && !has_escape(name);
    if plain {
        return format!("attachment; filename={}", quoted(name));
    }
    // One question mark for each UTF-16 unit, as JavaScript replaces them.
    let ascii: String = name
        .chars()
        .flat_map(|c| std::iter::repeat_n(if (' '..='~').contains(&c) { c } else { '?' }, if c > '\u{ffff}' { 2 } else { 1 }))
        .collect();
    format!("attachment; filename={}; filename*={}", quoted(&ascii), extended(name))
}

fn has_escape(name: &str) -> bool {
    name.as_bytes()
        .windows(3)
        .any(|window| window[0] == b'%' && window[1].is_ascii_hexdigit() && window[2].is_ascii_hexdigit())
}

fn quoted(text: &str) -> String {
    if is_token(text) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn extended(text: &str) -> String {
    let encoded = encoding::component(text)
        .replace('\'', "%27")
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('*', "%2A");
    format!("UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments() {
        let check = |name: &str, expected: &str| assert_eq!(attachment(Some(name)), expected);
        assert_eq!(attachment(None), "attachment");
        check("plans.pdf", "attachment; filename=plans.pdf");
        check("the plans.pdf", "attachment; filename=\"the plans.pdf\"");
        check("a\"b.txt", "attachment; filename=\"a\\\"b.txt\"");
        check(
            "€ rates.pdf",
            "attachment; filename=\"? rates.pdf\"; filename*=UTF-8''%E2%82%AC%20rates.pdf",
        );
        check("a%20b.txt", "attachment; filename=a%20b.txt; filename*=UTF-8''a%2520b.txt");
    }
}
