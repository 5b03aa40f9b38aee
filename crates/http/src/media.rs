//! Media types: by file extension, with charset, parsed and written.

use crate::HttpError;
use crate::header::is_token;
use std::cmp::Ordering;

/// A line for each extension, in alphabetical order: the extension, a space, its media type. `build.rs` writes it.
const EXTENSIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/extensions.txt"));

/// Types outside `text/` whose text is UTF-8 unless they say otherwise.
const UTF8: [&str; 11] = [
    "application/cda+xml",
    "application/elm+json",
    "application/fhir+json",
    "application/fhir+xml",
    "application/hl7v2+xml",
    "application/im-iscomposing+xml",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/pidf+xml",
    "application/pidf-diff+xml",
];

/// Returns the media type for `json`, `.json` or `data/users.json`.
pub fn lookup(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) => extension,
        None if name.len() == path.len() => name,
        None => return None,
    }
    .to_ascii_lowercase();
    if extension.is_empty() {
        return None;
    }
    let mut lines = EXTENSIONS;
    loop {
        let start = lines[..lines.len() / 2].rfind('\n').map_or(0, |feed| feed + 1);
        let (known, rest) = lines[start..].split_once(' ')?;
        let (media_type, after) = rest.split_once('\n')?;
        lines = match extension.as_str().cmp(known) {
            Ordering::Less => &lines[..start],
            Ordering::Equal => return Some(media_type.to_owned()),
            Ordering::Greater => after,
        };
    }
}

/// Returns the charset that a type has by default.
pub fn charset(media_type: &str) -> Option<&'static str> {
    let essence = media_type.trim_start().split([';', ' ', '\t']).next()?.to_ascii_lowercase();
    (essence.starts_with("text/") || UTF8.contains(&essence.as_str())).then_some("utf-8")
}

/// Returns a Content-Type for an extension, a file name, or a type that may lack its charset.
pub fn content_type(text: &str) -> Option<String> {
    let mut media_type = if text.contains('/') { text.to_owned() } else { lookup(text)? };
    if media_type.is_empty() {
        return None;
    }
    if !media_type.contains("charset")
        && let Some(charset) = charset(&media_type)
    {
        media_type.push_str("; charset=");
        media_type.push_str(charset);
    }
    Some(media_type)
}

/// A parsed Content-Type, or one element of an Accept header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// As it was written.
    pub essence: String,
    /// Names in lower case; of a repeated name the first value.
    pub parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads one type. Nothing is refused; what makes no sense is dropped, as browsers and Express do.
    pub fn parse(text: &str) -> MediaType {
        let (essence, parameters) = split_outside_quotes(text, ';')
            .split_first()
            .map_or((text, Vec::new()), |(first, rest)| (*first, rest.to_vec()));
        let mut media_type = MediaType {
            essence: trim(essence).to_owned(),
            parameters: Vec::new(),
        };
        for parameter in parameters {
            let Some((name, value)) = parameter.split_once('=') else { continue };
            let name = trim(name).to_ascii_lowercase();
            if media_type.parameter(&name).is_none() {
                media_type.parameters.push((name, unquote(trim(value))));
            }
        }
        media_type
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The charset in lower case.
    pub fn charset(&self) -> Option<String> {
        self.parameter("charset").map(str::to_ascii_lowercase)
    }

    /// Writes the type, quoting where needed.
    pub fn write(&self) -> Result<String, HttpError> {
        match self.essence.split_once('/') {
            Some((kind, subtype)) if is_token(kind) && is_token(subtype) => {}
            _ => return Err(HttpError::MediaType(self.essence.clone())),
        }
        let mut text = self.essence.clone();
        for (name, value) in &self.parameters {
            if !is_token(name) {
                return Err(HttpError::ParameterName(name.clone()));
            }
            text.push_str("; ");
            text.push_str(name);
            text.push('=');
            text.push_str(&quoted(value)?);
        }
        Ok(text)
    }
}

/// Returns the type with this charset, as `res.send` completes it.
pub fn with_charset(content_type: &str, charset: &str) -> Result<String, HttpError> {
    let mut parsed = MediaType::parse(content_type);
    parsed.essence.make_ascii_lowercase();
    match parsed.parameters.iter_mut().find(|(name, _)| name == "charset") {
        Some(pair) => pair.1 = charset.to_owned(),
        None => parsed.parameters.push(("charset".to_owned(), charset.to_owned())),
    }
    parsed.write()
}

/// Splits at a separator that stands outside quoted strings.
pub(crate) fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if c == separator && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

pub(crate) fn quoted(value: &str) -> Result<String, HttpError> {
    if is_token(value) {
        return Ok(value.to_owned());
    }
    if value.chars().any(|c| (c < ' ' && c != '\t') || c == '\x7f' || c > '\u{ff}') {
        return Err(HttpError::ParameterValue(value.to_owned()));
    }
    Ok(format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn unquote(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        return value.to_owned();
    };
    let (mut text, mut chars) = (String::new(), inner.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => text.extend(chars.next()),
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookups() {
        for line in EXTENSIONS.lines() {
            let (extension, media_type) = line.split_once(' ').unwrap();
            assert_eq!(lookup(extension).as_deref(), Some(media_type), "{extension}");
        }
        for (given, expected) in [
            ("html", Some("text/html")),
            (".JSON", Some("application/json")),
            ("a/b/app.js", Some("text/javascript")),
            ("x.mjs", Some("text/javascript")),
            ("dir.d/readme", None),
            ("", None),
            ("nope", None),
            ("xml", Some("application/xml")),
            ("svg", Some("image/svg+xml")),
        ] {
            assert_eq!(lookup(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn content_types() {
        for (given, expected) in [
            ("html", Some("text/html; charset=utf-8")),
            ("application/json", Some("application/json; charset=utf-8")),
            ("text/plain;charset=latin1", Some("text/plain;charset=latin1")),
            ("image/png", Some("image/png")),
            ("application/xml", Some("application/xml")),
            ("nope", None),
        ] {
            assert_eq!(content_type(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn charsets_are_set() {
        for (given, expected) in [
            ("text/html", Ok("text/html; charset=utf-8")),
            ("Text/HTML; a=\"b c\"; Charset=latin1", Ok("text/html; a=\"b c\"; charset=utf-8")),
            ("text", Err("Invalid type: text")),
        ] {
            let result = with_charset(given, "utf-8").map_err(|error| error.to_string());
            assert_eq!(result.as_deref().map_err(String::as_str), expected, "{given}");
        }
    }
}
