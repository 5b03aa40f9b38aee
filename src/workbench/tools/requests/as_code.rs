//! A request written as code: curl, fetch, axios and an `.http` file.

use crate::state::protocol::WireRequest;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    #[default]
    Curl,
    Fetch,
    Axios,
    Http,
}

impl Dialect {
    pub const ALL: [Dialect; 4] = [Dialect::Curl, Dialect::Fetch, Dialect::Axios, Dialect::Http];

    pub fn name(self) -> &'static str {
        match self {
            Dialect::Curl => "curl",
            Dialect::Fetch => "fetch",
            Dialect::Axios => "axios",
            Dialect::Http => ".http",
        }
    }
}

/// Writes a request in a dialect.
pub fn write(sent: &WireRequest, dialect: Dialect) -> String {
    let sent = &WireRequest {
        url: encoded(&sent.url),
        ..sent.clone()
    };
    match dialect {
        Dialect::Curl => curl(sent),
        Dialect::Fetch => fetch(sent),
        Dialect::Axios => axios(sent),
        Dialect::Http => http(sent),
    }
}

/// A URL as the request lab sends it (`escapeTarget` of the runtime): what cannot stand in a request line is percent-encoded.
fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte <= b' ' || byte >= 0x7f {
            out.push_str(&format!("%{byte:02X}"));
        } else {
            out.push(char::from(byte));
        }
    }
    out
}

/// Every name once, with all that it has.
fn by_name(sent: &WireRequest) -> Vec<(&str, Vec<&str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, value) in &sent.headers {
        match all.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, values)) => values.push(value),
            None => all.push((name, vec![value])),
        }
    }
    all
}

/// The body as JSON, when it is declared and valid.
fn json(sent: &WireRequest) -> Option<serde_json::Value> {
    let (_, kind) = sent.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    if !kind.contains("json") {
        return None;
    }
    serde_json::from_str(sent.body.as_deref()?).ok()
}

fn curl(sent: &WireRequest) -> String {
    // Brackets and braces would name many URLs.
    let curl = if sent.url.contains(['[', ']', '{', '}']) {
        "curl --globoff"
    } else {
        "curl"
    };
    let mut parts = vec![match (sent.method.as_str(), &sent.body) {
        ("GET", None) | ("POST", Some(_)) => format!("{curl} {}", shell(&sent.url)),
        ("HEAD", _) => format!("{curl} --head {}", shell(&sent.url)),
        (method, _) => format!("{curl} -X {method} {}", shell(&sent.url)),
    }];
    parts.extend(
        sent.headers
            .iter()
            .map(|(name, value)| format!("-H {}", shell(&format!("{name}: {value}")))),
    );
    parts.extend(sent.body.as_ref().map(|body| format!("--data-raw {}", shell(body))));
    parts.join(" \\\n  ")
}

/// Single quotes of a POSIX shell.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn fetch(sent: &WireRequest) -> String {
    let mut options = Vec::new();
    if sent.method != "GET" {
        options.push(format!("  method: {},", quote(&sent.method)));
    }
    if by_name(sent).len() < sent.headers.len() {
        // An object has each name once.
        options.push("  headers: [".to_owned());
        options.extend(
            sent.headers
                .iter()
                .map(|(name, value)| format!("    [{}, {}],", quote(name), quote(value))),
        );
        options.push("  ],".to_owned());
    } else if !sent.headers.is_empty() {
        options.push("  headers: {".to_owned());
        options.extend(
            sent.headers
                .iter()
                .map(|(name, value)| format!("    {}: {},", property(name), quote(value))),
        );
        options.push("  },".to_owned());
    }
    if let Some(body) = &sent.body {
        options.push(match (sent.method.as_str(), json(sent)) {
            ("GET" | "HEAD", _) => format!("  // fetch refuses a body with {}.", sent.method),
            (_, Some(value)) => format!("  body: JSON.stringify({}),", literal(&value, 1)),
            (_, None) => format!("  body: {},", quote(body)),
        });
    }
    let call = if options.is_empty() {
        format!("await fetch({})", quote(&sent.url))
    } else {
        format!("await fetch({}, {{\n{}\n}})", quote(&sent.url), options.join("\n"))
    };
    format!("const response = {call};\nconsole.log(response.status, await response.text());")
}

fn axios(sent: &WireRequest) -> String {
    let mut options = vec![
        format!("  method: {},", quote(&sent.method.to_ascii_lowercase())),
        format!("  url: {},", quote(&sent.url)),
    ];
    if !sent.headers.is_empty() {
        options.push("  headers: {".to_owned());
        options.extend(by_name(sent).into_iter().map(|(name, values)| {
            let value = match values.as_slice() {
                [one] => quote(one),
                several => format!("[{}]", several.iter().map(|one| quote(one)).collect::<Vec<_>>().join(", ")),
            };
            format!("    {}: {value},", property(name))
        }));
        options.push("  },".to_owned());
    }
    if let Some(body) = &sent.body {
        options.push(match json(sent) {
            Some(value) => format!("  data: {},", literal(&value, 1)),
            None => format!("  data: {},", quote(body)),
        });
    }
    format!(
        "import axios from 'axios';\n\nconst response = await axios({{\n{}\n}});\nconsole.log(response.status, response.data);",
        options.join("\n")
    )
}

fn http(sent: &WireRequest) -> String {
    let mut lines = vec![format!("{} {} HTTP/1.1", sent.method, sent.url)];
    lines.extend(sent.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if let Some(body) = &sent.body {
        lines.push(String::new());
        lines.push(body.clone());
    }
    lines.join("\n")
}

/// A JavaScript string in single quotes.
fn quote(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('\'', "\\'")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    format!("'{escaped}'")
}

fn property(name: &str) -> String {
    let plain = !name.is_empty()
        && !name.starts_with(|one: char| one.is_ascii_digit())
        && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '$');
    if plain { name.to_owned() } else { quote(name) }
}

/// A value as a JavaScript literal, `depth` steps indented.
fn literal(value: &serde_json::Value, depth: usize) -> String {
    use serde_json::Value;
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match value {
        Value::String(text) => quote(text),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("{inner}{},", literal(item, depth + 1))).collect();
            format!("[\n{}\n{outer}]", items.join("\n"))
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{inner}{}: {},", property(name), literal(value, depth + 1)))
                .collect();
            format!("{{\n{}\n{outer}}}", fields.join("\n"))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &WireRequest, dialect: Dialect, wanted: &str) {
        assert_eq!(write(sent, dialect), wanted);
    }

    fn plain() -> WireRequest {
        WireRequest {
            method: "GET".into(),
            url: "http://localhost:3000/users".into(),
            ..WireRequest::default()
        }
    }

    fn posted() -> WireRequest {
        WireRequest {
            method: "POST".into(),
            headers: vec![
                ("Content-Type".into(), "application/json".into()),
                ("Authorization".into(), "Bearer x'y".into()),
            ],
            body: Some(r#"{"name":"O'Brien","tags":[1,true],"x-y":{}}"#.into()),
            ..plain()
        }
    }

    #[test]
    fn without_body() {
        check(&plain(), Dialect::Curl, "curl 'http://localhost:3000/users'");
        check(
            &WireRequest {
                method: "DELETE".into(),
                ..plain()
            },
            Dialect::Curl,
            "curl -X DELETE 'http://localhost:3000/users'",
        );
        check(
            &WireRequest {
                url: "http://localhost:3000/?filter[name]=\"a\"".into(),
                ..plain()
            },
            Dialect::Curl,
            "curl --globoff 'http://localhost:3000/?filter[name]=\"a\"'",
        );
        check(
            &plain(),
            Dialect::Fetch,
            "const response = await fetch('http://localhost:3000/users');\nconsole.log(response.status, await response.text());",
        );
        check(&plain(), Dialect::Http, "GET http://localhost:3000/users HTTP/1.1");
    }

    #[test]
    fn what_a_dialect_cannot_say() {
        let sent = WireRequest {
            url: "http://localhost:3000/a b?q=é".into(),
            headers: vec![("X-A".into(), "1".into()), ("x-a".into(), "2".into())],
            body: Some("text".into()),
            ..plain()
        };
        check(
            &sent,
            Dialect::Curl,
            "curl -X GET 'http://localhost:3000/a%20b?q=%C3%A9' \\\n  -H 'X-A: 1' \\\n  -H 'x-a: 2' \\\n  --data-raw 'text'",
        );
        check(
            &sent,
            Dialect::Fetch,
            "const response = await fetch('http://localhost:3000/a%20b?q=%C3%A9', {\n  headers: [\n    ['X-A', '1'],\n    ['x-a', '2'],\n  ],\n  // fetch refuses a body with GET.\n});\nconsole.log(response.status, await response.text());",
        );
        check(
            &sent,
            Dialect::Axios,
            "import axios from 'axios';\n\nconst response = await axios({\n  method: 'get',\n  url: 'http://localhost:3000/a%20b?q=%C3%A9',\n  headers: {\n    'X-A': ['1', '2'],\n  },\n  data: 'text',\n});\nconsole.log(response.status, response.data);",
        );
    }

    #[test]
    fn with_json() {
        check(
            &posted(),
            Dialect::Curl,
            "curl 'http://localhost:3000/users' \\\n  -H 'Content-Type: application/json' \\\n  -H 'Authorization: Bearer x'\\''y' \\\n  --data-raw '{\"name\":\"O'\\''Brien\",\"tags\":[1,true],\"x-y\":{}}'",
        );
        check(
            &posted(),
            Dialect::Fetch,
            "const response = await fetch('http://localhost:3000/users', {\n  method: 'POST',\n  headers: {\n    'Content-Type': 'application/json',\n    Authorization: 'Bearer x\\'y',\n  },\n  body: JSON.stringify({\n    name: 'O\\'Brien',\n    tags: [\n      1,\n      true,\n    ],\n    'x-y': {},\n  }),\n});\nconsole.log(response.status, await response.text());",
        );
        check(
            &posted(),
            Dialect::Http,
            "POST http://localhost:3000/users HTTP/1.1\nContent-Type: application/json\nAuthorization: Bearer x'y\n\n{\"name\":\"O'Brien\",\"tags\":[1,true],\"x-y\":{}}",
        );
    }

    #[test]
    fn with_text() {
        let sent = WireRequest {
            method: "PUT".into(),
            body: Some("a\nb".into()),
            ..plain()
        };
        check(
            &sent,
            Dialect::Axios,
            "import axios from 'axios';\n\nconst response = await axios({\n  method: 'put',\n  url: 'http://localhost:3000/users',\n  data: 'a\\nb',\n});\nconsole.log(response.status, response.data);",
        );
    }
}
